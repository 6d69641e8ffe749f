"""The desk over units: those below a committee with evidence, proposal and the base's view, what waits for the reader first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import aliased

from ...domain.actors import Actor
from ...domain.errors import NotFound
from ...domain.evaluations import EvaluationState, base_between
from ...domain.measures import Measured
from ...domain.permissions import Action, may_somewhere
from ...domain.schemes import Scheme
from ...domain.suggestions import Suggestion
from ...domain.unit_evaluations import Levels, awaited, in_short, oddities, shown_state, suggestion_of, unit_rank
from ...domain.units import UnitKind, path_range
from ...models.base import db
from ...models.unit_evaluations import UnitEvaluation
from ...models.units import Unit
from .. import years
from ..evaluations.tables import Bar
from ..reach import units_within
from ..unit_measures import unit_measures

PAGE = 50
_ROW = UnitEvaluation


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A unit as the committee above sees it. `mine` is what the reader may do to it now; `suggestion` is of the figures as they stand."""

    unit_id: int
    name: str
    path: str
    above: str
    state: EvaluationState
    version: int
    levels: Levels
    words: str
    proposal_reason: str
    base_words: str
    decision_number: str
    return_words: str
    last_level: str
    mine: Action | None
    barred: bool
    measures: Mapping[str, Measured]
    suggestion: Suggestion

    @property
    def odd(self) -> tuple[str, ...]:
        """What to look at twice, by the figures as they stand; nothing once it is decided."""
        return () if self.levels.decided else oddities(replace(self.levels, suggested=self.suggestion.level))

    @property
    def shown_state(self) -> str:
        return shown_state(self.state, self.return_words)

    @property
    def figures(self) -> tuple[str, ...]:
        """The evidence in a few words."""
        return in_short(self.measures)

    @property
    def preset(self) -> str:
        """The level that stands in the field at first: the proposal as long as no base sees it differently."""
        return self.levels.agreed


@dataclass(frozen=True, slots=True)
class Desk:
    """A page of units. `bars`: how this year's levels and last year's are spread; `bases` may be chosen from."""

    year: int
    scheme: Scheme
    rows: tuple[DeskRow, ...]
    page: int
    pages: int
    waiting: int
    states: Mapping[EvaluationState, int]
    bars: tuple[Bar, ...]
    bases: tuple[tuple[int, str], ...]
    base_id: int | None = None
    deciding: bool = field(default=False)
    papers: tuple[tuple[str, date, int], ...] = ()  # number, day and count of the decisions made so far

    @property
    def mine(self) -> tuple[DeskRow, ...]:
        return tuple(row for row in self.rows if row.mine)


def desk(actor: Actor, year: int, scheme: Scheme, today: date, page: int = 1, base_id: int | None = None) -> Desk:
    """The units below `actor`'s committees: those waiting for them first, odd ones on top, then by place in the tree; PAGE of them.

    Which page an odd one stands on follows from what the figures spoke for when it was proposed, its place there from what they say now.

    The same number of queries whatever stands behind it. NotFound for a base that is not within their reach.
    """
    bases = _bases(actor)
    units = and_(_within(actor), _of_year(year), _of_base(base_id, bases))
    states, waiting = _totals(actor, year, units)
    total = sum(states.values())
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    rows = db.session.execute(_rows(actor, year, units).limit(PAGE).offset((page - 1) * PAGE)).all()
    measures = unit_measures([row.id for row in rows], year, today)
    same_levels = _same_levels(scheme, year - 1)
    found = [_row(actor, tuple(row), scheme, measures[row.id], same_levels) for row in rows]
    return Desk(
        year=year,
        scheme=scheme,
        rows=tuple(sorted(found, key=lambda row: (row.mine is None, not row.odd))),
        page=page,
        pages=pages,
        waiting=waiting,
        states=states,
        bars=_bars(units, year, scheme, same_levels),
        bases=tuple((one.id, one.name) for one in bases),
        base_id=base_id,
        deciding=may_somewhere(actor, Action.EVALUATION_DECIDE),
        papers=_papers(units, year),
    )


