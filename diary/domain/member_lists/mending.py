"""Refused rows as a list of their own: mended in the file itself and brought back, it imports just these."""

from collections.abc import Iterable

from .shapes import CLEAN_HEADER, CleanCell, RefusedRow

REFUSED_HEADER = (*CLEAN_HEADER, "Trang", "Dòng", "Lý do")
"""The clean list, and behind it where each row stood and why it was refused; reading passes these three by."""

_BASE, _BRANCH = 4, 5


def rows_to_mend(refused: Iterable[RefusedRow]) -> list[tuple[CleanCell | int, ...]]:
    """Refused rows in; the rows under REFUSED_HEADER out, each saying by itself what it said in its place.

    Rows without a unit come first: further down their empty cells would read as the unit above them.
    """
    ordered = sorted(refused, key=lambda row: (bool(row.clean[_BASE]), bool(row.clean[_BRANCH])))
    return [(*row.clean, row.sheet, row.row, row.reason) for row in ordered]
