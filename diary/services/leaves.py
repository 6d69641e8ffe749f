"""Days of leave: noting them, changing them, taking them back and putting back what was taken back."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from ..domain.actors import Actor
from ..domain.errors import NotAllowed, NotFound, Stale
from ..domain.leaves import LeaveDraft, clean_leave, require_apart
from ..domain.members import Standing
from ..domain.permissions import Action, Subject, require
from ..domain.rhythm import Days
from ..domain.units import Place
from ..domain.years import require_unlocked
from ..models.base import db
from ..models.counts import Leave
from ..models.members import Member
from ..models.units import Unit
from ..queries import years
from ..queries.leaves import in_sight, whose
from . import audit, clock, notices
from .transaction import happening

_NAMES = {"from_day": "leave_from", "to_day": "leave_to", "kind": "leave_kind", "reason": "leave_note"}  # as the audit lines have them
OWN_PAGE = "/nhat-ky/nghi"


@dataclass(frozen=True, slots=True)
class _Whose:
    member_id: int
    place: Place


@happening
def note_leave(actor: Actor, member_id: int, draft: LeaveDraft, today: date) -> int:
    """Note days on which a member is away; the leave's id. The same days said again in the same words are the same leave.

    NotFound, NotAllowed where it is not theirs to note; BadInput at the draft's field, also where another leave holds one of the days;
    WrongMoment where one of the days lies in a locked year.
    """
    member, clean = _whose(actor, member_id), clean_leave(draft, today)
    known = db.session.execute(select(Leave).filter_by(member_id=member_id, taken_back_at=None, **_columns(clean))).scalars().first()
    if known is not None:
        return known.id
    _require_free(member, clean)
    row = Leave(member_id=member_id, noted_by=actor.account_id, **_columns(clean))
    db.session.add(row)
    db.session.flush()
    audit.record(actor, "leave_note", "leave", row.id, member.place.unit_id)
    _tell(actor, member_id, f"{actor.name} đã ghi ngày nghỉ cho bạn; tuần nghỉ trọn không tính vào nhịp ghi chép.")
    return row.id


@happening
def change_leave(actor: Actor, leave_id: int, version: int, draft: LeaveDraft, today: date) -> None:
    """Change a leave. Stale when it was changed since `version`; NotFound where it was taken back; else as `note_leave`."""
    row, member = _leave(actor, leave_id)
    if row.taken_back_at is not None:
        raise NotFound()
    if row.version != version:
        raise Stale()
    columns = _columns(clean_leave(draft, today))
    changed = sorted(name for name, value in columns.items() if getattr(row, name) != value)
    if not changed:
        return
    _require_unlocked(member, row.from_day, row.to_day)
    _require_free(member, clean_leave(draft, today), besides=row.id)
    for name, value in columns.items():
        setattr(row, name, value)
    row.noted_by, row.version = actor.account_id, row.version + 1
    audit.record(actor, "leave_change", "leave", row.id, member.place.unit_id, [_NAMES[name] for name in changed])
    _tell(actor, row.member_id, f"{actor.name} đã sửa ngày nghỉ của bạn.")


@happening
def take_back(actor: Actor, leave_id: int) -> int:
    """Take a leave back, so that its weeks are due again; whose it was. It can be put back until the next one is taken back.

    NotFound where it is not theirs to change; WrongMoment where one of its days lies in a locked year.
    """
    row, member = _leave(actor, leave_id)
    if row.taken_back_at is None:
        _require_unlocked(member, row.from_day, row.to_day)
        gone = (Leave.member_id == row.member_id) & Leave.taken_back_at.is_not(None)
        db.session.execute(delete(Leave).where(gone))
        row.taken_back_at, row.version = clock.now(), row.version + 1
        audit.record(actor, "leave_take_back", "leave", row.id, member.place.unit_id)
        _tell(actor, row.member_id, f"{actor.name} đã rút lại một đợt nghỉ của bạn; các tuần ấy lại tính vào nhịp ghi chép.")
    return row.member_id


@happening
def put_back(actor: Actor, leave_id: int) -> int:
    """Put back a leave that was taken back; whose it is. BadInput where another holds one of its days by now; else as `take_back`."""
    row, member = _leave(actor, leave_id)
    if row.taken_back_at is not None:
        _require_free(member, LeaveDraft(row.from_day, row.to_day, row.kind, row.reason))
        row.taken_back_at, row.version = None, row.version + 1
        audit.record(actor, "leave_put_back", "leave", row.id, member.place.unit_id)
        _tell(actor, row.member_id, f"{actor.name} đã ghi lại đợt nghỉ vừa rút của bạn.")
    return row.member_id


def _columns(draft: LeaveDraft) -> dict[str, Any]:
    return {"from_day": draft.from_day, "to_day": draft.to_day, "kind": draft.kind, "reason": draft.note}


def _whose(actor: Actor, member_id: int) -> _Whose:
    """The member, where the actor may say when they are away. NotAllowed for who has left the union's life."""
    found = select(Member.unit_id, Unit.path, Member.standing).join(Unit, Unit.id == Member.unit_id).where(Member.id == member_id)
    row = db.session.execute(found).one_or_none()
    if row is None:
        raise NotFound()
    place = Place(row.unit_id, row.path)
    require(actor, Action.LEAVE_EDIT, Subject(place, owner_id=member_id))
    if row.standing is not Standing.ACTIVE:
        raise NotAllowed("Chỉ ghi ngày nghỉ cho đoàn viên đang sinh hoạt.")
    return _Whose(member_id, place)


def _leave(actor: Actor, leave_id: int) -> tuple[Leave, _Whose]:
    """A leave the actor may change, and whose it is. NotFound to everyone else, and for days before the member came to their branch."""
    member = _whose(actor, whose(actor, leave_id))
    seen = in_sight(actor, member.member_id, member.place.unit_id)
    row = db.session.execute(select(Leave).where(Leave.id == leave_id, seen)).scalar_one_or_none()
    if row is None:
        raise NotFound()
    return row, member


def _require_free(member: _Whose, draft: LeaveDraft, besides: int | None = None) -> None:
    _require_unlocked(member, draft.from_day, draft.to_day)
    others = select(Leave.from_day, Leave.to_day).where(
        Leave.member_id == member.member_id, Leave.taken_back_at.is_(None), Leave.id != (besides or 0), Leave.to_day >= draft.from_day
    )
    require_apart(draft, [Days(*row) for row in db.session.execute(others.order_by(Leave.from_day))])


def _require_unlocked(member: _Whose, first: date, last: date) -> None:
    """A year nobody opened yet takes what is ahead; what a locked one counted stays."""
    for year in range(first.year, last.year + 1):
        facts = years.year_facts(year, member.place)
        if facts is not None:
            require_unlocked(facts)


def _tell(actor: Actor, member_id: int, words: str) -> None:
    if actor.member_id != member_id:
        notices.tell_member(member_id, words, OWN_PAGE)
