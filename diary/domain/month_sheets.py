"""Phiếu ghi tay tháng: a ruled page to write a month's deeds on by hand, and the address where they are typed in."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from .dates import FIRST_YEAR, LAST_YEAR

_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


@dataclass(frozen=True, slots=True)
class MonthSheet:
    """One member's page. `virtues` are the chuẩn mực of the year as they are ticked; `site` is scheme and host."""

    name: str
    unit: str
    month: date
    virtues: tuple[str, ...]
    site: str
    number: int = 1

    @property
    def address(self) -> str:
        """Where the deeds of the month are typed in: it names the month and nobody."""
        return f"{self.site.rstrip('/')}/nhat-ky/moi?thang={self.month:%Y-%m}"

    @property
    def page(self) -> str:
        """The same, as one types it: without scheme and month."""
        return self.address.split("://", 1)[-1].split("?")[0]


def first_of(month: str) -> date | None:
    """The first day of a month written "2026-05"; None for what is none, or lies outside the years that are kept."""
    found = _MONTH.fullmatch(month)
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR or not 1 <= int(found[2]) <= 12:
        return None
    return date(int(found[1]), int(found[2]), 1)


def day_to_begin(month: str, today: date) -> date:
    """The day a form opened from the sheet of `month` begins with: today within the month, else its last day if it is over.

    Today for a month that is none, or is still to come.
    """
    first = first_of(month)
    if first is None or first > today:
        return today
    return min(today, first.replace(day=monthrange(first.year, first.month)[1]))
