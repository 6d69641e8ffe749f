"""Members: adding, editing, moving, and their leaving the union's life; the rows behind every new member."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update

from ..domain.actors import Actor
from ..domain.errors import BadInput, NotAllowed, NotFound, Stale, WrongMoment
from ..domain.member_drafts import clean_draft
from ..domain.members import STANDING_LABELS, MemberDraft, Standing, search_name
from ..domain.names import full_name, sort_key
from ..domain.permissions import Action, Subject, require
from ..domain.units import Place, UnitKind
from ..models.accounts import Account, Appointment
from ..models.base import Base, db
from ..models.members import Member, Membership
from ..models.pledges import Pledge
from ..models.units import Unit
from . import audit, data_requests, moving, notices, pledge_changes
from .moving import count_members
from .transaction import happening
from .usernames import free_usernames

NewMember = tuple[int, MemberDraft]
"""The unit's id and who comes into it."""


def add_rows(people: Sequence[NewMember], since: date | None) -> list[int]:
    """Insert members with their memberships and accounts, and count them in their units; their ids in the same order.

    `since` is the day the memberships begin, None for "before the books". No question asked and nothing told.
    """
    ids = insert_all(Member, [{"unit_id": unit_id, **columns_of(draft)} for unit_id, draft in people])
    memberships = [{"member_id": member, "unit_id": unit_id, "from_day": since} for member, (unit_id, _) in zip(ids, people, strict=True)]
    insert_all(Membership, memberships)
    usernames = free_usernames((draft.family_name, draft.given_name) for _, draft in people)
    names = [full_name(draft.family_name, draft.given_name) for _, draft in people]
    whose = zip(usernames, names, ids, strict=True)
    insert_all(Account, [{"username": username, "name": name, "member_id": member} for username, name, member in whose])
    for unit_id, more in Counter(unit_id for unit_id, _ in people).items():
        count_members(unit_id, more)
    return ids


def insert_all(table: type[Base], rows: Sequence[dict[str, Any]]) -> list[int]:
    """Insert many rows of one table; their ids in the same order."""
    if not rows:
        return []
    ids = insert(table).returning(table.__table__.c.id, sort_by_parameter_order=True)
    return list(db.session.execute(ids, rows).scalars())


def columns_of(draft: MemberDraft) -> dict[str, Any]:
    """The columns a draft fills, those made from the name among them."""
    facts = {field: getattr(draft, field) for field in draft.__dataclass_fields__}
    return facts | name_columns(draft.family_name, draft.given_name)


def name_columns(family: str, given: str) -> dict[str, str]:
    """The columns of a name, in which order it stands and by what it is found."""
    return {"family_name": family, "given_name": given, "sort_key": sort_key(family, given), "search": search_name(family, given)}


@happening
def add_member(actor: Actor, unit_id: int, draft: MemberDraft, today: date, *, another: bool = False) -> int:
    """Add a member to a unit from `today`, with an account that waits for its first code; the member's id.

    BadInput at the field of the draft, when the person is in the unit already, and at "another" when someone of the same name and day of
    birth is in another unit, unless the actor said that this is another person. WrongMoment for a closed unit and for the bloc itself.
    """
    unit = _open_unit(actor, unit_id)
    clean = clean_draft(draft, today)
    _refuse_known(unit.id, clean, another=another)
    (member_id,) = add_rows([(unit.id, clean)], since=today)
    audit.record(actor, "member_add", "member", member_id, unit.id)
    return member_id


@happening
def edit_member(actor: Actor, member_id: int, version: int, draft: MemberDraft, today: date) -> None:
    """Change what the books say of a member. Stale when someone changed it since `version`; BadInput at the field of the draft."""
    member = _editable(actor, member_id)
    if member.version != version:
        raise Stale()
    columns = columns_of(clean_draft(draft, today))
    changed = sorted(column for column, value in columns.items() if getattr(member, column) != value)
    if not changed:
        return
    for column, value in columns.items():
        setattr(member, column, value)
    member.version += 1
    db.session.execute(update(Account).where(Account.member_id == member.id).values(name=full_name(member.family_name, member.given_name)))
    audit.record(actor, "member_edit", "member", member.id, member.unit_id, changed)


