"""A worked example of a scheme: a made-up person and a made-up branch whose figures one can change, and what the rules make of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .eligibility import Arrival, Eligibility, eligibility
from .figures import shares
from .measures import MEMBER_MEASURES, Measure, Measured
from .schemes import Cap, Scheme, allowed_by_cap, cap_base, cap_faults
from .suggestions import Suggestion, suggest

MOST_PEOPLE = 500
_USUAL_SHARES = (4, 15, 5, 1)  # of a branch of 25, from the highest level down
_USUAL_COUNTS = {"entries": 40, "late": 2, "returned": 1, "initiatives": 1, "commendations": 0, "discipline": 0}
_USUAL_PER_CENT = 86


@dataclass(frozen=True, slots=True)
class Example:
    """What one may change: a person's figures by code of measure (None: not known), how they came to the branch, and a branch's levels."""

    figures: Mapping[str, int | None] = field(default_factory=dict)
    months: int = 24
    moved: bool = False
    commented: bool = False
    party_member: bool = False
    sick_days: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LevelShare:
    """How many of the branch a level has, and their share in per cent."""

    code: str
    name: str
    count: int
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class CapFigure:
    """What a cap lets the branch have: its title, how many there are and may be, and whether that is passed."""

    words: str
    proposed: int
    allowed: int
    refuses: bool

    @property
    def passed(self) -> bool:
        return self.proposed > self.allowed


@dataclass(frozen=True, slots=True)
class Worked:
    """What the rules make of an example. `fault`: what a secretary who proposed these levels would be told."""

    eligibility: Eligibility
    suggestion: Suggestion
    people: int
    levels: tuple[LevelShare, ...]
    caps: tuple[CapFigure, ...]
    fault: str


def asked_measures(scheme: Scheme) -> tuple[Measure, ...]:
    """The measures that levels or points rest on, in their usual order."""
    asked = {condition.measure for level in scheme.levels for condition in level.conditions}
    asked |= {criterion.evidence for criterion in scheme.criteria if criterion.points}
    return tuple(measure for code, measure in MEMBER_MEASURES.items() if code in asked)


def usual_example(scheme: Scheme) -> Example:
    """An example to begin with: a fair year, and a branch of 25."""
    return Example({measure.code: _usual(measure) for measure in asked_measures(scheme)}, counts=_usual_counts(scheme))


def _usual(measure: Measure) -> int:
    return len(measure.names) - 1 if measure.names else _USUAL_COUNTS.get(measure.code, _USUAL_PER_CENT if measure.unit == "%" else 1)


def _usual_counts(scheme: Scheme) -> dict[str, int]:
    shown = (*_USUAL_SHARES, *[0] * len(scheme.levels))
    return {level.code: count for level, count in zip(scheme.levels, shown, strict=False)}


def work_out(scheme: Scheme, example: Example, year: int) -> Worked:
    """What the scheme makes of the example on the last days of `year`."""
    met_on = date(year, 12, 28)
    came_in = year * 12 + 11 - example.months
    arrival = Arrival(date(came_in // 12, came_in % 12 + 1, 28), example.moved, example.commented)
    measured = {measure.code: _measured(measure, example.figures.get(measure.code)) for measure in asked_measures(scheme)}
    counts = {level.code: example.counts.get(level.code, 0) for level in scheme.levels}
    of_all = shares(tuple(counts.values())) or (None,) * len(counts)
    return Worked(
        eligibility=eligibility(scheme, arrival, example.party_member, met_on),
        suggestion=suggest(scheme, measured, example.sick_days),
        people=sum(counts.values()),
        levels=tuple(LevelShare(one.code, one.name, counts[one.code], share) for one, share in zip(scheme.levels, of_all, strict=True)),
        caps=tuple(_cap_figure(cap, scheme, counts) for cap in scheme.caps),
        fault=cap_faults(scheme, counts).get("cap_reason", ""),
    )


def _measured(measure: Measure, value: int | None) -> Measured:
    return Measured(value, 100 if measure.unit == "%" and value is not None else None)


def _cap_figure(cap: Cap, scheme: Scheme, counts: Mapping[str, int]) -> CapFigure:
    base, level = cap_base(cap, scheme, counts), scheme.level(cap.level)
    words = f"{level.short}: {cap.share} % của {base} người"
    if cap.of_level:
        words += f" loại {scheme.level(cap.of_level).short.lower()} trở lên"
    return CapFigure(words, counts[cap.level], allowed_by_cap(cap, scheme, counts), cap.refuses)
