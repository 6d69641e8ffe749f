"""Transfers between units: the old one asks with its comment, the new one takes the member in or not; who leads both does it at once."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from ..domain.actors import OFFICERS, Actor
from ..domain.errors import BadInput, NotAllowed, NotFound, WrongMoment
from ..domain.members import Standing
from ..domain.names import full_name
from ..domain.permissions import Action, Subject, may, require
from ..domain.transfers import TransferState, clean_answer, clean_comment, move
from ..domain.units import Place, UnitKind
from ..models.accounts import Appointment
from ..models.base import db
from ..models.members import Member
from ..models.transfers import Transfer
from ..models.units import Unit
from ..queries.accounts import held_on
from . import audit, clock, moving, notices
from .transaction import happening

MOST_AT_ONCE = 200


@happening
def ask_transfer(actor: Actor, transfer_id: UUID, member_id: int, unit_id: int, comment: str, today: date) -> TransferState:
    """Ask the unit to take the member in, with what the old branch says of them; what came of it: WAITING, or DONE where the actor
    edits the members of both units. The same form sent twice asks once.

    BadInput "unit_id" for a unit that takes nobody, "comment" for words too long or about oneself; WrongMoment when the member is not
    active, belongs there already, or waits for another unit.
    """
    known = db.session.get(Transfer, transfer_id)
    if known is not None:
        if (known.member_id, known.asked_by) != (member_id, actor.account_id):
            raise NotFound()
        return known.state
    member, before = _leaving(actor, member_id)
    words = clean_comment(comment, of_oneself=member.id == actor.member_id)
    after = _receiving(unit_id, member)
    row = Transfer(
        id=transfer_id,
        member_id=member.id,
        from_unit_id=before.id,
        to_unit_id=after.id,
        state=TransferState.WAITING,
        comment=words,
        asked_by=actor.account_id,
        asked_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    audit.record(actor, "transfer_ask", "transfer", row.id, before.id, [before.id, after.id])
    if may(actor, Action.MEMBER_EDIT, Subject(_place(after))):
        _complete(actor, row, member, before, after, today)
    else:
        _tell_of_asking(row, member, before, after, today)
    return row.state


@happening
def accept_transfer(actor: Actor, transfer_id: UUID, today: date) -> int:
    """Take the member in from `today`; their id. For who edits the members of the receiving unit. WrongMoment when it waits no more."""
    row, _, after = _load(actor, transfer_id, Action.MEMBER_EDIT, receiving=True)
    move(row.state, TransferState.DONE)
    _require_open(after)
    member = db.session.get_one(Member, row.member_id)
    before = db.session.get_one(Unit, member.unit_id)
    if member.standing is not Standing.ACTIVE:
        raise WrongMoment("Người này không còn sinh hoạt nên không tiếp nhận được.")
    _complete(actor, row, member, before, after, today)
    return row.member_id


@happening
def decline_transfer(actor: Actor, transfer_id: UUID, words: str) -> None:
    """Decline to take the member in, with words for who asked; nothing changes for the member. WrongMoment when it waits no more."""
    row, _, after = _load(actor, transfer_id, Action.MEMBER_EDIT, receiving=True)
    row.state = move(row.state, TransferState.DECLINED)
    row.answer = clean_answer(words)
    _answered(actor, row)
    audit.record(actor, "transfer_decline", "transfer", row.id, after.id)
    link = f"/chuyen-sinh-hoat/{row.id}"
    notices.tell_member(row.member_id, f"{after.name} chưa tiếp nhận bạn. Bạn vẫn sinh hoạt ở nơi cũ.", link)
    notices.tell(row.asked_by, f"{after.name} không nhận {_name(row.member_id)}. Mở ra để xem lý do.", link)


@happening
def withdraw_transfer(actor: Actor, transfer_id: UUID) -> None:
    """Take back what was asked while it waits; for who edits the members of the old unit. WrongMoment when it waits no more."""
    row, before, after = _load(actor, transfer_id, Action.MEMBER_EDIT, receiving=False)
    row.state = move(row.state, TransferState.WITHDRAWN)
    _answered(actor, row)
    audit.record(actor, "transfer_withdraw", "transfer", row.id, before.id)
    notices.tell_member(row.member_id, f"Lần chuyển sinh hoạt của bạn về {after.name} đã được rút lại.", f"/chuyen-sinh-hoat/{row.id}")


@happening
def move_members(actor: Actor, member_ids: Sequence[int], unit_id: int, today: date) -> int:
    """Let many members belong to the unit from `today`, all in one go; how many moved (who is there already stays).

    For who edits the members of every unit concerned. WrongMoment when one of them is not active, or for too many.
    """
    ids = sorted(set(member_ids))
    if not ids:
        raise BadInput("member_ids", "Hãy đánh dấu ít nhất một người.")
    if len(ids) > MOST_AT_ONCE:
        raise BadInput("member_ids", f"Mỗi lần chuyển được nhiều nhất {MOST_AT_ONCE} người.")
    after = _unit(unit_id)
    require(actor, Action.MEMBER_EDIT, Subject(_place(after)))
    _require_takes_members(after)
    homes = _homes(actor, ids)
    moved = 0
    for home_id, people in homes.items():
        if home_id != after.id:
            moving.carry(people, db.session.get_one(Unit, home_id), after, today)
            moved += len(people)
            audit.record(actor, "members_move", "unit", after.id, after.id, [home_id, after.id, len(people), *people])
            notices.tell_members(people, f"Bạn được chuyển sinh hoạt về {after.name}.", "/ca-nhan")
    return moved


def _homes(actor: Actor, ids: Sequence[int]) -> dict[int, list[int]]:
    """The members by the unit each belongs to; NotFound where one is out of reach, WrongMoment where one is not active."""
    query = select(Member.id, Member.standing, Member.unit_id, Unit.path).join(Unit, Unit.id == Member.unit_id).where(Member.id.in_(ids))
    rows = db.session.execute(query.order_by(Member.id)).all()
    if len(rows) != len(ids):
        raise NotFound()
    homes: dict[int, list[int]] = {}
    for member_id, standing, home_id, path in rows:
        require(actor, Action.MEMBER_EDIT, Subject(Place(home_id, path), owner_id=member_id))
        if standing is not Standing.ACTIVE:
            raise WrongMoment("Chỉ chuyển được đoàn viên đang sinh hoạt.")
        homes.setdefault(home_id, []).append(member_id)
    return homes


def _complete(actor: Actor, row: Transfer, member: Member, before: Unit, after: Unit, today: date) -> None:
    row.state, row.moved_on, row.from_unit_id = TransferState.DONE, today, before.id
    _answered(actor, row)
    member_id, asked_by, old, new = member.id, row.asked_by, before.name, after.name
    moving.carry([member_id], before, after, today)
    audit.record(actor, "member_move", "member", member_id, after.id, [before.id, after.id])
    link = f"/chuyen-sinh-hoat/{row.id}"
    notices.tell_member(member_id, f"Từ hôm nay bạn sinh hoạt ở {new}. Bài bạn đã gửi vẫn do {old} duyệt.", link)
    if asked_by != actor.account_id:
        notices.tell(asked_by, f"{new} đã tiếp nhận {_name(member_id)}.", link)


def _tell_of_asking(row: Transfer, member: Member, before: Unit, after: Unit, today: date) -> None:
    link = f"/chuyen-sinh-hoat/{row.id}"
    notices.tell_member(member.id, f"{before.name} chuyển sinh hoạt của bạn về {after.name}; đang chờ nơi nhận trả lời.", link)
    officers = select(Appointment.account_id).where(Appointment.unit_id == after.id, Appointment.post.in_(OFFICERS), held_on(today))
    for account_id in db.session.execute(officers.distinct()).scalars():
        notices.tell(account_id, f"{before.name} chuyển {_name(member.id)} về {after.name}. Hãy tiếp nhận hoặc trả lời.", link)


def _answered(actor: Actor, row: Transfer) -> None:
    row.answered_by, row.answered_at = actor.account_id, clock.now()


def _leaving(actor: Actor, member_id: int) -> tuple[Member, Unit]:
    member = db.session.get(Member, member_id)
    if member is None:
        raise NotFound()
    before = db.session.get_one(Unit, member.unit_id)
    require(actor, Action.MEMBER_EDIT, Subject(_place(before), owner_id=member.id))
    if member.standing is not Standing.ACTIVE:
        raise WrongMoment("Chỉ chuyển được đoàn viên đang sinh hoạt.")
    waiting = (Transfer.member_id == member.id, Transfer.state == TransferState.WAITING)
    if db.session.execute(select(Transfer.id).where(*waiting)).first():
        raise WrongMoment("Người này đang chờ nơi khác tiếp nhận. Muốn chuyển nơi khác nữa, hãy rút lại lần đó trước.")
    return member, before


def _receiving(unit_id: int, member: Member) -> Unit:
    after = db.session.get(Unit, unit_id)
    if after is None or after.kind is UnitKind.BLOC:
        raise BadInput("unit_id", "Hãy chọn một nơi nhận trong danh sách.")
    _require_open(after)
    if after.id == member.unit_id:
        raise BadInput("unit_id", "Người này đang sinh hoạt ở đó. Hãy chọn nơi khác.")
    return after


def _load(actor: Actor, transfer_id: UUID, action: Action, *, receiving: bool) -> tuple[Transfer, Unit, Unit]:
    """The transfer with both units, for who may do `action` at one of its ends; NotAllowed to who only knows of it, else NotFound."""
    row = db.session.get(Transfer, transfer_id)
    if row is None:
        raise NotFound()
    before, after = db.session.get_one(Unit, row.from_unit_id), db.session.get_one(Unit, row.to_unit_id)
    here, there = (after, before) if receiving else (before, after)
    if not may(actor, action, Subject(_place(here))) and not may(actor, Action.MEMBER_READ, Subject(_place(here), row.member_id)):
        require(actor, Action.MEMBER_READ, Subject(_place(there), row.member_id))
    if not may(actor, action, Subject(_place(here))):
        raise NotAllowed("Việc này do ban chấp hành ở đầu bên kia làm.")
    return row, before, after


def _unit(unit_id: int) -> Unit:
    unit = db.session.get(Unit, unit_id)
    if unit is None:
        raise NotFound()
    return unit


def _require_open(unit: Unit) -> None:
    if unit.closed_on is not None:
        raise WrongMoment(f"{unit.name} đã đóng.")


def _require_takes_members(unit: Unit) -> None:
    _require_open(unit)
    if unit.kind is UnitKind.BLOC:
        raise WrongMoment(f"{unit.name} không có đoàn viên trực tiếp; hãy chọn một chi đoàn.")


def _place(unit: Unit) -> Place:
    return Place(unit.id, unit.path)


def _name(member_id: int) -> str:
    query = select(Member.family_name, Member.given_name).where(Member.id == member_id)
    return full_name(*db.session.execute(query).one())
