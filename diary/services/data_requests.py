"""What people ask about their own data: asking, taking it back, and the answers officers give."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from ..domain import data_requests as rules
from ..domain.actors import Actor
from ..domain.data_requests import RequestKind, RequestState
from ..domain.dates import screen_day
from ..domain.errors import NotAllowed, NotFound, WrongMoment
from ..domain.permissions import Action, Subject, require
from ..domain.units import Place
from ..models.base import db
from ..models.data_requests import DataRequest
from ..models.members import Member
from ..models.units import Unit
from . import audit, clock, notices
from .evaluation_steps import bloc_unit, tell_officers
from .review_routing import review_unit
from .transaction import happening

NO_MEMBER = "Trang này dành cho đoàn viên; tài khoản này không gắn với đoàn viên nào."
ASKED_ALREADY = "Bạn đã có một đề nghị đang chờ trả lời. Hãy rút đề nghị đó lại rồi gửi đề nghị mới."


@happening
def ask_correction(actor: Actor, request_id: UUID, words: str) -> UUID:
    """Ask for what the books say of the actor to be put right; the request's id. Their officers are told.

    BadInput "words" without words, WrongMoment while another correction waits, NotAllowed for an account without a member.
    """
    clean = rules.clean_words(words)
    return _ask(actor, request_id, RequestKind.CORRECTION, clean)


@happening
def ask_erasure(actor: Actor, request_id: UUID) -> UUID:
    """Ask for everything that is the actor's own to be erased; the request's id. The officers of their branch and of the bloc are told.

    WrongMoment for who still is active, and while such a request waits.
    """
    return _ask(actor, request_id, RequestKind.ERASURE, "")


def _ask(actor: Actor, request_id: UUID, kind: RequestKind, words: str) -> UUID:
    if actor.member_id is None or actor.place is None:
        raise NotAllowed(NO_MEMBER)
    known = db.session.get(DataRequest, request_id)
    if known is not None:
        if known.member_id != actor.member_id:
            raise NotFound()
        return known.id  # the same form sent twice
    if kind is RequestKind.ERASURE:
        rules.require_left(db.session.execute(select(Member.standing).where(Member.id == actor.member_id)).scalar_one())
    if _waiting(actor.member_id, kind) is not None:
        raise WrongMoment(ASKED_ALREADY)
    row = DataRequest(
        id=request_id, member_id=actor.member_id, kind=kind, words=words, state=RequestState.WAITING, asked_at=clock.now(), answer=""
    )
    db.session.add(row)
    db.session.flush()
    audit.record(actor, "data_request_add", "data_request", row.id, actor.place.unit_id, [kind.value])
    _tell_of(actor, actor.member_id, actor.place, row)
    return row.id


def _tell_of(actor: Actor, member_id: int, place: Place, row: DataRequest) -> None:
    link = f"/doan-vien/de-nghi/{row.id}"
    if row.kind is RequestKind.CORRECTION:
        tell_officers((review_unit(member_id, place.unit_id, clock.today()),), f"{actor.name} đề nghị sửa thông tin của mình.", link)
        return
    first = rules.erasable_from(clock.today())
    units = {review_unit(member_id, place.unit_id, clock.today()), *bloc_unit(place.path)}
    tell_officers(sorted(units), f"{actor.name} đề nghị xóa dữ liệu của mình. Đoàn Khối xóa được từ ngày {screen_day(first)}.", link)


@happening
def withdraw_request(actor: Actor, request_id: UUID) -> None:
    """Take one's own request back. WrongMoment when it was answered already; NotFound for anyone else's."""
    row = db.session.get(DataRequest, request_id)
    if row is None or row.member_id != actor.member_id:
        raise NotFound()
    rules.require_waiting(row.state)
    assert actor.place is not None
    _settle(actor, row, RequestState.WITHDRAWN, actor.place.unit_id)


@happening
def answer_correction(actor: Actor, request_id: UUID, answer: str, *, done: bool) -> None:
    """Say that what was asked for is put right (`done`), or why it cannot be; the person is told.

    By who may edit the member, but never the asker. BadInput "answer" for a refusal without a reason, WrongMoment when it no longer waits.
    """
    row, place = load_waiting(actor, request_id, Action.MEMBER_EDIT)
    if row.kind is not RequestKind.CORRECTION:
        raise WrongMoment("Đây là đề nghị xóa dữ liệu; chỉ Đoàn Khối trả lời được.")
    row.answer = rules.clean_answer(answer, needed=not done)
    _settle(actor, row, RequestState.DONE if done else RequestState.REFUSED, place.unit_id)
    words = "Thông tin của bạn đã được sửa theo đề nghị." if done else f"Đề nghị sửa thông tin của bạn không làm được: {row.answer}"
    notices.tell_member(row.member_id, words, "/ca-nhan#du-lieu")


@happening
def refuse_erasure(actor: Actor, request_id: UUID, answer: str) -> None:
    """Say why a person's data is not erased (yet); they are told and may ask again. By who may erase."""
    row, place = load_waiting(actor, request_id, Action.MEMBER_ERASE)
    if row.kind is not RequestKind.ERASURE:
        raise NotFound()
    row.answer = rules.clean_answer(answer, needed=True)
    _settle(actor, row, RequestState.REFUSED, place.unit_id)
    notices.tell_member(row.member_id, f"Đề nghị xóa dữ liệu của bạn chưa làm được: {row.answer}", "/ca-nhan#du-lieu")


