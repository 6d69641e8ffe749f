"""Looking after a branch: reminding a member who is missing something, or all of them at once."""

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from ..domain.actors import Actor
from ..domain.branches import nudge_words
from ..domain.errors import NotAllowed, NotFound, WrongMoment
from ..domain.members import Standing
from ..domain.names import full_name
from ..domain.permissions import Subject, require
from ..domain.reminder_words import Matter
from ..domain.reminders import ReminderKind
from ..domain.units import Place
from ..models.base import db, table_of
from ..models.counts import MemberYear
from ..models.members import Member
from ..models.notices import Nudge
from ..models.units import Unit
from ..queries.branches import LOOK_AFTER, branch_members, last_week
from ..queries.consents import withdrawn
from ..queries.years import current_year
from . import audit, reminders
from .reminders import Site
from .transaction import happening

_NOWHERE = Site()


@happening
def nudge_member(actor: Actor, member_id: int, today: date, week: date | None = None, site: Site = _NOWHERE) -> str:
    """Remind a member of the actor's branch, at most once a day for all its officers together; the member's name.

    `week` is the Monday of the week that is looked at (None: the last one that is over). NotFound to strangers, NotAllowed to those above
    the branch and to oneself, WrongMoment when they were reminded today or withdrew their consent.
    """
    member = db.session.get(Member, member_id)
    if member is None:
        raise NotFound()
    place = _require_look_after(actor, member.unit_id)
    name = full_name(member.family_name, member.given_name)
    if member_id == actor.member_id:
        raise NotAllowed("Bạn không cần nhắc chính mình; hãy ghi một việc của tuần qua.")
    if member.standing is not Standing.ACTIVE:
        raise WrongMoment(f"{name} không còn sinh hoạt ở chi đoàn.")
    if withdrawn([member_id]):
        raise WrongMoment(f"{name} đã rút lại sự đồng ý nên không cần ghi tiếp, và không nhắc được.")
    if not _note(actor, [member_id], today):
        raise WrongMoment(f"Hôm nay đã nhắc {name} rồi; mỗi người mỗi ngày chỉ nhắc một lần.")
    audit.record(actor, "member_nudge", "member", member_id, place.unit_id)
    year = current_year(today)
    reminders.tell([(member_id, _nudge(actor, _registered(member_id, year), year, today, week or last_week(today)))], site)
    return name


@happening
def nudge_missing(actor: Actor, unit_id: int, today: date, week: date | None = None, site: Site = _NOWHERE) -> int:
    """Remind everyone of a branch who is missing something and was not reminded today; how many. Never oneself.

    NotFound to strangers, NotAllowed to those above the branch, WrongMoment where nobody is left to remind.
    """
    place, asked, year = _require_look_after(actor, unit_id), week or last_week(today), current_year(today)
    everyone = branch_members(unit_id, year, today, asked)
    missing = {one.id: one.upkeep.registered for one in everyone if one.upkeep.missing and one.id != actor.member_id}
    new = _note(actor, sorted(missing.keys() - withdrawn(missing)), today)
    if not new:
        raise WrongMoment("Hôm nay không còn ai cần nhắc: người còn thiếu đều đã được nhắc.")
    audit.record(actor, "members_nudge", "unit", unit_id, place.unit_id, [f"persons:{len(new)}"])
    reminders.tell([(member_id, _nudge(actor, missing[member_id], year, today, asked)) for member_id in new], site)
    return len(new)


def _require_look_after(actor: Actor, unit_id: int) -> Place:
    unit = db.session.get(Unit, unit_id)
    if unit is None:
        raise NotFound()
    place = Place(unit_id, unit.path)
    require(actor, LOOK_AFTER, Subject(place))
    return place


def _note(actor: Actor, member_ids: list[int], today: date) -> list[int]:
    """Note who is reminded today; those who were not before, whoever else reminds at the same moment."""
    if not member_ids:
        return []
    table = table_of(Nudge)
    insert = (postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert)(table)
    rows = [{"member_id": member_id, "day": today, "account_id": actor.account_id} for member_id in member_ids]
    once = insert.on_conflict_do_nothing(index_elements=["member_id", "day"]).returning(table.c.member_id)
    return list(db.session.connection().execute(once, rows).scalars())


def _nudge(actor: Actor, registered: bool, year: int, today: date, week: date) -> Matter:
    words = nudge_words(actor.name, registered, year, running=week + timedelta(weeks=1) > today)
    kind = ReminderKind.WEEK_MISSING if registered else ReminderKind.PLEDGES_MISSING
    return Matter(kind, today, words, "/nhat-ky/moi" if registered else "/dang-ky/moi", f"{actor.name} nhắc bạn")


def _registered(member_id: int, year: int) -> bool:
    sent = MemberYear.pledges_waiting + MemberYear.pledges_approved + MemberYear.pledges_met + MemberYear.pledges_not_met
    query = select(func.coalesce(func.sum(sent), 0)).where(MemberYear.member_id == member_id, MemberYear.year == year)
    return bool(db.session.execute(query).scalar_one())
