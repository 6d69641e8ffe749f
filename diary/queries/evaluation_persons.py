"""One person's year-end as those who judge it see it: the sheet, where it stands, and how it came there."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from ..domain.actors import Actor
from ..domain.eligibility import drawn_as_of
from ..domain.errors import NotFound
from ..domain.evaluation_sheets import EvaluationSheet
from ..domain.evaluations import NEXT, RETURNED_LABEL, STATE_LABELS, EvaluationState, base_between, next_turn, shown_state
from ..domain.permissions import Action, Subject, may, require
from ..domain.schemes import Scheme
from ..domain.units import Place
from ..models.accounts import Account
from ..models.base import db
from ..models.evaluations import Evaluation, EvaluationStep
from ..models.units import Unit
from . import years
from .evaluation_sheets import evaluation_sheet
from .evaluations.own import ChosenEntry, chosen_entries
from .grounds import with_links
from .second_looks import Past, past_results
from .stays import UnitStay, stay_in


@dataclass(frozen=True, slots=True)
class Step:
    """A move: the state it led to in words ("Trả lại" for one step back), who made it, when, and what they said."""

    state: str
    who: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """`past` are results that were replaced. `best` are the entries the member chose, for the branch's officers only; the bloc does not
    open texts behind a level."""

    evaluation_id: UUID
    unit_id: int
    year: int
    sheet: EvaluationSheet
    state: EvaluationState
    version: int
    return_words: str
    through_base: bool
    returnable: bool
    reopenable: bool
    past: tuple[Past, ...]
    scheme: Scheme | None
    best: tuple[ChosenEntry, ...]
    steps: tuple[Step, ...]

    @property
    def shown_state(self) -> str:
        return shown_state(self.state, self.return_words)

    @property
    def turn(self) -> str:
        return next_turn(self.state, self.through_base)


def person_page(actor: Actor, evaluation_id: UUID, today: date) -> PersonPage:
    """The page of one evaluation for whoever may read it; NotFound to others."""
    columns = (Evaluation.unit_id, Evaluation.year, Evaluation.member_id, Evaluation.state, Evaluation.version, Evaluation.return_words)
    query = select(*columns, Unit.path).join(Unit, Unit.id == Evaluation.unit_id).where(Evaluation.id == evaluation_id)
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound()
    subject = Subject(Place(row.unit_id, row.path), owner_id=row.member_id)
    require(actor, Action.EVALUATION_READ, subject)
    of_the_branch = may(actor, Action.EVALUATION_PROPOSE, subject)
    only_own = row.member_id == actor.member_id and not of_the_branch  # returns among officers are theirs
    return PersonPage(
        evaluation_id=evaluation_id,
        unit_id=row.unit_id,
        year=row.year,
        sheet=_linked(actor, evaluation_sheet(row.member_id, row.year, drawn_as_of(row.year, today)), row.member_id),
        state=row.state,
        version=row.version,
        return_words=row.return_words,
        through_base=base_between(row.path),
        returnable=of_the_branch and row.state is EvaluationState.SELF_ASSESSED,
        reopenable=row.state is EvaluationState.DECIDED and may(actor, Action.EVALUATION_DECIDE, subject),
        past=past_results(evaluation_id),
        scheme=years.scheme_of(row.year),
        best=chosen_entries(evaluation_id) if of_the_branch else (),
        steps=() if only_own else _steps(evaluation_id, stay_in(row.member_id, row.unit_id)),
    )


def _linked(actor: Actor, sheet: EvaluationSheet, member_id: int) -> EvaluationSheet:
    """The sheet with the ways to what its evidence counts, as far as the actor may go them."""
    return replace(sheet, evidence=with_links(actor, sheet.evidence, member_id, sheet.year)) if sheet.evidence else sheet


def _steps(evaluation_id: UUID, stay: UnitStay) -> tuple[Step, ...]:
    """How it came there; what officers of a branch before said is theirs."""
    query = (
        select(EvaluationStep.from_state, EvaluationStep.to_state, Account.name, EvaluationStep.at, EvaluationStep.words)
        .join(Account, Account.id == EvaluationStep.account_id)
        .where(EvaluationStep.evaluation_id == evaluation_id)
        .order_by(EvaluationStep.at, EvaluationStep.id)
    )
    return tuple(
        Step(STATE_LABELS[after] if after in NEXT[before] else RETURNED_LABEL, who, at, words if stay.began_by(at) else "")
        for before, after, who, at, words in db.session.execute(query)
    )
