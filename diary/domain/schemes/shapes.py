"""Schemes: the rules a year is rated by, as data. Levels stand from the highest to the lowest."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ..errors import WrongMoment
from ..measures import MEMBER_MEASURES, UNIT_MEASURES, Measure, unit_measures_naming


@dataclass(frozen=True, slots=True)
class Condition:
    """A bound on a measure of the year: at `least` so much, at `most` so much; per cent, a count, or the step of a ranked result.

    `local_default`: the guidance leaves the figure to the place, which has to confirm it.
    """

    measure: str
    least: int | None = None
    most: int | None = None
    local_default: bool = False

    def words(self, measures: Mapping[str, Measure]) -> str:
        """As part of a sentence: "tham gia từ 90 %"."""
        measure = measures[self.measure]
        bounds = ((measure.least, self.least), (measure.most, self.most))
        return ", ".join(pattern.format(measure.said(bound)) for pattern, bound in bounds if bound is not None)


@dataclass(frozen=True, slots=True)
class Level:
    """A mức xếp loại: what it asks of the year, and in a scheme of points the fewest points it takes."""

    code: str
    name: str
    short: str
    letters: str
    conditions: tuple[Condition, ...] = ()
    points_from: int = 0

    @property
    def condition(self) -> str:
        """What the level asks of a member, as a sentence; "" where it asks for nothing the program can show."""
        return self._sentence(MEMBER_MEASURES)

    @property
    def unit_condition(self) -> str:
        """What the level asks of a unit, as a sentence; "" where it asks for nothing."""
        return self._sentence(UNIT_MEASURES)

    @property
    def local_default(self) -> bool:
        """Whether some bound of it has to be confirmed by the place."""
        return any(condition.local_default for condition in self.conditions)

    def asked(self, measures: Mapping[str, Measure]) -> tuple[str, ...]:
        """Each thing it asks for by itself, points first: ("tổ chức từ 9 buổi sinh hoạt", …)."""
        points = (f"từ {self.points_from} điểm",) if self.points_from else ()
        return (*points, *(condition.words(measures) for condition in self.conditions))

    def _sentence(self, measures: Mapping[str, Measure]) -> str:
        asked = self.asked(measures)
        return f"Cần {' và '.join(asked)}." if asked else ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """A line of the evaluation sheet; `evidence` names the measure that feeds it, "" where people say it.

    In a scheme of points it gives up to `points`: in proportion to a share, or to a count that earns them all at `full_at` (a count of
    what should not be, such as kỷ luật, earns all at 0 and loses them at `full_at`).
    """

    code: str
    text: str
    evidence: str = ""
    points: int = 0
    full_at: int = 0


class Rounding(StrEnum):
    """How the number a cap allows becomes whole."""

    DOWN = "down"
    HALF_UP = "half_up"
    UP = "up"


ROUNDING_LABELS = {Rounding.DOWN: "Làm tròn xuống", Rounding.HALF_UP: "Làm tròn từ 0,5 lên", Rounding.UP: "Làm tròn lên"}


@dataclass(frozen=True, slots=True)
class Cap:
    """At most `share` % of the denominator may get `level`: of all rated, or of those rated at `of_level` or better.

    More than that asks for a reason; with `refuses` it is not taken at all.
    """

    level: str
    share: int
    of_level: str = ""
    rounding: Rounding = Rounding.DOWN
    refuses: bool = False


@dataclass(frozen=True, slots=True)
class Scheme:
    """The rules of a year.

    `minimum_months`: in the branch, for being rated; with `movers_with_comment` a mover who brings the comment of the branch they left is
    rated whatever the months. `long_leave_days`: sick leave of so many days in the year (0: no such rule) caps the level at
    `long_leave_level`. `thin_rhythm`: a diary kept in fewer than so many per cent of its weeks is pointed out (0: never).
    """

    code: str
    name: str
    source: str
    first_year: int
    last_year: int
    levels: tuple[Level, ...]
    criteria: tuple[Criterion, ...]
    minimum_months: int
    rates_party_members: bool
    caps: tuple[Cap, ...] = ()
    movers_with_comment: bool = False
    long_leave_days: int = 0
    long_leave_level: str = ""
    thin_rhythm: int = 0
    unit_levels: tuple[Level, ...] = ()
    unit_criteria: tuple[Criterion, ...] = ()

    def level(self, code: str) -> Level:
        """The level called `code`; KeyError when the scheme has none such."""
        return next((level for level in self.levels if level.code == code), None) or _no_level(code)

    def rank(self, code: str) -> int:
        """The level's place from 1, the highest; 0 for what is no level of this scheme."""
        return next((number for number, level in enumerate(self.levels, 1) if level.code == code), 0)

    def holds(self, code: str) -> bool:
        """Whether `code` is one of this scheme's levels."""
        return any(level.code == code for level in self.levels)

    @property
    def unit_measures(self) -> dict[str, Measure]:
        """The measures of units by code, with the members' levels they count called by this scheme's names."""
        return unit_measures_naming(self.levels[1].short, self.levels[-1].short) if len(self.levels) > 1 else UNIT_MEASURES

    @property
    def gives_points(self) -> bool:
        """Whether levels follow from points."""
        return any(criterion.points for criterion in self.criteria)


def _no_level(code: str) -> Level:
    raise KeyError(code)


def require_scheme(scheme: Scheme | None, year: int) -> Scheme:
    """The scheme, or WrongMoment saying what to do: a year without one is not rated."""
    if scheme is None:
        raise WrongMoment(
            f"Năm {year} chưa có bộ tiêu chí xếp loại nên chưa xếp loại được. "
            "Đoàn Khối chọn bộ tiêu chí, hoặc chép bộ của năm trước, ở trang Năm công tác."
        )
    return scheme
