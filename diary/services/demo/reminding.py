"""What the demo's home branch was reminded of last Friday, by the rules that hold for everyone, and whom its secretary reminded since."""

import random
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert

from ...domain.branches import nudge_words
from ...domain.dates import monday
from ...domain.reminders import USUAL
from ...models.base import Model, db
from ...models.notices import Notice, Nudge
from ...models.reminders import Reminder
from ...queries.branches import branch_members
from ...queries.reminders import people_of, turns
from ..clock import VIETNAM
from .people import Bloc
from .rows import id_at


def remind_home(bloc: Bloc, now: datetime, dice: random.Random) -> None:
    """Add the reminders of the last usual turn that lies a week or less behind, with their notices, and one nudge of the day after."""
    turn = datetime.combine(monday(now.astimezone(VIETNAM).date()), time.min, VIETNAM) + timedelta(hours=USUAL.slot)
    turn -= timedelta(weeks=1) if turn > now else timedelta()
    people = people_of([person.id for person in bloc.home.people])
    reminders, notices = [], []
    for found in turns(people, turn.date(), turn):
        who = found.person.account_id
        for one in found.matters:
            reminders.append({"id": id_at(turn, dice), "account_id": who, "kind": one.kind, "period": one.period, "planned_at": turn})
            notices.append({"id": id_at(turn, dice), "account_id": who, "at": turn, "text": one.text[:300], "link": one.link})
    _put(Reminder, reminders)
    _put(Notice, notices)
    _nudge(bloc, turn, now, dice)


def _nudge(bloc: Bloc, turn: datetime, now: datetime, dice: random.Random) -> None:
    """The secretary reminded the first who was missing something, the morning after; not today, so that the demo can."""
    secretary, at = bloc.home.people[0], turn + timedelta(hours=16)
    day: date = at.date()
    everyone = branch_members(bloc.home.id, day.year, day, monday(turn.date()))
    missing = next((one for one in everyone if one.upkeep.missing and one.id != secretary.id), None)
    if missing is None or day >= now.astimezone(VIETNAM).date():
        return
    account = next(one.account_id for one in bloc.home.people if one.id == missing.id)
    words = nudge_words(secretary.name, missing.upkeep.registered, day.year, running=True)
    link = "/nhat-ky/moi" if missing.upkeep.registered else "/dang-ky/moi"
    _put(Nudge, [{"member_id": missing.id, "day": day, "account_id": secretary.account_id}])
    _put(Notice, [{"id": id_at(at, dice), "account_id": account, "at": at, "text": words, "link": link}])


def _put(model: type[Model], rows: list[dict[str, Any]]) -> None:
    if rows:
        db.session.execute(insert(model), rows)
