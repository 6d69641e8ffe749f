"""The level that the figures of a year speak for, with each reason in words. People decide; this only lays the evidence before them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from .figures import number
from .measures import MEMBER_MEASURES, Measure, Measured
from .schemes import Condition, Criterion, Level, Scheme

_NONE = Measured(0)
_NOTHING = Measured()


class ReasonKind(StrEnum):
    """How a reason speaks of a level: for it, against it, not at all for want of a figure, against it by long sick leave."""

    MET = "met"
    FAILED = "failed"
    UNKNOWN = "unknown"
    LIMITED = "limited"


AGAINST = frozenset({ReasonKind.FAILED, ReasonKind.LIMITED})


@dataclass(frozen=True, slots=True)
class Reason:
    """A short clause, "tham gia 86,7 % (26/30), mức Xuất sắc cần từ 90 %"; `level` is the code of the level it speaks of, `measure` that of
    the figure it rests on ("" for points and for leave)."""

    kind: ReasonKind
    words: str
    level: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """What a criterion of a scheme of points earned, one decimal, of at most so many; `given` None where its figure is not known."""

    criterion: str
    given: Decimal | None
    most: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`level`: what the figures speak for, "" where one it asks for is not known. `at_most`: the highest nothing known speaks against."""

    level: str
    at_most: str
    reasons: tuple[Reason, ...]
    points: tuple[Points, ...] = ()
    total: Decimal | None = None

    def of_kind(self, *kinds: ReasonKind) -> tuple[Reason, ...]:
        """The reasons of these kinds, in their order."""
        return tuple(reason for reason in self.reasons if reason.kind in kinds)


def suggest(scheme: Scheme, measures: Mapping[str, Measured], sick_days: int = 0) -> Suggestion:
    """What the figures of a member's year, by code, and the days of sick leave in it speak for.

    The highest level whose conditions are all known and met; none where a figure is missing that the highest level nothing speaks
    against asks for. Sick leave as long as the scheme says keeps one from the levels above the one it names.
    """
    return _suggestion(_Year(scheme, scheme.levels, scheme.criteria, MEMBER_MEASURES, measures), _leave_limit(scheme, sick_days))


def suggest_unit(scheme: Scheme, measures: Mapping[str, Measured]) -> Suggestion:
    """The same for a unit, by the levels and criteria of units; a measure that is left out of `measures` is not known."""
    return _suggestion(_Year(scheme, scheme.unit_levels, scheme.unit_criteria, scheme.unit_measures, measures), {})


def thin_diary(scheme: Scheme, measures: Mapping[str, Measured]) -> str:
    """ "Nhật ký mỏng: giữ nhịp 12/46 tuần" where fewer weeks were kept than the scheme lets pass unsaid; "" otherwise."""
    rhythm = measures.get("rhythm", _NOTHING)
    if rhythm.value is None or rhythm.value >= scheme.thin_rhythm:
        return ""
    return f"Nhật ký mỏng: giữ nhịp {rhythm.count}/{rhythm.of} tuần"


@dataclass(frozen=True, slots=True)
class _Year:
    """What is judged: by which levels and criteria, with what the books say."""

    scheme: Scheme
    levels: tuple[Level, ...]
    criteria: tuple[Criterion, ...]
    kinds: Mapping[str, Measure]
    measures: Mapping[str, Measured]

    def measured(self, code: str) -> Measured:
        """What is known of a measure; what nobody noted counts as none where the measure is of that kind."""
        found = self.measures.get(code, _NOTHING)
        kind = self.kinds.get(code)
        return _NONE if found.value is None and kind is not None and kind.none_is_zero else found


def _suggestion(year: _Year, limits: Mapping[str, Reason]) -> Suggestion:
    points = tuple(_points(year, criterion) for criterion in year.criteria if criterion.points)
    said = {level.code: _of_level(year, level, points, limits) for level in year.levels}
    if not said:
        return Suggestion("", "", ())
    open_levels = [code for code, reasons in said.items() if not any(reason.kind in AGAINST for reason in reasons)]
    at_most = open_levels[0] if open_levels else year.levels[-1].code
    known = all(reason.kind is ReasonKind.MET for reason in said[at_most]) or not open_levels
    given = [one.given for one in points]
    total = sum((one for one in given if one is not None), Decimal(0)) if points and None not in given else None
    return Suggestion(at_most if known else "", at_most, _told(said, at_most), points, total)


def _told(said: Mapping[str, tuple[Reason, ...]], at_most: str) -> tuple[Reason, ...]:
    """What speaks for the level, then what keeps one from those above it: each figure once, at the nearest level it closes."""
    codes = list(said)
    told = list(said[at_most])
    seen: set[str] = set()
    for code in reversed(codes[: codes.index(at_most)]):
        against = [reason for reason in said[code] if reason.kind in AGAINST and reason.measure not in seen]
        told += against
        seen.update(reason.measure for reason in against)
    return tuple(told)


