"""Writing an entry, changing it while it is its author's turn, sending it, and deleting a draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from ...domain import entries as rules
from ...domain.actors import Actor
from ...domain.entries import EntryDraft, EntryState
from ...domain.errors import BadInput, NotAllowed, NotFound, Stale, WrongMoment
from ...domain.evidence import StoredEvidence
from ...domain.units import Place
from ...models.base import db, run
from ...models.entries import Entry, EntryRevision, PrivateNote
from ...queries import years
from .. import audit, clock, counts
from ..prints import Looked, keep, look
from ..review_routing import review_unit
from ..transaction import happening
from .evidence import attach
from .ground import Names, own_entry, place_that_day, settle

_FIELDS = ("happened_on", "pledge_id", "virtue_id", "field", "did", "people", "result", "result_unit", "lesson")
_TYPED = ("happened_on", "did", "people", "result", "result_unit", "lesson")  # the rest may be settled otherwise than it was sent
_KNOWN = select(Entry.id).where(Entry.id == bindparam("id"))


SENT_ALREADY = (
    "Bài của trang này đã gửi rồi. Nếu đây là việc khác, hãy bấm gửi lần nữa; nếu vẫn là việc ấy, hãy mở bài đã gửi trong Nhật ký."
)


@dataclass(frozen=True, slots=True)
class _Sending:
    """That an entry is to be sent, and what was found when it was looked at."""

    looked: Looked | None


def log_entry(actor: Actor, entry_id: UUID, draft: EntryDraft, today: date, *, send: bool, files: Sequence[StoredEvidence] = ()) -> UUID:
    """Keep a new entry of the actor as a draft, or send it at once; its id. `files` already stand in the store.

    The same form sent twice makes one entry; what the second says differently is kept while the entry is a draft nobody changed since.
    BadInput at a wrong field, WrongMoment while that year is closed, NotAllowed to all but active members, NotFound for another's id.
    """
    return _log(actor, entry_id, draft, today, _Sending(_looked(actor, entry_id, draft, today)) if send else None, files)


@happening
def _log(actor: Actor, entry_id: UUID, draft: EntryDraft, today: date, sending: _Sending | None, files: Sequence[StoredEvidence]) -> UUID:
    if actor.member_id is None:
        raise NotAllowed("Chỉ đoàn viên đang sinh hoạt mới ghi nhật ký.")
    if run(_KNOWN, {"id": entry_id}).first():
        return _log_again(actor, db.session.get_one(Entry, entry_id), draft, today, sending, files)
    place = place_that_day(actor, draft.happened_on)
    rules.require_writable(EntryState.DRAFT, draft.happened_on, years.year_facts(draft.happened_on.year, place), today)
    clean, names = settle(actor.member_id, rules.clean_draft(draft), place)
    row = Entry(id=entry_id, member_id=actor.member_id, written_at=clock.now(), state=EntryState.DRAFT, version=1)
    _put(row, clean, place)
    db.session.add(row)
    with db.session.no_autoflush:  # all rows go in one flush, which halves the time a sending takes
        _keep_note(row.id, clean.private_note, new=True)
        attach(row, files)
        if sending:
            _send(actor, row, clean, names, today, sending, new=True)
        else:
            counts.entry_moved(counts.member_year(row.member_id, row.year, row.unit_id), None, EntryState.DRAFT)
            audit.record(actor, "entry_log", "entry", row.id, row.unit_id)
    return entry_id


def edit_entry(
    actor: Actor, entry_id: UUID, draft: EntryDraft, version: int, today: date, *, send: bool, files: Sequence[StoredEvidence] = ()
) -> None:
    """Change a draft or a returned entry, and send it when asked. Stale when it moved on since `version`; else as `log_entry`."""
    _edit(actor, entry_id, draft, version, today, _Sending(_looked(actor, entry_id, draft, today)) if send else None, files)


@happening
def _edit(
    actor: Actor,
    entry_id: UUID,
    draft: EntryDraft,
    version: int,
    today: date,
    sending: _Sending | None,
    files: Sequence[StoredEvidence],
) -> None:
    row = own_entry(actor, entry_id)
    rules.require_editable(row.state)
    if row.version != version:
        raise Stale()
    _change(actor, row, draft, today, sending, files)


def send_entry(actor: Actor, entry_id: UUID, today: date) -> None:
    """Send a draft or a returned entry as it stands. WrongMoment when it was sent already, or while its year is closed."""
    row = own_entry(actor, entry_id)
    _send_as_it_stands(actor, entry_id, today, _Sending(_looked(actor, entry_id, _as_draft(row), today)))


@happening
def _send_as_it_stands(actor: Actor, entry_id: UUID, today: date, sending: _Sending) -> None:
    row = own_entry(actor, entry_id)
    rules.require_editable(row.state)
    _change(actor, row, _as_draft(row), today, sending)


@happening
def delete_entry(actor: Actor, entry_id: UUID) -> None:
    """Delete a draft, its note and its evidence. WrongMoment once it was sent: what was sent stays in the books."""
    row = own_entry(actor, entry_id)
    if row.state is not EntryState.DRAFT:
        raise WrongMoment("Bài đã gửi thì không xóa được; hãy giữ để sổ cuối năm đầy đủ.")
    counts.entry_moved(counts.member_year(row.member_id, row.year, row.unit_id), EntryState.DRAFT, None)
    db.session.delete(row)
    audit.record(actor, "entry_delete", "entry", row.id, row.unit_id)


def _looked(actor: Actor, entry_id: UUID, draft: EntryDraft, today: date) -> Looked | None:
    """What is found in the text that is about to be sent, before the happening; None where it will be refused anyway."""
    if actor.member_id is None or actor.place is None:
        return None
    try:
        return look(actor.member_id, actor.place.unit_id, rules.clean_draft(draft), today, entry_id)
    except BadInput:
        return None


def _log_again(actor: Actor, row: Entry, draft: EntryDraft, today: date, sending: _Sending | None, files: Sequence[StoredEvidence]) -> UUID:
    """The form of an entry that is already kept: sent twice, or gone back to and changed."""
    if row.member_id != actor.member_id:
        raise NotFound()
    if row.state is not EntryState.DRAFT:
        clean = rules.clean_draft(draft)
        if any(getattr(clean, field) != getattr(row, field) for field in _TYPED):
            raise WrongMoment(SENT_ALREADY)
    elif row.version != 1:
        raise Stale()
    else:
        _change(actor, row, draft, today, sending, files)
    return row.id


def _change(
    actor: Actor, row: Entry, draft: EntryDraft, today: date, sending: _Sending | None, files: Sequence[StoredEvidence] = ()
) -> None:
    place = place_that_day(actor, draft.happened_on)
    rules.require_writable(row.state, draft.happened_on, years.year_facts(draft.happened_on.year, place), today)
    clean, names = settle(row.member_id, rules.clean_draft(draft), place, row)
    changed = _rewrite(row, clean, place)
    changed += attach(row, files)
    noted = _keep_note(row.id, clean.private_note)
    if changed or noted or sending:
        row.version += 1
    if changed:
        audit.record(actor, "entry_edit", "entry", row.id, row.unit_id, changed)
    if sending:
        _send(actor, row, clean, names, today, sending)


def _rewrite(row: Entry, draft: EntryDraft, place: Place) -> list[str]:
    """Put the draft into the row and move what was counted; the names of the fields that changed."""
    before, was_late = row.happened_on, _is_late(row)
    if row.state is EntryState.DRAFT:
        counts.entry_moved(counts.member_year(row.member_id, row.year, row.unit_id), EntryState.DRAFT, None)
        changed = _put(row, draft, place)
        counts.entry_moved(counts.member_year(row.member_id, row.year, row.unit_id), None, EntryState.DRAFT)
        return changed
    if draft.happened_on.year != row.year:
        raise BadInput("happened_on", f"Bài đã gửi trong sổ năm {row.year}, nên ngày thực hiện phải thuộc năm {row.year}.")
    changed = _put(row, draft, Place(row.unit_id, ""))  # what a branch has read stays with that branch
    if before != row.happened_on:
        counts.week_changed(row.member_id, before, -1)
        counts.week_changed(row.member_id, row.happened_on, 1)
        counts.member_year(row.member_id, row.year, row.unit_id).entries_late += _is_late(row) - was_late
    return changed


def _put(row: Entry, draft: EntryDraft, place: Place) -> list[str]:
    changed = [field for field in _FIELDS if getattr(row, field) != getattr(draft, field)]
    for field in changed:
        setattr(row, field, getattr(draft, field))
    row.year, row.unit_id = draft.happened_on.year, place.unit_id
    row.search, row.result_number = rules.search_text(draft), rules.result_number(draft)
    return changed


def _as_draft(row: Entry) -> EntryDraft:
    return EntryDraft(**{field: getattr(row, field) for field in _FIELDS})


def _keep_note(entry_id: UUID, words: str | None, *, new: bool = False) -> bool:
    """Keep the private note, or take it away where it is empty; whether anything changed. None leaves it alone."""
    if words is None or (new and not words):
        return False
    row = None if new else db.session.get(PrivateNote, entry_id)
    if (row.words if row else "") == words:
        return False
    if row is None:
        db.session.add(PrivateNote(entry_id=entry_id, words=words))
    elif words:
        row.words = words
    else:
        db.session.delete(row)
    return True


def _send(actor: Actor, row: Entry, draft: EntryDraft, names: Names, today: date, sending: _Sending, *, new: bool = False) -> None:
    before, first, now = row.state, row.sent_at is None, clock.now()
    row.state, row.sent_at = rules.move(before, EntryState.WAITING), now
    row.review_unit_id = review_unit(row.member_id, row.unit_id, today)
    number, last = (1, None) if first else _last_sent(row.id)
    if sending.looked:
        keep(row, sending.looked, last)
    _keep_revision(row.id, number, now, rules.revision_body(draft, names.virtue, names.pledge))
    figures = counts.member_year(row.member_id, row.year, row.unit_id)
    counts.entry_moved(figures, None if new else before, row.state)
    if first:
        counts.week_changed(row.member_id, row.happened_on, 1)
        figures.entries_late += _is_late(row)
    audit.record(actor, "entry_send", "entry", row.id, row.unit_id, [number])


def _keep_revision(entry_id: UUID, number: int, now: datetime, body: dict[str, str]) -> None:
    db.session.add(EntryRevision(entry_id=entry_id, number=number, sent_at=now, body=body))


def _last_sent(entry_id: UUID) -> tuple[int, dict[str, str]]:
    """The number of the next revision, and the text of the last one."""
    sent = select(EntryRevision.number, EntryRevision.body).where(EntryRevision.entry_id == entry_id).order_by(EntryRevision.number.desc())
    last = db.session.execute(sent.limit(1)).one_or_none()
    return (last.number + 1, last.body) if last else (1, {})


def _is_late(row: Entry) -> bool:
    return rules.is_late(row.happened_on, row.written_at.astimezone(clock.VIETNAM).date())
