"""The member's side of year-end: rows made when first needed, drafts and sending of the self-assessment, its return."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select, update

from ..domain.actors import Actor
from ..domain.entries import EntryState
from ..domain.errors import NotAllowed, NotFound, Stale, WrongMoment
from ..domain.evaluations import (
    BEFORE_THE_MEETING,
    STATE_LABELS,
    EvaluationState,
    SelfAssessment,
    check_self_assessment,
    clean_return,
    move,
    step_back,
)
from ..domain.permissions import Action, Subject, require
from ..domain.schemes import require_scheme
from ..domain.units import Place
from ..domain.years import Activity, require_open
from ..models.base import db
from ..models.entries import Entry
from ..models.evaluations import BestEntry, Evaluation
from ..models.members import Member
from ..models.units import Unit
from ..queries import years
from ..queries.evaluations.branches import branch_of_year, unstarted
from . import audit, clock, notices
from .evaluation_steps import give_back, take_step
from .transaction import happening


@happening
def ensure_evaluations(unit_id: int, year: int) -> int:
    """Give every active member of the branch an evaluation of the year, and bring along those of people who moved in before a meeting
    voted on them; how many were made."""
    members = db.session.execute(select(Member.id).where(unstarted(unit_id, year, clock.today()))).scalars().all()
    begun = select(Evaluation.member_id).where(Evaluation.year == year, Evaluation.member_id.in_(members))
    have = set(db.session.execute(begun).scalars())
    moved = update(Evaluation).where(Evaluation.year == year, Evaluation.member_id.in_(members), Evaluation.unit_id != unit_id)
    db.session.execute(moved.where(Evaluation.state.in_(BEFORE_THE_MEETING)).values(unit_id=unit_id))
    missing = [member_id for member_id in members if member_id not in have]
    db.session.add_all([Evaluation(member_id=member_id, year=year, unit_id=unit_id) for member_id in missing])
    db.session.flush()
    return len(missing)


@happening
def save_self_assessment(
    actor: Actor, year: int, said: SelfAssessment, best: Sequence[UUID], version: int, *, submit: bool = False
) -> UUID:
    """Keep the actor's own self-assessment with the entries they chose, as a draft or, with `submit`, sent to the branch.

    `version` is that of the row the person saw, 0 when there was none. BadInput when a field does not fit, WrongMoment outside the
    window, after sending, or in a year without a scheme, Stale when it changed in between.
    """
    row = _own_row(actor, year)
    scheme = require_scheme(years.scheme_of(year), year)
    require_open(years.year_facts(year, _place(row.unit_id)), Activity.SELF_ASSESSMENT, clock.today())
    if row.state is not EvaluationState.NOT_STARTED:
        raise WrongMoment(
            f"Bản tự đánh giá đang ở bước “{STATE_LABELS[row.state]}” nên không sửa được. Hãy nhờ bí thư trả lại nếu cần sửa."
        )
    if row.version != max(version, 1):
        raise Stale()
    check_self_assessment(scheme, said, len(best), complete=submit)
    row.strengths, row.weaknesses, row.remedies, row.self_level = said.strengths, said.weaknesses, said.remedies, said.level
    _choose_best(row, best)
    if submit:
        row.self_assessed_at = clock.now()
        take_step(actor, row, move(row.state, EvaluationState.SELF_ASSESSED))
    else:
        row.version += 1
        audit.record(actor, "evaluation_draft", "evaluation", row.id, row.unit_id, fields=["self_assessment", "best_entries"])
    return row.id


def _own_row(actor: Actor, year: int) -> Evaluation:
    if actor.member_id is None or actor.place is None:
        raise NotAllowed("Trang này dành cho đoàn viên.")
    if year in years.years():
        ensure_evaluations(branch_of_year(actor.member_id, year, clock.today()) or actor.place.unit_id, year)
    mine = select(Evaluation).where(Evaluation.member_id == actor.member_id, Evaluation.year == year)
    row = db.session.execute(mine).scalars().one_or_none()
    if row is None:
        raise WrongMoment(f"Bạn chưa sinh hoạt ở chi đoàn trong năm {year} nên không có gì để tự đánh giá.")
    require(actor, Action.EVALUATION_EDIT, Subject(_place(row.unit_id), owner_id=row.member_id))
    return row


def _choose_best(row: Evaluation, best: Sequence[UUID]) -> None:
    """Only approved entries of that member and year can stand for it; others answer NotFound."""
    own = (Entry.member_id == row.member_id) & (Entry.year == row.year) & Entry.state.in_((EntryState.APPROVED, EntryState.LOCKED))
    found = set(db.session.execute(select(Entry.id).where(Entry.id.in_(best), own)).scalars())
    if found != set(best):
        raise NotFound()
    db.session.execute(delete(BestEntry).where(BestEntry.evaluation_id == row.id))
    db.session.add_all([BestEntry(evaluation_id=row.id, entry_id=entry_id) for entry_id in found])


@happening
def return_self_assessment(actor: Actor, evaluation_id: UUID, words: str, version: int) -> None:
    """Give a sent self-assessment back to its author before the meeting votes on it, with words that say what is missing."""
    row = load(actor, evaluation_id, Action.EVALUATION_PROPOSE)
    if row.state is not EvaluationState.SELF_ASSESSED:
        raise WrongMoment(f"Đánh giá đang ở bước “{STATE_LABELS[row.state]}” nên không trả lại cho đoàn viên được.")
    if row.version != version:
        raise Stale()
    give_back(actor, row, step_back(row.state), clean_return(words))
    notices.tell_member(row.member_id, f"Bí thư trả lại bản tự đánh giá năm {row.year} để bạn sửa.", f"/danh-gia?nam={row.year}")


def load(actor: Actor, evaluation_id: UUID, action: Action) -> Evaluation:
    """The row for someone who may do `action` to it; NotFound to a stranger, NotAllowed to a wrong role."""
    row = db.session.get(Evaluation, evaluation_id)
    if row is None:
        raise NotFound()
    require(actor, action, Subject(_place(row.unit_id), owner_id=row.member_id))
    return row


def _place(unit_id: int) -> Place:
    return Place(unit_id, db.session.execute(select(Unit.path).where(Unit.id == unit_id)).scalar_one())
