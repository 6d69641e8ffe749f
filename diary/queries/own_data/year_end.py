"""What was said and decided of the person: evaluations with their steps, fees, training, issued documents.

Of an evaluation only what the person's own page and sheet show them: never hands counted, nor what officers said among each other.
"""

from typing import Any

from sqlalchemy import case, select

from ...domain.documents import DocumentState
from ...domain.evaluations import BEFORE_THE_MEETING, SENT_UP, EvaluationState
from ...models.base import db
from ...models.documents import Document
from ...models.entries import Entry
from ...models.evaluations import BestEntry, Decision, Evaluation, EvaluationStep, MeetingAttendance, PastResult, RatingMeeting, SecondLook
from ...models.fees import Fee
from ...models.noted_figures import MemberFigure
from ...models.pledges import Pledge
from ...models.training import Training
from ...models.units import Unit
from .rows import Part, by, rows


def evaluations(member_id: int) -> Part:
    """Their year-ends, with the steps these took and the entries they chose."""
    found = [_shown(one) for one in rows(_evaluations(member_id))]
    best = by("evaluation_id", rows(_best(member_id)))
    parts = {"steps": _steps(member_id), "second_looks": _second_looks(member_id), "past_results": _past_results(member_id)}
    hung = {name: by("evaluation_id", rows(query)) for name, query in parts.items()}
    return [
        one
        | {name: part.get(one["id"], []) for name, part in hung.items()}
        | {"best_entries": [b["entry_id"] for b in best.get(one["id"], [])]}
        for one in found
    ]


def _evaluations(member_id: int) -> Any:
    columns = (
        Evaluation.id, Evaluation.year, Unit.name.label("unit"), Evaluation.state, Evaluation.strengths, Evaluation.weaknesses,
        Evaluation.remedies, Evaluation.self_level, Evaluation.self_assessed_at, Evaluation.vote_level, Evaluation.branch_words,
        Evaluation.proposed_level, Evaluation.proposal_reason, Evaluation.return_words, Evaluation.decided_level,
        Decision.number.label("decision_number"), Decision.decided_on, Evaluation.snapshot,
    )  # fmt: skip
    query = select(*columns).join(Unit, Unit.id == Evaluation.unit_id).outerjoin(Decision, Decision.id == Evaluation.decision_id)
    return query.where(Evaluation.member_id == member_id).order_by(Evaluation.year)


def _shown(one: dict[str, Any]) -> dict[str, Any]:
    """Only what the person is shown in this state."""
    hidden = {"snapshot"}
    if one["state"] in BEFORE_THE_MEETING:
        hidden |= {"branch_words", "vote_level"}
    if one["state"] not in SENT_UP:
        hidden |= {"proposed_level", "proposal_reason"}
    if one["state"] not in BEFORE_THE_MEETING:
        hidden |= {"return_words"}
    if one["state"] is not EvaluationState.DECIDED:
        hidden |= {"decided_level", "decision_number", "decided_on"}
    kept = one["snapshot"] or {}
    decided = (
        {"figures": kept.get("figures"), "evidence": kept.get("evidence"), "decision_reason": kept.get("decision_reason", "")}
        if kept
        else {}
    )
    return {name: value for name, value in one.items() if name not in hidden} | decided


def _steps(member_id: int) -> Any:
    """The words are those given with a return to the person; what officers wrote each other is theirs."""
    words = case((EvaluationStep.to_state == EvaluationState.NOT_STARTED, EvaluationStep.words), else_="")
    query = select(
        EvaluationStep.evaluation_id, EvaluationStep.from_state, EvaluationStep.to_state, EvaluationStep.at, words.label("words")
    )
    query = query.join(Evaluation, Evaluation.id == EvaluationStep.evaluation_id).where(Evaluation.member_id == member_id)
    return query.order_by(EvaluationStep.evaluation_id, EvaluationStep.at, EvaluationStep.id)


