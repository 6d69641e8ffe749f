"""A unit's own year-end: its steps, whose turn it is, what is odd about a proposal, and the evidence a result rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from .errors import BadInput, WrongMoment
from .evaluations import REASON_LIMIT, RETURNED_LABEL, TEXT_LIMIT, EvaluationState
from .evaluations import STATE_LABELS as _MEMBER_LABELS
from .figures import number
from .measures import UNIT_MEASURES, Measured
from .permissions import Action, Subject
from .proposals import Choice
from .schemes import Level, Scheme, require_scheme
from .suggestions import Suggestion, suggest_unit
from .units import Place, lineage

STEPS = (EvaluationState.NOT_STARTED, EvaluationState.PROPOSED, EvaluationState.PASSED_ON, EvaluationState.DECIDED)
STATE_LABELS = {state: _MEMBER_LABELS[state] for state in STEPS} | {EvaluationState.NOT_STARTED: "Chưa đề nghị"}
NOTED = tuple(measure for measure in UNIT_MEASURES.values() if measure.noted)
"""The figures of a year that a unit writes down itself."""
FIGURE_LIMIT, WORDS_LIMIT = 10_000, 200
_SHORT = {
    "meetings_held": "{} buổi sinh hoạt",
    "registered": "đăng ký {}",
    "rated_well": "mức thứ hai trở lên {}",
    "rhythm": "nhịp ghi {} tuần",
    "fees": "đoàn phí {} quý",
    "topics": "{} chuyên đề",
    "initiatives": "{} mô hình, công trình",
    "branches_strong": "{} chi đoàn vững mạnh trở lên",
}
_BEFORE = {EvaluationState.PROPOSED: EvaluationState.NOT_STARTED, EvaluationState.PASSED_ON: EvaluationState.PROPOSED}


def is_rated(path: str) -> bool:
    """Whether the unit at `path` is rated: everything below the bloc is."""
    return len(lineage(path)) > 1


def awaited(state: EvaluationState, through_base: bool) -> Action | None:
    """What has to be done to the unit's year-end next; None after the decision. `through_base`: a base has its say before the bloc."""
    return {
        EvaluationState.NOT_STARTED: Action.EVALUATION_PROPOSE,
        EvaluationState.PROPOSED: Action.EVALUATION_PASS_ON if through_base else Action.EVALUATION_DECIDE,
        EvaluationState.PASSED_ON: Action.EVALUATION_DECIDE,
    }.get(state)


def subject_of(action: Action, place: Place, proposed_by: int | None) -> Subject:
    """The unit's year-end as the rules of rights see it: who proposed the level does not decide it."""
    barred = frozenset({proposed_by}) if action is Action.EVALUATION_DECIDE and proposed_by is not None else frozenset[int]()
    return Subject(place, barred=barred)


def require_awaited(state: EvaluationState, through_base: bool, action: Action) -> None:
    """WrongMoment unless `action` is what the unit's year-end waits for."""
    if awaited(state, through_base) is not action:
        raise WrongMoment(f"Xếp loại của đơn vị đang ở bước “{STATE_LABELS[state]}” nên không làm bước này được.")


def step_back(state: EvaluationState) -> EvaluationState:
    """The state one step before, for a return with words; WrongMoment where there is none."""
    if state not in _BEFORE:
        raise WrongMoment(f"Xếp loại của đơn vị đang ở bước “{STATE_LABELS[state]}” nên không trả lại được.")
    return _BEFORE[state]


def shown_state(state: EvaluationState, return_words: str) -> str:
    """The word a state is shown by: "Trả lại" while it stands returned."""
    return RETURNED_LABEL if return_words else STATE_LABELS[state]


def step_label(before: EvaluationState, after: EvaluationState) -> str:
    """A move in words: the state it led to, "Trả lại" for a step back, "Mở lại" for a result taken back."""
    if before is EvaluationState.DECIDED:
        return "Mở lại"
    return STATE_LABELS[after] if STEPS.index(after) > STEPS.index(before) else RETURNED_LABEL


def next_turn(state: EvaluationState, through_base: bool) -> str:
    """Who acts next, in words; "" after the decision."""
    return {
        Action.EVALUATION_PROPOSE: "Đến lượt bí thư đơn vị đề nghị",
        Action.EVALUATION_PASS_ON: "Đến lượt Đoàn cơ sở xét duyệt",
        Action.EVALUATION_DECIDE: "Đến lượt Đoàn Khối công nhận",
        None: "",
    }[awaited(state, through_base)]


def require_unit_scheme(scheme: Scheme | None, year: int) -> Scheme:
    """The scheme with its levels of units; WrongMoment saying what to do where the year has none."""
    found = require_scheme(scheme, year)
    if not found.unit_levels:
        raise WrongMoment(f"Bộ tiêu chí của năm {year} không có mức xếp loại tổ chức Đoàn nên chưa xếp loại tổ chức được.")
    return found


def unit_level(scheme: Scheme, code: str) -> Level | None:
    """The level of units called `code`; None for "" and for a code of another scheme."""
    return next((level for level in scheme.unit_levels if level.code == code), None)


def unit_rank(scheme: Scheme, code: str) -> int:
    """The level's place among those of units from 1, the highest; 0 for what is none of them."""
    return next((rank for rank, level in enumerate(scheme.unit_levels, 1) if level.code == code), 0)


def applicable(scheme: Scheme, measures: Mapping[str, Measured]) -> Scheme:
    """The scheme without the conditions and criteria of measures that do not apply to the unit: those `measures` leaves out."""
    levels = tuple(replace(level, conditions=tuple(c for c in level.conditions if c.measure in measures)) for level in scheme.unit_levels)
    criteria = tuple(one for one in scheme.unit_criteria if not one.evidence or one.evidence in measures)
    return replace(scheme, unit_levels=levels, unit_criteria=criteria)


