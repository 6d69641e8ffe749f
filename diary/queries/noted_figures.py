"""Figures that branches noted by hand: for who counts with them, and as the table of a branch in which they are noted."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select

from ..domain.actors import Actor
from ..domain.figure_lists import FIGURES, cells_of
from ..domain.measures import MEMBER_MEASURES, Measured
from ..domain.members import Standing
from ..domain.noted_figures import NOTED, SHARES, NotedFigure
from ..domain.registers import RegisterList
from ..domain.registers.import_plan import Key, Noted, RegisterPlan
from ..domain.units import Place
from ..models.base import db
from ..models.members import Member
from ..models.noted_figures import MemberFigure, UnitFigure
from . import registers
from .member_lists import chunks

_COUNT = MemberFigure.count.label("noted")  # a row of columns has a method called count
_OF_THE_UNIT = {"meetings": "meetings_held"}  # what a unit noted of itself is offered as the whole of its members


def noted_of_members(member_ids: Sequence[int], year: int) -> Mapping[int, dict[str, Measured]]:
    """What was noted of `year` per member and measure, all branches of a mover together; one query."""
    columns = (MemberFigure.member_id, MemberFigure.measure, MemberFigure.count, MemberFigure.of, MemberFigure.words)
    query = select(*columns).where(MemberFigure.member_id.in_(member_ids), MemberFigure.year == year)
    rows: dict[int, dict[str, list[Measured]]] = defaultdict(lambda: defaultdict(list))
    for member_id, code, count, of, words in db.session.execute(query.order_by(MemberFigure.noted_at, MemberFigure.unit_id)):
        rows[member_id][code].append(Measured(count, of, words))
    return {member_id: {code: summed(found) for code, found in theirs.items()} for member_id, theirs in rows.items()}


def summed(found: Sequence[Measured]) -> Measured:
    """Figures of several branches as one."""
    of = None if any(one.of is None for one in found) else sum(one.of or 0 for one in found)
    return Measured(sum(one.count or 0 for one in found), of, "; ".join(one.words for one in found if one.words))


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A member as a line of the table: what this branch noted, and in words what branches before it did."""

    id: int
    name: str
    cells: Mapping[str, NotedFigure]
    elsewhere: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChildFigures:
    """A unit below: how many of its members something is noted of."""

    id: int
    name: str
    members: int
    noted: int


@dataclass(frozen=True, slots=True)
class FigurePage:
    """The table of a unit and year. `wholes`: of how many most rows are; `seen` names the state of the table, so that a later one is
    told apart."""

    unit: registers.RegisterPlace
    year: int
    rows: tuple[FigureRow, ...] = ()
    wholes: Mapping[str, int] = field(default_factory=dict)
    seen: str = ""
    children: tuple[ChildFigures, ...] = ()
    page: int = 1
    pages: int = 1


def figure_page(actor: Actor, unit_id: int | None, year: int, page: int = 1) -> FigurePage:
    """The table of a branch, or what stands below a unit; the same queries whatever stands in it. NotFound for what is not theirs."""
    unit = registers.load_place(actor, unit_id, year)
    if not unit.is_branch:
        children, number, pages = registers.children_of(unit.id, page)
        return FigurePage(unit, year, children=_child_figures(children, year), page=number, pages=pages)
    people = registers.everyone_of(unit.id) if unit.has_people else ()
    noted = _noted([person.id for person in people], year)
    rows = tuple(_row(person, noted.get(person.id, ()), unit.id) for person in people)
    return FigurePage(unit, year, rows, _wholes(unit.id, year, rows), seen_state(unit.id, year))


def seen_state(unit_id: int, year: int) -> str:
    """What names the state of a branch's notes: the same notes have the same, and any change another."""
    columns = (MemberFigure.member_id, MemberFigure.measure, MemberFigure.count, MemberFigure.of, MemberFigure.words)
    mine = (MemberFigure.unit_id == unit_id, MemberFigure.year == year)
    rows = db.session.execute(select(*columns).where(*mine).order_by(MemberFigure.member_id, MemberFigure.measure))
    return sha256(repr([tuple(row) for row in rows]).encode()).hexdigest()[:16]


