"""Reads about the Chương trình rèn luyện: a branch's table, the counts of what stands below a unit, lists in and out."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from ..domain.actors import Actor
from ..domain.permissions import Action, Subject, may
from ..domain.registers import RegisterList
from ..domain.registers.import_plan import Key, Noted, RegisterPlan
from ..domain.training import RESULT_LABELS, TrainingResult, YearTraining
from ..domain.training_lists import TRAINING
from ..domain.units import Place
from ..models.base import db
from ..models.members import Member
from ..models.training import Training
from ..models.units import Unit
from . import registers
from .member_lists import chunks


@dataclass(frozen=True, slots=True)
class ResultSum:
    """How many of `members` have which result."""

    counts: Mapping[TrainingResult, int]
    members: int

    @property
    def noted(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """A member's result as a line of the table. `elsewhere`: another branch noted it, and the actor may not change it."""

    id: int
    name: str
    noted: YearTraining | None
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class ChildTraining:
    """A unit below with its results."""

    id: int
    name: str
    sum: ResultSum


@dataclass(frozen=True, slots=True)
class TrainingPage:
    """The register of a unit and year: its counts, a page of its own people, a page of what stands below it."""

    unit: registers.RegisterPlace
    year: int
    sum: ResultSum
    rows: tuple[TrainingRow, ...]
    children: tuple[ChildTraining, ...]
    page: int
    pages: int


def training_page(actor: Actor, unit_id: int | None, year: int, page: int = 1) -> TrainingPage:
    """The register of a unit; the same number of queries whatever stands in it. NotFound for a unit that is not theirs to read."""
    unit = registers.load_place(actor, unit_id, year)
    counts = _counts(unit.place, year)
    people, _, number, pages = registers.people_of(unit.id, page) if unit.is_branch else ((), 0, 1, 1)
    children, child_page, child_pages = registers.children_of(unit.id, page) if not unit.is_branch else ((), 1, 1)
    return TrainingPage(
        unit=unit,
        year=year,
        sum=ResultSum(sum(counts.values(), start=Counter()), registers.count_members(unit.place)),
        rows=_rows(actor, people, year, unit.id),
        children=_child_sums(children, counts),
        page=number if unit.is_branch else child_page,
        pages=pages if unit.is_branch else child_pages,
    )


def _counts(place: Place, year: int) -> dict[int, Counter[TrainingResult]]:
    """Results of members who are active now, wherever they were noted, by the unit they are in."""
    query = select(Member.unit_id, Training.result, func.count()).join(Member, Member.id == Training.member_id)
    query = query.where(Training.year == year, Training.member_id.in_(registers.members_below(place)))
    found: dict[int, Counter[TrainingResult]] = defaultdict(Counter)
    for unit_id, result, count in db.session.execute(query.group_by(Member.unit_id, Training.result)):
        found[unit_id][result] = count
    return found


def _child_sums(children: Sequence[registers.Child], counts: Mapping[int, Counter[TrainingResult]]) -> tuple[ChildTraining, ...]:
    found: dict[int, Counter[TrainingResult]] = defaultdict(Counter)
    for unit_id, child_id in registers.homes_of(children).items():
        found[child_id] += counts.get(unit_id, Counter())
    return tuple(ChildTraining(child.id, child.name, ResultSum(found[child.id], child.members)) for child in children)


def _rows(actor: Actor, people: Sequence[registers.Person], year: int, unit_id: int) -> tuple[TrainingRow, ...]:
    noted = _noted_rows([person.id for person in people], year)
    return tuple(_row(actor, person, noted.get(person.id), unit_id) for person in people)


def _row(actor: Actor, person: registers.Person, noted: Any, unit_id: int) -> TrainingRow:
    if noted is None:
        return TrainingRow(person.id, person.name, None, False)
    theirs = noted.unit_id != unit_id and not may(actor, Action.REGISTER_EDIT, Subject(Place(noted.unit_id, noted.path)))
    return TrainingRow(person.id, person.name, YearTraining(noted.result, noted.note), theirs)


def _noted_rows(member_ids: Sequence[int], year: int) -> dict[int, Any]:
    if not member_ids:
        return {}
    columns = (Training.member_id, Training.result, Training.note, Training.unit_id, Unit.path)
    query = select(*columns).join(Unit, Unit.id == Training.unit_id).where(Training.member_id.in_(member_ids), Training.year == year)
    return {row.member_id: row for row in db.session.execute(query)}


def year_training(member_ids: Collection[int], year: int) -> dict[int, YearTraining]:
    """The results of a year by member, those without one left out; one query for any 10,000 members."""
    found: dict[int, YearTraining] = {}
    columns = (Training.member_id, Training.result, Training.note)
    for some in registers.many(member_ids):
        for row in db.session.execute(select(*columns).where(Training.member_id.in_(some), Training.year == year)):
            found[row.member_id] = YearTraining(row.result, row.note)
    return found


def plan_import(actor: Actor | None, listed: RegisterList, year: int | None) -> RegisterPlan:
    """What importing a list of results would do, with the rights `actor` has (None: the program itself). Writes nothing."""
    return registers.plan_import(actor, TRAINING, listed, year, noted_results)


def noted_results(member_ids: Collection[int], years: Collection[int]) -> dict[Key, dict[str, Noted]]:
    """What is noted of these members in these years: the result, and the remark where there is one."""
    found: dict[Key, dict[str, Noted]] = {}
    columns = (Training.member_id, Training.year, Training.result, Training.note, Training.unit_id)
    for some in chunks(sorted(member_ids)):
        for row in db.session.execute(select(*columns).where(Training.member_id.in_(some), Training.year.in_(years))):
            noted = {"result": Noted(row.result, row.unit_id)}
            found[row.member_id, row.year] = noted | ({"note": Noted(row.note, row.unit_id)} if row.note else {})
    return found


def export_rows(actor: Actor | None, years: Sequence[int], unit: Place | None = None) -> list[tuple[Any, ...]]:
    """The active members `actor` may read (None: all), of a unit and below, a row for each year asked for, under the clean header."""
    people = registers.people_to_export(actor, unit)
    ids = [member_id for member_id, _ in people]
    rows: list[tuple[Any, ...]] = []
    for year in years:
        results = year_training(ids, year)
        rows += [(*cells, year, *_result_cells(results.get(member_id))) for member_id, cells in people]
    return rows


def _result_cells(noted: YearTraining | None) -> tuple[str | None, str | None]:
    return (RESULT_LABELS[noted.result], noted.note or None) if noted else (None, None)
