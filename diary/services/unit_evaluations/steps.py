"""One move of a unit's year-end, with everything every move leaves behind."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from ...domain.actors import Actor
from ...domain.errors import NotFound
from ...domain.evaluations import EvaluationState
from ...domain.permissions import Action, require
from ...domain.unit_evaluations import is_rated, subject_of
from ...models.base import db
from ...models.unit_evaluations import UnitEvaluation, UnitEvaluationStep
from ...queries.evaluations.branches import Branch, load_branch
from .. import audit, clock


def load_unit(actor: Actor, action: Action, unit_id: int, year: int) -> Branch:
    """The unit for someone who may do `action` to its year-end; NotFound to a stranger and for the bloc, which nobody rates."""
    unit = load_branch(actor, action, unit_id, year)
    if not is_rated(unit.path):
        raise NotFound()
    return unit


def row_of(unit: Branch) -> UnitEvaluation | None:
    """The unit's row of the year."""
    mine = (UnitEvaluation.unit_id == unit.id) & (UnitEvaluation.year == unit.year)
    return db.session.execute(select(UnitEvaluation).where(mine)).scalar_one_or_none()


def rows_of(actor: Actor, action: Action, unit_ids: Iterable[int], year: int) -> list[tuple[Branch, UnitEvaluation]]:
    """The units with their rows for someone who may do `action` to all of them; who proposed a level may not decide it."""
    found = []
    for unit_id in unit_ids:
        unit = load_unit(actor, action, unit_id, year)
        row = row_of(unit) or UnitEvaluation(unit_id=unit_id, year=year, state=EvaluationState.NOT_STARTED, version=0)
        require(actor, action, subject_of(action, unit.place, row.proposed_by))
        found.append((unit, row))
    return found


def take_step(
    actor: Actor, row: UnitEvaluation, wanted: EvaluationState, words: str = "", level: str = "", snapshot: dict[str, Any] | None = None
) -> None:
    """Move the row to `wanted` (already allowed by the rules); note who, when, with what words, and the level given or taken back."""
    facts = {"account_id": actor.account_id, "words": words, "level": level, "snapshot": snapshot, "at": clock.now()}
    db.session.add(UnitEvaluationStep(evaluation_id=row.id, from_state=row.state, to_state=wanted, **facts))
    audit.record(actor, "unit_evaluation_move", "unit_evaluation", row.id, row.unit_id, fields=[row.state.value, wanted.value])
    row.state, row.return_words = wanted, ""
    row.version += 1


def page_of(unit: Branch) -> str:
    """Where the unit's own year-end stands."""
    return f"/xep-loai/to-chuc/{unit.id}?nam={unit.year}"


def desk_of(unit: Branch) -> str:
    """Where committees above find what waits of the year."""
    return f"/xet-duyet/to-chuc?nam={unit.year}"
