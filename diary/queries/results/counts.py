"""A year's results in counts: the unit one looks at and what stood below it, in a handful of statements whatever their number."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, func, select, true

from ...domain.actors import Actor
from ...domain.eligibility import drawn_as_of
from ...domain.errors import NotFound
from ...domain.evaluations import BEFORE_THE_MEETING
from ...domain.permissions import Action, Subject, may, require, require_somewhere
from ...domain.results import Turn, UnitResult, Unrated, turn_of
from ...domain.schemes import Scheme
from ...domain.units import BRANCHES, Place, UnitKind
from ...models.base import db
from ...models.evaluations import Evaluation
from ...models.members import Membership
from ...models.units import Unit
from .. import years
from ..unit_names import TreeThen, tree_on
from .people import PersonResult, people_of
from .to_come import to_come

A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Above:
    """The unit over the one that is shown."""

    unit_id: int
    name: str


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """The results of a unit and of what stood directly below it then, a page of it.

    `kinds`: of every unit then. `compared`: whether the year before had the same levels. `people`: of a branch, with their sheets.
    """

    unit_id: int
    kind: UnitKind
    year: int
    scheme: Scheme
    total: UnitResult
    rows: tuple[UnitResult, ...]
    kinds: Mapping[int, UnitKind]
    above: Above | None
    compared: bool
    page: int
    pages: int
    people: tuple[PersonResult, ...] = ()

    @property
    def name(self) -> str:
        return self.total.name


@dataclass(slots=True)
class _Tally:
    """What is counted of one branch."""

    levels: Counter[str] = field(default_factory=Counter)
    before: Counter[str] = field(default_factory=Counter)
    waiting: Counter[Turn] = field(default_factory=Counter)
    unrated: Counter[Unrated] = field(default_factory=Counter)

    def add(self, other: "_Tally") -> None:
        for mine, theirs in ((self.levels, other.levels), (self.before, other.before)):
            mine.update(theirs)
        self.waiting.update(other.waiting)
        self.unrated.update(other.unrated)

    @property
    def empty(self) -> bool:
        return not (self.levels or self.before or self.waiting or self.unrated)


def results_page(actor: Actor, unit_id: int | None, year: int, scheme: Scheme, today: date, page: int = 1) -> ResultsPage:
    """The results of a unit (None: the highest the actor reads) in `year`; the same number of queries whatever stands below it.

    NotFound for a unit that is not theirs to read; NotAllowed where they read none. Names and places of units are those of then.
    """
    place = _place(actor, unit_id)
    then = tree_on(drawn_as_of(year, today))
    before = years.scheme_of(year - 1)
    compared = before is not None and [one.code for one in before.levels] == [one.code for one in scheme.levels]
    tallies = _tallies(then, place.unit_id, year, scheme, today, compared=compared)
    rows = _rows(then, place.unit_id, tallies, scheme, compared=compared)
    pages = max(1, -(-len(rows) // A_PAGE))
    page = min(max(page, 1), pages)
    whole = _Tally()
    for tally in tallies.values():
        whole.add(tally)
    shown = then.units[place.unit_id]
    return ResultsPage(
        unit_id=place.unit_id,
        kind=shown.kind,
        year=year,
        scheme=scheme,
        total=_result(place.unit_id, shown.name, whole, scheme, compared=compared),
        rows=rows[(page - 1) * A_PAGE : page * A_PAGE],
        kinds={one: unit.kind for one, unit in then.units.items()},
        above=_above(actor, place),
        compared=compared,
        page=page,
        pages=pages,
        people=people_of(place.unit_id, year) if shown.kind in BRANCHES else (),
    )


def _place(actor: Actor, unit_id: int | None) -> Place:
    posts = require_somewhere(actor, Action.EVALUATION_READ)
    if unit_id is None:
        highest = min(posts, key=lambda post: len(post.path))
        return highest.place
    path = db.session.execute(select(Unit.path).where(Unit.id == unit_id)).scalar()
    if path is None:
        raise NotFound()
    require(actor, Action.EVALUATION_READ, Subject(Place(unit_id, path)))
    return Place(unit_id, path)


def _above(actor: Actor, place: Place) -> Above | None:
    parent = select(Unit.parent_id).where(Unit.id == place.unit_id).scalar_subquery()
    row = db.session.execute(select(Unit.id, Unit.name, Unit.path).where(Unit.id == parent)).one_or_none()
    if row is None or not may(actor, Action.EVALUATION_READ, Subject(Place(row.id, row.path))):
        return None
    return Above(row.id, row.name)


def _rows(then: TreeThen, unit_id: int, tallies: Mapping[int, _Tally], scheme: Scheme, *, compared: bool) -> tuple[UnitResult, ...]:
    """The units directly below, each with all that stood below it, in the order of their ids; those with nobody are left out."""
    sums: dict[int, _Tally] = defaultdict(_Tally)
    for branch_id, tally in tallies.items():
        sums[_child_towards(then, unit_id, branch_id)].add(tally)
    below = sorted(one for one, tally in sums.items() if not tally.empty and not (one == unit_id and len(sums) == 1))
    return tuple(_result(one, then.units[one].name, sums[one], scheme, compared=compared) for one in below)


def _child_towards(then: TreeThen, unit_id: int, branch_id: int) -> int:
    """The unit directly below `unit_id` on the way to the branch; itself where people belong to it."""
    current = branch_id
    while current != unit_id:
        parent = then.units[current].parent_id
        if parent == unit_id or parent is None:
            return current
        current = parent
    return unit_id


def _result(unit_id: int, name: str, tally: _Tally, scheme: Scheme, *, compared: bool) -> UnitResult:
    codes = [level.code for level in scheme.levels]
    before = tuple(tally.before[code] for code in codes) if compared else ()
    return UnitResult(unit_id, name, tuple(tally.levels[code] for code in codes), tally.waiting, tally.unrated, before)


def _tallies(then: TreeThen, unit_id: int, year: int, scheme: Scheme, today: date, *, compared: bool) -> dict[int, _Tally]:
    """The counts of every branch of the unit that rates someone."""
    below = then.below(unit_id)
    whole_tree = then.units[unit_id].parent_id is None
    found: dict[int, _Tally] = defaultdict(_Tally)
    _count_rated(found, then, year, true() if whole_tree else Evaluation.unit_id.in_(below), compared=compared)
    for one in to_come(year, scheme, today, true() if whole_tree else Membership.unit_id.in_(below)):
        if one.unrated is not None:
            found[one.unit_id].unrated[one.unrated] += one.people
        else:
            turn = turn_of(one.state, through_base=True)
            assert turn is not None
            found[one.unit_id].waiting[turn] += one.people
    return {one: tally for one, tally in found.items() if one in below}


def _count_rated(found: dict[int, _Tally], then: TreeThen, year: int, where: ColumnElement[bool], *, compared: bool) -> None:
    """Whoever was voted on, by branch: their level once decided, else where they wait."""
    wanted = (year, year - 1) if compared else (year,)
    query = (
        select(Evaluation.year, Evaluation.unit_id, Evaluation.state, Evaluation.decided_level, func.count())
        .where(Evaluation.year.in_(wanted), Evaluation.state.not_in(BEFORE_THE_MEETING), where)
        .group_by(Evaluation.year, Evaluation.unit_id, Evaluation.state, Evaluation.decided_level)
    )
    for of_year, unit_id, state, level, count in db.session.execute(query):
        turn = turn_of(state, bool(then.base_above(unit_id)))
        if turn is None:
            (found[unit_id].levels if of_year == year else found[unit_id].before)[level] += count
        elif of_year == year:
            found[unit_id].waiting[turn] += count
