"""Year-end: the steps an evaluation goes through, what a vote gives, who is rated, what is odd about a proposal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .errors import WrongMoment
from .schemes import Scheme

TEXT_LIMIT = 3000
REASON_LIMIT = 1000


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
class Eligibility:
    """Whether a member is rated, and the reason in words when not."""

    rated: bool
    reason: str = ""


def move(state: EvaluationState, wanted: EvaluationState, base_between: bool = True) -> EvaluationState:
    """The state `wanted` if it may follow `state`; a proposal skips the base only where none stands between branch and bloc."""
    allowed = NEXT[state]
    if state is EvaluationState.PROPOSED:
        allowed = {EvaluationState.PASSED_ON if base_between else EvaluationState.DECIDED}
    if wanted not in allowed:
        raise WrongMoment(f"Đánh giá này đang ở bước “{STATE_LABELS[state]}”, chưa chuyển sang “{STATE_LABELS[wanted]}” được.")
    return wanted


def step_back(state: EvaluationState) -> EvaluationState:
    """The state one step before `state`, for a return with words; WrongMoment where there is none."""
    if state not in ONE_STEP_BACK:
        raise WrongMoment(f"Đánh giá đang ở bước “{STATE_LABELS[state]}” nên không trả lại được.")
    return ONE_STEP_BACK[state]


def needed_for_quorum(members: int) -> int:
    """How many of `members` must be present: more than half."""
    return members // 2 + 1


def vote_level(votes: Mapping[str, int], present: int) -> str:
    """The level that more than half of those present voted for, or "" when none has that many."""
    return next((level for level, count in votes.items() if 2 * count > present), "")


def months_between(start: date, end: date) -> int:
    """Whole months from `start` to `end`."""
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def eligibility(scheme: Scheme, in_branch_since: date | None, party_member: bool, on_day: date) -> Eligibility:
    """Whether the scheme rates this member on `on_day`; `in_branch_since` None means since before the records."""
    if party_member and not scheme.rates_party_members:
        return Eligibility(False, "Đảng viên: chi đoàn chỉ nhận xét, không xếp loại")
    if in_branch_since is not None and months_between(in_branch_since, on_day) < scheme.minimum_months:
        return Eligibility(False, f"Về chi đoàn từ {in_branch_since:%d/%m/%Y}, chưa đủ {scheme.minimum_months} tháng")
    return Eligibility(True)


def oddities(scheme: Scheme, self_level: str, voted: str, proposed: str) -> tuple[str, ...]:
    """What a reader should look at twice, each in words; empty when self, vote and proposal agree."""
    rank = {level.code: number for number, level in enumerate(scheme.levels)}
    found = []
    if not self_level:
        found.append("Chưa tự đánh giá")
    if not voted:
        found.append("Biểu quyết chưa mức nào quá nửa")
    if self_level and voted and rank[self_level] != rank[voted]:
        found.append("Tự xếp cao hơn biểu quyết" if rank[self_level] < rank[voted] else "Tự xếp thấp hơn biểu quyết")
    if proposed and voted and proposed != voted:
        found.append("Đề nghị khác biểu quyết")
    elif proposed and self_level and not voted and proposed != self_level:
        found.append("Đề nghị khác tự xếp loại")
    return tuple(found)


def needs_reason(self_level: str, voted: str, proposed: str) -> bool:
    """Whether a proposal must say why: it differs from what the member or the meeting said."""
    return bool(proposed) and (proposed != voted or (bool(self_level) and proposed != self_level))
