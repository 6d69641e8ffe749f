"""What the year's books say of units, measure by measure; of a base, over everything that stands under it.

Each source is read once for all the units asked for and everything below them, and added up along the tree.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from ..domain.dates import monday, year_weeks
from ..domain.evaluations import SENT_UP
from ..domain.fees import QUARTERS
from ..domain.figures import number
from ..domain.measures import UNIT_MEASURES, Measured
from ..domain.schemes import Scheme
from ..domain.unit_evaluations import unit_rank
from ..domain.units import BRANCHES, lineage, path_range
from ..models.base import db
from ..models.counts import Leave, MemberWeek, MemberYear
from ..models.evaluations import Evaluation
from ..models.fees import Fee
from ..models.members import Membership
from ..models.noted_figures import MemberFigure, UnitFigure
from ..models.unit_evaluations import UnitEvaluation
from ..models.units import Unit
from . import years
from .evaluations.branches import of_the_year
from .rhythm import rhythms_of

Measures = dict[str, Measured]
_WELL = 2  # the second level and better
_SUNDAY = timedelta(days=6)
_AVERAGED = frozenset({"meetings_held", "topics"})  # of a base that noted none: what its branches noted, on the average


def unit_measures(unit_ids: Sequence[int], year: int, today: date) -> dict[int, Measures]:
    """Every measure of the year per unit by code; a measure that does not apply to a unit is left out, one nobody knows has no count.

    The same queries for one unit and for hundreds.
    """
    if not unit_ids:
        return {}
    tree, scheme = _tree(unit_ids), years.scheme_of(year)
    homes = _homes(tree, year, today)
    people = tree.summed(Counter(homes.values()))
    found: dict[int, Measures] = {unit_id: {} for unit_id in unit_ids}
    sources = (
        _registered(tree, homes, people, year), _rated(tree, scheme, year), _rhythm(tree, homes, year, today),
        _fees(tree, homes, people, year), _noted(tree, year), _branches(tree, scheme, year),
    )  # fmt: skip
    for source in sources:
        for unit_id, measures in source.items():
            found[unit_id].update(measures)
    return {unit_id: {code: theirs[code] for code in UNIT_MEASURES if code in theirs} for unit_id, theirs in found.items()}


@dataclass(frozen=True, slots=True)
class _Tree:
    """The units asked for and everything under them: for each which of those asked for it is part of, itself included; those that are
    branches, and of these the open ones."""

    wanted: tuple[int, ...]
    branches: frozenset[int]
    open_branches: frozenset[int]
    over: Mapping[int, tuple[int, ...]]

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(self.over)

    def summed(self, counts: Mapping[int, int]) -> Counter[int]:
        """What is counted by unit, added up for the units asked for."""
        sums: Counter[int] = Counter()
        for unit_id, count in counts.items():
            for above in self.over.get(unit_id, ()):
                sums[above] += count
        return sums


def _tree(unit_ids: Sequence[int]) -> _Tree:
    wanted = frozenset(unit_ids)
    paths = db.session.execute(select(Unit.path).where(Unit.id.in_(wanted))).scalars().all()
    rows = db.session.execute(_under(paths)).all()
    over = {row.id: tuple(above for above in lineage(row.path) if above in wanted) for row in rows}
    branches = [row for row in rows if over[row.id] and row.kind in BRANCHES]
    return _Tree(
        wanted=tuple(unit_ids),
        branches=frozenset(row.id for row in branches),
        open_branches=frozenset(row.id for row in branches if row.closed_on is None),
        over={unit_id: part_of for unit_id, part_of in over.items() if part_of},
    )


def _under(paths: Sequence[str]) -> Select[*tuple[Any, ...]]:
    """Every unit under the nearest unit that stands over all of `paths`."""
    lines = [lineage(path) for path in paths]
    shared = [step[0] for step in takewhile(lambda step: len(set(step)) == 1, zip(*lines, strict=False))]
    query = select(Unit.id, Unit.path, Unit.kind, Unit.closed_on).order_by(Unit.path)
    if not shared:
        return query
    low, high = path_range("".join(f"{unit_id}." for unit_id in shared))
    return query.where(Unit.path >= low, Unit.path < high)


def _there(tree: _Tree, year: int, today: date) -> ColumnElement[bool]:
    return and_(Membership.unit_id.in_(tree.ids), of_the_year(year, today))


def _homes(tree: _Tree, year: int, today: date) -> dict[int, int]:
    """The unit each member counts in; of two on the day of a move, the later."""
    query = select(Membership.member_id, Membership.unit_id).where(_there(tree, year, today)).order_by(Membership.id)
    return {member_id: unit_id for member_id, unit_id in db.session.execute(query)}  # noqa: C416 - dict() of rows loses their types


def _registered(tree: _Tree, homes: Mapping[int, int], people: Counter[int], year: int) -> dict[int, Measures]:
    confirmed = func.sum(MemberYear.pledges_approved + MemberYear.pledges_met + MemberYear.pledges_not_met)
    whose = select(Membership.member_id).where(Membership.unit_id.in_(tree.ids))
    query = select(MemberYear.member_id).where(MemberYear.year == year, MemberYear.member_id.in_(whose))
    members = db.session.execute(query.group_by(MemberYear.member_id).having(confirmed > 0)).scalars()
    sums = tree.summed(Counter(homes[member_id] for member_id in members if member_id in homes))
    words = "{} trên {} đoàn viên có nội dung đăng ký được duyệt"
    return {unit_id: {"registered": _share(sums[unit_id], people[unit_id], words)} for unit_id in tree.wanted}


def _share(count: int, of: int, words: str) -> Measured:
    return Measured(count, of, words.format(number(count), number(of)) if of else "")


def _rated(tree: _Tree, scheme: Scheme | None, year: int) -> dict[int, Measures]:
    """Levels of the members: what was decided, else what their branch proposed."""
    level = case((Evaluation.decided_level != "", Evaluation.decided_level), else_=Evaluation.proposed_level)
    here = (Evaluation.unit_id.in_(tree.ids), Evaluation.year == year, Evaluation.state.in_(SENT_UP))
    query = select(Evaluation.unit_id, level, func.count()).where(*here).group_by(Evaluation.unit_id, level)
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    for unit_id, code, count in db.session.execute(query):
        rank = scheme.rank(code) if scheme else 0
        for above in tree.over[unit_id] if rank else ():
            counts[above][rank] += count
    return {unit_id: _of_levels(scheme, counts[unit_id]) for unit_id in tree.wanted}


def _of_levels(scheme: Scheme | None, counts: Counter[int]) -> Measures:
    levels, of = scheme.levels if scheme else (), counts.total()
    said = (f"{level.short} {number(counts[rank])}" for rank, level in enumerate(levels, 1) if counts[rank])
    words = f"{', '.join(said)} trong {number(of)} người đã có mức" if of else ""
    well = sum(count for rank, count in counts.items() if rank <= _WELL)
    return {"rated_well": Measured(well, of, words), "rated_low": Measured(counts[len(levels)], of, words)}


def _rhythm(tree: _Tree, homes: Mapping[int, int], year: int, today: date) -> dict[int, Measures]:
    """Weeks kept and due, of all members together. Who was on leave, or wrote of days before they came, is read week by week."""
    whose = select(Membership.member_id).where(_there(tree, year, today))
    weeks = [week for week in year_weeks(year) if week <= monday(today)]
    written, joined = _written(whose, weeks, monday(today)), _first_days(whose)
    early = {m for m, (_, first, _) in written.items() if joined.get(m) is not None and first + _SUNDAY < joined[m]}
    apart = rhythms_of(sorted({*_on_leave(whose, year), *early} & homes.keys()), year, today)
    kept, due = Counter[int](), Counter[int]()
    for member_id, unit_id in homes.items():
        if member_id in apart:
            ours = apart[member_id].kept, apart[member_id].due
        else:
            count, _, now = written.get(member_id, (0, None, 0))
            ours = count, _weeks_over(weeks, joined.get(member_id), today) + now
        kept[unit_id] += ours[0]
        due[unit_id] += ours[1]
    kept, due = tree.summed(kept), tree.summed(due)
    words = "Có ghi {} trên {} tuần phải ghi của mọi đoàn viên"
    return {unit_id: {"rhythm": _share(kept[unit_id], due[unit_id], words)} for unit_id in tree.wanted}


def _weeks_over(weeks: Sequence[date], joined: date | None, today: date) -> int:
    over = len(weeks) - (bool(weeks) and weeks[-1] == monday(today))
    if joined is None or not weeks or joined <= weeks[0] + _SUNDAY:
        return over
    return sum(week + _SUNDAY >= joined for week in weeks[:over])


def _written(whose: Select[int], weeks: Sequence[date], this_week: date) -> dict[int, tuple[int, date, int]]:
    """Per member: weeks kept, the first of them, and whether the current one is."""
    kept = or_(MemberWeek.entries > 0, MemberWeek.nothing_to_do)
    first, last = (weeks[0], weeks[-1]) if weeks else (date.max, date.min)
    now = func.sum(case((MemberWeek.monday == this_week, 1), else_=0))
    query = select(MemberWeek.member_id, func.count(), func.min(MemberWeek.monday), now)
    query = query.where(MemberWeek.member_id.in_(whose), MemberWeek.monday.between(first, last), kept).group_by(MemberWeek.member_id)
    return {row[0]: (row[1], row[2], int(row[3])) for row in db.session.execute(query)}


def _first_days(whose: Select[int]) -> dict[int, date]:
    """The first day in any unit of those whose books do not begin before it."""
    query = select(Membership.member_id, func.min(Membership.from_day)).where(Membership.member_id.in_(whose))
    known = func.count() == func.count(Membership.from_day)
    rows = db.session.execute(query.group_by(Membership.member_id).having(known))
    return {member_id: first for member_id, first in rows if first is not None}


def _on_leave(whose: Select[int], year: int) -> Sequence[int]:
    mondays = year_weeks(year)
    within = (Leave.from_day <= mondays[-1] + _SUNDAY, Leave.to_day >= mondays[0])
    return db.session.execute(select(Leave.member_id).where(Leave.member_id.in_(whose), *within).distinct()).scalars().all()


def _fees(tree: _Tree, homes: Mapping[int, int], people: Counter[int], year: int) -> dict[int, Measures]:
    """Quarters paid or exempt; nothing is known of a unit where none was noted."""
    whose = select(Membership.member_id).where(Membership.unit_id.in_(tree.ids))
    query = select(Fee.member_id, func.count()).where(Fee.year == year, Fee.member_id.in_(whose)).group_by(Fee.member_id)
    settled: Counter[int] = Counter()
    for member_id, count in db.session.execute(query):
        if member_id in homes:
            settled[homes[member_id]] += count
    sums, words = tree.summed(settled), "{} trên {} quý đã đóng hoặc được miễn"
    return {
        unit_id: {"fees": _share(sums[unit_id], len(QUARTERS) * people[unit_id], words) if sums[unit_id] else Measured()}
        for unit_id in tree.wanted
    }


def _noted(tree: _Tree, year: int) -> dict[int, Measures]:
    own = {**_meetings_of_members(tree, year), **_own_notes(tree, year)}
    below: dict[tuple[int, str], list[int]] = defaultdict(list)
    for (unit_id, code), noted in own.items():
        for above in tree.over[unit_id]:
            if above != unit_id:
                below[above, code].append(noted.count or 0)
    codes = [measure.code for measure in UNIT_MEASURES.values() if measure.noted]
    return {
        unit_id: {code: _noted_of(code, own.get((unit_id, code)), below.get((unit_id, code), ())) for code in codes}
        for unit_id in tree.wanted
    }


def _own_notes(tree: _Tree, year: int) -> dict[tuple[int, str], Measured]:
    columns = (UnitFigure.unit_id, UnitFigure.measure, UnitFigure.count, UnitFigure.words)
    query = select(*columns).where(UnitFigure.unit_id.in_(tree.ids), UnitFigure.year == year)
    return {(unit_id, code): Measured(count, words=words) for unit_id, code, count, words in db.session.execute(query)}


def _meetings_of_members(tree: _Tree, year: int) -> dict[tuple[int, str], Measured]:
    """The meetings a branch held as it noted them beside its members', the most for any of them."""
    figure = MemberFigure
    here = (figure.unit_id.in_(tree.ids), figure.year == year, figure.measure == "meetings", figure.of.is_not(None))
    query = select(figure.unit_id, func.max(figure.of)).where(*here).group_by(figure.unit_id)
    words = "Theo số buổi chi đoàn ghi cho đoàn viên"
    return {(unit_id, "meetings_held"): Measured(count, words=words) for unit_id, count in db.session.execute(query)}


