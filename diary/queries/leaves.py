"""Days of leave, as the member and the officers of the branch see them: with the reason, which nobody else is told."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, select, true

from ..domain.actors import Actor
from ..domain.errors import NotFound
from ..domain.leaves import KIND_LABELS, LeaveDraft, LeaveKind
from ..domain.members import Standing
from ..domain.names import full_name
from ..domain.permissions import Action, Subject, may, require
from ..domain.units import Place
from ..models.accounts import Account
from ..models.base import db
from ..models.counts import Leave
from ..models.members import Member
from ..models.units import Unit
from .stays import stay_in

MOST = 100  # leaves a page lists, the newest first


@dataclass(frozen=True, slots=True)
class LeaveRow:
    """A leave. `noted_by`: who said it, "" where it was the member or nobody knows."""

    id: int
    draft: LeaveDraft
    version: int
    noted_by: str

    @property
    def days(self) -> int:
        return (self.draft.to_day - self.draft.from_day).days + 1

    @property
    def kind_words(self) -> str:
        return KIND_LABELS[self.draft.kind]


@dataclass(frozen=True, slots=True)
class LeavesPage:
    """The leaves of a member. `taken_back`: the one just taken back that may be put back, if any."""

    member_id: int
    name: str
    own: bool
    active: bool
    rows: tuple[LeaveRow, ...]
    taken_back: LeaveRow | None


def leaves_page(actor: Actor, member_id: int, taken_back_id: int | None = None) -> LeavesPage:
    """A member's leaves, the newest first; NotFound or NotAllowed to who may not know why they are away."""
    query = select(Member.family_name, Member.given_name, Member.standing, Member.unit_id, Unit.path).join(Unit, Unit.id == Member.unit_id)
    found = db.session.execute(query.where(Member.id == member_id)).one_or_none()
    if found is None:
        raise NotFound()
    require(actor, Action.LEAVE_EDIT, Subject(Place(found.unit_id, found.path), owner_id=member_id))
    mine = and_(Leave.member_id == member_id, in_sight(actor, member_id, found.unit_id))
    gone = and_(mine, Leave.id == taken_back_id, Leave.taken_back_at.is_not(None))
    return LeavesPage(
        member_id,
        full_name(found.family_name, found.given_name),
        member_id == actor.member_id,
        found.standing is Standing.ACTIVE,
        _rows(and_(mine, Leave.taken_back_at.is_(None))),
        next(iter(_rows(gone)), None) if taken_back_id else None,
    )


def load_leave(actor: Actor, leave_id: int) -> tuple[LeavesPage, LeaveRow]:
    """A leave that stands, with the page it is on; NotFound to who may not know why the member is away."""
    page = leaves_page(actor, whose(actor, leave_id))
    row = next((row for row in page.rows if row.id == leave_id), None)
    if row is None:
        raise NotFound()
    return page, row


def whose(actor: Actor, leave_id: int) -> int:
    """The member a leave belongs to, standing or taken back; NotFound to who may not know why they are away."""
    query = select(Leave.member_id, Member.unit_id, Unit.path).join(Member, Member.id == Leave.member_id)
    found = db.session.execute(query.join(Unit, Unit.id == Member.unit_id).where(Leave.id == leave_id)).one_or_none()
    if found is None or not may_note_leave(actor, found.member_id, Place(found.unit_id, found.path)):
        raise NotFound()
    member_id: int = found.member_id
    return member_id


def in_sight(actor: Actor, member_id: int, unit_id: int) -> ColumnElement[bool]:
    """For a query on leaves of the member: all of one's own; to officers of their unit those that reach into the time there."""
    if actor.member_id == member_id:
        return true()
    came = stay_in(member_id, unit_id).from_day
    return true() if came is None else Leave.to_day >= came


def may_note_leave(actor: Actor, member_id: int, place: Place) -> bool:
    """Whether `actor` may see and say when the member of the unit at `place` is away."""
    return may(actor, Action.LEAVE_EDIT, Subject(place, owner_id=member_id))


def _rows(condition: ColumnElement[bool]) -> tuple[LeaveRow, ...]:
    columns = (Leave.id, Leave.member_id, Leave.from_day, Leave.to_day, Leave.kind, Leave.reason, Leave.version)
    said = (Account.name, Account.member_id)
    query = select(*columns, *said).outerjoin(Account, Account.id == Leave.noted_by).where(condition)
    found = db.session.execute(query.order_by(Leave.from_day.desc(), Leave.id.desc()).limit(MOST)).all()
    return tuple(_row(*row) for row in found)


def _row(
    key: int,
    member_id: int,
    first: date,
    last: date,
    kind: LeaveKind,
    note: str,
    version: int,
    name: str | None,
    account_member: int | None,
) -> LeaveRow:
    return LeaveRow(key, LeaveDraft(first, last, kind, note), version, name or "" if account_member != member_id else "")
