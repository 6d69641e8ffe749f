"""The committees above a unit: the base says what it thinks, the bloc decides many at once, either returns, a result is taken back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ...domain.actors import Actor
from ...domain.errors import BadInput, Stale, WrongMoment
from ...domain.evaluations import EvaluationState, check_decision_paper, clean_return
from ...domain.measures import Measured
from ...domain.permissions import Action, may
from ...domain.proposals import BadChoices, Choice
from ...domain.unit_evaluations import (
    Expected,
    awaited,
    choice_faults,
    measures_to_body,
    require_awaited,
    require_unit_scheme,
    step_back,
    subject_of,
)
from ...domain.years import Activity, require_open
from ...models.unit_evaluations import UnitEvaluation
from ...queries.evaluations.branches import Branch
from ...queries.unit_measures import unit_measures
from .. import audit, clock
from ..evaluation_steps import base_units, bloc_unit, tell_officers
from ..transaction import happening
from .steps import desk_of, load_unit, page_of, row_of, rows_of, take_step

Rows = list[tuple[Branch, UnitEvaluation]]


@happening
def pass_on(actor: Actor, year: int, views: Mapping[int, Choice]) -> int:
    """Pass units on to the bloc with the level the base thinks right for each, by unit id; how many went.

    BadChoices where a level is missing, or differs from the proposal without words; Stale when one changed since its version.
    """
    rows = _waiting(actor, Action.EVALUATION_PASS_ON, year, views)
    _check(rows, views, {unit.id: row.proposed_level for unit, row in rows}, "của Đoàn cơ sở")
    for unit, row in rows:
        view = views[unit.id]
        row.base_level, row.base_words = view.level, view.reason
        take_step(actor, row, EvaluationState.PASSED_ON, view.reason, view.level)
    tell_officers(bloc_unit(rows[0][0].path), f"{len(rows)} đề nghị xếp loại tổ chức năm {year} đã chuyển lên.", desk_of(rows[0][0]))
    return len(rows)


@dataclass(frozen=True, slots=True)
class UnitDecision:
    """A decision on units: its number as on paper, its day, and the level for each unit id."""

    year: int
    number: str
    decided_on: date | None
    choices: Mapping[int, Choice]


@happening
def decide(actor: Actor, decision: UnitDecision) -> int:
    """Decide the units named, and freeze for each the figures the decision rested on; how many.

    Sent again it is the same decision. NotAllowed to who proposed one of them. BadInput where number or day do not fit, BadChoices where
    a level is missing or differs without a reason from what came up, Stale when one changed since its version.
    """
    if _decided_before(actor, decision):
        return len(decision.choices)
    rows = _waiting(actor, Action.EVALUATION_DECIDE, decision.year, decision.choices)
    check_decision_paper(decision.number, decision.decided_on, None, clock.today())
    _check(rows, decision.choices, {unit.id: row.base_level or row.proposed_level for unit, row in rows}, "công nhận")
    measures = unit_measures([unit.id for unit, _ in rows], decision.year, clock.today())
    for unit, row in rows:
        choice = decision.choices[unit.id]
        row.decided_level, row.decision_reason, row.decided_by = choice.level, choice.reason, actor.account_id
        row.decision_number, row.decided_on = decision.number, decision.decided_on
        row.snapshot = _snapshot(row, measures[unit.id])
        take_step(actor, row, EvaluationState.DECIDED, choice.reason, choice.level)
        tell_officers((unit.id,), f"Đoàn Khối đã công nhận xếp loại năm {unit.year} của {unit.name}.", page_of(unit))
    audit.record(actor, "unit_evaluations_decide", "year", decision.year, None, fields=[decision.number, len(rows)])
    return len(rows)


def _decided_before(actor: Actor, decision: UnitDecision) -> bool:
    """Whether this very decision was made already: a form sent twice."""
    if not decision.choices:
        return False
    units = [load_unit(actor, Action.EVALUATION_DECIDE, unit_id, decision.year) for unit_id in decision.choices]
    same = (actor.account_id, decision.number, decision.decided_on)
    return all(
        row is not None
        and (row.decided_by, row.decision_number, row.decided_on) == same
        and row.decided_level == decision.choices[row.unit_id].level
        for row in map(row_of, units)
    )


def _snapshot(row: UnitEvaluation, measures: Mapping[str, Measured]) -> dict[str, Any]:
    """What the decision rested on, frozen, with its number and day: it stays as it was whatever is corrected later."""
    return {
        "measures": measures_to_body(measures),
        "suggested": row.suggested_level,
        "proposed": row.proposed_level,
        "proposal_reason": row.proposal_reason,
        "base": row.base_level,
        "base_words": row.base_words,
        "decision_reason": row.decision_reason,
        "number": row.decision_number,
        "decided_on": row.decided_on.isoformat() if row.decided_on else "",
    }


@happening
def send_back(actor: Actor, year: int, seen: Mapping[int, int], words: str) -> int:
    """Return units one step, with words: from the base to the unit, from the bloc to who sent them; how many.

    `seen` maps unit ids to the versions on the page: Stale when one changed. BadInput "words" without any.
    """
    words = clean_return(words)
    waiting = [(unit, _awaited(actor, unit)) for unit in _units(actor, seen, year)]
    choices = {unit_id: Choice("", version=version) for unit_id, version in seen.items()}
    for action in dict.fromkeys(action for _, action in waiting):
        theirs = {unit.id: choices[unit.id] for unit, found in waiting if found is action}
        for unit, row in _waiting(actor, action, year, theirs):
            _return(actor, unit, row, words)
    return len(seen)


def _units(actor: Actor, seen: Iterable[int], year: int) -> list[Branch]:
    units = [load_unit(actor, Action.EVALUATION_READ, unit_id, year) for unit_id in seen]
    if not units:
        raise BadInput("pick", "Hãy đánh dấu đơn vị cần trả lại.")
    return units


def _awaited(actor: Actor, unit: Branch) -> Action:
    """What the unit waits for, if that is an act of the actor's committee; else the act that refuses them."""
    row = row_of(unit)
    action = awaited(row.state, unit.through_base) if row else None
    if action in (Action.EVALUATION_PASS_ON, Action.EVALUATION_DECIDE):
        return action
    base = may(actor, Action.EVALUATION_PASS_ON, subject_of(Action.EVALUATION_PASS_ON, unit.place, None))
    return Action.EVALUATION_PASS_ON if base else Action.EVALUATION_DECIDE


