"""Recounting: what the summary rows should say, where they differ, and setting them right."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update

from ..domain.dates import monday
from ..domain.entries import EntryState, is_late
from ..domain.members import Standing
from ..domain.reviews import Verdict
from ..models.base import db
from ..models.counts import MemberWeek, MemberYear
from ..models.entries import Entry, EntryReview, Evidence
from ..models.members import Member
from ..models.pledges import Pledge
from ..models.units import Unit
from .clock import local_day
from .counts import ENTRY_COLUMNS
from .transaction import happening

Key = tuple[Any, ...]
FIGURES = tuple(column.name for column in MemberYear.__table__.columns if not column.primary_key)


@dataclass(frozen=True, slots=True)
class Difference:
    """A summary that says `stored` where counting gives `counted`; `key` names the row."""

    table: str
    key: Key
    column: str
    stored: int
    counted: int


@happening
def recount(*, mend: bool = True) -> tuple[Difference, ...]:
    """Count everything again; returns where the summaries were off, and sets them right when `mend`."""
    found: list[Difference] = []
    for table, columns, counted, stored, write in _summaries():
        keys = counted.keys() | stored.keys()
        for key in sorted(keys, key=str):
            for column in columns:
                was, now = stored.get(key, {}).get(column, 0), counted.get(key, {}).get(column, 0)
                if was != now:
                    found.append(Difference(table, key, column, was, now))
                    if mend:
                        write(key, column, now)
    return tuple(found)


Counts = Mapping[Key, Mapping[str, int]]
Summary = tuple[str, tuple[str, ...], Counts, Counts, Callable[[Key, str, int], None]]


def _summaries() -> Iterator[Summary]:
    yield "member_years", FIGURES, _count_years(), _stored(MemberYear, FIGURES), _write_year
    yield "member_weeks", ("entries",), _count_weeks(), _stored(MemberWeek, ("entries",)), _write_week
    yield "units", ("member_count",), _count_members(), _stored(Unit, ("member_count",)), _write_unit
    yield "entries", ("evidence_count",), _count_evidence(), _stored_evidence(), _write_evidence


def _count_years() -> Counts:
    counts: dict[Key, Counter[str]] = {}

    def add(key: Key, column: str, number: int) -> None:
        counts.setdefault(key, Counter())[column] += number

    by_state = select(Entry.member_id, Entry.year, Entry.unit_id, Entry.state, func.count()).group_by(
        Entry.member_id, Entry.year, Entry.unit_id, Entry.state
    )
    for *key, state, number in db.session.execute(by_state):
        add(tuple(key), ENTRY_COLUMNS[state], number)
    promised = select(Pledge.member_id, Pledge.year, Pledge.unit_id, Pledge.state, func.count()).group_by(
        Pledge.member_id, Pledge.year, Pledge.unit_id, Pledge.state
    )
    for *key, pledge_state, number in db.session.execute(promised):
        add(tuple(key), f"pledges_{pledge_state.value}", number)
    for *key, happened_on, written_at in _sent_entries(Entry.happened_on, Entry.written_at):
        if is_late(happened_on, local_day(written_at)):
            add(tuple(key), "entries_late", 1)
    returned = (
        select(Entry.member_id, Entry.year, Entry.unit_id, func.count())
        .join(EntryReview, EntryReview.entry_id == Entry.id)
        .where(EntryReview.verdict == Verdict.RETURNED, EntryReview.undone_at.is_(None))
        .group_by(Entry.member_id, Entry.year, Entry.unit_id)
    )
    for *key, number in db.session.execute(returned):
        add(tuple(key), "times_returned", number)
    return counts


def _sent_entries(*columns: Any) -> Iterator[Any]:
    query = select(Entry.member_id, Entry.year, Entry.unit_id, *columns).where(Entry.state != EntryState.DRAFT)
    yield from db.session.execute(query.execution_options(yield_per=5000))


def _count_weeks() -> Counts:
    counts: dict[Key, Counter[str]] = {}
    for member_id, _, _, happened_on in _sent_entries(Entry.happened_on):
        counts.setdefault((member_id, monday(happened_on)), Counter())["entries"] += 1
    return counts


def _count_members() -> Counts:
    query = select(Member.unit_id, func.count()).where(Member.standing == Standing.ACTIVE).group_by(Member.unit_id)
    return {(unit_id,): {"member_count": number} for unit_id, number in db.session.execute(query)}


def _count_evidence() -> Counts:
    query = select(Evidence.entry_id, func.count()).group_by(Evidence.entry_id)
    return {(entry_id,): {"evidence_count": number} for entry_id, number in db.session.execute(query)}


def _stored_evidence() -> Counts:
    query = select(Entry.id, Entry.evidence_count).where(Entry.evidence_count != 0)
    return {(entry_id,): {"evidence_count": number} for entry_id, number in db.session.execute(query)}


def _stored(table: Any, columns: tuple[str, ...]) -> Counts:
    keys = list(table.__table__.primary_key.columns)
    query = select(*keys, *(table.__table__.c[name] for name in columns))
    return {tuple(row[: len(keys)]): dict(zip(columns, row[len(keys) :], strict=True)) for row in db.session.execute(query)}


def _write_year(key: Key, column: str, number: int) -> None:
    row = db.session.get(MemberYear, key)
    if row is None:
        row = MemberYear(member_id=key[0], year=key[1], unit_id=key[2])
        db.session.add(row)
        db.session.flush()
    setattr(row, column, number)


def _write_week(key: Key, column: str, number: int) -> None:
    row = db.session.get(MemberWeek, key) or MemberWeek(member_id=key[0], monday=key[1], nothing_to_do=False)
    row.entries = number
    db.session.add(row)


def _write_unit(key: Key, column: str, number: int) -> None:
    db.session.execute(update(Unit).where(Unit.id == key[0]).values({column: number}))


def _write_evidence(key: Key, column: str, number: int) -> None:
    db.session.execute(update(Entry).where(Entry.id == key[0]).values({column: number}))
