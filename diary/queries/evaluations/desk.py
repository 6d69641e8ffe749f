"""What lets a committee go from branch to branch: the paper it wrote down last today, and the branch that waits next."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import aliased

from ...domain.actors import Actor
from ...domain.evaluations import EvaluationState
from ...domain.permissions import Action
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


def last_paper(actor: Actor, year: int, midnight: datetime) -> LastPaper | None:
    """What the actor's committee wrote down last since `midnight` for a decision of `year`: one paper often holds many branches."""
    mine = (Decision.year == year, Decision.at >= midnight, below(actor, Action.EVALUATION_DECIDE))
    query = select(Decision.number, Decision.decided_on).join(Unit, Unit.id == Decision.unit_id).where(*mine)
    row = db.session.execute(query.order_by(Decision.at.desc()).limit(1)).one_or_none()
    return LastPaper(*row) if row else None


def next_branch(actor: Actor, branch: Branch, today: date) -> NextBranch | None:
    """The branch after this one, by place in the tree and then from the first again, that waits for the actor."""
    parent = aliased(Unit)
    count = func.count()
    query = (
        select(Unit.id, Unit.name, count, func.sum(case((Evaluation.odd, 1), else_=0)))
        .select_from(Evaluation)
        .join(Unit, Unit.id == Evaluation.unit_id)
        .outerjoin(parent, parent.id == Unit.parent_id)
        .where(
            and_(Evaluation.year == branch.year, Evaluation.state.in_((EvaluationState.PROPOSED, EvaluationState.PASSED_ON))),
            Unit.id != branch.id,
            waiting_for(actor, parent.kind, only_officers(today)),
        )
        .group_by(Unit.id, Unit.name, Unit.path)
        .order_by(case((Unit.path > branch.path, 0), else_=1), Unit.path)
        .limit(1)
    )
    row = db.session.execute(query).one_or_none()
    return NextBranch(*row) if row else None
