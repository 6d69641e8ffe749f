"""Planning what is due: the row that says so and what it causes (notice, mail, pushes) are written in one transaction, a batch at a time.

The row's key (account, kind, period) lets it be written once, whoever plans, however often: a planner that was killed is simply followed by
the next, which finds what is missing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from ...domain.reminder_words import Matter, push_words
from ...domain.reminders import ReminderKind, slots_between
from ...models.base import db, new_id, table_of
from ...models.reminders import Reminder
from ...queries.reminders import Turn, due_people, turns
from .. import clock, notices, pushes
from ..transaction import happening
from .ways import Site, not_before, write

BATCH = 500
KEPT = timedelta(days=400)
Key = tuple[int, ReminderKind, Any]


def plan_due(since: datetime | None, site: Site) -> int:
    """Plan for everyone whose hour of the week came since the last look at `since` (None: this week); for how many there was something."""
    slots, told, after = slots_between(since, clock.now()), 0, 0
    while people := due_people(slots, after, BATCH):
        after = people[-1].account_id
        now = clock.now()
        found = turns(people, clock.local_day(now), now)
        if found:
            told += keep(found, site)
    db.session.rollback()  # nothing stays open until the next look
    return told


@happening
def keep(found: Sequence[Turn], site: Site) -> int:
    """Write what was not written yet of these turns, and what follows from it; for how many people there was something new."""
    now = clock.now()
    new = _note(found, now)
    left = [Turn(turn.person, kept) for turn in found if (kept := tuple(one for one in turn.matters if _key(turn, one) in new))]
    notices.tell_many(
        [(turn.person.account_id, one.text, one.link) for turn in left if turn.person.choice.by_notice for one in turn.matters]
    )
    write([(turn.person, turn.matters) for turn in left if turn.person.choice.by_mail], site, now)
    pushes.push_all([_push(turn, now) for turn in left if turn.person.choice.by_push])
    return len(left)


@happening
def forget_old() -> None:
    """Delete the rows of periods so long ago that no window asks about them any more."""
    old = delete(Reminder).where(Reminder.period < clock.today() - KEPT)
    db.session.execute(old, execution_options={"synchronize_session": False})


def _note(found: Sequence[Turn], now: datetime) -> set[Key]:
    """The keys of the reminders that were not there yet."""
    keys = dict.fromkeys(_key(turn, one) for turn in found for one in turn.matters)
    rows = [{"id": new_id(), "account_id": who, "kind": kind, "period": period, "planned_at": now} for who, kind, period in keys]
    table = table_of(Reminder)
    insert = (postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert)(table)
    once = insert.on_conflict_do_nothing(index_elements=["account_id", "kind", "period"])
    written = db.session.connection().execute(once.returning(table.c.account_id, table.c.kind, table.c.period), rows)
    return {(row.account_id, ReminderKind(row.kind), row.period) for row in written}


def _key(turn: Turn, matter: Matter) -> Key:
    return turn.person.account_id, matter.kind, matter.period


def _push(turn: Turn, now: datetime) -> pushes.Words:
    words, link = push_words(turn.matters)
    return pushes.Words(turn.person.account_id, words, link, not_before(turn.person, now))
