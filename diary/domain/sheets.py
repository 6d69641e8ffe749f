"""A table as it stands in a file: rows of plain cells, before anyone knows what they mean."""

from dataclasses import dataclass
from datetime import date, datetime

Cell = str | int | float | date | datetime | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook, or the whole of a text file.

    `first_row` is the number the file itself gives to rows[0]; `encoding` names what its text was written in before it became
    Unicode ("Unicode", "TCVN3", "VNI").
    """

    name: str
    rows: tuple[Row, ...]
    first_row: int = 1
    encoding: str = "Unicode"
