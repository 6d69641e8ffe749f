"""What a list of units' levels holds: everything below a base, or below the bloc, as it was named on the list's day."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, func, or_, select

from ..domain.documents import DocumentKind
from ..domain.evaluations import EvaluationState
from ..domain.level_names import level_name
from ..domain.papers import EarlierYear, GivenNumber, Letterhead, LevelName
from ..domain.schemes import Scheme
from ..domain.unit_evaluations import STATE_LABELS, require_unit_scheme
from ..domain.unit_lists import UnitLine, UnitList
from ..domain.units import UnitKind
from ..models.base import db
from ..models.unit_evaluations import UnitEvaluation
from ..models.units import Unit
from . import years
from .letterheads import Issuer, issuer
from .unit_names import TreeThen, tree_on


def unit_list(unit_id: int, year: int, day: date, number: str = "", decided_on: date | None = None) -> UnitList:
    """The list of the unit `unit_id` as a paper of `day`, without number and date of its own: a draft.

    With `number` and `decided_on` only what was decided under them: the annex of that decision. WrongMoment in a year without levels of
    units. The same number of queries for any number of units.
    """
    scheme, unit = require_unit_scheme(years.scheme_of(year), year), issuer(unit_id, day)
    levels = {level.code: level_name(level) for level in scheme.unit_levels}
    then = tree_on(day)
    rows = _rows(then.below(unit_id) - (set() if unit.kind is not UnitKind.BLOC else {unit_id}), year, number, decided_on)
    return UnitList(
        year=year,
        letterhead=_letterhead(unit, number, decided_on),
        levels=tuple(levels.values()),
        lines=tuple(_line(row, levels, then) for row in rows),
        signer=unit.signer,
        recipients=unit.recipients,
        number=number,
        day=decided_on,
        earlier=_earlier({row.id for row in rows}, year, scheme),
    )


def _letterhead(unit: Issuer, number: str, decided_on: date | None) -> Letterhead:
    if number and decided_on:
        return Letterhead(unit.superior, unit.name, GivenNumber(number), unit.letterhead(DocumentKind.BASE_LIST).place, decided_on)
    return unit.letterhead(DocumentKind.BASE_LIST)


def _rows(unit_ids: Collection[int], year: int, number: str, decided_on: date | None) -> list[Row[*tuple[Any, ...]]]:
    row = UnitEvaluation
    columns = (Unit.id, Unit.name, row.state, row.proposed_level, row.base_level, row.decided_level, row.decision_number)
    query = select(*columns).outerjoin(row, and_(row.unit_id == Unit.id, row.year == year)).where(Unit.id.in_(unit_ids))
    if number:
        query = query.where(row.decision_number == number, row.decided_on == decided_on)
    query = query.where(or_(Unit.closed_on.is_(None), row.id.is_not(None))).order_by(Unit.path)
    return list(db.session.execute(query))


def _line(row: Row[*tuple[Any, ...]], levels: dict[str, LevelName], then: TreeThen) -> UnitLine:
    name = then.units[row.id].name if row.id in then.units else row.name
    state = row.state or EvaluationState.NOT_STARTED
    proposed, base, decided = (levels.get(code or "") for code in (row.proposed_level, row.base_level, row.decided_level))
    note = f"Số {row.decision_number}" if decided else STATE_LABELS[state]
    return UnitLine(name, then.base_above(row.id) if row.id in then.units else "", proposed, base, decided, note)


def _earlier(unit_ids: Collection[int], year: int, scheme: Scheme) -> EarlierYear | None:
    before = years.scheme_of(year - 1)
    codes = [level.code for level in scheme.unit_levels]
    if before is None or [level.code for level in before.unit_levels] != codes:
        return None
    decided = (UnitEvaluation.year == year - 1, UnitEvaluation.decided_level != "", UnitEvaluation.unit_id.in_(unit_ids))
    query = select(UnitEvaluation.decided_level, func.count()).where(*decided).group_by(UnitEvaluation.decided_level)
    counts = Counter({code: count for code, count in db.session.execute(query)})  # noqa: C416 - dict() of rows loses their types
    return EarlierYear(year - 1, tuple(counts[code] for code in codes)) if counts else None
