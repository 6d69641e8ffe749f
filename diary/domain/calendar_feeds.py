"""What stands in a person's calendar: the year's dates of their units, and if they want it an hour of each week to write at.

A short window is one event over all its days; a long one is its first day, so that a year of writing is no bar over every page of the
calendar. Either has its last day besides.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from .dates import monday, screen_day
from .reminders import VIETNAM, Choice
from .rhythm import Days
from .years import ACTIVITY_LABELS, Activity, OpenDays, YearFacts

NAME = "Sổ nhật ký làm theo lời Bác"
SHORT = timedelta(days=62)
WRITING_TAKES = timedelta(minutes=15)
_WEEK = timedelta(weeks=1)
_LINKS = {
    Activity.REGISTERING: "/dang-ky",
    Activity.WRITING: "/nhat-ky/moi",
    Activity.SELF_ASSESSMENT: "/danh-gia",
    Activity.MEETINGS: "/",
    Activity.DECIDING: "/danh-gia",
}
_WORDS = {
    Activity.REGISTERING: "Đăng ký nội dung làm theo Bác của năm",
    Activity.WRITING: "Ghi những việc đã làm theo nội dung đăng ký",
    Activity.SELF_ASSESSMENT: "Tự đánh giá, xếp loại và gửi chi đoàn",
    Activity.MEETINGS: "Chi đoàn họp xét, đề nghị xếp loại",
    Activity.DECIDING: "Cấp trên xét duyệt và công nhận kết quả",
}


@dataclass(frozen=True, slots=True)
class UnitYear:
    """A work year as it holds for one unit of the person."""

    unit_id: int
    unit_name: str
    facts: YearFacts


@dataclass(frozen=True, slots=True)
class Event:
    """Whole days, both `first` and `last` among them; `until`: the same day of every week up to that day. `uid` stays the same when
    dates are moved."""

    uid: str
    title: str
    words: str
    link: str
    first: date
    last: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour of every week, first at `begins`, not after `until`; `skipped` are those of them on which the person is on leave."""

    uid: str
    title: str
    words: str
    link: str
    begins: datetime
    until: datetime
    skipped: tuple[datetime, ...] = ()


def window_events(years: Iterable[UnitYear]) -> Iterator[Event]:
    """The windows of years that are not locked, told once where several units have the same days, with their names where they differ."""
    held = [one for one in years if not one.facts.locked]
    units = {one.unit_id for one in held}
    alike: dict[tuple[int, Activity, OpenDays], list[UnitYear]] = {}
    for one in held:
        for activity, days in one.facts.windows.items():
            alike.setdefault((one.facts.year, activity, days), []).append(one)
    for (year, activity, days), those in sorted(alike.items(), key=lambda one: (one[0][2].opens_on, one[0][1], one[1][0].unit_id)):
        named = "" if len(those) == len(units) else f" – {', '.join(one.unit_name for one in those)}"
        uid = f"{year}-{activity.value.replace('_', '-')}-{min(one.unit_id for one in those)}"
        yield from _window(uid, f"{ACTIVITY_LABELS[activity]} năm {year}{named}", activity, days)


def _window(uid: str, title: str, activity: Activity, days: OpenDays) -> Iterator[Event]:
    words = f"{_WORDS[activity]}: từ {screen_day(days.opens_on)} đến hết {screen_day(days.closes_on)}."
    after_colon = title[0].lower() + title[1:]
    if days.closes_on - days.opens_on < SHORT:
        yield Event(uid, title, words, _LINKS[activity], days.opens_on, days.closes_on)
    else:
        yield Event(f"{uid}-dau", f"Bắt đầu: {after_colon}", words, _LINKS[activity], days.opens_on, days.opens_on)
    if days.closes_on > days.opens_on:
        yield Event(f"{uid}-cuoi", f"Hạn cuối: {after_colon}", words, _LINKS[activity], days.closes_on, days.closes_on)


def writing_hours(years: Iterable[UnitYear], choice: Choice, leaves: Collection[Days] = ()) -> Iterator[Hour]:
    """The hour of each week at which the person is reminded, while the year is written in and they are not on leave."""
    for one in years:
        days = _written(one.facts)
        if days is None:
            continue
        week = datetime.combine(monday(days.opens_on), time.min, VIETNAM)
        begins = week + timedelta(hours=choice.slot)
        while begins.date() < days.opens_on:
            begins += _WEEK
        until = datetime.combine(days.closes_on, time.max, VIETNAM).replace(microsecond=0)
        if begins <= until:
            words = "Tuần này bạn đã làm được gì? Một việc nhỏ, vài dòng là đủ."
            skipped = tuple(
                hour for hour in _weekly(begins, until) if any(leave.from_day <= hour.date() <= leave.to_day for leave in leaves)
            )
            yield Hour(f"{one.facts.year}-ghi-hang-tuan", "Ghi nhật ký tuần này", words, "/nhat-ky/moi", begins, until, skipped)


def _is_away(day: date, leaves: Collection[Days]) -> bool:
    return any(leave.from_day <= day <= leave.to_day for leave in leaves)


def _weekly(begins: datetime, until: datetime) -> Iterator[datetime]:
    while begins <= until:
        yield begins
        begins += _WEEK


def review_days(years: Iterable[UnitYear]) -> Iterator[Event]:
    """The Mondays on which officers of a branch look at what came in during the week before, until the week after the last."""
    for one in years:
        days = _written(one.facts)
        if days is None:
            continue
        first = monday(days.opens_on) + _WEEK
        uid, title = f"{one.facts.year}-duyet-{one.unit_id}", f"Duyệt nhật ký – {one.unit_name}"
        words = "Xem các bài chờ duyệt của tuần trước; bài chờ lâu nhất lên đầu."
        yield Event(uid, title, words, "/duyet", first, first, max(first, monday(days.closes_on) + _WEEK))


def _written(facts: YearFacts) -> OpenDays | None:
    return None if facts.locked else facts.windows.get(Activity.WRITING)
