"""The evidence of a member's year: every measure, entries by month, and the level they speak for; frozen with a decision."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from . import year_figures, year_registers
from .measures import MEMBER_MEASURES, Measure, Measured
from .suggestions import Points, Reason, ReasonKind, Suggestion

NO_MONTHS = (0,) * 12


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A measure with what is known of it; `figure` "" where nothing is."""

    measure: Measure
    measured: Measured

    @property
    def figure(self) -> str:
        """The figure, or the name of a ranked result."""
        names = self.measure.names
        return names.get(self.measured.count or 0, "") if names else self.measure.figure(self.measured)


@dataclass(frozen=True, slots=True)
class EvidenceSheet:
    """What the books say of a member's year. `months` are approved entries by month of the deed, January first; `suggestion` None in a
    year without a scheme, or where an old decision kept none."""

    measures: Mapping[str, Measured]
    months: tuple[int, ...] = NO_MONTHS
    suggestion: Suggestion | None = None

    @property
    def lines(self) -> tuple[EvidenceLine, ...]:
        """Every measure, in the order they are shown; the two that participation is made of give way to it where both are unknown."""
        known = {code: self.measures.get(code, Measured()) for code in MEMBER_MEASURES}
        apart = {code for code in ("meetings", "activities") if known[code].value is None}
        return tuple(EvidenceLine(measure, known[code]) for code, measure in MEMBER_MEASURES.items() if code not in apart)

    @property
    def points(self) -> Mapping[str, Points]:
        """In a scheme of points, what each criterion earned, by its code."""
        return {one.criterion: one for one in self.suggestion.points} if self.suggestion else {}


def to_body(sheet: EvidenceSheet) -> dict[str, Any]:
    """The evidence as plain data, fit for a JSON column; links are not kept."""
    known = {code: [one.count, one.of, one.words] for code, one in sheet.measures.items() if one.value is not None}
    return {"measures": known, "months": list(sheet.months), "suggestion": _suggestion_body(sheet.suggestion)}


def from_body(body: Mapping[str, Any]) -> EvidenceSheet:
    """The evidence that `to_body` made `body` from."""
    measures = {code: Measured(count, of, words) for code, (count, of, words) in body["measures"].items()}
    return EvidenceSheet(measures, tuple(body["months"]), _suggestion(body["suggestion"]))


def without_words(body: Mapping[str, Any]) -> dict[str, Any]:
    """The same with figures and levels only: what people wrote beside a figure is gone."""
    kept = from_body(body)
    return to_body(replace(kept, measures={code: Measured(one.count, one.of) for code, one in kept.measures.items()}))


def kept_evidence(snapshot: Mapping[str, Any]) -> EvidenceSheet | None:
    """The evidence a decision rested on; decisions made before sheets were kept have figures and registers only. None where there is
    neither."""
    if "evidence" in snapshot:
        return from_body(snapshot["evidence"])
    figures = snapshot.get("figures") or {}
    if not year_figures.complete(figures):
        return None
    registers = snapshot.get("registers")
    noted = year_registers.measures(year_registers.from_body(registers)) if registers else {}
    return EvidenceSheet(year_figures.measures(year_figures.from_body(figures)) | noted)


def _suggestion_body(suggestion: Suggestion | None) -> dict[str, Any] | None:
    if suggestion is None:
        return None
    return {
        "level": suggestion.level,
        "at_most": suggestion.at_most,
        "reasons": [[reason.kind.value, reason.words, reason.level, reason.measure] for reason in suggestion.reasons],
        "points": [[one.criterion, None if one.given is None else str(one.given), one.most] for one in suggestion.points],
        "total": None if suggestion.total is None else str(suggestion.total),
    }


def _suggestion(body: Mapping[str, Any] | None) -> Suggestion | None:
    if body is None:
        return None
    return Suggestion(
        body["level"],
        body["at_most"],
        tuple(Reason(ReasonKind(kind), words, level, measure) for kind, words, level, measure in body["reasons"]),
        tuple(Points(criterion, _figure(given), most) for criterion, given, most in body["points"]),
        _figure(body["total"]),
    )


def _figure(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
