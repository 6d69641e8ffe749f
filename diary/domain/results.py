"""Results of a year: where each evaluation waits, why someone is not rated, and what a unit's year-end is in counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .eligibility import Eligibility
from .evaluations import EvaluationState
from .figures import shares


class Turn(StrEnum):
    """Where what is not decided yet waits."""

    MEMBER = "member"
    MEETING = "meeting"
    SECRETARY = "secretary"
    BASE = "base"
    BLOC = "bloc"


TURN_LABELS = {
    Turn.MEMBER: "Chưa tự đánh giá",
    Turn.MEETING: "Chờ chi đoàn họp xét",
    Turn.SECRETARY: "Chờ bí thư chi đoàn đề nghị",
    Turn.BASE: "Chờ Đoàn cơ sở xét duyệt",
    Turn.BLOC: "Chờ Đoàn Khối công nhận",
}


class Unrated(StrEnum):
    """Why someone of a branch is not rated."""

    PARTY = "party"
    TOO_NEW = "too_new"


UNRATED_LABELS = {Unrated.PARTY: "Đảng viên, chi đoàn chỉ nhận xét", Unrated.TOO_NEW: "Chưa đủ thời gian ở chi đoàn"}

_TURNS = {
    EvaluationState.NOT_STARTED: Turn.MEMBER,
    EvaluationState.SELF_ASSESSED: Turn.MEETING,
    EvaluationState.MET: Turn.SECRETARY,
    EvaluationState.PROPOSED: Turn.BASE,
    EvaluationState.PASSED_ON: Turn.BLOC,
}


def turn_of(state: EvaluationState, through_base: bool) -> Turn | None:
    """Whose turn an evaluation is; None once it is decided. What is proposed goes straight to the bloc where no base stands between."""
    turn = _TURNS.get(state)
    return Turn.BLOC if turn is Turn.BASE and not through_base else turn


def unrated_of(found: Eligibility) -> Unrated | None:
    """Why someone is not rated; None for who is."""
    if found.rated:
        return None
    return Unrated.PARTY if found.commented_only else Unrated.TOO_NEW


@dataclass(frozen=True, slots=True)
class UnitResult:
    """A unit's year-end in counts of people: decided at each level, the highest first, what waits where, who is not rated and why, and the
    levels of the year before, () where there is nothing to hold them against."""

    unit_id: int
    name: str
    counts: tuple[int, ...]
    waiting: Mapping[Turn, int]
    unrated: Mapping[Unrated, int]
    before: tuple[int, ...] = ()

    @property
    def rated(self) -> int:
        """How many were given a level: what every share is a share of."""
        return sum(self.counts)

    @property
    def shares(self) -> tuple[Decimal, ...]:
        """Of each level in per cent, together 100,0; () where nobody is rated."""
        return shares(self.counts)

    @property
    def shares_before(self) -> tuple[Decimal, ...]:
        """Of each level the year before, () where nobody was rated or the levels were others."""
        return shares(self.before)

    @property
    def waits(self) -> int:
        return sum(self.waiting.values())

    @property
    def people(self) -> int:
        return self.rated + self.waits + sum(self.unrated.values())
