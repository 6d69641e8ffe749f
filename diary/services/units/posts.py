"""Posts in units: giving, ending, and handing one over to a successor with a note."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, or_, select

from ...domain.actors import COMMITTEE, OFFICERS, POST_LABELS, Actor, Post
from ...domain.errors import BadInput, NotAllowed, NotFound, WrongMoment
from ...domain.handovers import clean_note
from ...domain.units import UnitKind, is_below
from ...models.accounts import Account, Appointment
from ...models.base import db
from ...models.members import Member
from ...models.units import Unit
from .. import audit, notices
from ..transaction import happening
from .rows import editable, require_open


@happening
def appoint(actor: Actor | None, unit_id: int, account_id: int, post: Post, today: date) -> int:
    """Give the account's member a post in the unit from `today`; the id of the appointment, the one held already when it is the same.

    The member belongs to the unit or below it. BadInput when not, when there is a Bí thư already, and for a post that unit does not have.
    """
    unit = editable(actor, unit_id)
    require_open(unit)
    if actor is not None and post not in posts_of(unit.kind):
        raise BadInput("post", "Tổ chức này không có chức vụ đó.")
    if actor is not None:
        _require_member_below(account_id, unit)
    held = list(
        db.session.execute(
            select(Appointment).where(Appointment.unit_id == unit.id, Appointment.post == post, _still_held(today))
        ).scalars()
    )
    same = next((row for row in held if row.account_id == account_id), None)
    if same is not None:
        return same.id
    if post is Post.SECRETARY and held:
        raise BadInput("post", "Tổ chức đang có Bí thư. Hãy cho thôi giữ chức trước, rồi giao cho người mới.")
    row = appointment_row(account_id, unit.id, post, today)
    audit.record(actor, "post_give", "account", account_id, unit.id, [post.value])
    if actor is not None:
        notices.tell(account_id, f"Bạn được giao chức vụ {POST_LABELS[post]} – {unit.name}.", _first_page(unit, post))
    return row.id


def appointment_row(account_id: int, unit_id: int, post: Post, from_day: date) -> Appointment:
    """An appointment without an end, flushed; no question asked and nothing told."""
    row = Appointment(account_id=account_id, unit_id=unit_id, post=post, from_day=from_day)
    db.session.add(row)
    db.session.flush()
    return row


@happening
def end_appointment(actor: Actor | None, appointment_id: int, today: date) -> None:
    """End a post now: yesterday was its last day, and one given today is taken back whole. NotAllowed for one's own post."""
    row = db.session.get(Appointment, appointment_id)
    if row is None or (actor is not None and row.post is Post.ADMINISTRATOR):
        raise NotFound()
    unit = editable(actor, row.unit_id)
    if actor is not None and row.account_id == actor.account_id:
        raise NotAllowed("Bạn không tự cho mình thôi chức vụ được. Hãy nhờ người khác trong ban chấp hành, hoặc cấp trên.")
    if row.to_day is not None and row.to_day < today:
        return
    _end(row, today)
    audit.record(actor, "post_end", "account", row.account_id, unit.id, [row.post.value])
    if actor is not None:
        notices.tell(row.account_id, f"Bạn thôi giữ chức vụ {POST_LABELS[row.post]} – {unit.name}.", "/")


@happening
def hand_over(actor: Actor, appointment_id: int, account_id: int, note: str, today: date) -> int:
    """Let the account's member take over a post from `today`, in one step with its end for who held it; the new appointment's id.

    `note` is left for the successor; empty keeps what the holder wrote before. BadInput "account_id" for one who does not belong to the
    unit or holds the post already, "note" when too long; NotAllowed for one's own post; WrongMoment when the post has ended.
    """
    row = db.session.get(Appointment, appointment_id)
    if row is None or row.post is Post.ADMINISTRATOR:
        raise NotFound()
    unit = editable(actor, row.unit_id)
    require_open(unit)
    if row.account_id == actor.account_id:
        raise NotAllowed("Bạn không tự bàn giao chức vụ của mình được. Hãy nhờ người khác trong ban chấp hành, hoặc cấp trên.")
    if row.to_day is not None and row.to_day < today:
        raise WrongMoment("Chức vụ này đã thôi rồi. Hãy tải lại trang.")
    if account_id == row.account_id:
        raise BadInput("account_id", "Người này đang giữ chức vụ đó. Hãy chọn người khác.")
    _require_member_below(account_id, unit)
    words, before, post = clean_note(note), row.account_id, row.post
    row.handover_note = words or row.handover_note
    _end(row, today)
    successor = appointment_row(account_id, unit.id, post, today)
    audit.record(actor, "post_hand_over", "unit", unit.id, unit.id, [post.value, before, account_id])
    notices.tell(account_id, f"Bạn nhận bàn giao chức vụ {POST_LABELS[post]} – {unit.name}.", f"/to-chuc/{unit.id}/ban-giao")
    notices.tell(before, f"Bạn đã bàn giao chức vụ {POST_LABELS[post]} – {unit.name}.", "/")
    return successor.id


@happening
def leave_note(actor: Actor, unit_id: int, note: str, today: date) -> None:
    """Keep what the actor leaves, in the post they hold in the unit, for whoever comes after them. NotAllowed without a post there."""
    held = select(Appointment).where(Appointment.unit_id == unit_id, Appointment.account_id == actor.account_id, _still_held(today))
    rows = [row for row in db.session.execute(held).scalars() if row.post in COMMITTEE]
    if not rows:
        raise NotAllowed("Chỉ người đang giữ chức vụ ở đây mới ghi lời nhắn cho người kế nhiệm.")
    words = clean_note(note)
    for row in rows:
        row.handover_note = words
    audit.record(actor, "post_note", "unit", unit_id, unit_id, ["handover_note"])


def posts_of(kind: UnitKind) -> tuple[Post, ...]:
    """The posts a unit of `kind` has, in the order of their rank; the Ủy ban Kiểm tra is the bloc's alone."""
    posts = tuple(post for post in Post if post in COMMITTEE)
    return (*posts, Post.INSPECTOR) if kind is UnitKind.BLOC else posts


def _end(row: Appointment, today: date) -> None:
    if row.from_day >= today:
        db.session.delete(row)
    else:
        row.to_day = today - timedelta(days=1)
    db.session.flush()


def _first_page(unit: Unit, post: Post) -> str:
    """Where a new officer learns what waits for them; a member of a committee begins at home."""
    return f"/to-chuc/{unit.id}/ban-giao" if post in OFFICERS else "/"


def _require_member_below(account_id: int, unit: Unit) -> None:
    query = select(Unit.path).join(Member, Member.unit_id == Unit.id).join(Account, Account.member_id == Member.id)
    path = db.session.execute(query.where(Account.id == account_id, Account.closed_at.is_(None))).scalar()
    if path is None or not is_below(path, unit.path):
        raise BadInput("account_id", "Hãy chọn một đoàn viên của tổ chức này hoặc của tổ chức bên dưới.")


def _still_held(today: date) -> ColumnElement[bool]:
    return or_(Appointment.to_day.is_(None), Appointment.to_day >= today)