@happening
def move_member(actor: Actor, member_id: int, unit_id: int, today: date) -> None:
    """Let a member belong to another unit from `today`; posts where they no longer belong end. The actor edits the members of both units.

    What was sent stays with the unit of its day. WrongMoment when the member is not active or belongs there already.
    """
    member, unit = _editable(actor, member_id), _open_unit(actor, unit_id)
    if member.standing is not Standing.ACTIVE or member.unit_id == unit.id:
        raise WrongMoment("Chỉ chuyển được đoàn viên đang sinh hoạt, và đến đơn vị khác.")
    before = db.session.get_one(Unit, member.unit_id)
    moving.carry([member.id], before, unit, today)
    audit.record(actor, "member_move", "member", member.id, unit.id, [before.id, unit.id])
    notices.tell_member(member.id, f"Bạn được chuyển sinh hoạt về {unit.name}.", "/ca-nhan")


@happening
def end_standing(actor: Actor, member_id: int, standing: Standing, today: date) -> None:
    """Note that a member matured out of the union or left; every post ends. The account stays, so that they can take their data along.

    NotAllowed for oneself; WrongMoment when they are not active.
    """
    member = _editable(actor, member_id)
    if member.id == actor.member_id:
        raise NotAllowed("Bạn không tự ghi cho mình thôi sinh hoạt được. Hãy nhờ Đoàn cấp trên.")
    if standing is Standing.ACTIVE:
        raise BadInput("standing", "Hãy chọn trưởng thành Đoàn hoặc thôi sinh hoạt.")
    if member.standing is not Standing.ACTIVE:
        raise WrongMoment(f"Người này đã được ghi: {STANDING_LABELS[member.standing].lower()}.")
    account = select(Account.id).where(Account.member_id == member.id).scalar_subquery()
    moving.end_posts(Appointment.account_id == account, today)
    moving.end_memberships(Membership.member_id == member.id, today)
    moving.withdraw_transfers([member.id])
    pledge_changes.drop_waiting(Pledge.member_id == member.id)
    count_members(member.unit_id, -1)
    member.standing, member.version = standing, member.version + 1
    audit.record(actor, "member_leave", "member", member.id, member.unit_id, [standing.value])


@happening
def restore_standing(actor: Actor, member_id: int, today: date) -> None:
    """Let a member who left be active again from `today`, in the same unit or the one it was merged into.

    WrongMoment when they are active, or the unit is closed.
    """
    member = _editable(actor, member_id)
    unit = _open_unit(actor, _successor(member.unit_id))
    if member.standing is Standing.ACTIVE:
        raise WrongMoment("Người này vẫn đang sinh hoạt.")
    member.standing, member.unit_id, member.version = Standing.ACTIVE, unit.id, member.version + 1
    db.session.add(Membership(member_id=member.id, unit_id=unit.id, from_day=today))
    count_members(unit.id, 1)
    data_requests.end_erasure(actor, member.id, unit.id)
    audit.record(actor, "member_return", "member", member.id, unit.id)


def _editable(actor: Actor, member_id: int) -> Member:
    member = db.session.get(Member, member_id)
    if member is None:
        raise NotFound()
    path = db.session.execute(select(Unit.path).where(Unit.id == member.unit_id)).scalar_one()
    require(actor, Action.MEMBER_EDIT, Subject(Place(member.unit_id, path), owner_id=member.id))
    if member.erased_at is not None:
        raise WrongMoment("Người này đã xóa dữ liệu của mình nên không sửa được nữa.")
    return member


def _open_unit(actor: Actor, unit_id: int) -> Unit:
    unit = db.session.get(Unit, unit_id)
    if unit is None:
        raise NotFound()
    require(actor, Action.MEMBER_EDIT, Subject(Place(unit.id, unit.path)))
    if unit.closed_on is not None:
        raise WrongMoment(f"{unit.name} đã đóng.")
    if unit.kind is UnitKind.BLOC:
        raise WrongMoment(f"{unit.name} không có đoàn viên trực tiếp; hãy chọn một chi đoàn.")
    return unit


def _successor(unit_id: int) -> int:
    """The unit itself, or the one it went into by however many mergers."""
    into = db.session.execute(select(Unit.merged_into_id).where(Unit.id == unit_id)).scalar()
    return unit_id if into is None else _successor(into)


def _refuse_known(unit_id: int, draft: MemberDraft, *, another: bool) -> None:
    name = search_name(draft.family_name, draft.given_name)
    query = select(Member.unit_id, Member.born_on).where(Member.search == name)
    same = {home for home, born in db.session.execute(query) if born == draft.born_on}
    if unit_id in same:
        raise BadInput("given_name", "Đơn vị này đã có người cùng họ tên và ngày sinh.")
    if same and draft.born_on and not another:
        raise BadInput("another", "Đã có người cùng họ tên và ngày sinh ở đơn vị khác. Nếu là người khác, hãy đánh dấu ô này.")