def _return(actor: Actor, unit: Branch, row: UnitEvaluation, words: str) -> None:
    to_base = row.state is EvaluationState.PASSED_ON
    take_step(actor, row, step_back(row.state), words)
    row.return_words = words
    units, link = (base_units(unit.path), desk_of(unit)) if to_base else ((unit.id,), page_of(unit))
    tell_officers(units, f"Đề nghị xếp loại năm {unit.year} của {unit.name} bị trả lại.", link)


@happening
def reopen(actor: Actor, unit_id: int, year: int, words: str, version: int) -> None:
    """Take a result back with a reason: the unit waits for the bloc again, and what was decided is kept with the step.

    WrongMoment before there is a result or outside the time for deciding, Stale when it changed, BadInput "words" without a reason.
    """
    unit = load_unit(actor, Action.EVALUATION_DECIDE, unit_id, year)
    row = row_of(unit)
    if row is None or row.state is not EvaluationState.DECIDED:
        raise WrongMoment("Chưa có kết quả để mở lại.")
    require_open(unit.facts, Activity.DECIDING, clock.today())
    if row.version != version:
        raise Stale()
    words = clean_return(words)
    before = EvaluationState.PASSED_ON if unit.through_base else EvaluationState.PROPOSED
    take_step(actor, row, before, words, row.decided_level, row.snapshot)
    row.return_words = words
    row.decided_level = row.decision_reason = row.decision_number = ""
    row.decided_on = row.decided_by = row.snapshot = None
    audit.record(actor, "result_reopen", "unit_evaluation", row.id, row.unit_id, fields=["decided_level"])
    tell_officers((unit.id,), f"Kết quả xếp loại năm {year} của {unit.name} được mở lại để xét.", page_of(unit))


def _waiting(actor: Actor, action: Action, year: int, choices: Mapping[int, Choice]) -> Rows:
    """The rows of the units chosen, while they wait for this act in the versions that were seen."""
    if not choices:
        raise BadInput("pick", "Hãy đánh dấu ít nhất một đơn vị.")
    rows = rows_of(actor, action, choices, year)
    for unit, row in rows:
        require_unit_scheme(unit.scheme, year)
        require_open(unit.facts, Activity.DECIDING, clock.today())
        if row.version != choices[unit.id].version:
            raise Stale()
        require_awaited(row.state, unit.through_base, action)
    return rows


def _check(rows: Rows, choices: Mapping[int, Choice], expected: Mapping[int, str], act: str) -> None:
    scheme = require_unit_scheme(rows[0][0].scheme, rows[0][0].year)
    faults = choice_faults(scheme, {unit.id: Expected(unit.name, expected[unit.id]) for unit, _ in rows}, choices, act)
    if faults:
        raise BadChoices(faults)
