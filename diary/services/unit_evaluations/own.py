"""What a unit says of its own year: the figures it notes by hand, and the level it proposes for itself."""

from collections.abc import Mapping

from sqlalchemy import select

from ...domain.actors import Actor
from ...domain.errors import Stale
from ...domain.evaluations import EvaluationState
from ...domain.permissions import Action
from ...domain.unit_evaluations import (
    UnitNote,
    UnitProposal,
    check_figures,
    check_proposal,
    require_awaited,
    require_unit_scheme,
    suggestion_of,
)
from ...domain.years import Activity, require_open, require_unlocked
from ...models.base import db
from ...models.noted_figures import UnitFigure
from ...models.unit_evaluations import UnitEvaluation
from ...queries.evaluations.branches import Branch
from ...queries.unit_measures import unit_measures
from .. import audit, clock
from ..evaluation_steps import base_units, bloc_unit, tell_officers
from ..transaction import happening
from .steps import desk_of, load_unit, row_of, take_step


@happening
def note_figures(actor: Actor, unit_id: int, year: int, figures: Mapping[str, UnitNote]) -> int:
    """Write down figures of the unit's year by the code of their measure, a count of None takes a note away; how many changed.

    WrongMoment in a locked year and once the level was proposed: it rests on them. BadInput at the code of one that does not fit.
    """
    unit = load_unit(actor, Action.EVALUATION_PROPOSE, unit_id, year)
    require_unlocked(unit.facts)
    row = row_of(unit)
    require_awaited(row.state if row else EvaluationState.NOT_STARTED, unit.through_base, Action.EVALUATION_PROPOSE)
    check_figures(figures)
    here = (UnitFigure.unit_id == unit_id) & (UnitFigure.year == year)
    kept = {one.measure: one for one in db.session.execute(select(UnitFigure).where(here)).scalars()}
    changed = [code for code, figure in figures.items() if _note(actor, unit, kept.get(code), code, figure)]
    if changed:
        audit.record(actor, "unit_figures_note", "unit", unit_id, unit_id, fields=[year, *changed])
    return len(changed)


def _note(actor: Actor, unit: Branch, row: UnitFigure | None, code: str, figure: UnitNote) -> bool:
    """Keep one figure; whether it changed anything."""
    if figure.count is None:
        if row is not None:
            db.session.delete(row)
        return row is not None
    if row is not None and (row.count, row.words) == (figure.count, figure.words):
        return False
    if row is None:
        row = UnitFigure(unit_id=unit.id, year=unit.year, measure=code)
        db.session.add(row)
    row.count, row.words, row.noted_by, row.noted_at = figure.count, figure.words, actor.account_id, clock.now()
    return True


@happening
def propose(actor: Actor, unit_id: int, year: int, proposal: UnitProposal) -> None:
    """Send the unit's own proposal up, with what its figures speak for that day.

    BadInput at "words", "level" or "reason", WrongMoment outside the window or after sending, Stale when it changed since
    `proposal.version` (0: there was nothing).
    """
    unit = load_unit(actor, Action.EVALUATION_PROPOSE, unit_id, year)
    scheme = require_unit_scheme(unit.scheme, year)
    _require_proposing(unit)
    row = row_of(unit)
    require_awaited(row.state if row else EvaluationState.NOT_STARTED, unit.through_base, Action.EVALUATION_PROPOSE)
    if (row.version if row else 0) != proposal.version:
        raise Stale()
    suggested = suggestion_of(scheme, unit_measures((unit_id,), year, clock.today())[unit_id]).level
    check_proposal(scheme, proposal, suggested)
    if row is None:
        row = UnitEvaluation(unit_id=unit_id, year=year)
        db.session.add(row)
        db.session.flush()
    row.words, row.proposed_level, row.proposal_reason = proposal.words, proposal.level, proposal.reason
    row.suggested_level, row.proposed_by, row.proposed_at = suggested, actor.account_id, clock.now()
    row.base_level = row.base_words = ""
    take_step(actor, row, EvaluationState.PROPOSED, proposal.reason, proposal.level)
    above = base_units(unit.path) if unit.through_base else bloc_unit(unit.path)
    tell_officers(above, f"{unit.name} đề nghị xếp loại đơn vị năm {year}.", desk_of(unit))


def _require_proposing(unit: Branch) -> None:
    """A proposal may be sent while branches meet, and later while it can still be decided."""
    today = clock.today()
    if unit.facts is None or not unit.facts.is_open(Activity.MEETINGS, today):
        require_open(unit.facts, Activity.DECIDING, today)
