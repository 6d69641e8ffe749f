"""Wishes to change an approved pledge in mid-year: asking, withdrawing, and what an answer does. Reviewing itself is in `reviews`."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select, update

from ..domain import pledge_changes as rules
from ..domain.actors import Actor
from ..domain.errors import BadInput, NotFound, Stale, WrongMoment
from ..domain.pledges import ChangeState, PledgeDraft, PledgeState
from ..domain.reviews import Verdict
from ..domain.units import Place
from ..domain.years import require_unlocked
from ..models.base import db
from ..models.pledges import Pledge, PledgeChange, PledgeRevision
from ..models.units import Virtue
from ..queries import years
from . import audit, clock
from .pledge_ground import author, own_pledge, place_of
from .review_routing import review_unit
from .transaction import happening

_FIELDS = ("virtue_id", "title", "how", "target", "due_on")
_WAITS = PledgeChange.state == ChangeState.WAITING


@happening
def ask_change(actor: Actor, change_id: UUID, pledge_id: UUID, draft: PledgeDraft, reason: str, version: int, today: date) -> UUID:
    """Ask for an approved pledge of the actor to say `draft` from now on, and why; its id.

    The pledge stays in force until the wish is approved. The same form sent twice is one wish; an id that is another's is NotFound.
    BadInput for a wrong field or where nothing changes; WrongMoment while another wish waits, for a pledge that has ended, outside the
    days for it, and where the author has gone to another branch; Stale when the pledge moved on since `version`.
    """
    pledge = own_pledge(actor, pledge_id)
    there = db.session.get(PledgeChange, change_id)
    if there is not None:
        if there.pledge_id != pledge.id:
            raise NotFound()
        return there.id
    (_, home), place = author(actor), place_of(pledge.unit_id)
    rules.require_changeable(pledge.state, place, home, years.year_facts(pledge.year, place), today)
    if waits(pledge.id):
        raise WrongMoment("Nội dung này đang có một lời xin đổi chờ duyệt. Hãy rút lại lời đó trước khi gửi lời mới.")
    if pledge.version != version:
        raise Stale()
    change = _wish(pledge, draft, home)
    change.id, change.reason = change_id, rules.clean_reason(reason)
    change.review_unit_id = review_unit(pledge.member_id, pledge.unit_id, today)
    pledge.version += 1  # its approval can no longer be taken back from under the wish
    db.session.add(change)
    audit.record(actor, "pledge_change_ask", "change", change.id, change.unit_id, _changed(change))
    return change.id


@happening
def withdraw_change(actor: Actor, pledge_id: UUID) -> None:
    """Take back the wish that waits for a pledge of the actor. WrongMoment when none waits any more."""
    pledge = own_pledge(actor, pledge_id)
    if not drop_waiting(Pledge.id == pledge.id):
        raise WrongMoment("Lời xin đổi này không còn chờ duyệt.")
    audit.record(actor, "pledge_change_withdraw", "pledge", pledge.id, pledge.unit_id)


def waits(pledge_id: UUID) -> bool:
    """Whether a wish to change the pledge waits."""
    return db.session.execute(select(PledgeChange.id).where(PledgeChange.pledge_id == pledge_id, _WAITS)).first() is not None


def drop_waiting(*which: ColumnElement[bool]) -> int:
    """Take back the wishes that wait for pledges that `which` names, and say how many there were. So it goes when the pledge ends,
    its year is locked, or its author leaves the branch: nobody there has anything to answer any more."""
    gone = update(PledgeChange).where(_WAITS, PledgeChange.pledge_id.in_(select(Pledge.id).where(*which)))
    gone = gone.values(state=ChangeState.WITHDRAWN, answered_at=clock.now(), version=PledgeChange.version + 1)
    return len(db.session.execute(gone.returning(PledgeChange.id), execution_options={"synchronize_session": False}).all())


def answer(change: PledgeChange, pledge: Pledge, verdict: Verdict, account_id: int) -> int:
    """Let the pledge say what was wished for, or leave it as it is; the number of the revision it became, 0 where it was sent back.

    The change already holds the words of the answer and its time; rights and moments were asked about.
    """
    change.state, change.answered_by = rules.AFTER[verdict], account_id
    change.version += 1
    number = 0
    if verdict is Verdict.APPROVED:
        if pledge.state is not PledgeState.APPROVED:
            raise WrongMoment("Nội dung này không còn ở trạng thái Đã duyệt nên không đổi được nữa.")
        _write(pledge, change.body)
        pledge.version += 1
        number = 1 + _newest(pledge.id)
        if number == 1:  # it never was sent by this program: its old text is kept all the same
            db.session.add(PledgeRevision(pledge_id=pledge.id, number=1, sent_at=pledge.written_at, body=rules.as_sent(change.before)))
            number = 2
        body = rules.as_sent(change.body)
        db.session.add(PledgeRevision(pledge_id=pledge.id, number=number, sent_at=change.asked_at, body=body))
    change.pledge_version = pledge.version
    return number


def reopen(change: PledgeChange, pledge: Pledge) -> None:
    """Let the wish wait again and the pledge say what it said before, as if the answer had not been. Nothing was done since."""
    require_unlocked(years.year_facts(pledge.year, place_of(pledge.unit_id)))
    if waits(pledge.id):
        raise WrongMoment("Người viết đã gửi lời xin đổi khác nên không hoàn tác được nữa.")
    if change.state is ChangeState.ACCEPTED:
        db.session.execute(delete(PledgeRevision).where(PledgeRevision.pledge_id == pledge.id, PledgeRevision.number == _newest(pledge.id)))
        _write(pledge, change.before)
    pledge.version += 1
    change.state, change.answered_at = ChangeState.WAITING, None
    change.answered_by, change.answer = None, ""
    change.version += 1


def _wish(pledge: Pledge, draft: PledgeDraft, home: Place) -> PledgeChange:
    before = PledgeDraft(*(getattr(pledge, field) for field in _FIELDS))
    clean = rules.clean_wish(draft, before, pledge.year)
    virtues = {virtue.id: virtue.name for virtue in years.virtues(pledge.year, home)}
    old = db.session.execute(select(Virtue.name).where(Virtue.id == before.virtue_id)).scalar() or ""
    kept = clean.virtue_id == before.virtue_id  # what was approved may stay, offered still or not
    name = old if kept else virtues.get(clean.virtue_id or 0, "")
    if not name:
        raise BadInput("virtue_id", "Hãy chọn một chuẩn mực trong danh sách.")
    return PledgeChange(
        pledge_id=pledge.id,
        unit_id=pledge.unit_id,
        before=rules.as_body(before, old),
        body=rules.as_body(clean, name),
        asked_at=clock.now(),
    )


def _changed(change: PledgeChange) -> list[Any]:
    return [field for field in rules.FIELD_LABELS if change.before[field] != change.body[field]]


def _write(pledge: Pledge, body: dict[str, Any]) -> None:
    draft = rules.as_draft(body)
    for field in _FIELDS:
        setattr(pledge, field, getattr(draft, field))


def _newest(pledge_id: UUID) -> int:
    return db.session.execute(select(func.max(PledgeRevision.number)).where(PledgeRevision.pledge_id == pledge_id)).scalar() or 0