def _of_level(year: _Year, level: Level, points: tuple[Points, ...], limits: Mapping[str, Reason]) -> tuple[Reason, ...]:
    """Everything that speaks of the level: leave, points, and each of its conditions."""
    limit = [limits[level.code]] if level.code in limits else []
    asked = [_points_reason(level, points)] if level.points_from and points else []
    return (*limit, *asked, *(_reason(year, level, condition) for condition in level.conditions))


def _reason(year: _Year, level: Level, condition: Condition) -> Reason:
    measure, measured = year.kinds[condition.measure], year.measured(condition.measure)
    if measured.value is None:
        words = f"chưa có số liệu “{measure.label}”, mức {level.short} cần {_bounds(measure, condition)}"
        return Reason(ReasonKind.UNKNOWN, words, level.code, measure.code)
    figure = measure.told.format(measure.figure(measured))
    if _holds(condition, measured.value):
        bounds = "" if measure.names else f" ({_bounds(measure, condition)})"
        return Reason(ReasonKind.MET, f"{figure}, đạt mức {level.short}{bounds}", level.code, measure.code)
    return Reason(ReasonKind.FAILED, f"{figure}, mức {level.short} cần {_bounds(measure, condition)}", level.code, measure.code)


def _holds(condition: Condition, value: Fraction) -> bool:
    return (condition.least is None or value >= condition.least) and (condition.most is None or value <= condition.most)


def _bounds(measure: Measure, condition: Condition) -> str:
    """ "từ 90 %", "không quá 2 lần", "không có lần nào", "“hoàn thành tốt” trở lên"."""
    return " và ".join(bound for bound in (_least(measure, condition.least), _most(measure, condition.most)) if bound)


def _least(measure: Measure, bound: int | None) -> str:
    if bound is None:
        return ""
    if not measure.names:
        return f"từ {measure.said(bound)}"
    return measure.said(bound) if bound >= max(measure.names) else f"{measure.said(bound)} trở lên"


def _most(measure: Measure, bound: int | None) -> str:
    if bound is None:
        return ""
    return f"không có {measure.unit} nào" if bound == 0 and measure.unit not in {"", "%"} else f"không quá {measure.said(bound)}"


def _points(year: _Year, criterion: Criterion) -> Points:
    share = _earned(year.kinds.get(criterion.evidence), criterion, year.measured(criterion.evidence))
    return Points(criterion.code, None if share is None else _rounded(share * criterion.points), criterion.points)


def _earned(measure: Measure | None, criterion: Criterion, measured: Measured) -> Fraction | None:
    """The part of its points that a criterion earned, 0 to 1; None where people say it, or its figure is not known.

    A share earns in proportion, a count in proportion to what earns all, a ranked result from nothing at its lowest step.
    """
    value = measured.value
    if measure is None or value is None:
        return None
    if measured.of is not None:
        part = value / 100
    elif measure.names:
        part = (value - 1) / max((criterion.full_at or max(measure.names)) - 1, 1)
    else:
        part = value / max(criterion.full_at, 1)
    part = min(max(part, Fraction(0)), Fraction(1))
    return 1 - part if measure.adverse else part


def _rounded(points: Fraction) -> Decimal:
    return (Decimal(points.numerator) / points.denominator).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _points_reason(level: Level, points: tuple[Points, ...]) -> Reason:
    least = sum((one.given or Decimal(0) for one in points), Decimal(0))
    most = least + sum(one.most for one in points if one.given is None)
    asks = f"mức {level.short} cần từ {level.points_from} điểm"
    if least >= level.points_from:
        return Reason(ReasonKind.MET, f"{_so_far(least, most)}, đạt mức {level.short} (từ {level.points_from} điểm)", level.code)
    kind = ReasonKind.FAILED if most < level.points_from else ReasonKind.UNKNOWN
    return Reason(kind, f"{_so_far(least, most)}, {asks}", level.code)


def _so_far(least: Decimal, most: Decimal) -> str:
    """ "được 85,5 điểm"; while figures are missing "được 60,0 điểm, còn 30 điểm chưa có số liệu"."""
    missing = most - least
    return f"được {number(least, 1)} điểm" + (f", còn {number(missing)} điểm chưa có số liệu" if missing else "")


def _leave_limit(scheme: Scheme, sick_days: int) -> dict[str, Reason]:
    """Why long sick leave keeps one from a level, for each level it does."""
    limit = scheme.rank(scheme.long_leave_level)
    if not scheme.long_leave_days or sick_days < scheme.long_leave_days or not limit:
        return {}
    best = scheme.level(scheme.long_leave_level).short
    words = f"nghỉ ốm {sick_days} ngày trong năm, từ {scheme.long_leave_days} ngày thì xếp cao nhất là mức {best}"
    return {level.code: Reason(ReasonKind.LIMITED, words, level.code) for level in scheme.levels[: limit - 1]}


def unknown_measures(suggestion: Suggestion) -> frozenset[str]:
    """Codes of the measures that were asked for and not known."""
    return frozenset(reason.measure for reason in suggestion.of_kind(ReasonKind.UNKNOWN))


def joined(reasons: Iterable[Reason]) -> str:
    """Reasons as one line: "tham gia 93,3 % (28/30), đạt mức Xuất sắc (từ 90 %); …"."""
    return "; ".join(reason.words for reason in reasons)
