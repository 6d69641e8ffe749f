"""One's own year looked back at: month by month what was sent, with the entry chosen as the month's best, and what came of the pledges."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Integer, and_, bindparam, case, extract, func, select

from ..domain.actors import Actor
from ..domain.entries import EntryState, shown_result
from ..domain.evidence import EvidenceKind
from ..domain.looking_back import Sum, summed, year_to_look_back
from ..domain.pledges import PledgeState
from ..domain.rhythm import DUE, KEPT, Rhythm
from ..models.base import run
from ..models.counts import MemberYear
from ..models.entries import Entry, Evidence, MonthChoice
from .pledges import own_pledges
from .rhythm import rhythm_of

SHOWN = 240  # characters of an entry
MOST_A_MONTH, NEAR, PHOTOS_A_MONTH, MOST_SUMS = 30, 3, 4, 500
APPROVED = (EntryState.APPROVED, EntryState.LOCKED)


@dataclass(frozen=True, slots=True)
class MonthEntry:
    """A sent entry of a month; `did` is cut after SHOWN characters; `may_stand`: it may be chosen for the year's evaluation;
    `place`: 1 for the one chosen or else with most to show, a result and evidence, and so on."""

    id: UUID
    happened_on: date
    did: str
    outcome: str
    may_stand: bool
    chosen: bool
    place: int

    @property
    def shown(self) -> str:
        """The beginning of what was done, ending with "…" where there is more."""
        return self.did if len(self.did) <= SHOWN else self.did[:SHOWN].rsplit(" ", 1)[0] + "…"


@dataclass(frozen=True, slots=True)
class MonthPhoto:
    """A photo of an entry of the month."""

    id: UUID
    entry_id: UUID


@dataclass(frozen=True, slots=True)
class MonthBack:
    """A month: how many entries were sent, weeks kept out of weeks due, its photos, and its entries by day, MOST_A_MONTH of them."""

    month: int
    count: int
    kept: int
    due: int
    photos: tuple[MonthPhoto, ...]
    entries: tuple[MonthEntry, ...]

    @property
    def best(self) -> MonthEntry | None:
        """The entry its author chose."""
        return next((entry for entry in self.entries if entry.chosen), None)

    @property
    def near(self) -> tuple[MonthEntry, ...]:
        """Where none was chosen, the few with most to show."""
        return () if self.best else tuple(entry for entry in self.entries if entry.place <= NEAR)

    @property
    def rest(self) -> tuple[MonthEntry, ...]:
        """All that are neither chosen nor near."""
        return tuple(entry for entry in self.entries if not entry.chosen and entry not in self.near)

    @property
    def more(self) -> int:
        """How many entries are not listed."""
        return self.count - len(self.entries)


@dataclass(frozen=True, slots=True)
class PledgeBack:
    """A pledge with what was done for it: how many entries serve it and what their results add up to."""

    id: UUID
    title: str
    virtue: str
    label: str
    entries: int
    sums: tuple[Sum, ...]


@dataclass(frozen=True, slots=True)
class YearBack:
    """A year as its author looks back at it; `sums` are of approved entries."""

    year: int
    years: tuple[int, ...]  # with something in them, the newest first
    months: tuple[MonthBack, ...]
    rhythm: Rhythm
    sums: tuple[Sum, ...]
    pledges: tuple[PledgeBack, ...]

    @property
    def entries(self) -> int:
        """Entries sent."""
        return sum(month.count for month in self.months)

    @property
    def chosen(self) -> int:
        """Months whose best entry was chosen."""
        return sum(month.best is not None for month in self.months)

    @property
    def written(self) -> int:
        """Months with an entry sent."""
        return sum(month.count > 0 for month in self.months)

    @property
    def served(self) -> int:
        """Pledges that at least one sent entry serves."""
        return sum(pledge.entries > 0 for pledge in self.pledges)


_MEMBER = bindparam("member", type_=Integer)
_SENT = (
    Entry.member_id == _MEMBER,
    Entry.happened_on.between(bindparam("first", type_=Date), bindparam("last", type_=Date)),
    Entry.state != EntryState.DRAFT,
)
_MONTH = extract("month", Entry.happened_on)
_CHOSEN = and_(
    MonthChoice.member_id == Entry.member_id, MonthChoice.year == Entry.year, MonthChoice.month == _MONTH, MonthChoice.entry_id == Entry.id
)
_WEIGHT = case((MonthChoice.entry_id.is_not(None), 9), else_=0) + case((Entry.result != "", 1), else_=0) + case(
    (Entry.evidence_count > 0, 1), else_=0
)  # fmt: skip
_RANKED = (
    select(
        Entry.id, Entry.happened_on, func.substr(Entry.did, 1, SHOWN + 1).label("did"), Entry.result, Entry.result_unit,
        Entry.state, MonthChoice.entry_id.is_not(None).label("chosen"), func.count().over(partition_by=_MONTH).label("count"),
        func.row_number().over(partition_by=_MONTH, order_by=(_WEIGHT.desc(), Entry.happened_on, Entry.id)).label("place"),
    )
    .outerjoin(MonthChoice, _CHOSEN)
    .where(*_SENT)
    .subquery()
)  # fmt: skip
_ENTRIES = select(_RANKED).where(_RANKED.c.place <= MOST_A_MONTH).order_by(_RANKED.c.happened_on, _RANKED.c.id)
_PLACED = (
    select(
        Evidence.id, Evidence.entry_id, _MONTH.label("month"), Entry.happened_on,
        func.row_number().over(partition_by=_MONTH, order_by=(Entry.happened_on, Evidence.added_at, Evidence.id)).label("place"),
    )
    .join(Entry, Entry.id == Evidence.entry_id)
    .where(*_SENT, Entry.evidence_count > 0, Evidence.kind == EvidenceKind.PHOTO)
    .subquery()
)  # fmt: skip
_PHOTOS = (
    select(_PLACED.c.month, _PLACED.c.id, _PLACED.c.entry_id)
    .where(_PLACED.c.place <= PHOTOS_A_MONTH)
    .order_by(_PLACED.c.month, _PLACED.c.place)
)
_RESULTS = (
    select(Entry.pledge_id, Entry.result_unit, func.sum(Entry.result_number), func.count())
    .where(*_SENT, Entry.state.in_(APPROVED), Entry.result_number.is_not(None), Entry.result_unit != "")
    .group_by(Entry.pledge_id, Entry.result_unit)
    .order_by(func.count().desc(), Entry.result_unit)
    .limit(MOST_SUMS)
)
_YEARS = (
    select(MemberYear.year)
    .where(MemberYear.member_id == _MEMBER, MemberYear.entries_waiting + MemberYear.entries_returned + MemberYear.entries_approved > 0)
    .group_by(MemberYear.year)
    .order_by(MemberYear.year.desc())
)


def look_back(actor: Actor, wanted: int | None, today: date) -> YearBack:
    """The actor's own year `wanted`, or the one to look back at `today`; only for actors who are members of a unit. Drafts never count."""
    assert actor.member_id is not None
    years = tuple(year for (year,) in run(_YEARS, {"member": actor.member_id}))
    year = wanted or year_to_look_back(today, years)
    bounds = {"member": actor.member_id, "first": date(year, 1, 1), "last": date(year, 12, 31)}
    rhythm = rhythm_of(actor.member_id, year, today)
    results = [(pledge, unit, Decimal(total), count) for pledge, unit, total, count in run(_RESULTS, bounds)]
    return YearBack(
        year=year,
        years=tuple(sorted({*years, year}, reverse=True)),
        months=_months(run(_ENTRIES, bounds).all(), run(_PHOTOS, bounds).all(), rhythm),
        rhythm=rhythm,
        sums=summed(row[1:] for row in results),
        pledges=_pledges(actor, year, results),
    )


