"""Who is rated at year-end: how long in the branch, movers, party members, long sick leave; and the days that count."""

from dataclasses import dataclass
from datetime import date

from .dates import screen_day
from .schemes import Scheme
from .transfers import Stay, in_branch_since


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a member came to the branch that rates: `since` when (None: before the books), whether from another branch, and whether with the
    comment that branch gave."""

    since: date | None = None
    moved: bool = False
    commented: bool = False


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Whether a member is rated, and the reason in words when not. `note`: what those who rate them should know all the same.

    `commented_only`: the branch gives its comment and no level, because the party rates its members itself.
    """

    rated: bool
    reason: str = ""
    note: str = ""
    commented_only: bool = False


def arrival(unit_id: int, stays: tuple[Stay, ...]) -> Arrival:
    """How a member came to the branch; `stays` are their memberships, the newest first."""
    since = in_branch_since(unit_id, stays)
    came = next((stay for stay in stays if stay.from_day == since and since is not None), None)
    return Arrival(since, bool(came and came.moved_in), bool(came and came.commented))


def eligibility(scheme: Scheme, came: Arrival, party_member: bool, on_day: date) -> Eligibility:
    """Whether the scheme rates this member on `on_day`."""
    if party_member and not scheme.rates_party_members:
        return Eligibility(False, "Đảng viên: chi đoàn chỉ nhận xét, không xếp loại", commented_only=True)
    if came.since is None or months_between(came.since, on_day) >= scheme.minimum_months:
        return Eligibility(True)
    by_comment = came.moved and scheme.movers_with_comment
    said = f"Về chi đoàn từ {screen_day(came.since)}, chưa đủ {scheme.minimum_months} tháng"
    if by_comment and came.commented:
        return Eligibility(True, note=f"{said}; xếp loại có xét nhận xét của nơi chuyển đi")
    return Eligibility(False, f"{said} và chưa có nhận xét của nơi chuyển đi" if by_comment else said)


def rules_in_words(scheme: Scheme) -> tuple[str, ...]:
    """Who the scheme rates, a sentence for each of its rules."""
    months = (
        f"Xét người sinh hoạt tại chi đoàn từ {scheme.minimum_months} tháng."
        if scheme.minimum_months
        else "Xét mọi đoàn viên của chi đoàn."
    )
    movers = "Người chuyển đến chưa đủ số tháng vẫn được xét khi nơi chuyển đi có nhận xét." if scheme.movers_with_comment else ""
    party = "Đoàn viên là đảng viên cũng được xếp loại." if scheme.rates_party_members else "Đoàn viên là đảng viên chỉ được nhận xét."
    return tuple(words for words in (months, movers if scheme.minimum_months else "", party, long_leave_words(scheme)) if words)


def long_leave_words(scheme: Scheme) -> str:
    """What long sick leave means for the level, as a sentence; "" where the scheme has no such rule."""
    if not scheme.long_leave_days or not scheme.long_leave_level:
        return ""
    level = scheme.level(scheme.long_leave_level).name
    return f"Người nghỉ ốm từ {scheme.long_leave_days} ngày trong năm: gợi ý cao nhất là “{level}”."


def months_between(start: date, end: date) -> int:
    """Whole months from `start` to `end`."""
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def rated_on(year: int, held_on: date | None, today: date) -> date:
    """The day membership counts up to: the meeting's, today before there is one, never after the year's last day."""
    return min(held_on or today, date(year, 12, 31))


def drawn_as_of(year: int, today: date) -> date:
    """The day a draft about the year-end of `year` speaks of: today, or once the time for deciding is over, the year's last day, so that
    it names units and officers as they were then."""
    return date(year, 12, 31) if today > date(year + 1, 1, 31) else today
