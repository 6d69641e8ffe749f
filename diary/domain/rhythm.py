"""The rhythm of writing: weeks kept out of weeks due. It forgives: a week filled in later counts, and it never starts again from zero."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .dates import monday, short_day, week_month, year_weeks

_SUNDAY = timedelta(days=6)


class Look(StrEnum):
    """How a week is drawn."""

    ONE = "h1"
    TWO = "h2"
    THREE = "h3"
    NOTHING_TO_DO = "none"
    LEAVE = "leave"
    MISSED = "miss"
    NOW = "now"
    SOON = "soon"


LOOK_WORDS = {
    Look.ONE: "1 bài",
    Look.TWO: "2 bài",
    Look.THREE: "3 bài trở lên",
    Look.NOTHING_TO_DO: "không có việc",
    Look.LEAVE: "nghỉ, không tính",
    Look.MISSED: "chưa ghi",
    Look.NOW: "đang trong tuần",
    Look.SOON: "chưa tới",
}
WRITTEN = frozenset({Look.ONE, Look.TWO, Look.THREE})
KEPT = frozenset({Look.ONE, Look.TWO, Look.THREE, Look.NOTHING_TO_DO})
DUE = KEPT | {Look.MISSED}


@dataclass(frozen=True, slots=True)
class WeekFacts:
    """What is known of a week: how many entries were sent for it, and whether the member said there was nothing to do."""

    entries: int = 0
    nothing_to_do: bool = False


@dataclass(frozen=True, slots=True)
class Days:
    """Days from one to another, both counted."""

    from_day: date
    to_day: date


@dataclass(frozen=True, slots=True)
class Square:
    """A week as it is drawn: `row` is its place within its month, from 0."""

    monday: date
    month: int
    row: int
    look: Look

    @property
    def sunday(self) -> date:
        """The last day of the week."""
        return self.monday + _SUNDAY

    @property
    def written(self) -> bool:
        """Whether an entry was sent for it."""
        return self.look in WRITTEN

    @property
    def words(self) -> str:
        """The week and how it stands, in words: "16/11–22/11: 2 bài"."""
        return f"{short_day(self.monday)}–{short_day(self.sunday)}: {LOOK_WORDS[self.look]}"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A member's year in squares, a week each."""

    squares: tuple[Square, ...]

    @property
    def kept(self) -> int:
        """Weeks with an entry sent, or the word that there was nothing to do."""
        return sum(square.look in KEPT for square in self.squares)

    @property
    def due(self) -> int:
        """Weeks that count: not ahead, not on leave, not before joining; the current one only once it is kept."""
        return sum(square.look in DUE for square in self.squares)

    @property
    def words(self) -> str:
        """The year in words: weeks kept out of weeks due, and what the weeks were."""
        parts = (
            (sum(square.written for square in self.squares), "tuần có bài"),
            (self._count(Look.NOTHING_TO_DO), "tuần báo không có việc"),
            (self._count(Look.LEAVE), "tuần nghỉ không tính"),
            (self._count(Look.MISSED), "tuần chưa ghi"),
        )
        said = ", ".join(f"{count} {name}" for count, name in parts if count)
        return f"Giữ nhịp {self.kept} trên {self.due} tuần{': ' if said else ''}{said}."

    def _count(self, look: Look) -> int:
        return sum(square.look is look for square in self.squares)

    @property
    def so_far(self) -> tuple[Square, ...]:
        """The squares up to the current week."""
        return tuple(square for square in self.squares if square.look is not Look.SOON)


NOTHING_KNOWN = WeekFacts()


def year_rhythm(year: int, today: date, weeks: Mapping[date, WeekFacts], leaves: Iterable[Days] = (), joined: date | None = None) -> Rhythm:
    """The rhythm of a year as it stands `today`.

    `weeks` are the known weeks by their Monday; `joined` is the day the member came (None: long ago). Weeks that were over before
    are left out altogether. A week that lies whole within a leave is not due, but counts as kept when something was written.
    """
    away, squares, rows = joined_days(leaves), [], dict.fromkeys(range(1, 13), 0)
    for week in year_weeks(year):
        month = week_month(week)
        row, rows[month] = rows[month], rows[month] + 1
        if joined is None or week + _SUNDAY >= joined:
            squares.append(Square(week, month, row, _look(week, monday(today), weeks.get(week, NOTHING_KNOWN), away)))
    return Rhythm(tuple(squares))


def last_weeks(
    count: int, today: date, weeks: Mapping[date, WeekFacts], leaves: Iterable[Days] = (), joined: date | None = None
) -> tuple[Square, ...]:
    """The `count` weeks that are over by `today`, the oldest first, across the turn of a year; facts as for `year_rhythm`."""
    away, this_week = joined_days(leaves), monday(today)
    mondays = (this_week - timedelta(weeks=back) for back in range(count, 0, -1))
    return tuple(
        Square(week, week_month(week), 0, _look(week, this_week, weeks.get(week, NOTHING_KNOWN), away))
        for week in mondays
        if joined is None or week + _SUNDAY >= joined
    )


def joined_days(spans: Iterable[Days]) -> tuple[Days, ...]:
    """The spans in order, those that share a day or follow one another made one: a week covered by two leaves is a week of leave."""
    made: list[Days] = []
    for span in sorted(spans, key=lambda days: days.from_day):
        if made and span.from_day <= made[-1].to_day + timedelta(days=1):
            made[-1] = Days(made[-1].from_day, max(made[-1].to_day, span.to_day))
        else:
            made.append(span)
    return tuple(made)


def _look(week: date, this_week: date, facts: WeekFacts, leaves: tuple[Days, ...]) -> Look:
    if week > this_week:
        return Look.SOON
    if facts.entries:
        return Look(f"h{min(facts.entries, 3)}")
    if any(leave.from_day <= week and week + _SUNDAY <= leave.to_day for leave in leaves):
        return Look.LEAVE
    if facts.nothing_to_do:
        return Look.NOTHING_TO_DO
    return Look.NOW if week == this_week else Look.MISSED
