"""Pledges: what one holds and which state may follow which."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .errors import BadInput, WrongMoment
from .vietnamese import clean_line, clean_text
from .years import Activity, YearFacts, require_open

TITLE_LIMIT, HOW_LIMIT, TARGET_LIMIT, OUTCOME_LIMIT = 300, 2000, 300, 1000


class PledgeState(StrEnum):
    DRAFT = "draft"
    WAITING = "waiting"
    RETURNED = "returned"
    APPROVED = "approved"
    MET = "met"
    NOT_MET = "not_met"


class ChangeState(StrEnum):
    """Of a wish to change an approved pledge."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


STATE_LABELS = {
    PledgeState.DRAFT: "Nháp",
    PledgeState.WAITING: "Chờ bí thư",
    PledgeState.RETURNED: "Cần sửa",
    PledgeState.APPROVED: "Đã duyệt",
    PledgeState.MET: "Hoàn thành",
    PledgeState.NOT_MET: "Không hoàn thành",
}
TURNS = {
    PledgeState.DRAFT: "Chỉ bạn thấy; gửi khi đã sẵn sàng",
    PledgeState.WAITING: "Đến lượt bí thư",
    PledgeState.RETURNED: "Đến lượt bạn sửa và gửi lại",
    PledgeState.APPROVED: "Đến lượt bạn làm theo và báo kết quả",
}
FOUR_TESTS = ("ngắn gọn", "dễ nhớ", "dễ thực hiện", "dễ kiểm tra")  # what makes a good pledge
AUTHOR_S_TURN = frozenset({PledgeState.DRAFT, PledgeState.RETURNED})
ENDED = frozenset({PledgeState.MET, PledgeState.NOT_MET})
CONFIRMED = ENDED | {PledgeState.APPROVED}
NEXT = {
    PledgeState.DRAFT: {PledgeState.WAITING},
    PledgeState.WAITING: {PledgeState.APPROVED, PledgeState.RETURNED},
    PledgeState.RETURNED: {PledgeState.WAITING},
    PledgeState.APPROVED: {PledgeState.MET, PledgeState.NOT_MET, PledgeState.WAITING},  # back to waiting only by undoing the approval
    PledgeState.MET: {PledgeState.APPROVED},
    PledgeState.NOT_MET: {PledgeState.APPROVED},
}


@dataclass(frozen=True, slots=True)
class PledgeDraft:
    """What a member promises, already clean."""

    virtue_id: int | None
    title: str
    how: str = ""
    target: str = ""
    due_on: date | None = None


def move(state: PledgeState, wanted: PledgeState) -> PledgeState:
    """The state `wanted` if it may follow `state`; WrongMoment with words otherwise."""
    if wanted not in NEXT[state]:
        raise WrongMoment(f"Nội dung này đang ở trạng thái “{STATE_LABELS[state]}”, không chuyển sang “{STATE_LABELS[wanted]}” được.")
    return wanted


def require_editable(state: PledgeState) -> None:
    """Only a draft or a returned pledge may be changed by its author; WrongMoment otherwise."""
    if state not in AUTHOR_S_TURN:
        raise WrongMoment(f"Nội dung đang ở trạng thái “{STATE_LABELS[state]}” nên không sửa được.")


def clean_draft(draft: PledgeDraft, year: int) -> PledgeDraft:
    """The draft in clean text; BadInput at a field that is too long, without a title, or with a due day outside `year`."""
    clean = PledgeDraft(draft.virtue_id, clean_line(draft.title), clean_text(draft.how), clean_line(draft.target), draft.due_on)
    if not clean.title:
        raise BadInput("title", "Hãy ghi nội dung bạn sẽ làm theo.")
    for field, limit in (("title", TITLE_LIMIT), ("how", HOW_LIMIT), ("target", TARGET_LIMIT)):
        if len(getattr(clean, field)) > limit:
            raise BadInput(field, f"Mục này dài quá {limit} ký tự; hãy rút ngắn lại.")
    if clean.due_on is not None and clean.due_on.year != year:
        raise BadInput("due_on", f"Hạn hoàn thành phải trong năm {year}.")
    return clean


def require_complete(draft: PledgeDraft) -> None:
    """What is sent names its virtue; BadInput otherwise."""
    if draft.virtue_id is None:
        raise BadInput("virtue_id", "Hãy chọn một chuẩn mực trước khi gửi.")


def require_sendable(state: PledgeState, facts: YearFacts | None, day: date) -> None:
    """WrongMoment unless registering is open on `day`; what the secretary asked to mend may be sent again while diaries are written."""
    if state is PledgeState.RETURNED and facts is not None and facts.is_open(Activity.WRITING, day):
        return
    require_open(facts, Activity.REGISTERING, day)


def clean_outcome(outcome: PledgeState, words: str) -> str:
    """The author's words on how a pledge ended; a pledge not met says why (BadInput "words")."""
    clean = clean_text(words)
    if outcome is PledgeState.NOT_MET and not clean:
        raise BadInput("words", "Hãy ghi lý do không hoàn thành.")
    if len(clean) > OUTCOME_LIMIT:
        raise BadInput("words", f"Mục này dài quá {OUTCOME_LIMIT} ký tự; hãy rút ngắn lại.")
    return clean


def revision_body(draft: PledgeDraft, virtue: str) -> dict[str, str]:
    """A pledge as it is kept for each sending: plain words, so that later renaming changes nothing."""
    return {
        "virtue": virtue,
        "title": draft.title,
        "how": draft.how,
        "target": draft.target,
        "due_on": draft.due_on.isoformat() if draft.due_on else "",
    }
