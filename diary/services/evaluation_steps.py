"""One move of an evaluation, with everything every move leaves behind: the step, the audit line, the version."""

from collections.abc import Sequence

from sqlalchemy import select

from ..domain.actors import OFFICERS, Actor
from ..domain.evaluations import EvaluationState
from ..domain.units import lineage
from ..models.accounts import Appointment
from ..models.base import db
from ..models.evaluations import Evaluation, EvaluationStep
from ..queries.accounts import held_on
from . import audit, clock, notices


def take_step(actor: Actor, row: Evaluation, wanted: EvaluationState, words: str = "") -> None:
    """Move the evaluation to `wanted` (already allowed by the rules) and note who, when and with what words; a return is over."""
    db.session.add(
        EvaluationStep(
            evaluation_id=row.id, from_state=row.state, to_state=wanted, account_id=actor.account_id, words=words, at=clock.now()
        )
    )
    audit.record(actor, "evaluation_move", "evaluation", row.id, row.unit_id, fields=[row.state.value, wanted.value])
    row.state, row.return_words = wanted, ""
    row.version += 1


def give_back(actor: Actor, row: Evaluation, wanted: EvaluationState, words: str) -> None:
    """Move the evaluation one step back to `wanted` with words that stay with it until it moves again."""
    take_step(actor, row, wanted, words)
    row.return_words = words


def tell_officers(unit_ids: Sequence[int], text: str, link: str) -> None:
    """Tell the secretaries and deputies of these units; the units of a path are `above(path)`."""
    posts = (Appointment.unit_id.in_(unit_ids), Appointment.post.in_(OFFICERS), held_on(clock.today()))
    for account_id in db.session.execute(select(Appointment.account_id).where(*posts).distinct()).scalars():
        notices.tell(account_id, text, link)


def base_units(path: str) -> tuple[int, ...]:
    """The units between the branch at `path` and the bloc."""
    return lineage(path)[1:-1]


def bloc_unit(path: str) -> tuple[int, ...]:
    """The bloc over the branch at `path`."""
    return lineage(path)[:1]
