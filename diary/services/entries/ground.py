"""What an entry stands on: the unit its author belonged to that day, and the pledge and virtue it may name."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import Date, Integer, and_, bindparam, func, or_, select

from ...domain.actors import Actor
from ...domain.entries import EntryDraft
from ...domain.errors import BadInput, NotAllowed, NotFound
from ...domain.members import Standing
from ...domain.permissions import Action, require
from ...domain.pledges import PledgeState
from ...domain.units import Place
from ...models.base import db, run
from ...models.entries import Entry
from ...models.members import Member, Membership
from ...models.pledges import Pledge
from ...models.units import Unit, Virtue
from ...queries import years
from ...queries.entries import subject_of
from .. import clock

_DAY = bindparam("day", type_=Date)
_THEN = and_(
    Membership.member_id == Member.id,
    or_(Membership.from_day.is_(None), Membership.from_day <= _DAY),
    or_(Membership.to_day.is_(None), Membership.to_day >= _DAY),
)
_PLACE_THAT_DAY = (  # built once: every entry written asks it
    select(Unit.id, Unit.path, Member.standing)
    .select_from(Member)
    .outerjoin(Membership, _THEN)
    .join(Unit, Unit.id == func.coalesce(Membership.unit_id, Member.unit_id))
    .where(Member.id == bindparam("member", type_=Integer))
    .order_by(Membership.id.desc())  # on the day of a move the new unit counts
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Names:
    """The words of what an entry serves, as a revision keeps them."""

    virtue: str
    pledge: str


def place_that_day(actor: Actor, day: date) -> Place:
    """The unit the actor belonged to on `day`, or belongs to now where the books do not say; NotAllowed to all but active members."""
    row = run(_PLACE_THAT_DAY, {"member": actor.member_id or 0, "day": day}).one_or_none()
    if row is None or row.standing is not Standing.ACTIVE:
        raise NotAllowed("Chỉ đoàn viên đang sinh hoạt mới ghi nhật ký.")
    return Place(row.id, row.path)


def own_entry(actor: Actor, entry_id: UUID) -> Entry:
    """The entry, if the actor may change it; NotFound to a stranger, NotAllowed to one who may only read it."""
    row = db.session.get(Entry, entry_id)
    if row is None:
        raise NotFound()
    if row.member_id != actor.member_id:
        path = db.session.execute(select(Unit.path).where(Unit.id == row.unit_id)).scalar_one()
        facts = (row.member_id, row.state, row.review_unit_id, row.sent_at, row.reviewed_at)
        require(actor, Action.ENTRY_EDIT, subject_of(actor, Place(row.unit_id, path), *facts, clock.now()))
    return row


def settle(member_id: int, draft: EntryDraft, place: Place, before: Entry | None = None) -> tuple[EntryDraft, Names]:
    """The draft with the virtue its pledge brings along where none was chosen, and the names of both.

    BadInput "pledge_id" unless the pledge is the member's own, of the entry's year and approved; "virtue_id" unless the virtue is
    one of that year's for the unit. What the entry named `before` may stay.
    """
    pledge = _pledge(member_id, draft, before.pledge_id if before else None)
    pledged = pledge.virtue_id if pledge else None
    if draft.virtue_id is None and pledged is None:
        return draft, Names("", pledge.title if pledge else "")
    choices = {virtue.id: virtue.name for virtue in years.virtues(draft.happened_on.year, place)}
    if draft.virtue_id is None:
        virtue_id = pledged if pledged in choices else None
    else:
        virtue_id = _virtue(draft.virtue_id, choices, before.virtue_id if before else None)
    return replace(draft, virtue_id=virtue_id), Names(choices.get(virtue_id or 0, ""), pledge.title if pledge else "")


@dataclass(frozen=True, slots=True)
class _Pledge:
    member_id: int
    year: int
    state: PledgeState
    virtue_id: int | None
    title: str


def _pledge(member_id: int, draft: EntryDraft, before: UUID | None) -> _Pledge | None:
    if draft.pledge_id is None:
        return None
    columns = (Pledge.member_id, Pledge.year, Pledge.state, Pledge.virtue_id, Pledge.title)
    row = db.session.execute(select(*columns).where(Pledge.id == draft.pledge_id)).one_or_none()
    pledge = _Pledge(*row) if row else None
    if pledge is None or pledge.member_id != member_id:
        raise BadInput("pledge_id", "Hãy chọn một nội dung bạn đã đăng ký, hoặc “Việc phát sinh”.")
    if pledge.year != draft.happened_on.year:
        raise BadInput("pledge_id", f"Nội dung này đăng ký cho năm {pledge.year}, còn việc làm trong năm {draft.happened_on.year}.")
    if pledge.state is not PledgeState.APPROVED and draft.pledge_id != before:
        raise BadInput("pledge_id", "Nội dung này chưa được duyệt hoặc đã khép lại. Hãy chọn nội dung khác, hoặc “Việc phát sinh”.")
    return pledge


def _virtue(virtue_id: int, choices: dict[int, str], before: int | None) -> int:
    """The virtue chosen, or the one of the same name: a page opened for one year may serve for a day of another."""
    if virtue_id in choices:
        return virtue_id
    name: str = db.session.execute(select(Virtue.name).where(Virtue.id == virtue_id)).scalar() or ""
    if virtue_id == before:
        choices[virtue_id] = name
        return virtue_id
    found = next((other for other, called in choices.items() if called == name), None)
    if found is None:
        raise BadInput("virtue_id", "Chuẩn mực này không có trong danh sách của năm đó. Hãy chọn lại.")
    return found
