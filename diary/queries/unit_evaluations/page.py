"""A unit's own year-end as whoever may read it sees it: the evidence, what was said, and how it came there."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from ...domain.actors import Actor, Appointment
from ...domain.errors import NotFound
from ...domain.evaluations import EvaluationState
from ...domain.measures import Measured
from ...domain.permissions import Action, Subject, may
from ...domain.schemes import Scheme
from ...domain.suggestions import Suggestion
from ...domain.unit_evaluations import (
    NOTED,
    Levels,
    UnitNote,
    awaited,
    is_rated,
    measures_from_body,
    next_turn,
    shown_state,
    step_label,
    subject_of,
    suggestion_of,
)
from ...models.accounts import Account
from ...models.base import db
from ...models.noted_figures import UnitFigure
from ...models.unit_evaluations import UnitEvaluation, UnitEvaluationStep
from .. import years
from ..evaluations.branches import Branch, load_branch
from ..unit_measures import meetings_of_members, unit_measures
from .links import links

NOTED_CODES = tuple(measure.code for measure in NOTED)


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """What was said of the unit's year so far; version 0 before anything was kept."""

    id: UUID | None = None
    state: EvaluationState = EvaluationState.NOT_STARTED
    version: int = 0
    words: str = ""
    levels: Levels = field(default_factory=Levels)
    proposal_reason: str = ""
    proposed_by: int | None = None
    proposer: str = ""
    base_words: str = ""
    decision_reason: str = ""
    decision_number: str = ""
    decided_on: date | None = None
    return_words: str = ""
    snapshot: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnitStep:
    """A move in words, who made it, when, what they said, and the level it gave or took back; `paper` of a result taken back."""

    label: str
    who: str
    at: datetime
    words: str
    level: str
    paper: str = ""


@dataclass(frozen=True, slots=True)
class UnitPage:
    """`measures` are those the decision rested on once there is one. `last_level`: last year's, where it was decided by the same levels."""

    unit: Branch
    standing: UnitStanding
    measures: Mapping[str, Measured]
    suggestion: Suggestion | None
    noted: Mapping[str, UnitNote]
    steps: tuple[UnitStep, ...]
    last_level: str
    may_propose: bool
    may_act_above: bool
    may_reopen: bool
    meetings_of_members: int | None = None

    @property
    def shown_state(self) -> str:
        return shown_state(self.standing.state, self.standing.return_words)

    @property
    def meetings_beside(self) -> str:
        """What the members' figures say of the meetings held, where the unit itself noted another number; "" otherwise."""
        own, theirs = self.noted.get("meetings_held"), self.meetings_of_members
        if own is None or theirs is None or own.count == theirs:
            return ""
        return f"Bảng số liệu ghi tay của đoàn viên ghi {theirs} buổi."

    @property
    def turn(self) -> str:
        return next_turn(self.standing.state, self.unit.through_base)

    @property
    def writable(self) -> bool:
        """Whether the unit may still say something: nothing was proposed, or it came back."""
        return self.standing.state is EvaluationState.NOT_STARTED


def own_units(actor: Actor) -> tuple[Appointment, ...]:
    """The posts of `actor` in whose unit they propose the unit's own level."""
    mine = (one for one in actor.appointments if is_rated(one.path))
    return tuple(one for one in mine if may(actor, Action.EVALUATION_PROPOSE, Subject(one.place)))


def unit_page(actor: Actor, unit_id: int, year: int, today: date) -> UnitPage:
    """The unit's year-end for whoever may read it; NotFound to others, and for the bloc, which nobody rates."""
    unit = load_branch(actor, Action.EVALUATION_READ, unit_id, year)
    if not is_rated(unit.path):
        raise NotFound()
    standing, scheme = _standing(unit), unit.scheme if unit.scheme and unit.scheme.unit_levels else None
    kept = standing.snapshot.get("measures")
    measures = measures_from_body(kept) if kept else unit_measures((unit_id,), year, today)[unit_id]
    reader = links(actor, unit, is_base="branches_strong" in measures)
    action = awaited(standing.state, unit.through_base)
    above = action in (Action.EVALUATION_PASS_ON, Action.EVALUATION_DECIDE)
    return UnitPage(
        unit=unit,
        standing=standing,
        measures={code: replace(one, link=reader.get(code, "")) for code, one in measures.items()},
        suggestion=suggestion_of(scheme, measures) if scheme else None,
        noted=_noted(unit),
        steps=_steps(standing.id) if standing.id else (),
        last_level=_last_level(unit, scheme),
        may_propose=may(actor, Action.EVALUATION_PROPOSE, Subject(unit.place)),
        may_act_above=bool(action and above and may(actor, action, subject_of(action, unit.place, standing.proposed_by))),
        may_reopen=standing.state is EvaluationState.DECIDED and may(actor, Action.EVALUATION_DECIDE, Subject(unit.place)),
        meetings_of_members=meetings_of_members(unit.id, year),
    )


def _standing(unit: Branch) -> UnitStanding:
    query = select(UnitEvaluation, Account.name).outerjoin(Account, Account.id == UnitEvaluation.proposed_by)
    query = query.where(UnitEvaluation.unit_id == unit.id, UnitEvaluation.year == unit.year)
    found = db.session.execute(query).one_or_none()
    if found is None:
        return UnitStanding()
    row, proposer = found
    kept = {one.name: getattr(row, one.name) for one in fields(UnitStanding) if hasattr(row, one.name)}
    levels = Levels(row.suggested_level, row.proposed_level, row.base_level, row.decided_level)
    return UnitStanding(**kept | {"levels": levels, "proposer": proposer or "", "snapshot": row.snapshot or {}})


def _noted(unit: Branch) -> dict[str, UnitNote]:
    here = (UnitFigure.unit_id == unit.id, UnitFigure.year == unit.year)
    rows = db.session.execute(select(UnitFigure.measure, UnitFigure.count, UnitFigure.words).where(*here))
    return {code: UnitNote(count, words) for code, count, words in rows}


def _steps(evaluation_id: UUID) -> tuple[UnitStep, ...]:
    step = UnitEvaluationStep
    columns = (step.from_state, step.to_state, Account.name, step.at, step.words, step.level, step.snapshot)
    query = select(*columns).join(Account, Account.id == step.account_id).where(step.evaluation_id == evaluation_id)
    rows = db.session.execute(query.order_by(step.at, step.id))
    return tuple(
        UnitStep(step_label(before, after), who, at, words, level, (kept or {}).get("number", ""))
        for before, after, who, at, words, level, kept in rows
    )


def _last_level(unit: Branch, scheme: Scheme | None) -> str:
    before, row = years.scheme_of(unit.year - 1), aliased(UnitEvaluation)
    if scheme is None or before is None or before.unit_levels != scheme.unit_levels:
        return ""
    query = select(row.decided_level).where(row.unit_id == unit.id, row.year == unit.year - 1)
    return db.session.execute(query).scalar_one_or_none() or ""
