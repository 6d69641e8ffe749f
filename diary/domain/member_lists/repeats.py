"""A person named twice in one file is taken once."""

from collections import defaultdict

from ..names import full_name
from ..vietnamese import fold
from .shapes import ListedMember, RefusedRow, clean_cells
from .units import unit_key


class Repeats:
    """Remembers who was taken. Two rows are one person when name and day of birth agree; without a day, when their unit agrees too.

    Twins differ by a mark (Hà, Hạ): marks count, unless one of the two names is written without any.
    """

    def __init__(self) -> None:
        self._taken: dict[tuple[object, ...], list[ListedMember]] = defaultdict(list)

    def refuse(self, member: ListedMember) -> RefusedRow | None:
        """A member in; the refused row if the person was taken before, else None (and the person is remembered) out."""
        name = full_name(member.family_name, member.given_name)
        taken = self._taken[_key(name, member)]
        for other in taken:
            if _same_name(name, full_name(other.family_name, other.given_name)) and not _told_apart(member, other):
                where = f"dòng {other.row}" if other.sheet == member.sheet else f"dòng {other.row} của trang “{other.sheet}”"
                agree = "họ tên và ngày sinh" if member.born_on else "họ tên và đơn vị"
                return RefusedRow(member.sheet, member.row, f"Trùng với {where}: cùng {agree}.", name, member.original, clean_cells(member))
        taken.append(member)
        return None


def _key(name: str, member: ListedMember) -> tuple[object, ...]:
    if member.born_on:
        return fold(name), member.born_on
    return fold(name), member.birth_year, unit_key(member.base_name or ""), unit_key(member.branch_name or "")


def _same_name(one: str, other: str) -> bool:
    return unit_key(one) == unit_key(other) or one.isascii() or other.isascii()


def _told_apart(one: ListedMember, other: ListedMember) -> bool:
    """Without a day of birth, two phones make two people."""
    return not one.born_on and bool(one.phone and other.phone) and one.phone != other.phone
