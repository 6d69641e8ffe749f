"""One's own diary, newest first: by month, by state, and by words looked for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, bindparam, case, func, select

from ...domain.dates import screen_day, short_day
from ...domain.entries import STATE_LABELS, TURNS, EntryState, shown_result
from ...domain.evidence import EvidenceKind
from ...domain.reviews import VIETNAM
from ...domain.searching import PARTS, Piece, Sought, excerpt, holds, nearest, nearness, pieces, sought
from ...models.base import run
from ...models.counts import MemberYear
from ...models.entries import Entry, Evidence
from .wanted import MOST_SOUGHT, Wanted, conditions

ENTRIES_A_PAGE = 20
SHOWN = 420  # characters of an entry shown in the list
MOST_RANKED = 1000  # of the entries that hold the words looked for, so many of the newest are put in order of nearness


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """An entry as it stands in the list, with its first photo; `did` is cut after SHOWN characters, but for one that was looked for."""

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
    found: tuple[Piece, ...] = ()  # where words were looked for: the part of the deed that holds them
    found_outcome: tuple[Piece, ...] = ()  # the result with its unit, in the same way
    found_beside: tuple[tuple[str, tuple[Piece, ...]], ...] = ()  # other parts that hold them, each with its name

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
    def rows(self) -> tuple[TimelineRow, ...]:
        """The entries of this page in their order, the months left out."""
        return tuple(row for month in self.months for row in month.rows)

    @property
    def standings(self) -> tuple[tuple[EntryState, bool, str, str], ...]:
        """Each standing among the rows once: state, whether it was sent up, the state's word, who acts next."""
        found = dict.fromkeys((row.state, row.sent_up) for row in self.rows)
        return tuple((state, up, STATE_LABELS[state], "Đến lượt cấp trên" if up else TURNS.get(state, "")) for state, up in found)


_MINE = Entry.member_id == bindparam("member", type_=Integer)
FIRST_PHOTO = (
    select(Evidence.id)
    .where(Evidence.entry_id == Entry.id, Evidence.kind == EvidenceKind.PHOTO)
    .order_by(Evidence.added_at, Evidence.id)
    .limit(1)
    .correlate(Entry)
    .scalar_subquery()
)
_COLUMNS = (
    Entry.result, Entry.result_unit, Entry.state, Entry.written_at, Entry.reviewed_at, Entry.unit_id, Entry.review_unit_id,
    case((Entry.evidence_count > 0, FIRST_PHOTO)),
)  # fmt: skip
_ROWS = select(Entry.id, Entry.happened_on, func.substr(Entry.did, 1, SHOWN + 1), *_COLUMNS).where(_MINE)
_NEWEST_FIRST = (Entry.happened_on.desc(), Entry.id.desc())
_PLAIN = _ROWS.order_by(*_NEWEST_FIRST).limit(bindparam("size")).offset(bindparam("skip"))  # built once: the page everyone opens
_RANKED = select(
    Entry.id, Entry.did, Entry.people, Entry.result, Entry.result_unit, Entry.lesson, Entry.search
).where(_MINE)  # fmt: skip
_FOUND = select(Entry.id, Entry.happened_on, Entry.did, *_COLUMNS, Entry.people, Entry.lesson).where(
    _MINE, Entry.id.in_(bindparam("ids", expanding=True))
)
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
    asked = () if wanted.plain else conditions(wanted)
    looked_for = sought(wanted.words[:MOST_SOUGHT]) if wanted.words else None
    if looked_for and looked_for.folded:
        rows, total = _searched(member_id, asked, looked_for, wanted.page)
    else:
        rows, total = _listed(member_id, asked, wanted.page, sum(by_state.values()))
    return Timeline(
        months=tuple(Month(year, month, tuple(group)) for (year, month), group in groupby(rows, _month)),
        total=total,
        years=tuple(row.year for row in counts if any(row[1:])),
        by_state=by_state,
    )


def _listed(member_id: int, asked: Sequence[ColumnElement[bool]], page: int, everything: int) -> tuple[list[TimelineRow], int]:
    bounds = {"member": member_id, "size": ENTRIES_A_PAGE, "skip": (page - 1) * ENTRIES_A_PAGE}
    query = _ROWS.where(*asked).order_by(*_NEWEST_FIRST).limit(bindparam("size")).offset(bindparam("skip")) if asked else _PLAIN
    rows = [TimelineRow(*row) for row in run(query, bounds)]
    return rows, _total(member_id, asked) if asked else everything


def _searched(member_id: int, asked: Sequence[ColumnElement[bool]], looked_for: Sought, page: int) -> tuple[list[TimelineRow], int]:
    """The nearest first and among equals the newest, and how many there are, MOST_RANKED at most.

    Nearness is judged here, for the engines do not agree on what a capital is.
    """
    ranked = run(_RANKED.where(*asked).order_by(*_NEWEST_FIRST).limit(MOST_RANKED), {"member": member_id}).all()
    near = nearest((row.id, nearness("\n".join(row[1:6]), row.search, looked_for)) for row in ranked)
    here = near[(page - 1) * ENTRIES_A_PAGE : page * ENTRIES_A_PAGE]
    rows = {row[0]: row for row in run(_FOUND, {"member": member_id, "ids": [one for one, _ in here]})}
    return [_found(rows[one], looked_for, parts=place >= PARTS) for one, place in here], len(near)


def _found(row: Sequence[Any], looked_for: Sought, *, parts: bool) -> TimelineRow:
    shown = pieces(excerpt(row[2], looked_for, SHOWN, parts=parts), looked_for, parts=parts)
    beside = []
    for name, text in (("Cho ai, cùng ai", row[-2]), ("Bài học", row[-1])):
        if holds(text, looked_for, parts=parts):
            beside.append((name, pieces(excerpt(text, looked_for, SHOWN // 2, parts=parts), looked_for, parts=parts)))
    facts: Any = row[:-2]
    made = TimelineRow(*facts)
    return replace(made, found=shown, found_outcome=pieces(made.outcome, looked_for, parts=parts), found_beside=tuple(beside))


def _total(member_id: int, asked: Sequence[ColumnElement[bool]]) -> int:
    query = select(func.count()).select_from(Entry).where(_MINE, *asked)
    count: int = run(query, {"member": member_id}).scalar_one()
    return count


def _month(row: TimelineRow) -> tuple[int, int]:
    return row.happened_on.year, row.happened_on.month
