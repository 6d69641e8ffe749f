"""Who read whose diary: an audit line for each reader, entry and day, shown to the diary's owner."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from ..domain.actors import Actor
from ..domain.readings import BOOK_PRINTED, ENTRY_READ, Way, is_new, read_way
from ..domain.reviews import day_start
from ..models.audit import AuditLine
from ..models.base import db, run
from ..models.entries import Entry
from . import audit, clock
from .transaction import happening

_MOST_REMEMBERED = 20_000
_NOTED: Select[Any] = select(AuditLine.subject_id, AuditLine.fields).where(
    AuditLine.subject == "entry",
    AuditLine.subject_id.in_(bindparam("entries", expanding=True)),
    AuditLine.action == ENTRY_READ,
    AuditLine.account_id == bindparam("reader"),
    AuditLine.at >= bindparam("since"),
)


class _Memory:
    """What this process knows to be noted today: it spares asking again. Forgetting costs a question, nothing else."""

    def __init__(self) -> None:
        self.day, self.noted = date.min, defaultdict[tuple[int, UUID], set[Way]](set)

    def new(self, account_id: int, entry_ids: Iterable[UUID], way: Way, day: date) -> list[UUID]:
        """Those of the entries of which it is not known that the account saw them this way today."""
        if day != self.day or len(self.noted) > _MOST_REMEMBERED:
            self.day, self.noted = day, defaultdict(set)
        return [entry_id for entry_id in dict.fromkeys(entry_ids) if is_new(way, self.noted.get((account_id, entry_id), ()))]

    def add(self, account_id: int, ways: Mapping[UUID, Iterable[Way]]) -> None:
        for entry_id, seen in ways.items():
            self.noted[account_id, entry_id].update(seen)


_memory = _Memory()


def note_readings(actor: Actor, entry_ids: Iterable[UUID], way: Way) -> None:
    """Note that the actor was shown these entries; once a day for each (see `is_new`), all in one transaction. One's own leave no line.

    Whoever shows another's words or photos calls this before it does.
    """
    new = _memory.new(actor.account_id, entry_ids, way, clock.today())
    if not new:
        return
    noted = _noted_today(actor, new)
    unknown = [entry_id for entry_id in new if is_new(way, noted.get(entry_id, ()))]
    if unknown:
        _note(actor, unknown, way)
    _memory.add(actor.account_id, {entry_id: {way, *noted.get(entry_id, ())} for entry_id in new})


def _noted_today(actor: Actor, entry_ids: Sequence[UUID]) -> dict[UUID, set[Way]]:
    values = {"entries": [str(entry_id) for entry_id in entry_ids], "reader": actor.account_id, "since": day_start(clock.now())}
    found = defaultdict[UUID, set[Way]](set)
    for subject_id, fields in run(_NOTED, values):
        found[UUID(subject_id)].add(read_way(fields))
    return found


@happening
def _note(actor: Actor, entry_ids: Sequence[UUID], way: Way) -> None:
    query = select(Entry.id, Entry.unit_id, Entry.member_id).where(Entry.id.in_(entry_ids)).order_by(Entry.id)
    rows = [row for row in db.session.execute(query) if row.member_id != actor.member_id]
    audit.record_all(actor, ENTRY_READ, [audit.About("entry", row.id, row.unit_id, [way.value], row.member_id) for row in rows])


@happening
def note_books(actor: Actor | None, year: int, books: Iterable[tuple[int, int]]) -> None:
    """Note that the year books of these members (member, unit) were printed by somebody else: None is who runs the program's commands."""
    others = [(member_id, unit_id) for member_id, unit_id in books if actor is None or member_id != actor.member_id]
    audit.record_all(actor, BOOK_PRINTED, [audit.About("member", one, unit_id, [Way.BOOK.value, year], one) for one, unit_id in others])
