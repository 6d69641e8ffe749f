"""Days as lists write them: real dates, text of many shapes, two-digit years, bare years, serial numbers."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ..dates import screen_day
from ..sheets import Cell
from .values import CellError, is_nothing, text_of

Century = Callable[[int], int]
"""Two digits of a year in, the whole year out."""

YOUNGEST, OLDEST = 10, 90
"""Ages a listed person may have; outside them the day is taken for a slip of the pen."""

_DAY_ONE = date(1899, 12, 30)  # what spreadsheets count days from
_FIRST_SERIAL, _LAST_SERIAL = 3_000, 75_000
_BETWEEN = re.compile(r"(?:[\s/.\-–,;:\\_|`'’]|ngày|tháng|năm|ngay|thang|nam|sn|(?<=[/\-. ])t(?=\d))+", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})")
_MONTH_YEAR = re.compile(r"t?(\d{1,2})/(\d{4})", re.IGNORECASE)
_TIME = re.compile(r"[T\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(\s*[AP]M|\s*SA|\s*CH|Z)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PartDay:
    """A full day, or only its year; neither when nothing is said."""

    day: date | None = None
    year: int | None = None


def read_birth(cell: Cell, today: date) -> PartDay:
    """A cell and the day it is read in; the day of birth, or its year alone, out.

    Two-digit years get the century that makes the person 10 to 90 years old today. Raises CellError when it cannot be read, is not in the
    calendar, or makes the person younger or older than that.
    """
    found = _read(cell, "Ngày sinh", lambda short: _birth_century(short, today))
    year = found.day.year if found.day else found.year
    if year is not None and not YOUNGEST <= _age(found, today) <= OLDEST:
        shown = screen_day(found.day) if found.day else str(year)
        raise CellError(f"Ngày sinh {shown} không hợp lý: đoàn viên phải từ {YOUNGEST} đến {OLDEST} tuổi.")
    return PartDay(found.day, year)


def read_joined(cell: Cell, today: date, birth: PartDay) -> PartDay:
    """A cell, the day it is read and the birth in; the day of joining the union, or its year alone, out.

    Raises CellError when it cannot be read, lies in the future, or before the birth.
    """
    found = _read(cell, "Ngày vào Đoàn", lambda short: 2000 + short if 2000 + short <= today.year else 1900 + short)
    year = found.day.year if found.day else found.year
    if year is None:
        return found
    shown = screen_day(found.day) if found.day else str(year)
    if (found.day and found.day > today) or year > today.year:
        raise CellError(f"Ngày vào Đoàn {shown} ở sau hôm nay.")
    if (found.day and birth.day and found.day <= birth.day) or (birth.year and year < birth.year):
        raise CellError(f"Ngày vào Đoàn {shown} không thể trước ngày sinh.")
    if year < 1931:
        raise CellError(f"Ngày vào Đoàn {shown} không hợp lý: Đoàn thành lập năm 1931.")
    return PartDay(found.day, year)


def _read(cell: Cell, what: str, century: Century) -> PartDay:
    if isinstance(cell, datetime):
        return PartDay(cell.date())
    if isinstance(cell, date):
        return PartDay(cell)
    text = text_of(cell)
    if is_nothing(text):
        return PartDay()
    if text.isascii() and text.isdigit():
        return _read_digits(text, what, century)
    if isinstance(cell, float) and _FIRST_SERIAL <= cell <= _LAST_SERIAL:
        return PartDay(_DAY_ONE + timedelta(days=int(cell)))
    return _read_text(text, what, century)


def _read_digits(digits: str, what: str, century: Century) -> PartDay:
    """A bare year (1986, 86), a spreadsheet's serial number, or ddmmyyyy whose leading 0 may be lost."""
    number = int(digits)
    if len(digits) <= 2:
        return PartDay(year=century(number))
    if 1900 <= number <= 2100:
        return PartDay(year=number)
    if _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return PartDay(_DAY_ONE + timedelta(days=number))
    if len(digits) in (7, 8):
        padded = digits.zfill(8)
        return PartDay(_day(int(padded[4:]), int(padded[2:4]), int(padded[:2]), digits, what))
    raise _unreadable(digits, what)


def _read_text(text: str, what: str, century: Century) -> PartDay:
    numbers = _BETWEEN.sub("/", _TIME.sub("", text)).strip("/")
    if match := _DAY_FIRST.fullmatch(numbers):
        day, month, year = match.groups()
        return _part_day(int(year) if len(year) == 4 else century(int(year)), int(month), int(day), text, what)
    if match := _YEAR_FIRST.fullmatch(numbers):
        return _part_day(int(match[1]), int(match[2]), int(match[3]), text, what)
    if (match := _MONTH_YEAR.fullmatch(numbers)) and int(match[1]) <= 12:
        return PartDay(year=int(match[2]))
    if re.fullmatch(r"\d{4}", numbers):
        return PartDay(year=int(numbers))
    raise _unreadable(text, what)


def _part_day(year: int, month: int, day: int, text: str, what: str) -> PartDay:
    """00/00/1999 says that only the year is known."""
    return PartDay(_day(year, month, day, text, what)) if day or month else PartDay(year=year)


def _day(year: int, month: int, day: int, text: str, what: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise CellError(f"{what} “{text}” không có trên lịch.") from None


def _unreadable(text: str, what: str) -> CellError:
    shown = text if len(text) <= 40 else text[:40] + "…"
    return CellError(f"Không đọc được {what[0].lower()}{what[1:]} “{shown}”. Hãy ghi theo dạng ngày/tháng/năm, ví dụ 23/11/2026.")


def _birth_century(short: int, today: date) -> int:
    return next((century + short for century in (2000, 1900) if YOUNGEST <= today.year - century - short <= OLDEST), 1900 + short)


def _age(birth: PartDay, today: date) -> int:
    if birth.day:
        return today.year - birth.day.year - ((today.month, today.day) < (birth.day.month, birth.day.day))
    return today.year - (birth.year or 0)
