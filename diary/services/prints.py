"""What an entry keeps of being looked at when it is sent: its hints, the earlier one it is like, and prints by which later ones find it.

The looking is done before the happening that sends: it need not be of the same moment, nobody waits for it, and senders of one branch do
not read what the others write.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Integer, Uuid, bindparam, delete, insert, select, update

from ..domain.entries import EntryDraft, EntryState
from ..domain.hints import prints, runs
from ..domain.hints.marks import kinds_kept, told
from ..domain.settings import Settings
from ..models.base import db, run, table_of
from ..models.entries import Entry, EntryPrint
from ..models.units import Unit
from ..queries.hints import YEARS, found
from ..queries.settings import settings
from . import clock
from .transaction import happening

_INSERT = insert(table_of(EntryPrint))
_DELETE = delete(table_of(EntryPrint)).where(
    EntryPrint.unit_id == bindparam("unit", type_=Integer),
    EntryPrint.year == bindparam("of_year", type_=Integer),
    EntryPrint.print.in_(bindparam("prints", type_=BigInteger, expanding=True)),
    EntryPrint.entry_id == bindparam("entry", type_=Uuid),
)
_TOLD = (Entry.did, Entry.people, Entry.result, Entry.result_unit)
_FACTS = (Entry.id, Entry.member_id, Entry.unit_id, Entry.year, Entry.happened_on, Entry.written_at, Entry.sent_at, *_TOLD)
_TO_LOOK_AT = (  # the oldest first: what is looked at is compared with what was sent before it
    select(*_FACTS).where(Entry.hints.is_(None), Entry.sent_at.is_not(None)).order_by(Entry.id).limit(bindparam("most", type_=Integer))
)
_ANY = select(Entry.id).where(Entry.hints.is_(None), Entry.sent_at.is_not(None)).limit(1)
_LOOKED_AT = (
    update(table_of(Entry))
    .where(table_of(Entry).c.id == bindparam("entry", type_=Uuid), table_of(Entry).c.hints.is_(None))
    .values(hints=bindparam("kinds"), alike_id=bindparam("alike", type_=Uuid))
)


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found when an entry was looked at, to be kept when it is sent."""

    hints: str
    alike_id: UUID | None
    prints: tuple[int, ...]


def look(member_id: int, unit_id: int, draft: EntryDraft, today: date, entry_id: UUID) -> Looked:
    """The hints of what is about to be sent, and its prints. Reads only."""
    seen = found(member_id, unit_id, told_in(draft), today, entry_id, day=draft.happened_on)
    return Looked(kinds_kept(seen.hints), seen.alike_id, seen.prints)


def told_in(draft: EntryDraft) -> str:
    """The words of a draft that hints look at."""
    return told(draft.did, draft.people, draft.result, draft.result_unit)


def keep(row: Entry, looked: Looked, before: Mapping[str, str] | None = None) -> None:
    """Keep with the entry what was found. `before` is its text as it was sent the last time, whose prints go."""
    row.hints, row.alike_id = looked.hints, looked.alike_id
    if before is not None:
        said = told(*(before.get(part, "") for part in ("did", "people", "result", "result_unit")))
        _forget(row.id, row.unit_id, row.year, (*prints(runs(said)), *looked.prints))
    _keep_prints(row.id, row.unit_id, row.year, looked.prints)


def is_any_to_look_at() -> bool:
    """Whether some sent entry was not looked at yet: one from before there were hints, or brought in from elsewhere."""
    return db.session.execute(_ANY).first() is not None


@happening
def look_at_some(most: int) -> int:
    """Look at the oldest sent entries that nobody looked at yet, at most that many; how many. It may run twice at once."""
    rows = run(_TO_LOOK_AT, {"most": most}).all()
    holds, today = settings(), clock.today()
    for row in rows:
        _look_at(row, holds, today)
    return len(rows)


@happening
def look_at_branch(unit_id: int, since: date) -> None:
    """Print what a branch sent of deeds since that day, and look at what waits there; the rest is left to `look_at_some`.

    For books filled at one go, whose last weeks are to show their marks from the first moment."""
    holds, today = settings(), clock.today()
    theirs = (Entry.unit_id == unit_id, Entry.hints.is_(None), Entry.sent_at.is_not(None))
    sent = db.session.execute(select(*_FACTS, Entry.state).where(*theirs, Entry.happened_on >= since).order_by(Entry.id)).all()
    marks = [
        {"unit_id": unit_id, "year": row.year, "print": one, "entry_id": row.id}
        for row in sent
        for one in prints(runs(told(row.did, row.people, row.result, row.result_unit)))
    ]
    if marks:
        run(_INSERT, marks)
    for row in sent:
        if row.state is EntryState.WAITING:
            _look_at(row, holds, today)


def _look_at(row: Any, holds: Settings, today: date) -> None:
    words = told(row.did, row.people, row.result, row.result_unit)
    then = row.written_at.astimezone(clock.VIETNAM).date()
    seen = found(row.member_id, row.unit_id, words, then, row.id, day=row.happened_on, sent_before=row.sent_at, limits=holds)
    run(_LOOKED_AT, {"entry": row.id, "kinds": kinds_kept(seen.hints), "alike": seen.alike_id})
    if row.year >= today.year - YEARS:
        _forget(row.id, row.unit_id, row.year, seen.prints)
        _keep_prints(row.id, row.unit_id, row.year, seen.prints)


@happening
def forget_old_prints() -> int:
    """Forget the prints of years that nothing is compared with any more; how many."""
    years_ago = EntryPrint.year < clock.today().year - YEARS
    gone = db.session.execute(delete(EntryPrint).where(EntryPrint.unit_id.in_(select(Unit.id)), years_ago))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def _keep_prints(entry_id: UUID, unit_id: int, year: int, of: tuple[int, ...]) -> None:
    if of:
        run(_INSERT, [{"unit_id": unit_id, "year": year, "print": one, "entry_id": entry_id} for one in of])


def _forget(entry_id: UUID, unit_id: int, year: int, of: tuple[int, ...]) -> None:
    run(_DELETE, {"unit": unit_id, "of_year": year, "prints": of, "entry": entry_id})