def suggestion_of(scheme: Scheme, measures: Mapping[str, Measured]) -> Suggestion:
    """The level that the unit's figures speak for, by what of the scheme applies to it."""
    return suggest_unit(applicable(scheme, measures), measures)


def in_short(measures: Mapping[str, Measured]) -> tuple[str, ...]:
    """What is known in a few words each: "11 buổi", "đăng ký 13/14"."""
    known = ((code, one) for code, one in measures.items() if one.value is not None and code in _SHORT)
    return tuple(_SHORT[code].format(_figure(one)) for code, one in known)


def _figure(measured: Measured) -> str:
    count = number(measured.count or 0)
    return count if measured.of is None else f"{count}/{number(measured.of)}"


@dataclass(frozen=True, slots=True)
class Levels:
    """What was said of a unit's level so far, "" where nothing was; `suggested` is what the figures spoke for when it was proposed."""

    suggested: str = ""
    proposed: str = ""
    base: str = ""
    decided: str = ""

    @property
    def agreed(self) -> str:
        """The proposal where no base sees it differently, else ""."""
        return self.proposed if self.base in ("", self.proposed) else ""

    @property
    def latest(self) -> str:
        """What was said last."""
        return self.decided or self.base or self.proposed


def oddities(said: Levels) -> tuple[str, ...]:
    """What a reader should look at twice, each in words; () before there is a proposal."""
    if not said.proposed:
        return ()
    found = []
    if not said.suggested:
        found.append("Chưa đủ số liệu để gợi ý mức")
    elif said.suggested != said.proposed:
        found.append("Đề nghị khác gợi ý theo số liệu")
    if said.base and said.base != said.proposed:
        found.append("Đoàn cơ sở xếp khác đề nghị")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class UnitProposal:
    """What a unit says of its own year, already clean: the level it proposes, a few words, and why the level differs from the figures'."""

    level: str
    words: str
    reason: str = ""
    version: int = 0


def check_proposal(scheme: Scheme, proposal: UnitProposal, suggested: str) -> None:
    """BadInput unless there are words and a level of units, and a reason where it differs from what the figures speak for."""
    if not proposal.words:
        raise BadInput("words", "Hãy viết vài dòng về kết quả trong năm của đơn vị.")
    if len(proposal.words) > TEXT_LIMIT:
        raise BadInput("words", "Mục này dài quá 3.000 ký tự. Chữ bạn gõ vẫn còn; hãy rút ngắn lại.")
    if not unit_rank(scheme, proposal.level):
        raise BadInput("level", "Hãy chọn mức đề nghị.")
    if suggested and proposal.level != suggested and not proposal.reason:
        raise BadInput("reason", "Mức đề nghị khác gợi ý theo số liệu: hãy ghi lý do.")
    if len(proposal.reason) > REASON_LIMIT:
        raise BadInput("reason", "Lý do dài quá 1.000 ký tự; hãy viết ngắn lại.")


@dataclass(frozen=True, slots=True)
class Expected:
    """A unit above whose level somebody chooses: its name, and the level that needs no reason."""

    name: str
    level: str


def choice_faults(scheme: Scheme, units: Mapping[int, Expected], choices: Mapping[int, Choice], act: str) -> dict[str, str]:
    """What is missing of the levels chosen for units: a level of units for each, a reason where it differs from the one expected.

    `act` is what is done in words ("công nhận"). The fields of a fault are "level-ID" and "reason-ID".
    """
    faults: dict[str, str] = {}
    for unit_id, unit in units.items():
        choice = choices.get(unit_id) or Choice("")
        if not unit_rank(scheme, choice.level):
            faults[f"level-{unit_id}"] = f"Hãy chọn mức {act} cho {unit.name}."
        elif choice.level != unit.level and not choice.reason:
            faults[f"reason-{unit_id}"] = f"Mức {act} cho {unit.name} khác mức được đề nghị: hãy ghi lý do."
        elif len(choice.reason) > REASON_LIMIT:
            faults[f"reason-{unit_id}"] = "Lý do dài quá 1.000 ký tự; hãy viết ngắn lại."
    return faults


@dataclass(frozen=True, slots=True)
class UnitNote:
    """A figure a unit writes down of its year; `count` None takes the note away."""

    count: int | None
    words: str = ""


def check_figures(figures: Mapping[str, UnitNote]) -> None:
    """BadInput at the code of a figure that is none a unit notes, is negative or above ten thousand, or has too many words."""
    known = {measure.code for measure in NOTED}
    for code, figure in figures.items():
        if code not in known:
            raise BadInput(code, "Số liệu này không ghi tay.")
        if figure.count is not None and not 0 <= figure.count <= FIGURE_LIMIT:
            raise BadInput(code, "Hãy ghi một số từ 0 đến 10.000.")
        if figure.count is None and figure.words:
            raise BadInput(code, "Hãy ghi số lượng đi kèm phần ghi chú.")
        if len(figure.words) > WORDS_LIMIT:
            raise BadInput(code, f"Ghi chú dài quá {WORDS_LIMIT} ký tự; hãy rút ngắn lại.")


def measures_to_body(measures: Mapping[str, Measured]) -> dict[str, Any]:
    """The figures as plain data, fit for a JSON column; links are made anew for each reader."""
    return {code: {"count": one.count, "of": one.of, "words": one.words} for code, one in measures.items()}


def measures_from_body(body: Mapping[str, Any]) -> dict[str, Measured]:
    """The figures that `measures_to_body` made `body` from."""
    return {code: Measured(one["count"], one["of"], one["words"]) for code, one in body.items() if code in UNIT_MEASURES}