def waiting_count(actor: Actor, today: date) -> int:
    """How many units' year-ends of the current year wait for an act of `actor`'s committees; no question where they have none."""
    if not (may_somewhere(actor, Action.EVALUATION_PASS_ON) or may_somewhere(actor, Action.EVALUATION_DECIDE)):
        return 0
    year = years.current_year(today)
    found: int = db.session.execute(_joined(select(func.count()), year).where(_waits(actor))).scalar_one()
    return found


def readable_base(actor: Actor, unit_id: int) -> int:
    """The base's id; NotFound for one that is not within the actor's reach, and for what is no base."""
    if all(one.id != unit_id for one in _bases(actor)):
        raise NotFound()
    return unit_id


def _within(actor: Actor) -> ColumnElement[bool]:
    """Units below the committees of `actor`; never the bloc itself."""
    reach = [units_within(actor, action) for action in (Action.EVALUATION_PASS_ON, Action.EVALUATION_DECIDE)]
    return and_(or_(false(), *(one for one in reach if one is not None)), Unit.kind != UnitKind.BLOC)


def _of_year(year: int) -> ColumnElement[bool]:
    """Units that were there in the year, and whatever was rated in it."""
    there = and_(
        or_(Unit.opened_on.is_(None), Unit.opened_on <= date(year, 12, 31)),
        or_(Unit.closed_on.is_(None), Unit.closed_on > date(year, 12, 31)),
    )
    return or_(there, Unit.id.in_(select(_ROW.unit_id).where(_ROW.year == year)))


def _of_base(base_id: int | None, bases: Sequence[Any]) -> ColumnElement[bool]:
    if base_id is None:
        return Unit.id == Unit.id
    path = next((one.path for one in bases if one.id == base_id), None)
    if path is None:
        raise NotFound()
    low, high = path_range(path)
    return and_(Unit.path >= low, Unit.path < high)


def _bases(actor: Actor) -> Sequence[Any]:
    """The bases whose units a bloc may look at apart; one's own base stands alone and needs no choice."""
    reach = units_within(actor, Action.EVALUATION_READ)
    where = (Unit.kind == UnitKind.BASE_UNION, Unit.closed_on.is_(None))
    query = select(Unit.id, Unit.name, Unit.path).where(*where).order_by(Unit.search).limit(500)
    return db.session.execute(query if reach is None else query.where(reach)).all()


def _joined(query: Select[*tuple[Any, ...]], year: int) -> Select[*tuple[Any, ...]]:
    parent = _PARENT
    return (
        query.select_from(Unit)
        .outerjoin(parent, parent.id == Unit.parent_id)
        .outerjoin(_ROW, and_(_ROW.unit_id == Unit.id, _ROW.year == year))
        .where(Unit.kind != UnitKind.BLOC)
    )


_PARENT, _LAST = aliased(Unit), aliased(UnitEvaluation)


def _waits(actor: Actor) -> ColumnElement[bool]:
    """Whether the unit waits for an act of `actor`'s committees; a decision never for who proposed the level."""
    base, bloc = (units_within(actor, action) for action in (Action.EVALUATION_PASS_ON, Action.EVALUATION_DECIDE))
    straight, proposed = _PARENT.kind == UnitKind.BLOC, _ROW.state == EvaluationState.PROPOSED
    from_others = or_(_ROW.proposed_by.is_(None), _ROW.proposed_by != actor.account_id)
    to_pass_on = and_(false() if base is None else base, proposed, ~straight)
    decidable = or_(_ROW.state == EvaluationState.PASSED_ON, and_(proposed, straight))
    return or_(to_pass_on, and_(false() if bloc is None else bloc, decidable, from_others))


def _totals(actor: Actor, year: int, units: ColumnElement[bool]) -> tuple[dict[EvaluationState, int], int]:
    waiting = func.sum(case((_waits(actor), 1), else_=0))
    found = db.session.execute(_joined(select(_ROW.state, func.count(), waiting), year).where(units).group_by(_ROW.state)).all()
    states: dict[EvaluationState, int] = {}
    for state, count, _ in found:
        key = state or EvaluationState.NOT_STARTED
        states[key] = states.get(key, 0) + count
    return states, sum(int(row[2] or 0) for row in found)


