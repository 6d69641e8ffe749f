"""Proposals: what of one should be looked at twice, when it has to say why, and what a proposal or a decision lacks."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from .errors import BadFields
from .evaluations import REASON_LIMIT
from .evidence_sheets import NO_MONTHS, EvidenceSheet
from .evidence_sheets import to_body as sheet_to_body
from .measures import MEMBER_MEASURES, Measured
from .schemes import Scheme, cap_faults
from .suggestions import Suggestion, unknown_measures

TOO_LONG = "Lý do dài quá 1.000 ký tự; hãy viết ngắn lại."
_NOTHING = Suggestion("", "", ())
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Choice:
    """A level proposed or decided for one person, why, and the version of the evaluation the chooser saw."""

    level: str
    reason: str = ""
    version: int = 0


class BadChoices(BadFields):
    """Several fields of one table of people hold what the rules do not take."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the books say of one person's year: the figures by code of measure, what they speak for, a thin diary in words, and whether
    a branch left during the year gave no comment."""

    measures: Mapping[str, Measured] = field(default_factory=dict)
    suggestion: Suggestion = _NOTHING
    thin: str = ""
    uncommented: bool = False


def to_body(evidence: Evidence, months: Sequence[int] = NO_MONTHS) -> dict[str, Any]:
    """What a decision keeps of the evidence, as plain data, fit for a JSON column; `months` are approved entries by month."""
    sheet = EvidenceSheet(evidence.measures, tuple(months), evidence.suggestion)
    return {"evidence": sheet_to_body(sheet), "thin": evidence.thin}


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one person before a level is proposed or decided, and what the books say."""

    name: str
    self_level: str
    vote_level: str
    proposed_level: str = ""
    evidence: Evidence = Evidence()


@dataclass(frozen=True, slots=True)
class OddCases:
    """`of`: what should be looked at twice, in words, of each who is odd. `everywhere`: figures that nobody has whose level asks for them,
    said once for all of them."""

    of: Mapping[object, tuple[str, ...]]
    everywhere: str = ""


def odd_cases(scheme: Scheme, people: Mapping[K, Said], levels: Mapping[K, str]) -> OddCases:
    """Who of `people` should be looked at twice if they are given `levels`, with the reasons."""
    missing = {key: missing_figures(scheme, person.evidence, levels[key]) for key, person in people.items() if _asks(scheme, levels[key])}
    everywhere = len(missing) > 1 and all(missing.values())
    found = {
        key: (*oddities(scheme, person, levels[key]), *(() if everywhere else _lacking(missing.get(key, ()))))
        for key, person in people.items()
    }
    labels = dict.fromkeys(label for theirs in missing.values() for label in theirs)
    return OddCases({key: words for key, words in found.items() if words}, "; ".join(labels) if everywhere else "")


def oddities(scheme: Scheme, said: Said, level: str) -> tuple[str, ...]:
    """What should be looked at twice where one is given `level`, each in words; () when self, vote, level and evidence agree.

    A level is a code of the scheme or "" while not given; a code of another scheme counts as not given.
    """
    own, vote, wanted = scheme.rank(said.self_level), scheme.rank(said.vote_level), scheme.rank(level)
    cases = {
        "Chưa tự đánh giá": not own,
        "Biểu quyết chưa mức nào quá nửa": not vote,
        "Tự xếp cao hơn biểu quyết": 0 < own < vote,
        "Tự xếp thấp hơn biểu quyết": 0 < vote < own,
        "Đề nghị khác biểu quyết": wanted and vote and wanted != vote,
        "Đề nghị khác tự xếp loại": wanted and own and not vote and wanted != own,
        _above_words(scheme, said.evidence.suggestion): above_evidence(scheme, said.evidence, level),
        said.evidence.thin: said.evidence.thin,
        "Nơi chuyển đi chưa ghi nhận xét": said.evidence.uncommented,
    }
    return tuple(words for words, holds in cases.items() if holds)


