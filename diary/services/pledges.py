"""Pledges as their author changes them: keeping, sending, deleting a draft, and saying how one ended."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from ..domain import pledges as rules
from ..domain.actors import Actor
from ..domain.errors import BadInput, NotFound, Stale, WrongMoment
from ..domain.pledges import PledgeDraft, PledgeState
from ..domain.units import Place
from ..domain.years import require_unlocked
from ..models.base import db
from ..models.entries import Entry
from ..models.pledges import Pledge, PledgeRevision
from ..queries import years
from . import audit, clock, counts, pledge_changes
from .pledge_ground import author, own_pledge, place_of
from .review_routing import review_unit
from .transaction import happening

_FIELDS = ("virtue_id", "title", "how", "target", "due_on")


@happening
def add_pledge(actor: Actor, pledge_id: UUID, year: int, draft: PledgeDraft, today: date, *, send: bool) -> UUID:
    """Keep a new pledge of the actor for `year` as a draft, or send it at once; its id.

    The same form sent twice makes one pledge: what it says the second time is kept while the pledge is still its author's to change.
    BadInput at a wrong field, WrongMoment while registering is closed (for sending) or the year is locked, NotFound for another's id.
    """
    member_id, place = author(actor)
    row = db.session.get(Pledge, pledge_id)
    if row is None:
        require_unlocked(years.year_facts(year, place))
        row = Pledge(id=pledge_id, member_id=member_id, unit_id=place.unit_id, year=year, title="", written_at=clock.now())
        _write(row, rules.clean_draft(draft, year), place)
        db.session.add(row)
        db.session.flush()
        counts.pledge_moved(counts.member_year(member_id, year, place.unit_id), None, PledgeState.DRAFT)
        audit.record(actor, "pledge_add", "pledge", row.id, row.unit_id)
    elif row.member_id != member_id:
        raise NotFound()
    elif _as_draft(row) != rules.clean_draft(draft, row.year):
        _change(actor, row, draft, place)
    if send and row.state in rules.AUTHOR_S_TURN:
        _send(actor, row, place, today)
    return row.id


@happening
def edit_pledge(actor: Actor, pledge_id: UUID, draft: PledgeDraft, version: int, today: date, *, send: bool) -> None:
    """Change a draft or a returned pledge, and send it when asked. Stale when it moved on since `version`; else as `add_pledge`."""
    row = own_pledge(actor, pledge_id)
    rules.require_editable(row.state)
    if row.version != version:
        raise Stale()
    _, place = author(actor)
    _change(actor, row, draft, place)
    if send:
        _send(actor, row, place, today)


@happening
def send_pledge(actor: Actor, pledge_id: UUID, today: date) -> None:
    """Send a draft or a returned pledge as it stands. BadInput while it lacks its virtue, WrongMoment outside the days for it."""
    row = own_pledge(actor, pledge_id)
    _, place = author(actor)
    _send(actor, row, place, today)


@happening
def delete_pledge(actor: Actor, pledge_id: UUID) -> None:
    """Delete a draft that nobody else has seen. WrongMoment once it was sent, or while an entry of the diary serves it."""
    row = own_pledge(actor, pledge_id)
    if row.state is not PledgeState.DRAFT:
        raise WrongMoment("Nội dung đã gửi thì không xóa được; hãy giữ để sổ cuối năm đầy đủ.")
    if db.session.execute(select(func.count()).where(Entry.pledge_id == row.id)).scalar_one():
        raise WrongMoment("Đã có bài nhật ký gắn với nội dung này. Hãy sửa các bài đó trước rồi xóa.")
    counts.pledge_moved(counts.member_year(row.member_id, row.year, row.unit_id), PledgeState.DRAFT, None)
    db.session.delete(row)
    audit.record(actor, "pledge_delete", "pledge", row.id, row.unit_id)


@happening
def close_pledge(actor: Actor, pledge_id: UUID, outcome: PledgeState, words: str) -> None:
    """Say how an approved pledge ended: MET, NOT_MET (with the reason), or APPROVED to take the word back, while the year is not locked.

    From one end to the other it goes in one step; a wish to change it that waits is taken back.
    BadInput for a missing reason, WrongMoment where that cannot follow.
    """
    row = own_pledge(actor, pledge_id)
    if outcome not in rules.CONFIRMED:
        raise BadInput("outcome", "Hãy chọn Hoàn thành hoặc Không hoàn thành.")
    require_unlocked(years.year_facts(row.year, place_of(row.unit_id)))
    clean = rules.clean_outcome(outcome, words)
    if (row.state, row.outcome_words) == (outcome, clean):
        return
    before = row.state
    if outcome in rules.ENDED:
        pledge_changes.drop_waiting(Pledge.id == row.id)
    if outcome is not before:
        between = rules.move(before, PledgeState.APPROVED) if before in rules.ENDED else before
        row.state = outcome if outcome is between else rules.move(between, outcome)
        counts.pledge_moved(counts.member_year(row.member_id, row.year, row.unit_id), before, row.state)
    row.outcome_words = "" if outcome is PledgeState.APPROVED else clean
    row.version += 1
    audit.record(actor, "pledge_close", "pledge", row.id, row.unit_id, [before.value, row.state.value])


def _as_draft(row: Pledge) -> PledgeDraft:
    return PledgeDraft(*(getattr(row, field) for field in _FIELDS))


def _write(row: Pledge, draft: PledgeDraft, place: Place) -> list[str]:
    """Put the clean draft into the row; the names of the fields that changed."""
    if draft.virtue_id is not None and draft.virtue_id not in {virtue.id for virtue in years.virtues(row.year, place)}:
        raise BadInput("virtue_id", "Hãy chọn một chuẩn mực trong danh sách.")
    changed = [field for field in _FIELDS if getattr(row, field) != getattr(draft, field)]
    for field in changed:
        setattr(row, field, getattr(draft, field))
    return changed


def _change(actor: Actor, row: Pledge, draft: PledgeDraft, place: Place) -> None:
    rules.require_editable(row.state)
    require_unlocked(years.year_facts(row.year, place))
    clean = rules.clean_draft(draft, row.year)
    if row.state is PledgeState.RETURNED:
        rules.require_complete(clean)
    changed = _write(row, clean, place)
    if changed:
        row.version += 1
        audit.record(actor, "pledge_edit", "pledge", row.id, row.unit_id, changed)


def _send(actor: Actor, row: Pledge, place: Place, today: date) -> None:
    draft, before = _as_draft(row), row.state
    rules.require_editable(before)  # an approved one goes back to waiting only by undoing the approval
    rules.require_sendable(before, years.year_facts(row.year, place), today)
    after = rules.move(before, PledgeState.WAITING)
    rules.require_complete(draft)
    virtue = {virtue.id: virtue.name for virtue in years.virtues(row.year, place)}.get(draft.virtue_id or 0, "")
    if not virtue:  # the author has moved to another unit, or the bloc has taken it off the list
        raise BadInput("virtue_id", "Chuẩn mực này không còn trong danh sách. Hãy chọn lại.")
    counts.pledge_moved(counts.member_year(row.member_id, row.year, row.unit_id), before, None)
    if row.unit_id != place.unit_id:
        row.review_words = ""  # the new branch does not read what the old one said
    row.unit_id, row.state, row.sent_at = place.unit_id, after, clock.now()
    row.review_unit_id = review_unit(row.member_id, row.unit_id, today)
    counts.pledge_moved(counts.member_year(row.member_id, row.year, row.unit_id), None, after)
    row.version += 1
    number = 1 + (db.session.execute(select(func.max(PledgeRevision.number)).where(PledgeRevision.pledge_id == row.id)).scalar() or 0)
    revision = PledgeRevision(pledge_id=row.id, number=number, sent_at=row.sent_at, body=rules.revision_body(draft, virtue))
    db.session.add(revision)
    audit.record(actor, "pledge_send", "pledge", row.id, row.unit_id, [number])
