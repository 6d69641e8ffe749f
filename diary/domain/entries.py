"""Entries: what one holds, how long each part may be, which days it may name, and which state may follow which."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from .dates import screen_day
from .errors import BadInput, WrongMoment
from .figures import number, parse_number
from .vietnamese import clean_line, clean_text, fold
from .years import Activity, YearFacts, require_open, require_unlocked

DID_LIMIT, PEOPLE_LIMIT, RESULT_LIMIT, UNIT_LIMIT, LESSON_LIMIT, NOTE_LIMIT, ADDITION_LIMIT = 5000, 300, 200, 40, 2000, 5000, 2000
LATE_AFTER_DAYS = 7  # written later than this after the deed, an entry counts as late


class EntryState(StrEnum):
    DRAFT = "draft"
    WAITING = "waiting"
    RETURNED = "returned"
    APPROVED = "approved"
    LOCKED = "locked"


STATE_LABELS = {
    EntryState.DRAFT: "Nháp",
    EntryState.WAITING: "Chờ bí thư",
    EntryState.RETURNED: "Cần bổ sung",
    EntryState.APPROVED: "Đã duyệt",
    EntryState.LOCKED: "Đã khóa",
}
TURNS = {
    EntryState.DRAFT: "Chưa gửi, đến lượt bạn",
    EntryState.WAITING: "Đến lượt bí thư",
    EntryState.RETURNED: "Đến lượt bạn",
}
AUTHOR_S_TURN = frozenset({EntryState.DRAFT, EntryState.RETURNED})
NEXT = {
    EntryState.DRAFT: {EntryState.WAITING},
    EntryState.WAITING: {EntryState.APPROVED, EntryState.RETURNED},
    EntryState.RETURNED: {EntryState.WAITING},
    EntryState.APPROVED: {EntryState.LOCKED, EntryState.WAITING},  # back to waiting only by undoing the approval
    EntryState.LOCKED: {EntryState.APPROVED},
}


class Field(StrEnum):
    """Lĩnh vực."""

    SELF = "self"
    WORK = "work"
    COMMUNITY = "community"


LIMITS = {
    "did": DID_LIMIT,
    "people": PEOPLE_LIMIT,
    "result": RESULT_LIMIT,
    "result_unit": UNIT_LIMIT,
    "lesson": LESSON_LIMIT,
    "private_note": NOTE_LIMIT,
}
FIELD_LABELS = {Field.SELF: "Với bản thân", Field.WORK: "Với công việc", Field.COMMUNITY: "Với cộng đồng"}


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """What a member types; `private_note` None leaves the stored note as it is, an empty one takes it away."""

    happened_on: date
    did: str
    pledge_id: UUID | None = None
    virtue_id: int | None = None
    field: Field | None = None
    people: str = ""
    result: str = ""
    result_unit: str = ""
    lesson: str = ""
    private_note: str | None = None


def move(state: EntryState, wanted: EntryState) -> EntryState:
    """The state `wanted` if it may follow `state`; WrongMoment with words otherwise."""
    if wanted not in NEXT[state]:
        raise WrongMoment(f"Bài này đang ở trạng thái “{STATE_LABELS[state]}”, không chuyển sang “{STATE_LABELS[wanted]}” được.")
    return wanted


def require_editable(state: EntryState) -> None:
    """Only a draft or a returned entry may be changed by its author; WrongMoment otherwise."""
    if state not in AUTHOR_S_TURN:
        raise WrongMoment(f"Bài đang ở trạng thái “{STATE_LABELS[state]}” nên chưa sửa được. Bạn vẫn có thể bổ sung sau khi bí thư duyệt.")


def clean_draft(draft: EntryDraft) -> EntryDraft:
    """The draft in clean text; BadInput at a field that is too long, or where the deed itself is missing."""
    note = draft.private_note
    clean = replace(
        draft,
        did=clean_text(draft.did),
        people=clean_line(draft.people),
        result=clean_line(draft.result),
        result_unit=clean_line(draft.result_unit),
        lesson=clean_text(draft.lesson),
        private_note=None if note is None else clean_text(note),
    )
    if not clean.did:
        raise BadInput("did", "Hãy ghi việc đã làm.")
    for field, limit in LIMITS.items():
        if len(getattr(clean, field) or "") > limit:
            raise BadInput(field, f"Mục này dài quá {number(limit)} ký tự. Chữ bạn gõ vẫn còn; hãy rút ngắn lại.")
    return clean


def clean_addition(words: str) -> str:
    """The words of a late addition, clean; BadInput "words" where there are none or too many."""
    clean = clean_text(words)
    if not clean:
        raise BadInput("words", "Hãy ghi phần muốn bổ sung.")
    if len(clean) > ADDITION_LIMIT:
        raise BadInput("words", f"Phần bổ sung dài quá {number(ADDITION_LIMIT)} ký tự. Chữ bạn gõ vẫn còn; hãy rút ngắn lại.")
    return clean


def require_writable(state: EntryState, happened_on: date, facts: YearFacts | None, today: date) -> None:
    """Whether an entry in `state` may be written for `happened_on` today, `facts` being those of that day's year.

    The year must stand open for writing; a returned entry may be mended as long as its year is not locked.
    BadInput "happened_on" for a day to come or in a year nobody opened, WrongMoment while the year is closed or locked.
    """
    check_day(happened_on, today)
    if facts is None:
        raise BadInput("happened_on", f"Năm công tác {happened_on.year} chưa được mở nên chưa ghi được việc của năm đó.")
    if state is EntryState.RETURNED:
        require_unlocked(facts)
    else:
        require_open(facts, Activity.WRITING, today)


def require_additions(state: EntryState) -> None:
    """Only an approved entry is added to; what still waits or was returned is changed itself. WrongMoment otherwise."""
    if state is not EntryState.APPROVED:
        raise WrongMoment(f"Bài đang ở trạng thái “{STATE_LABELS[state]}”; chỉ bổ sung được bài đã duyệt.")


def check_day(happened_on: date, today: date, first: date | None = None) -> None:
    """An entry names a day of its year, not after today and not before `first` (its year's or the membership's first day)."""
    if happened_on > today:
        raise BadInput("happened_on", "Ngày thực hiện chưa tới. Hãy chọn hôm nay hoặc một ngày đã qua.")
    if first is not None and happened_on < first:
        raise BadInput("happened_on", f"Ngày thực hiện sớm quá: sổ này bắt đầu từ {screen_day(first)}.")


def is_late(happened_on: date, written_on: date) -> bool:
    """Whether the entry was written down more than LATE_AFTER_DAYS days after the deed."""
    return (written_on - happened_on).days > LATE_AFTER_DAYS


def search_text(draft: EntryDraft) -> str:
    """The folded words an entry is found by: everything but the private note."""
    return fold(" ".join((draft.did, draft.people, draft.result, draft.result_unit, draft.lesson)))


def result_number(draft: EntryDraft) -> Decimal | None:
    """The result as a figure where it is one ("6", "1.500.000"); None where it is words."""
    return parse_number(draft.result)


def shown_result(result: str, unit: str) -> str:
    """The result as people read it: "72000" and "đồng" make "72.000 đồng"; words stay as they were typed."""
    figure = number(int(result)) if result.isascii() and result.isdigit() else result
    return f"{figure} {unit}".strip() if figure else ""


def revision_body(draft: EntryDraft, virtue: str, pledge: str) -> dict[str, str]:
    """An entry as it is kept for each sending: plain words, so that later renaming changes nothing. Never the private note."""
    return {
        "happened_on": draft.happened_on.isoformat(),
        "pledge": pledge,
        "virtue": virtue,
        "field": FIELD_LABELS[draft.field] if draft.field else "",
        "did": draft.did,
        "people": draft.people,
        "result": draft.result,
        "result_unit": draft.result_unit,
        "lesson": draft.lesson,
    }


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """An entry as the rules see it (see `permissions.Subject` for the rights)."""

    id: UUID
    member_id: int
    state: EntryState
    version: int
    happened_on: date
    sent_at: datetime | None