def meetings_of_members(unit_id: int, year: int) -> int | None:
    """The most meetings the unit noted beside any of its members; None where it noted none."""
    figure = MemberFigure
    here = (figure.unit_id == unit_id, figure.year == year, figure.measure == "meetings")
    return db.session.execute(select(func.max(figure.of)).where(*here)).scalar_one()


def _noted_of(code: str, own: Measured | None, below: Sequence[int]) -> Measured:
    """A base's own note; its meetings and topics else on the average of those below, its initiatives together with theirs."""
    if not below or (own is not None and code in _AVERAGED):
        return own or Measured()
    if code in _AVERAGED:
        return Measured(sum(below) // len(below), words=f"Bình quân của {len(below)} đơn vị trực thuộc đã ghi")
    mine = own.count or 0 if own else 0
    return Measured(mine + sum(below), words=f"Của đơn vị {mine}, của {len(below)} đơn vị trực thuộc {sum(below)}")


def _branches(tree: _Tree, scheme: Scheme | None, year: int) -> dict[int, Measures]:
    """Of a base: its branches with the second level of units or better, as decided, else as the base or they themselves see it."""
    columns = (UnitEvaluation.unit_id, UnitEvaluation.decided_level, UnitEvaluation.base_level, UnitEvaluation.proposed_level)
    here = (UnitEvaluation.unit_id.in_(tree.ids), UnitEvaluation.year == year, UnitEvaluation.state.in_(SENT_UP))
    ranks = {
        unit_id: unit_rank(scheme, decided or base or proposed) if scheme else 0
        for unit_id, decided, base, proposed in db.session.execute(select(*columns).where(*here))
    }
    rated = tree.summed(Counter(unit_id for unit_id in tree.open_branches if ranks.get(unit_id)))
    strong = tree.summed(Counter(unit_id for unit_id in tree.open_branches if 0 < ranks.get(unit_id, 0) <= _WELL))
    words = "{} trên {} chi đoàn đã có mức"
    bases = (unit_id for unit_id in tree.wanted if unit_id not in tree.branches)
    return {unit_id: {"branches_strong": _share(strong[unit_id], rated[unit_id], words)} for unit_id in bases}