def _months(entries: Sequence[Any], photos: Sequence[Any], rhythm: Rhythm) -> tuple[MonthBack, ...]:
    by_month = {month: list(rows) for month, rows in groupby(entries, lambda row: row.happened_on.month)}
    taken = {int(month): tuple(MonthPhoto(*row[1:]) for row in rows) for month, rows in groupby(photos, lambda row: row.month)}
    return tuple(_month(month, by_month.get(month, []), taken.get(month, ()), rhythm) for month in range(1, 13))


def _month(month: int, rows: Sequence[Any], photos: tuple[MonthPhoto, ...], rhythm: Rhythm) -> MonthBack:
    looks = [square.look for square in rhythm.squares if square.month == month]
    entries = tuple(
        MonthEntry(
            row.id, row.happened_on, row.did, shown_result(row.result, row.result_unit), row.state in APPROVED, bool(row.chosen), row.place
        )
        for row in rows
    )
    count = rows[0].count if rows else 0
    return MonthBack(month, count, sum(look in KEPT for look in looks), sum(look in DUE for look in looks), photos, entries)


def _pledges(actor: Actor, year: int, results: Iterable[tuple[UUID | None, str, Decimal, int]]) -> tuple[PledgeBack, ...]:
    by_pledge: dict[UUID | None, list[tuple[str, Decimal, int]]] = {}
    for pledge, unit, total, count in results:
        by_pledge.setdefault(pledge, []).append((unit, total, count))
    promised = (row for group in own_pledges(actor, year) for row in group.pledges if row.state is not PledgeState.DRAFT)
    return tuple(PledgeBack(row.id, row.title, row.virtue, row.label, row.entries, summed(by_pledge.get(row.id, ()))) for row in promised)
