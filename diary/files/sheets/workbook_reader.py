"""A program of its own: a workbook on standard input, its visible sheets as JSON on standard output.

The library that reads workbooks believes the file and has no limits: a few changed bytes make it ask for 40 GB, and the process is gone.
So it runs where only this process can be lost, with little memory. Nothing of the project is imported here; it has to start fast.
"""

import json
import sys
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

LOCKED, TOO_LONG, BROKEN = 3, 4, 5
"""Exit codes when there are no sheets to give."""

_Value = str | int | float | bool | date | datetime | time | timedelta
_Plain = str | int | float | dict[str, str] | None


def _limit_memory(limit: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _plain(value: _Value) -> _Plain:
    if isinstance(value, str):
        return value if value and not value.isspace() else None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value if isinstance(value, int) else str(value)


def _read(content: bytes, rows_left: int) -> list[tuple[str, int, list[list[_Plain]]]]:
    sheets = []
    with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
        for known in book.sheets_metadata:
            if known.typ is not SheetTypeEnum.WorkSheet or known.visible is not SheetVisibleEnum.Visible:
                continue
            sheet = book.get_sheet_by_name(known.name)
            rows_left -= sheet.height
            if rows_left < 0:
                raise SystemExit(TOO_LONG)
            top, left = sheet.start or (0, 0)
            rows: list[list[_Plain]] = [[None] * left + [_plain(value) for value in row] for row in sheet.to_python(skip_empty_area=True)]
            sheets.append((known.name, top + 1, rows))
    return sheets


def main(max_rows: int, max_memory: int) -> None:
    """Reads, writes and ends; the exit code says why there is nothing to give."""
    _limit_memory(max_memory)
    try:
        sheets = _read(sys.stdin.buffer.read(), max_rows)
    except PasswordError:
        raise SystemExit(LOCKED) from None
    except (CalamineError, OSError, ValueError) as error:
        raise SystemExit(LOCKED if "password" in str(error).lower() else BROKEN) from None
    json.dump(sheets, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
