"""One's own diary, newest first: by month, by state, and by words looked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, bindparam, case, func, select

from ...domain.dates import month_days, screen_day, short_day
from ...domain.entries import STATE_LABELS, TURNS, EntryState, shown_result
from ...domain.evidence import EvidenceKind
from ...domain.reviews import VIETNAM
from ...domain.vietnamese import clean_line, fold, like_pattern
from ...models.base import run
from ...models.counts import MemberYear
from ...models.entries import Entry, Evidence

ENTRIES_A_PAGE = 20
SHOWN = 420  # characters of an entry shown in the list
MOST_SOUGHT = 100


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """An entry as it stands in the list, with its first photo; `did` is cut after SHOWN characters."""

    id: UUID
    happened_on: date
    did: str
    result: str
    result_unit: str
    state: EntryState
    written_at: datetime
    reviewed_at: datetime | None
    unit_id: int
    review_unit_id: int | None
    photo: UUID | None

    @property
    def sent_up(self) -> bool:
        """Whether it waits for the unit above its branch."""
        return self.state is EntryState.WAITING and self.review_unit_id != self.unit_id

    @property
    def day_of_month(self) -> str:
        return f"{self.happened_on.day:02}"

    @property
    def days(self) -> str:
        """The day of the deed and the day it was written down, always both."""
        written = self.written_at.astimezone(VIETNAM).date()
        shown = short_day(written) if written.year == self.happened_on.year else screen_day(written)
        return f"Việc ngày {short_day(self.happened_on)} – ghi ngày {shown}"

    @property
    def shown(self) -> str:
        """The beginning of what was done, ending with "…" where there is more."""
        return self.did if len(self.did) <= SHOWN else self.did[:SHOWN].rsplit(" ", 1)[0] + "…"

    @property
    def outcome(self) -> str:
        """The result with its unit; empty where there is none."""
        return shown_result(self.result, self.result_unit)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the list with the entries of it on this page."""

    year: int
    month: int
    rows: tuple[TimelineRow, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A page of one's own diary: `total` entries answer what was asked; `by_state` counts all there are."""

    months: tuple[Month, ...]
    total: int
    years: tuple[int, ...]  # with entries in them, the newest first
    by_state: dict[EntryState, int]

    @property
    def standings(self) -> tuple[tuple[EntryState, bool, str, str], ...]:
        """Each standing among the rows once: state, whether it was sent up, the state's word, who acts next."""
        found = dict.fromkeys((row.state, row.sent_up) for month in self.months for row in month.rows)
        return tuple((state, up, STATE_LABELS[state], "Đến lượt cấp trên" if up else TURNS.get(state, "")) for state, up in found)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one asks of the list: a month of a year (0: any), a state, words, and which page, from 1."""

    year: int = 0
    month: int = 0
    state: EntryState | None = None
    words: str = ""
    page: int = 1


_MINE = Entry.member_id == bindparam("member", type_=Integer)
_FIRST_PHOTO = (
    select(Evidence.id)
    .where(Evidence.entry_id == Entry.id, Evidence.kind == EvidenceKind.PHOTO)
    .order_by(Evidence.added_at, Evidence.id)
    .limit(1)
    .correlate(Entry)
    .scalar_subquery()
)
_ROWS = select(
    Entry.id, Entry.happened_on, func.substr(Entry.did, 1, SHOWN + 1), Entry.result, Entry.result_unit, Entry.state, Entry.written_at,
    Entry.reviewed_at, Entry.unit_id, Entry.review_unit_id, case((Entry.evidence_count > 0, _FIRST_PHOTO)),
).where(_MINE)  # fmt: skip
_NEWEST_FIRST = (Entry.happened_on.desc(), Entry.id.desc())
_PLAIN = _ROWS.order_by(*_NEWEST_FIRST).limit(bindparam("size")).offset(bindparam("skip"))  # built once: the page everyone opens
_COUNTS = (
    select(
        MemberYear.year, func.sum(MemberYear.entries_draft), func.sum(MemberYear.entries_waiting),
        func.sum(MemberYear.entries_returned), func.sum(MemberYear.entries_approved),
    )
    .where(MemberYear.member_id == bindparam("member", type_=Integer))
    .group_by(MemberYear.year)
    .order_by(MemberYear.year.desc())
)  # fmt: skip
_STATES = (EntryState.DRAFT, EntryState.WAITING, EntryState.RETURNED, EntryState.APPROVED)


def timeline(member_id: int, wanted: Wanted) -> Timeline:
    """The page `wanted` of the member's own entries, newest first; among words looked for, those with the very marks typed come first."""
    counts = run(_COUNTS, {"member": member_id}).all()
    by_state = dict(zip(_STATES, (sum(int(row[n]) for row in counts) for n in range(1, 5)), strict=True))
    bounds = {"member": member_id, "size": ENTRIES_A_PAGE, "skip": (wanted.page - 1) * ENTRIES_A_PAGE}
    asked = _conditions(wanted)
    query = _filtered(asked, wanted.words) if asked else _PLAIN
    rows = [TimelineRow(*row) for row in run(query, bounds)]
    return Timeline(
        months=tuple(Month(year, month, tuple(group)) for (year, month), group in groupby(rows, _month)),
        total=_total(member_id, asked) if asked else sum(by_state.values()),
        years=tuple(row.year for row in counts if any(row[1:])),
        by_state=by_state,
    )


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.year and wanted.month:
        days = month_days(wanted.year, wanted.month)
        found.append(Entry.happened_on.between(days[0], days[-1]))
    elif wanted.year:
        found.append(Entry.happened_on.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    if wanted.state is not None:
        same = (EntryState.APPROVED, EntryState.LOCKED) if wanted.state is EntryState.APPROVED else (wanted.state,)
        found.append(Entry.state.in_(same))
    folded = fold(wanted.words[:MOST_SOUGHT])
    return found + [Entry.search.like(like_pattern(word), escape="\\") for word in folded.split()]


def _filtered(asked: Sequence[ColumnElement[bool]], words: str) -> Select[Any]:
    exact = clean_line(words[:MOST_SOUGHT])
    order: tuple[Any, ...] = _NEWEST_FIRST
    if exact:
        texts = (Entry.did, Entry.people, Entry.result, Entry.lesson)
        order = (case(*((text.contains(exact, autoescape=True), 0) for text in texts), else_=1), *order)
    return _ROWS.where(*asked).order_by(*order).limit(bindparam("size")).offset(bindparam("skip"))


def _total(member_id: int, asked: Sequence[ColumnElement[bool]]) -> int:
    query = select(func.count()).select_from(Entry).where(_MINE, *asked)
    count: int = run(query, {"member": member_id}).scalar_one()
    return count


def _month(row: TimelineRow) -> tuple[int, int]:
    return row.happened_on.year, row.happened_on.month
