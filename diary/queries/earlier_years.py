"""How the year before was decided, for papers that set it beside a year's own shares."""

from collections.abc import Collection

from sqlalchemy import func, select

from ..domain.evaluations import EvaluationState
from ..domain.papers import EarlierYear
from ..domain.schemes import Scheme
from ..models.base import db
from ..models.evaluations import Evaluation
from . import years


def earlier_year(unit_ids: Collection[int], year: int, scheme: Scheme) -> EarlierYear | None:
    """The levels decided in these units the year before, in the order of the scheme's; None where nothing was, or levels were others."""
    before = years.scheme_of(year - 1)
    codes = [level.code for level in scheme.levels]
    if before is None or [level.code for level in before.levels] != codes:
        return None
    decided = (Evaluation.year == year - 1) & (Evaluation.state == EvaluationState.DECIDED) & Evaluation.unit_id.in_(unit_ids)
    query = select(Evaluation.decided_level, func.count()).where(decided).group_by(Evaluation.decided_level)
    counts = {level: count for level, count in db.session.execute(query)}  # noqa: C416 - dict() of rows loses their types
    return EarlierYear(year - 1, tuple(counts.get(code, 0) for code in codes)) if counts else None
