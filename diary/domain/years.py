"""Work years: the windows of dates that decide what is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .dates import screen_day
from .errors import BadInput, WrongMoment
from .vietnamese import clean_line, clean_text, fold

FIRST_YEAR, LAST_YEAR = 2000, 2100
REASON_LIMIT = 500
VIRTUE_SLOTS = range(1, 6)  # a unit has at most five virtues of its own
VIRTUE_LIMIT, HOW_CHECKED_LIMIT = 120, 500


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


def opens_later(facts: YearFacts | None, activity: Activity, day: date) -> str:
    """ "Mở từ 15/11/2027" while the window of `activity` lies ahead of `day`; "" otherwise."""
    days = facts.windows.get(activity) if facts and not facts.locked else None
    return f"Mở từ {screen_day(days.opens_on)}" if days and day < days.opens_on else ""


def require_unlocked(facts: YearFacts | None) -> YearFacts:
    """The facts of a year that was opened and is not locked; WrongMoment otherwise."""
    if facts is None:
        raise WrongMoment("Năm công tác này chưa được mở. Hãy nhờ Đoàn Khối mở năm công tác.")
    if facts.locked:
        raise WrongMoment(f"Năm {facts.year} đã khóa sổ, chỉ còn xem được.")
    return facts


def check_days(year: int, days: OpenDays) -> None:
    """A window opens within its year and closes by the end of the next, not before it opened; BadInput otherwise."""
    if days.opens_on.year != year:
        raise BadInput("opens_on", f"Ngày bắt đầu phải trong năm {year}.")
    if days.closes_on < days.opens_on:
        raise BadInput("closes_on", "Ngày kết thúc đứng trước ngày bắt đầu.")
    if days.closes_on.year > year + 1:
        raise BadInput("closes_on", f"Ngày kết thúc muộn nhất là 31/12/{year + 1}.")


def clean_reason(reason: str) -> str:
    """Why a year is locked or unlocked; BadInput when nothing is said."""
    clean = clean_text(reason)
    if not clean:
        raise BadInput("reason", "Hãy ghi lý do.")
    if len(clean) > REASON_LIMIT:
        raise BadInput("reason", f"Mục này dài quá {REASON_LIMIT} ký tự; hãy rút ngắn lại.")
    return clean


@dataclass(frozen=True, slots=True)
class VirtueDraft:
    """A chuẩn mực as a committee types it, in its place (1–5) of the unit's list; an empty name takes it off the list."""

    position: int
    name: str
    how_checked: str = ""


def clean_virtue(draft: VirtueDraft, others: Iterable[str]) -> VirtueDraft:
    """The draft in clean text. BadInput for a place outside 1–5, a text too long, how without what, or a name among `others` already."""
    clean = VirtueDraft(draft.position, clean_line(draft.name), clean_text(draft.how_checked))
    if clean.position not in VIRTUE_SLOTS:
        raise BadInput("position", "Mỗi tổ chức có nhiều nhất 5 chuẩn mực của mình.")
    if len(clean.name) > VIRTUE_LIMIT:
        raise BadInput("name", f"Tên chuẩn mực dài quá {VIRTUE_LIMIT} ký tự; hãy rút ngắn lại.")
    if len(clean.how_checked) > HOW_CHECKED_LIMIT:
        raise BadInput("how_checked", f"Mục này dài quá {HOW_CHECKED_LIMIT} ký tự; hãy rút ngắn lại.")
    if clean.how_checked and not clean.name:
        raise BadInput("name", "Hãy ghi tên chuẩn mực.")
    if fold(clean.name) in {fold(other) for other in others}:
        raise BadInput("name", f"Chuẩn mực “{clean.name}” đã có trong danh sách.")
    return clean
