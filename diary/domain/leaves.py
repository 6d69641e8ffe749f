"""Leave: days a member is away, so that their weeks are not due; long sick leave may cap the level of the year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .dates import screen_day
from .errors import BadInput
from .rhythm import Days
from .vietnamese import clean_line

NOTE_LIMIT = 200
LONGEST = 366  # days of one leave
YEARS_BACK = 2
DAYS_AHEAD = 366


class LeaveKind(StrEnum):
    ANNUAL = "annual"
    MATERNITY = "maternity"
    SICK = "sick"
    OTHER = "other"


KIND_LABELS = {
    LeaveKind.ANNUAL: "Nghỉ phép",
    LeaveKind.MATERNITY: "Thai sản",
    LeaveKind.SICK: "Nghỉ ốm",
    LeaveKind.OTHER: "Lý do khác",
}


@dataclass(frozen=True, slots=True)
class LeaveDraft:
    """A leave as someone notes it: first and last day, both of leave, why, and a remark."""

    from_day: date
    to_day: date
    kind: LeaveKind
    note: str = ""


def clean_leave(draft: LeaveDraft, today: date) -> LeaveDraft:
    """The draft with its remark clean. BadInput where the days stand wrong or too far away, or they or the remark are too long."""
    if draft.to_day < draft.from_day:
        raise BadInput("to_day", "Ngày cuối đứng trước ngày đầu. Hãy xem lại hai ngày.")
    if (draft.to_day - draft.from_day).days >= LONGEST:
        raise BadInput("to_day", "Mỗi lần ghi nhiều nhất một năm. Nghỉ dài hơn thì ghi thành nhiều đợt nối nhau.")
    if draft.from_day < date(today.year - YEARS_BACK, 1, 1):
        raise BadInput("from_day", f"Chỉ ghi được ngày nghỉ từ 01/01/{today.year - YEARS_BACK}.")
    if draft.from_day > today + timedelta(days=DAYS_AHEAD):
        raise BadInput("from_day", "Ngày đầu còn xa quá một năm. Hãy ghi khi gần tới.")
    note = clean_line(draft.note)
    if len(note) > NOTE_LIMIT:
        raise BadInput("note", f"Ghi chú dài quá {NOTE_LIMIT} ký tự; hãy viết ngắn lại.")
    return LeaveDraft(draft.from_day, draft.to_day, draft.kind, note)


def require_apart(draft: LeaveDraft, others: Iterable[Days]) -> None:
    """BadInput unless the draft shares no day with any of the member's `others`: a day counts for one leave only."""
    for other in others:
        if draft.from_day <= other.to_day and other.from_day <= draft.to_day:
            span = f"{screen_day(other.from_day)} – {screen_day(other.to_day)}"
            raise BadInput("from_day", f"Có ngày trùng với đợt nghỉ {span} đã ghi. Hãy sửa đợt ấy, hoặc chọn ngày khác.")