def load_waiting(actor: Actor, request_id: UUID, action: Action) -> tuple[DataRequest, Place]:
    """A request that waits, with the place of who asked, for someone else who may do `action` to them.

    NotFound to a stranger, NotAllowed to a wrong role and to the asker, WrongMoment when it no longer waits. Part of a happening.
    """
    row = db.session.get(DataRequest, request_id)
    if row is None:
        raise NotFound()
    home = select(Unit.id, Unit.path).join(Member, Member.unit_id == Unit.id).where(Member.id == row.member_id)
    place = Place(*db.session.execute(home).one())
    require(actor, action, Subject(place, owner_id=row.member_id))
    if row.member_id == actor.member_id:
        raise NotAllowed("Đây là đề nghị của chính bạn. Hãy để đồng chí khác trả lời.")
    rules.require_waiting(row.state)
    return row, place


def _settle(actor: Actor, row: DataRequest, state: RequestState, unit_id: int) -> None:
    row.state, row.answered_by, row.answered_at = state, actor.account_id, clock.now()
    audit.record(actor, "data_request_answer", "data_request", row.id, unit_id, [row.kind.value, state.value])


def settle_erasure(actor: Actor, row: DataRequest, unit_id: int) -> None:
    """Note that what was asked for is done; what was said with it goes too. Part of the happening that erases."""
    row.answer = ""
    _settle(actor, row, RequestState.DONE, unit_id)


def end_erasure(actor: Actor, member_id: int, unit_id: int) -> None:
    """Who is active again no longer asks for erasure. Part of the happening that calls them back."""
    waiting = _waiting(member_id, RequestKind.ERASURE)
    if waiting is not None:
        row = db.session.get_one(DataRequest, waiting)
        row.answer = "Bạn đã sinh hoạt lại nên đề nghị này thôi chờ."
        _settle(actor, row, RequestState.WITHDRAWN, unit_id)


def asked_on(row: DataRequest) -> date:
    """The day a request was made, in Vietnam."""
    return clock.local_day(row.asked_at)


def _waiting(member_id: int, kind: RequestKind) -> UUID | None:
    same = (DataRequest.member_id == member_id) & (DataRequest.kind == kind) & (DataRequest.state == RequestState.WAITING)
    return db.session.execute(select(DataRequest.id).where(same)).scalar()
