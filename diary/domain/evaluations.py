"""Year-end: the steps an evaluation goes through, what is odd about a proposal."""

from collections.abc import Mapping
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


@dataclass(frozen=True, slots=True)
class Choice:
    """A level proposed or decided for one person, why, and the version of the evaluation the chooser saw."""

    level: str
    reason: str = ""
    version: int = 0


class BadChoices(BadInput):
    """Several fields of one table hold what the rules do not take; `faults` maps each field to its message."""

    def __init__(self, faults: Mapping[str, str]):
        field, message = next(iter(faults.items()))
        super().__init__(field, message)
        self.faults = dict(faults)


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


def oddities(scheme: Scheme, self_level: str, voted: str, proposed: str) -> tuple[str, ...]:
    """What a reader should look at twice, each in words; empty when self, vote and proposal agree.

    A level is a code of the scheme or "" while not given; a code of another scheme counts as not given.
    """
    rank = {level.code: number for number, level in enumerate(scheme.levels)}
    own, vote, wanted = rank.get(self_level), rank.get(voted), rank.get(proposed)
    found = []
    if own is None:
        found.append("Chưa tự đánh giá")
    if vote is None:
        found.append("Biểu quyết chưa mức nào quá nửa")
    if own is not None and vote is not None and own != vote:
        found.append("Tự xếp cao hơn biểu quyết" if own < vote else "Tự xếp thấp hơn biểu quyết")
    if wanted is not None and vote is not None and wanted != vote:
        found.append("Đề nghị khác biểu quyết")
    elif wanted is not None and vote is None and own not in (None, wanted):
        found.append("Đề nghị khác tự xếp loại")
    return tuple(found)


def needs_reason(self_level: str, voted: str, proposed: str) -> bool:
    """Whether a proposal must say why: it differs from what the member or the meeting said."""
    return bool(proposed) and (proposed != voted or (bool(self_level) and proposed != self_level))


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one person before a level is proposed or decided."""

    name: str
    self_level: str
    vote_level: str
    proposed_level: str = ""


def proposal_faults(scheme: Scheme, said: Mapping[str, Said], choices: Mapping[str, Choice]) -> dict[str, str]:
    """What is missing of a proposal: a level of the scheme for every person, a reason where it differs from self or vote.

    Keys are the persons' evaluation ids; the fields of a fault are "level-KEY" and "reason-KEY".
    """
    faults: dict[str, str] = {}
    for key, person in said.items():
        choice = choices.get(key) or Choice("")
        if not scheme.holds(choice.level):
            faults[f"level-{key}"] = f"Hãy chọn mức đề nghị cho {person.name}."
        elif not choice.reason and needs_reason(person.self_level, person.vote_level, choice.level):
            faults[f"reason-{key}"] = f"Mức đề nghị cho {person.name} khác tự xếp loại hoặc biểu quyết: hãy ghi lý do."
        elif len(choice.reason) > REASON_LIMIT:
            faults[f"reason-{key}"] = "Lý do dài quá 1.000 ký tự; hãy viết ngắn lại."
    return faults


def check_decisions(scheme: Scheme, said: Mapping[str, Said], choices: Mapping[str, Choice]) -> None:
    """BadChoices unless every person has a level of the scheme, and a reason where it differs from the proposal (fields as above)."""
    faults = {}
    for key, person in said.items():
        choice = choices.get(key) or Choice(person.proposed_level)
        if not scheme.holds(choice.level):
            faults[f"level-{key}"] = f"Hãy chọn mức công nhận cho {person.name}."
        elif choice.level != person.proposed_level and not choice.reason:
            faults[f"reason-{key}"] = f"Mức công nhận cho {person.name} khác đề nghị: hãy ghi lý do."
        elif len(choice.reason) > REASON_LIMIT:
            faults[f"reason-{key}"] = "Lý do dài quá 1.000 ký tự; hãy viết ngắn lại."
    if faults:
        raise BadChoices(faults)


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