def _second_looks(member_id: int) -> Any:
    columns = (
        SecondLook.words, SecondLook.asked_at, SecondLook.level_before, SecondLook.level_after, SecondLook.answer, SecondLook.answered_at,
    )  # fmt: skip
    query = select(SecondLook.evaluation_id, *columns).join(Evaluation, Evaluation.id == SecondLook.evaluation_id)
    return query.where(Evaluation.member_id == member_id).order_by(SecondLook.evaluation_id, SecondLook.asked_at)


def _past_results(member_id: int) -> Any:
    """Levels that were decided and replaced; why is told to the person in the answer to their second look."""
    query = select(PastResult.evaluation_id, PastResult.level, Decision.number.label("decision_number"), PastResult.replaced_at)
    query = query.join(Evaluation, Evaluation.id == PastResult.evaluation_id).join(Decision, Decision.id == PastResult.decision_id)
    return query.where(Evaluation.member_id == member_id).order_by(PastResult.evaluation_id, PastResult.replaced_at)


def _best(member_id: int) -> Any:
    query = select(BestEntry.evaluation_id, BestEntry.entry_id).join(Evaluation, Evaluation.id == BestEntry.evaluation_id)
    return query.where(Evaluation.member_id == member_id).order_by(BestEntry.evaluation_id, BestEntry.entry_id)


def attendances(member_id: int) -> Part:
    """Whether they were at the rating meetings of their branch."""
    query = select(RatingMeeting.year, RatingMeeting.held_on, Unit.name.label("unit"), MeetingAttendance.attendance)
    query = query.join(RatingMeeting, RatingMeeting.id == MeetingAttendance.meeting_id).join(Unit, Unit.id == RatingMeeting.unit_id)
    return rows(query.where(MeetingAttendance.member_id == member_id).order_by(RatingMeeting.held_on))


def fees(member_id: int) -> Part:
    """What was noted of their fees, by quarter."""
    query = select(Fee.year, Fee.quarter, Unit.name.label("unit"), Fee.state, Fee.amount, Fee.noted_at)
    return rows(query.join(Unit, Unit.id == Fee.unit_id).where(Fee.member_id == member_id).order_by(Fee.year, Fee.quarter))


def trainings(member_id: int) -> Part:
    """Their results in the training programme."""
    query = select(Training.year, Unit.name.label("unit"), Training.result, Training.note, Training.noted_at)
    return rows(query.join(Unit, Unit.id == Training.unit_id).where(Training.member_id == member_id).order_by(Training.year))


def figures(member_id: int) -> Part:
    """What branches noted of them by hand, by measure."""
    columns = (MemberFigure.measure, MemberFigure.count, MemberFigure.of, MemberFigure.words, MemberFigure.noted_at)
    query = select(MemberFigure.year, Unit.name.label("unit"), *columns).join(Unit, Unit.id == MemberFigure.unit_id)
    return rows(query.where(MemberFigure.member_id == member_id).order_by(MemberFigure.year, MemberFigure.measure, MemberFigure.unit_id))


def documents(member_id: int) -> Part:
    """The documents issued about them, those that no longer hold too."""
    columns = (
        Document.kind, Document.title, Document.symbol, Document.year, Document.code, Unit.name.label("unit"), Document.dated_on,
        Document.issued_at, Document.state, Document.withdrawn_at, Document.withdrawal_reason, Document.sha256,
    )  # fmt: skip
    query = select(*columns).join(Unit, Unit.id == Document.unit_id)
    issued = query.where(Document.member_id == member_id, Document.state != DocumentState.RESERVED)
    return rows(issued.order_by(Document.issued_at, Document.id))


def written_years(member_id: int) -> tuple[int, ...]:
    """The work years in which they wrote, promised or were rated: those that have a book."""
    found = {year for table in (Entry, Pledge, Evaluation) for year in _years(table, member_id)}
    return tuple(sorted(found))


def _years(table: Any, member_id: int) -> list[int]:
    return list(db.session.execute(select(table.year).where(table.member_id == member_id).distinct()).scalars())
