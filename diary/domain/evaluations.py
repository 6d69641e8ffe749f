"""Year-end: the steps an evaluation goes through, what a member says of their own year, and the paper of a decision."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .dates import screen_day
from .errors import BadInput, WrongMoment
from .schemes import Scheme
from .units import lineage

TEXT_LIMIT = 3000
REASON_LIMIT = 1000
NUMBER_LIMIT = 40
BEST_ENTRIES = 5  # how many entries a member may choose to stand for the year


class EvaluationState(StrEnum):
    NOT_STARTED = "not_started"
    SELF_ASSESSED = "self_assessed"
    MET = "met"
    PROPOSED = "proposed"
    PASSED_ON = "passed_on"
    DECIDED = "decided"


STATE_LABELS = {
    EvaluationState.NOT_STARTED: "Chưa tự đánh giá",
    EvaluationState.SELF_ASSESSED: "Đã tự đánh giá",
    EvaluationState.MET: "Đã họp",
    EvaluationState.PROPOSED: "Đã đề nghị",
    EvaluationState.PASSED_ON: "Đã chuyển lên",
    EvaluationState.DECIDED: "Đã quyết định",
}
RETURNED_LABEL = "Trả lại"
NEXT = {
    EvaluationState.NOT_STARTED: {EvaluationState.SELF_ASSESSED, EvaluationState.MET},
    EvaluationState.SELF_ASSESSED: {EvaluationState.MET},
    EvaluationState.MET: {EvaluationState.PROPOSED},
    EvaluationState.PROPOSED: {EvaluationState.PASSED_ON, EvaluationState.DECIDED},
    EvaluationState.PASSED_ON: {EvaluationState.DECIDED},
    EvaluationState.DECIDED: set(),
}
ONE_STEP_BACK = {
    EvaluationState.SELF_ASSESSED: EvaluationState.NOT_STARTED,
    EvaluationState.MET: EvaluationState.SELF_ASSESSED,
    EvaluationState.PROPOSED: EvaluationState.MET,
    EvaluationState.PASSED_ON: EvaluationState.PROPOSED,
}
BEFORE_THE_MEETING = frozenset({EvaluationState.NOT_STARTED, EvaluationState.SELF_ASSESSED})
SENT_UP = frozenset({EvaluationState.PROPOSED, EvaluationState.PASSED_ON, EvaluationState.DECIDED})


class Attendance(StrEnum):
    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"


ATTENDANCE_LABELS = {Attendance.PRESENT: "Có mặt", Attendance.EXCUSED: "Vắng có phép", Attendance.ABSENT: "Vắng không phép"}


@dataclass(frozen=True, slots=True)
class SelfAssessment:
    """What a member says of their own year, already clean; `level` is a code of the year's scheme."""

    strengths: str
    weaknesses: str
    remedies: str
    level: str


def base_between(path: str) -> bool:
    """Whether a unit stands between the branch at `path` and the bloc, so that proposals pass through it."""
    return len(lineage(path)) > 2


def shown_state(state: EvaluationState, return_words: str) -> str:
    """The word a state is shown by: "Trả lại" while it stands returned."""
    return RETURNED_LABEL if return_words else STATE_LABELS[state]


def next_turn(state: EvaluationState, through_base: bool) -> str:
    """Who acts next, in words; "" after the decision."""
    above = "Đoàn cơ sở xét duyệt" if through_base else "Đoàn Khối công nhận"
    return {
        EvaluationState.NOT_STARTED: "Đến lượt đoàn viên tự đánh giá",
        EvaluationState.SELF_ASSESSED: "Đến lượt chi đoàn họp xét",
        EvaluationState.MET: "Đến lượt bí thư chi đoàn đề nghị",
        EvaluationState.PROPOSED: f"Đến lượt {above}",
        EvaluationState.PASSED_ON: "Đến lượt Đoàn Khối công nhận",
        EvaluationState.DECIDED: "",
    }[state]


def check_self_assessment(scheme: Scheme, said: SelfAssessment, chosen: int, complete: bool) -> None:
    """BadInput unless the words fit; a complete one names strengths and a level, a draft may leave both open. `chosen` entries."""
    if chosen > BEST_ENTRIES:
        raise BadInput("best", f"Chọn nhiều nhất {BEST_ENTRIES} bài tiêu biểu; bạn đang chọn {chosen}.")
    for field, text in (("strengths", said.strengths), ("weaknesses", said.weaknesses), ("remedies", said.remedies)):
        if len(text) > TEXT_LIMIT:
            raise BadInput(field, "Mục này dài quá 3.000 ký tự. Chữ bạn gõ vẫn còn; hãy rút ngắn lại.")
    if said.level and not scheme.holds(said.level):
        raise BadInput("level", "Hãy chọn một mức trong danh sách.")
    if complete and not said.strengths:
        raise BadInput("strengths", "Hãy ghi ưu điểm của bạn trong năm.")
    if complete and not said.level:
        raise BadInput("level", "Hãy chọn mức tự xếp loại.")


def move(state: EvaluationState, wanted: EvaluationState, base_between: bool = True) -> EvaluationState:
    """The state `wanted` if it may follow `state`; a proposal skips the base only where none stands between branch and bloc."""
    allowed = NEXT[state]
    if state is EvaluationState.PROPOSED:
        allowed = {EvaluationState.PASSED_ON if base_between else EvaluationState.DECIDED}
    if wanted not in allowed:
        raise WrongMoment(f"Đánh giá này đang ở bước “{STATE_LABELS[state]}”, chưa chuyển sang “{STATE_LABELS[wanted]}” được.")
    return wanted


def step_back(state: EvaluationState, self_assessed: bool = True) -> EvaluationState:
    """The state one step before `state`, for a return with words; WrongMoment where there is none.

    A meeting may vote on a member who never assessed the year: with `self_assessed` false it goes back to before that.
    """
    if state not in ONE_STEP_BACK:
        raise WrongMoment(f"Đánh giá đang ở bước “{STATE_LABELS[state]}” nên không trả lại được.")
    before = ONE_STEP_BACK[state]
    return EvaluationState.NOT_STARTED if before is EvaluationState.SELF_ASSESSED and not self_assessed else before


def clean_return(words: str) -> str:
    """The words of a return, already clean; BadInput "words" when there are none or too many."""
    if not words:
        raise BadInput("words", "Hãy ghi lý do trả lại để người nhận biết cần làm gì.")
    if len(words) > REASON_LIMIT:
        raise BadInput("words", "Lý do dài quá 1.000 ký tự; hãy viết ngắn lại.")
    return words


def check_decision_paper(number: str, decided_on: date | None, earliest: date | None, today: date) -> None:
    """BadInput unless the decision has a number and a day that is neither ahead nor before `earliest` (the meeting's day)."""
    if not number:
        raise BadInput("number", "Hãy ghi số quyết định, ví dụ 21-QĐ/ĐTNK.")
    if len(number) > NUMBER_LIMIT:
        raise BadInput("number", f"Số quyết định dài quá {NUMBER_LIMIT} ký tự.")
    if decided_on is None:
        raise BadInput("decided_on", "Hãy ghi ngày quyết định.")
    if decided_on > today:
        raise BadInput("decided_on", "Ngày quyết định chưa tới. Hãy chọn hôm nay hoặc một ngày đã qua.")
    if earliest is not None and decided_on < earliest:
        raise BadInput("decided_on", f"Ngày quyết định sớm hơn ngày chi đoàn họp ({screen_day(earliest)}).")
