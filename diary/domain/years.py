"""Work years: the windows of dates that decide what is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .dates import screen_day
from .errors import WrongMoment


class Activity(StrEnum):
    REGISTERING = "registering"
    WRITING = "writing"
    SELF_ASSESSMENT = "self_assessment"
    MEETINGS = "meetings"
    DECIDING = "deciding"


ACTIVITY_LABELS = {
    Activity.REGISTERING: "Đăng ký làm theo",
    Activity.WRITING: "Ghi nhật ký",
    Activity.SELF_ASSESSMENT: "Tự đánh giá",
    Activity.MEETINGS: "Họp xét xếp loại",
    Activity.DECIDING: "Xét duyệt và công nhận",
}


@dataclass(frozen=True, slots=True)
class OpenDays:
    """First and last day of a window, both open."""

    opens_on: date
    closes_on: date


@dataclass(frozen=True, slots=True)
class UnitWindow:
    """A window as one unit set it."""

    unit_id: int
    activity: Activity
    days: OpenDays


@dataclass(frozen=True, slots=True)
class YearFacts:
    """A work year as it holds for one unit: the nearest windows above it, the scheme, whether it is locked."""

    year: int
    scheme_code: str | None
    locked: bool
    windows: dict[Activity, OpenDays]

    def is_open(self, activity: Activity, day: date) -> bool:
        """Whether `activity` may be done on `day`."""
        days = self.windows.get(activity)
        return not self.locked and days is not None and days.opens_on <= day <= days.closes_on


def default_windows(year: int) -> dict[Activity, OpenDays]:
    """The dates a new work year starts with: register to the end of March, write all year, rate from mid-November to the end of January."""
    return {
        Activity.REGISTERING: OpenDays(date(year, 1, 1), date(year, 3, 31)),
        Activity.WRITING: OpenDays(date(year, 1, 1), date(year, 12, 31)),
        Activity.SELF_ASSESSMENT: OpenDays(date(year, 11, 15), date(year, 12, 20)),
        Activity.MEETINGS: OpenDays(date(year, 11, 20), date(year, 12, 31)),
        Activity.DECIDING: OpenDays(date(year, 12, 1), date(year + 1, 1, 31)),
    }


def nearest_windows(windows: Iterable[UnitWindow], lineage: tuple[int, ...]) -> dict[Activity, OpenDays]:
    """For each activity the days set by the unit nearest to the end of `lineage` (ids from the bloc down to the unit)."""
    found: dict[Activity, tuple[int, OpenDays]] = {}
    for window in windows:
        depth = lineage.index(window.unit_id)
        if window.activity not in found or depth > found[window.activity][0]:
            found[window.activity] = (depth, window.days)
    return {activity: days for activity, (_, days) in found.items()}


def require_open(facts: YearFacts | None, activity: Activity, day: date) -> None:
    """Refuse with WrongMoment, saying when it opens or closed, unless `activity` may be done on `day`."""
    what = ACTIVITY_LABELS[activity]
    if facts is None:
        raise WrongMoment("Năm công tác này chưa được mở. Hãy nhờ Đoàn Khối mở năm công tác.")
    if facts.is_open(activity, day):
        return
    if facts.locked:
        raise WrongMoment(f"Năm {facts.year} đã khóa sổ, chỉ còn xem được.")
    days = facts.windows.get(activity)
    if days is None:
        raise WrongMoment(f"Năm {facts.year} chưa đặt thời gian “{what}”.")
    if day < days.opens_on:
        raise WrongMoment(f"“{what}” năm {facts.year} mở từ {screen_day(days.opens_on)}.")
    raise WrongMoment(f"“{what}” năm {facts.year} đã hết hạn ngày {screen_day(days.closes_on)}. Hãy báo bí thư nếu cần mở lại.")


def require_unlocked(facts: YearFacts | None) -> YearFacts:
    """The facts of a year that was opened and is not locked; WrongMoment otherwise."""
    if facts is None:
        raise WrongMoment("Năm công tác này chưa được mở. Hãy nhờ Đoàn Khối mở năm công tác.")
    if facts.locked:
        raise WrongMoment(f"Năm {facts.year} đã khóa sổ, chỉ còn xem được.")
    return facts