def _noted(member_ids: Sequence[int], year: int) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    columns = (MemberFigure.member_id, MemberFigure.unit_id, MemberFigure.measure, _COUNT, MemberFigure.of, MemberFigure.words)
    for row in db.session.execute(select(*columns).where(MemberFigure.member_id.in_(member_ids), MemberFigure.year == year)):
        found[row.member_id].append(row)
    return found


def _row(person: registers.Person, noted: Sequence[Any], unit_id: int) -> FigureRow:
    own = {row.measure: NotedFigure(row.noted, row.of, row.words) for row in noted if row.unit_id == unit_id}
    before: dict[str, list[Measured]] = defaultdict(list)
    for row in noted:
        if row.unit_id != unit_id:
            before[row.measure].append(Measured(row.noted, row.of))
    return FigureRow(person.id, person.name, own, {code: _figure(code, summed(found)) for code, found in before.items()})


def _figure(code: str, found: Measured) -> str:
    return f"{found.count}/{found.of}" if found.of is not None else f"{found.count} {MEMBER_MEASURES[code].unit}"


def _wholes(unit_id: int, year: int, rows: Sequence[FigureRow]) -> dict[str, int]:
    """Of how many most rows are, the larger of two as frequent; where there is none yet, what the branch noted of itself."""
    found = {}
    for code in SHARES:
        said = Counter(row.cells[code].of or 0 for row in rows if code in row.cells)
        if said:
            found[code] = max(said, key=lambda of: (said[of], of))
    mine = (UnitFigure.unit_id == unit_id, UnitFigure.year == year, UnitFigure.measure.in_(_OF_THE_UNIT.values()))
    of_the_unit = {row[0]: row[1] for row in db.session.execute(select(UnitFigure.measure, UnitFigure.count).where(*mine))}
    return {code: of_the_unit[named] for code, named in _OF_THE_UNIT.items() if named in of_the_unit} | found


def _child_figures(children: Sequence[registers.Child], year: int) -> tuple[ChildFigures, ...]:
    homes = registers.homes_of(children)
    noted = select(MemberFigure.member_id).where(MemberFigure.year == year, MemberFigure.measure.in_(NOTED)).distinct()
    mine = Member.unit_id.in_(list(homes)) & Member.id.in_(noted) & (Member.standing == Standing.ACTIVE)
    counts: Counter[int] = Counter()
    query = select(Member.unit_id, func.count()).where(mine).group_by(Member.unit_id)
    for unit_id, count in db.session.execute(query) if homes else ():
        counts[homes[unit_id]] += count
    return tuple(ChildFigures(child.id, child.name, child.members, counts[child.id]) for child in children)


def plan_import(actor: Actor | None, listed: RegisterList, year: int | None) -> RegisterPlan:
    """What importing a list of figures would do, with the rights `actor` has. Writes nothing."""
    return registers.plan_import(actor, FIGURES, listed, year, noted_figures)


def noted_figures(member_ids: Collection[int], years: Collection[int]) -> dict[Key, dict[str, Noted]]:
    """What the branches these members are in now noted of them in these years, by measure; what others noted of a mover stands apart."""
    found: dict[Key, dict[str, Noted]] = defaultdict(dict)
    columns = (MemberFigure.member_id, MemberFigure.year, MemberFigure.measure, _COUNT, MemberFigure.of, MemberFigure.words)
    own = (Member.id == MemberFigure.member_id) & (Member.unit_id == MemberFigure.unit_id)
    query = select(*columns, MemberFigure.unit_id).join(Member, own)
    for some in chunks(sorted(member_ids)):
        for row in db.session.execute(query.where(MemberFigure.member_id.in_(some), MemberFigure.year.in_(years))):
            found[row.member_id, row.year][row.measure] = Noted(NotedFigure(row.noted, row.of, row.words), row.unit_id)
    return found


def export_rows(actor: Actor | None, year: int, unit: Place | None = None) -> list[tuple[Any, ...]]:
    """The active members `actor` may read (None: all), of a unit and below, with what their branch noted, under the clean header."""
    people = registers.people_to_export(actor, unit)
    noted = noted_figures([member_id for member_id, _ in people], [year])
    return [(*cells, year, *cells_of(_values(noted.get((member_id, year), {})))) for member_id, cells in people]


def _values(noted: Mapping[str, Noted]) -> dict[str, NotedFigure]:
    return {code: one.value for code, one in noted.items() if isinstance(one.value, NotedFigure)}
