"""Days as people here write them, and the weeks of a year. What day it is today is never asked here."""

import re
from calendar import monthrange
from datetime import date, timedelta

from .vietnamese import clean_line

FIRST_YEAR, LAST_YEAR = 1900, 2100

_DAY_FIRST = re.compile(r"([0-9]{1,2}) ?/ ?([0-9]{1,2}) ?/ ?([0-9]+)")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_HOW = "Hãy ghi theo dạng ngày/tháng/năm, ví dụ 23/11/2026."
_ECHO = 30  # a message repeats no more of what was typed than this


class DayError(ValueError):
    """A text that is no day; its message is Vietnamese and fit for the user."""


def parse_day(text: str) -> date:
    """What someone typed in (dd/mm/yyyy, d/m/yyyy or yyyy-mm-dd), the day out.

    Raises DayError when it is empty or unreadable, when the calendar has no such day, and for years outside 1900–2100.
    """
    line = clean_line(text)
    if not line:
        raise DayError(f"Chưa có ngày. {_HOW}")
    day, month, year = _read_parts(line)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DayError(f"Năm {year} nằm ngoài khoảng từ {FIRST_YEAR} đến {LAST_YEAR}.")
    try:
        return date(year, month, day)
    except ValueError:
        raise DayError(f"Ngày {day:02}/{month:02}/{year} không có trên lịch.") from None


def screen_day(day: date) -> str:
    """A day in, as screens show it out: "23/11/2026", "08/05/2026"."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def short_day(day: date) -> str:
    """A day in, day and month out as paper writes them: "03/5", "03/02" (day under 10 and months 1 and 2 with a leading 0)."""
    return f"{day.day:02}/{_paper_month(day)}"


def paper_day(day: date) -> str:
    """A day in, in figures as paper writes it out: "08/5/2013", "19/02/2013"."""
    return f"{short_day(day)}/{day.year}"


def long_day(day: date, nbsp: bool = False) -> str:
    """A day in, in words as letterheads write it out: "ngày 08 tháng 5 năm 2013".

    With nbsp, no-break spaces keep each word and its number on one line.
    """
    gap = "\u00a0" if nbsp else " "
    return f"ngày{gap}{day.day:02} tháng{gap}{_paper_month(day)} năm{gap}{day.year}"


def weekday_name(day: date) -> str:
    """A day in, its weekday out: "Thứ Hai" … "Thứ Bảy", "Chủ nhật"."""
    return _WEEKDAYS[day.weekday()]


def monday(day: date) -> date:
    """A day in, the Monday of its week out: weeks begin on Monday."""
    return day - timedelta(days=day.weekday())


def year_weeks(year: int) -> tuple[date, ...]:
    """A year in, the Mondays of its 52 or 53 ISO weeks out: a week belongs to the year of its Thursday."""
    first = date.fromisocalendar(year, 1, 1)
    count = date(year, 12, 28).isocalendar().week
    return tuple(first + timedelta(weeks=week) for week in range(count))


def week_month(monday: date) -> int:
    """A week's Monday in, the month (1–12) it belongs to out: that of its Thursday."""
    return _thursday(monday).month


def week_year(monday: date) -> int:
    """A week's Monday in, the year it belongs to out: that of its Thursday."""
    return _thursday(monday).year


def month_days(year: int, month: int) -> tuple[date, ...]:
    """A year and a month (1–12) in, all its days in order out."""
    return tuple(date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1))


def _read_parts(line: str) -> tuple[int, int, int]:
    if match := _DAY_FIRST.fullmatch(line):
        day, month, year = match.groups()
    elif match := _YEAR_FIRST.fullmatch(line):
        year, month, day = match.groups()
    else:
        shown = line if len(line) <= _ECHO else line[:_ECHO] + "…"
        raise DayError(f"Không đọc được ngày “{shown}”. {_HOW}")
    if len(year) != 4:
        raise DayError("Hãy ghi năm đủ bốn chữ số, ví dụ 23/11/2026.")
    return int(day), int(month), int(year)


def _paper_month(day: date) -> str:
    return f"{day.month:02}" if day.month <= 2 else str(day.month)


def _thursday(day: date) -> date:
    return monday(day) + timedelta(days=3)
