"""Looking back at a year: which year that is, and which results may honestly be added up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .figures import number

_RATES = ("%", "/", "phần trăm", "tỷ lệ", "tỉ lệ", "trung bình", "mỗi ")  # of these, two do not make a sum
_GRADES = frozenset({"điểm", "độ", "hạng", "mức", "giải", "lần thứ", "tuổi", "năm"})


@dataclass(frozen=True, slots=True)
class Sum:
    """Results of one unit added up: how much, of what, from how many entries."""

    total: Decimal
    unit: str
    entries: int

    @property
    def words(self) -> str:
        """The sum as people read it: "128 hồ sơ", "7,5 giờ"."""
        places = next(n for n in (0, 1, 2) if n == 2 or self.total == round(self.total, n))
        return f"{number(self.total, places)} {self.unit}"


def year_to_look_back(today: date, years: Iterable[int]) -> int:
    """The year one looks back at where none was asked for: in January the one that is just over, if anything was written in it."""
    return today.year - 1 if today.month == 1 and today.year - 1 in set(years) else today.year


def year_to_offer(today: date) -> int | None:
    """The year the first page offers to look back at: this one from November on, in January the one just over, else none."""
    if today.month >= 11:
        return today.year
    return today.year - 1 if today.month == 1 else None


def adds_up(unit: str) -> bool:
    """Whether results of this unit make a sum: shares, averages and grades do not."""
    plain = unit.lower()
    return bool(plain) and plain not in _GRADES and not any(part in plain for part in _RATES)


def summed(results: Iterable[tuple[str, Decimal, int]]) -> tuple[Sum, ...]:
    """Results in as (unit, sum, entries), one sum a unit out, those of most entries first; capitals make no other unit.

    People of several entries may be the same ones, so that a sum of "người" counts "lượt người".
    """
    found: dict[str, tuple[Decimal, int]] = {}
    for unit, total, entries in results:
        name = unit.lower() if unit[1:].islower() or unit.istitle() else unit
        if adds_up(name) and total > 0:
            name = "lượt người" if name == "người" else name
            before, counted = found.get(name, (Decimal(0), 0))
            found[name] = (before + total, counted + entries)
    made = (Sum(total, unit, entries) for unit, (total, entries) in found.items())
    return tuple(sorted(made, key=lambda one: (-one.entries, one.unit)))
