"""Phúc tra: asking for a second look at a result, answering it, and opening a result again; what was decided before is kept."""

from uuid import UUID

from sqlalchemy import select

from ..domain import second_looks as rules
from ..domain.actors import Actor
from ..domain.errors import NotFound, Stale, WrongMoment
from ..domain.evaluations import EvaluationState, base_between, clean_return
from ..domain.names import full_name
from ..domain.permissions import Action, Subject, require
from ..domain.schemes import require_scheme
from ..domain.units import Place
from ..domain.years import Activity, require_open
from ..models.base import db
from ..models.evaluations import Decision, Evaluation, PastResult, SecondLook
from ..models.members import Member
from ..models.units import Unit
from ..queries import years
from . import audit, clock, notices
from .evaluation_steps import bloc_unit, give_back, tell_officers
from .transaction import happening


@happening
def ask(actor: Actor, evaluation_id: UUID, look_id: UUID, words: str) -> UUID:
    """Ask that one's own result be looked at again; the same id again is the same request. Also in a year whose books are closed.

    NotFound for another's evaluation, WrongMoment before there is a result, after seven days, or where this result was asked about
    before; BadInput "words" without a reason.
    """
    row = db.session.get(Evaluation, evaluation_id)
    if row is None or actor.member_id is None or row.member_id != actor.member_id:
        raise NotFound()
    if row.state is not EvaluationState.DECIDED or row.decision_id is None:
        raise WrongMoment("Chưa có kết quả nên chưa xin phúc tra được.")
    known = select(SecondLook.id).where(SecondLook.evaluation_id == row.id, SecondLook.decision_id == row.decision_id)
    there = db.session.execute(known).scalar()
    if there is not None:
        if there == look_id:
            return look_id
        raise WrongMoment("Bạn đã xin phúc tra kết quả này rồi.")
    if db.session.get(SecondLook, look_id) is not None:
        raise NotFound()
    rules.require_in_time(clock.local_day(db.session.get_one(Decision, row.decision_id).at), clock.today())
    words = rules.clean_words(words)
    facts = {"evaluation_id": row.id, "decision_id": row.decision_id, "level_before": row.decided_level}
    db.session.add(SecondLook(id=look_id, words=words, asked_at=clock.now(), **facts))
    audit.record(actor, "second_look_ask", "evaluation", row.id, row.unit_id, fields=["words"])
    tell_officers(
        bloc_unit(_path(row.unit_id)), f"{actor.name} xin phúc tra kết quả xếp loại năm {row.year}.", f"/xet-duyet/phuc-tra/{look_id}"
    )
    return look_id


@happening
def answer(actor: Actor, look_id: UUID, level: str, words: str, version: int) -> None:
    """Answer a second look with the level after it and the reasons; a changed level leaves the one before on record.

    NotFound for who may not decide here or on oneself, WrongMoment when it was answered, Stale when the evaluation changed since `version`,
    BadInput "level" or "answer".
    """
    look, row = _look(look_id)
    _require_deciding(actor, row)
    if look.answered_at is not None:
        raise WrongMoment("Phúc tra này đã được trả lời.")
    if row.version != version:
        raise Stale()
    rules.check_answer(require_scheme(years.scheme_of(row.year), row.year), level, words)
    if level != row.decided_level:
        _keep_past(actor, row, words)
        row.decided_level = level
    row.version += 1
    look.level_after, look.answer, look.answered_by, look.answered_at = level, words, actor.account_id, clock.now()
    changed = ["answer", look.level_before, level] if level != look.level_before else ["answer"]
    audit.record(actor, "second_look_answer", "evaluation", row.id, row.unit_id, fields=changed)
    notices.tell_member(row.member_id, f"Đã trả lời phúc tra kết quả năm {row.year} của bạn.", f"/danh-gia?nam={row.year}")
    tell_officers((row.unit_id,), f"Đã trả lời phúc tra kết quả năm {row.year} của {_name(row)}.", f"/xep-loai/phieu/{row.id}")


@happening
def reopen_result(actor: Actor, evaluation_id: UUID, words: str, version: int) -> None:
    """Open a decided result again, with a reason: it waits for the bloc once more, and what was decided stays on record.

    WrongMoment before there is a result, outside the time for deciding, or while a second look waits for its answer (which may change the
    level itself); Stale when it changed since `version`; BadInput "words" without a reason.
    """
    row = db.session.get(Evaluation, evaluation_id)
    if row is None:
        raise NotFound()
    _require_deciding(actor, row)
    if row.state is not EvaluationState.DECIDED:
        raise WrongMoment("Chưa có kết quả để mở lại.")
    place = Place(row.unit_id, _path(row.unit_id))
    require_open(years.year_facts(row.year, place), Activity.DECIDING, clock.today())
    waiting = select(SecondLook.id).where(SecondLook.evaluation_id == row.id, SecondLook.answered_at.is_(None)).limit(1)
    if db.session.execute(waiting).first() is not None:
        raise WrongMoment("Đang có phúc tra chờ trả lời. Hãy trả lời phúc tra; khi trả lời đổi được mức.")
    if row.version != version:
        raise Stale()
    words = clean_return(words)
    _keep_past(actor, row, words)
    give_back(actor, row, EvaluationState.PASSED_ON if base_between(place.path) else EvaluationState.PROPOSED, words)
    row.decided_level, row.decision_id, row.snapshot = "", None, None
    audit.record(actor, "result_reopen", "evaluation", row.id, row.unit_id, fields=["decided_level"])
    notices.tell_member(row.member_id, f"Kết quả xếp loại năm {row.year} của bạn được mở lại để xét.", f"/danh-gia?nam={row.year}")
    tell_officers((row.unit_id,), f"Kết quả năm {row.year} của {_name(row)} được mở lại.", f"/xep-loai/phieu/{row.id}")


def _look(look_id: UUID) -> tuple[SecondLook, Evaluation]:
    look = db.session.get(SecondLook, look_id)
    if look is None:
        raise NotFound()
    return look, db.session.get_one(Evaluation, look.evaluation_id)


def _require_deciding(actor: Actor, row: Evaluation) -> None:
    require(actor, Action.EVALUATION_DECIDE, Subject(Place(row.unit_id, _path(row.unit_id)), owner_id=row.member_id))


def _keep_past(actor: Actor, row: Evaluation, reason: str) -> None:
    assert row.decision_id is not None
    facts = {"evaluation_id": row.id, "decision_id": row.decision_id, "level": row.decided_level, "snapshot": row.snapshot}
    db.session.add(PastResult(reason=reason, replaced_by=actor.account_id, replaced_at=clock.now(), **facts))


def _path(unit_id: int) -> str:
    return db.session.execute(select(Unit.path).where(Unit.id == unit_id)).scalar_one()


def _name(row: Evaluation) -> str:
    found = db.session.execute(select(Member.family_name, Member.given_name).where(Member.id == row.member_id)).one()
    return full_name(found.family_name, found.given_name)
