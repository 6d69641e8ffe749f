"""What lets a committee go from branch to branch: the paper it wrote down last today, and the branch that waits next."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import aliased

from ...domain.actors import Actor
from ...domain.evaluations import EvaluationState
from ...domain.permissions import Action, scopes
from ...models.base import db
from ...models.evaluations import Decision, Evaluation
from ...models.units import Unit
from .branches import Branch
from .queues import below, only_officers, waiting_for


@dataclass(frozen=True, slots=True)
class LastPaper:
    """The number and the day of a decision as they were written down."""

    number: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class NextBranch:
    """A branch that waits: how many people, and how many of them should be looked at twice."""

    unit_id: int
    name: str
    waiting: int
    odd: int


@dataclass(frozen=True, slots=True)
class WaitingBranches:
    """How many branches wait for a committee, in the newest year that has some."""

    year: int
    count: int


def waiting_branches(actor: Actor, today: date) -> WaitingBranches | None:
    """The branches whose levels wait for `actor` to pass on or to decide; None where none does, or it is not theirs to do."""
    if not any(scopes(actor, action) for action in (Action.EVALUATION_PASS_ON, Action.EVALUATION_DECIDE)):
        return None
    count = func.count(Evaluation.unit_id.distinct())
    query = _waiting(actor, today, Evaluation.year, count).group_by(Evaluation.year).order_by(Evaluation.year.desc()).limit(1)
    row = db.session.execute(query).one_or_none()
    return WaitingBranches(*row) if row else None


def _waiting(actor: Actor, today: date, *columns: Any) -> Select[*tuple[Any, ...]]:
    """`columns` of the evaluations and their units that wait for `actor`."""
    parent = aliased(Unit)
    above = Evaluation.state.in_((EvaluationState.PROPOSED, EvaluationState.PASSED_ON))
    return (
        select(*columns)
        .select_from(Evaluation)
        .join(Unit, Unit.id == Evaluation.unit_id)
        .outerjoin(parent, parent.id == Unit.parent_id)
        .where(above, waiting_for(actor, parent.kind, only_officers(today)))
    )


def last_paper(actor: Actor, year: int, midnight: datetime) -> LastPaper | None:
    """What the actor's committee wrote down last since `midnight` for a decision of `year`: one paper often holds many branches."""
    mine = (Decision.year == year, Decision.at >= midnight, below(actor, Action.EVALUATION_DECIDE))
    query = select(Decision.number, Decision.decided_on).join(Unit, Unit.id == Decision.unit_id).where(*mine)
    row = db.session.execute(query.order_by(Decision.at.desc()).limit(1)).one_or_none()
    return LastPaper(*row) if row else None


def papers_of(branch: Branch) -> tuple[LastPaper, ...]:
    """The decisions that hold results of the branch's year, the oldest first."""
    held = select(Evaluation.decision_id).where(Evaluation.unit_id == branch.id, Evaluation.year == branch.year)
    query = select(Decision.number, Decision.decided_on).where(Decision.id.in_(held)).order_by(Decision.decided_on, Decision.at)
    return tuple(LastPaper(*row) for row in db.session.execute(query))


def next_branch(actor: Actor, branch: Branch, today: date) -> NextBranch | None:
    """The branch after this one, by place in the tree and then from the first again, that waits for the actor."""
    odd = func.sum(case((Evaluation.odd, 1), else_=0))
    query = (
        _waiting(actor, today, Unit.id, Unit.name, func.count(), odd)
        .where(Evaluation.year == branch.year, Unit.id != branch.id)
        .group_by(Unit.id, Unit.name, Unit.path)
        .order_by(case((Unit.path > branch.path, 0), else_=1), Unit.path)
        .limit(1)
    )
    row = db.session.execute(query).one_or_none()
    return NextBranch(*row) if row else None