def above_evidence(scheme: Scheme, evidence: Evidence, level: str) -> bool:
    """Whether `level` is higher than anything the figures let one have."""
    return 0 < scheme.rank(level) < scheme.rank(evidence.suggestion.at_most)


def _above_words(scheme: Scheme, suggestion: Suggestion) -> str:
    if not scheme.holds(suggestion.at_most):
        return ""
    short = scheme.level(suggestion.at_most).short
    return f"Đề nghị cao hơn số liệu ({'gợi ý' if suggestion.level else 'nhiều nhất là'} {short})"


def missing_figures(scheme: Scheme, evidence: Evidence, level: str) -> tuple[str, ...]:
    """Labels of the figures that `level` asks for and nobody noted."""
    unknown = unknown_measures(evidence.suggestion)
    asked = scheme.level(level).conditions if scheme.holds(level) else ()
    labels = [MEMBER_MEASURES[one.measure].label for one in asked if one.measure in unknown]
    open_points = scheme.holds(level) and scheme.level(level).points_from and "" in unknown
    return (*labels, "Điểm theo tiêu chí") if open_points else tuple(labels)


def _asks(scheme: Scheme, level: str) -> bool:
    return scheme.holds(level) and bool(scheme.level(level).conditions or scheme.level(level).points_from)


def _lacking(labels: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"Chưa đủ số liệu: {label[:1].lower()}{label[1:]}" for label in labels)


def needs_reason(scheme: Scheme, said: Said, level: str) -> bool:
    """Whether a proposal must say why: it differs from what the member or the meeting said, or is above what the figures allow."""
    differs = level != said.vote_level or (bool(said.self_level) and level != said.self_level)
    return bool(level) and (differs or above_evidence(scheme, said.evidence, level))


def proposal_faults(scheme: Scheme, said: Mapping[str, Said], choices: Mapping[str, Choice]) -> dict[str, str]:
    """What is missing of a proposal: a level of the scheme for every person, a reason where one is needed.

    Keys are the persons' evaluation ids; the fields of a fault are "level-KEY" and "reason-KEY".
    """
    faults: dict[str, str] = {}
    for key, person in said.items():
        choice = choices.get(key) or Choice("")
        if not scheme.holds(choice.level):
            faults[f"level-{key}"] = f"Hãy chọn mức đề nghị cho {person.name}."
        elif not choice.reason and needs_reason(scheme, person, choice.level):
            faults[f"reason-{key}"] = f"Mức đề nghị cho {person.name} {_differs_from(scheme, person, choice.level)}: hãy ghi lý do."
        elif len(choice.reason) > REASON_LIMIT:
            faults[f"reason-{key}"] = TOO_LONG
    return faults


def _differs_from(scheme: Scheme, said: Said, level: str) -> str:
    if level == said.vote_level and level == (said.self_level or level):
        return "cao hơn số liệu trong năm"
    return "khác tự xếp loại hoặc biểu quyết"


def check_decisions(scheme: Scheme, said: Mapping[str, Said], choices: Mapping[str, Choice], counts: Mapping[str, int]) -> None:
    """BadChoices unless every person has a level of the scheme, a reason where it differs from the proposal (fields as above), and no cap
    that refuses is passed by `counts`, how many of the branch would have each level (field "cap_reason")."""
    faults = {}
    for key, person in said.items():
        choice = choices.get(key) or Choice(person.proposed_level)
        if not scheme.holds(choice.level):
            faults[f"level-{key}"] = f"Hãy chọn mức công nhận cho {person.name}."
        elif choice.level != person.proposed_level and not choice.reason:
            faults[f"reason-{key}"] = f"Mức công nhận cho {person.name} khác đề nghị: hãy ghi lý do."
        elif len(choice.reason) > REASON_LIMIT:
            faults[f"reason-{key}"] = TOO_LONG
    faults |= cap_faults(scheme, counts, reason="given with the proposal, or at the level that was changed")
    if faults:
        raise BadChoices(faults)