def _rows(actor: Actor, year: int, units: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    odd = and_(
        _ROW.proposed_level != "",
        or_(_ROW.suggested_level != _ROW.proposed_level, and_(_ROW.base_level != "", _ROW.base_level != _ROW.proposed_level)),
    )
    columns = (
        Unit.id, Unit.name, Unit.path, _PARENT.name, _ROW.state, _ROW.version, _ROW.suggested_level, _ROW.proposed_level, _ROW.base_level,
        _ROW.decided_level, _ROW.words, _ROW.proposal_reason, _ROW.base_words, _ROW.decision_number, _ROW.return_words, _ROW.proposed_by,
        _LAST.decided_level, _waits(actor),
    )  # fmt: skip
    return (
        _joined(select(*columns), year)
        .outerjoin(_LAST, and_(_LAST.unit_id == Unit.id, _LAST.year == year - 1))
        .where(units)
        .order_by(case((_waits(actor), 0), else_=1), case((odd, 0), else_=1), Unit.path)
    )


def _row(actor: Actor, row: tuple[Any, ...], scheme: Scheme, measures: Mapping[str, Measured], same_levels: bool) -> DeskRow:
    unit_id, name, path, above, state, version, *said = row
    levels, (words, reason, base_words, number, returned), (proposed_by, last, waits) = said[:4], said[4:9], said[9:]
    state = state or EvaluationState.NOT_STARTED
    action = awaited(state, base_between(path))
    return DeskRow(
        unit_id=unit_id,
        name=name,
        path=path,
        above=above or "",
        state=state,
        version=version or 0,
        levels=Levels(*(level or "" for level in levels)),
        words=words or "",
        proposal_reason=reason or "",
        base_words=base_words or "",
        decision_number=number or "",
        return_words=returned or "",
        last_level=(last or "") if same_levels else "",
        mine=action if waits else None,
        barred=action is Action.EVALUATION_DECIDE and proposed_by == actor.account_id,
        measures=measures,
        suggestion=suggestion_of(scheme, measures),
    )


def _papers(units: ColumnElement[bool], year: int) -> tuple[tuple[str, date, int], ...]:
    query = select(_ROW.decision_number, _ROW.decided_on, func.count()).join(Unit, Unit.id == _ROW.unit_id)
    query = query.where(units, _ROW.year == year, _ROW.state == EvaluationState.DECIDED).group_by(_ROW.decision_number, _ROW.decided_on)
    rows = db.session.execute(query.order_by(_ROW.decided_on.desc(), _ROW.decision_number.desc()).limit(PAGE))
    return tuple((number, day, count) for number, day, count in rows if day is not None)


def _same_levels(scheme: Scheme, year: int) -> bool:
    before = years.scheme_of(year)
    return before is not None and [one.code for one in before.unit_levels] == [one.code for one in scheme.unit_levels]


def _bars(units: ColumnElement[bool], year: int, scheme: Scheme, same_levels: bool) -> tuple[Bar, ...]:
    """The levels as they stand this year, decided or not, beside those decided last year."""
    level = case((_ROW.decided_level != "", _ROW.decided_level), (_ROW.base_level != "", _ROW.base_level), else_=_ROW.proposed_level)
    query = select(_ROW.year, level, func.count()).join(Unit, Unit.id == _ROW.unit_id).where(units)
    query = query.where(or_(_ROW.year == year, and_(_ROW.year == year - 1, _ROW.decided_level != "")))
    counts: dict[int, list[int]] = {year: [0] * len(scheme.unit_levels), year - 1: [0] * len(scheme.unit_levels)}
    for of_year, code, count in db.session.execute(query.group_by(_ROW.year, level)):
        rank = unit_rank(scheme, code)
        if rank and (of_year == year or same_levels):
            counts[of_year][rank - 1] += count
    return tuple(Bar(f"Năm {one}", tuple(found)) for one, found in counts.items() if any(found))
