"""What reminders say: one matter each, short enough for a notice, and all of a person's turn put together for a mail.

Every matter says what is missing, what to do, and where; weeks are named by their days, for a mail may wait until the quiet hours are over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from .branches import BranchFigures
from .dates import screen_day, short_day, weekday_name
from .reminders import PAGE, ReminderKind

MOST_NAMES = 10  # of people in one digest; the page has them all
RETURNED_RESTS = 3  # days a returned thing may wait for its author before they are reminded
Letter = tuple[str, str]
"""The subject and the words of a mail."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to remind of. `period`: with account and kind it is told once. `text`: for the notice, `more`: what a mail says besides."""

    kind: ReminderKind
    period: date
    text: str
    link: str
    subject: str
    more: str = ""


def week_words(monday: date) -> str:
    """A week by its days: "16–22/11", "30/11–06/12"."""
    sunday = monday + timedelta(days=6)
    return f"{f'{monday.day:02d}' if monday.month == sunday.month else short_day(monday)}–{short_day(sunday)}"


def week_missing(week: date) -> Matter:
    """To a member who wrote nothing for the week that began on `week`."""
    words = f"Bạn chưa ghi nhật ký tuần {week_words(week)}. Dành 30 giây ghi lại một việc bạn đã làm nhé."
    return Matter(ReminderKind.WEEK_MISSING, week, words, "/nhat-ky/moi", f"Chưa ghi nhật ký tuần {week_words(week)}")


def pledges_missing(year: int, closes_on: date, period: date) -> Matter:
    """To a member who has not sent a pledge while registering is open."""
    until = f"đăng ký được đến hết ngày {screen_day(closes_on)}"
    words = f"Bạn chưa gửi nội dung đăng ký làm theo năm {year}; {until}. Chọn một việc vừa sức là được."
    return Matter(ReminderKind.PLEDGES_MISSING, period, words, "/dang-ky/moi", f"Chưa đăng ký làm theo năm {year}")


def self_assessment(year: int, closes_on: date, period: date) -> Matter:
    """To a member whose self-assessment is open and not sent."""
    until = f"{weekday_name(closes_on)}, {screen_day(closes_on)}"
    words = f"Bạn chưa nộp tự đánh giá năm {year}; hạn đến hết {until}. Số liệu đã điền sẵn, bạn xem lại, bổ sung rồi nộp."
    return Matter(ReminderKind.SELF_ASSESSMENT, period, words, f"/danh-gia?nam={year}", f"Chưa nộp tự đánh giá năm {year}")


@dataclass(frozen=True, slots=True)
class Returned:
    """An entry (of the day `happened_on`) or a pledge that waits for its author since the day `since`."""

    id: UUID
    happened_on: date | None
    since: date

    @property
    def link(self) -> str:
        return f"/nhat-ky/{self.id}" if self.happened_on else f"/dang-ky/{self.id}"


def returned_waiting(found: Sequence[Returned], today: date, period: date) -> Matter:
    """To a member whom something was returned to days ago."""
    oldest = min(found, key=lambda one: one.since)
    days = (today - oldest.since).days
    if len(found) > 1:
        words = f"{len(found)} mục được trả lại đang chờ bạn sửa, lâu nhất đã {days} ngày. Bạn xem lời nhắn rồi gửi lại."
        return Matter(ReminderKind.RETURNED_WAITING, period, words, "/", f"{len(found)} mục chờ bạn sửa")
    if oldest.happened_on:
        words = f"Bài về việc ngày {short_day(oldest.happened_on)} được trả lại để bổ sung đã {days} ngày. Bạn xem lời nhắn rồi gửi lại."
        return Matter(ReminderKind.RETURNED_WAITING, period, words, oldest.link, "Một bài chờ bạn bổ sung")
    words = f"Một nội dung đăng ký được trả lại để sửa đã {days} ngày. Bạn xem lời nhắn rồi gửi lại."
    return Matter(ReminderKind.RETURNED_WAITING, period, words, oldest.link, "Một nội dung đăng ký chờ bạn sửa")


def queue_waiting(count: int, days: int, period: date, until: int = 0) -> Matter:
    """To an officer whose queue's oldest has waited for `days` days. `until`: past so many the base steps in, 0 where none would."""
    late = f" Quá {until} ngày thì Đoàn cơ sở được duyệt thay." if days <= until else ""
    words = f"{count} mục đang chờ bạn duyệt, lâu nhất đã {days} ngày.{late}"
    return Matter(ReminderKind.QUEUE_WAITING, period, words, "/duyet", f"{count} mục chờ bạn duyệt")


@dataclass(frozen=True, slots=True)
class BranchWeek:
    """A branch's week for its officers. `silent`: who was asked and did not write; `unregistered`: who has not registered; by name."""

    unit_id: int
    unit_name: str
    week: date
    figures: BranchFigures
    silent: tuple[str, ...]
    unregistered: tuple[str, ...]
    waiting: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing out of the ordinary: then nothing is sent."""
        return not (self.silent or self.unregistered)


def branch_week(found: BranchWeek) -> Matter:
    """To an officer: the week's exceptions, numbers first."""
    counts = [f"{found.figures.wrote}/{found.figures.asked} người đã ghi"]
    if found.unregistered:
        counts.append(f"{len(found.unregistered)} người chưa đăng ký")
    if found.waiting:
        counts.append(f"{found.waiting} mục chờ duyệt")
    lines = (_named("Chưa ghi", found.silent), _named("Chưa đăng ký", found.unregistered))
    days = week_words(found.week)
    return Matter(
        ReminderKind.BRANCH_WEEK,
        found.week,
        f"{found.unit_name}, tuần {days}: {', '.join(counts)}.",
        f"/chi-doan?don-vi={found.unit_id}&tuan={found.week.isoformat()}",
        f"{found.unit_name}, tuần {days}",
        "\n".join(line for line in lines if line),
    )


def _named(words: str, names: Sequence[str]) -> str:
    if not names:
        return ""
    rest = len(names) - MOST_NAMES
    return f"{words} ({len(names)}): {', '.join(names[:MOST_NAMES])}{f' và {rest} người nữa' if rest > 0 else ''}."


def push_words(matters: Sequence[Matter]) -> tuple[str, str]:
    """What a push says of a turn, and where it leads."""
    first = matters[0]
    return (first.text, first.link) if len(matters) == 1 else (f"{first.text} Và {len(matters) - 1} việc nữa.", "/")


def letter(matters: Sequence[Matter], site: str) -> Letter:
    """All of a person's turn in one mail; `site` is scheme and host of the pages, "" where nobody said."""
    subject = matters[0].subject if len(matters) == 1 else f"Nhắc việc: {matters[0].subject} và {len(matters) - 1} việc nữa"
    parts = ["\n".join(part for part in (one.text, one.more, f"{site}{one.link}" if site else "") if part) for one in matters]
    change = f"mở {site}{PAGE}" if site else "mở trang Cá nhân, mục Nhắc việc"
    end = (
        f"Bạn nhận thư này vì đã chọn nhắc bằng thư. Muốn đổi ngày giờ hoặc thôi nhận, bạn {change}.\n"
        "Đây là thư tự động, bạn không cần trả lời.\nSổ nhật ký làm theo lời Bác"
    )
    return subject, "\n\n".join(["Chào bạn,", *parts, end])
