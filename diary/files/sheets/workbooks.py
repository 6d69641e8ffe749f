"""Workbooks of Excel and LibreOffice: looked over for traps first, then read."""

import zipfile
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from diary.domain.sheets import Cell, Row, Sheet

from .limits import MAX_ROWS, UnreadableFile, too_many_rows
from .packages import BROKEN, LOCKED, look_over


def read_workbook(content: bytes) -> tuple[Sheet, ...]:
    """The bytes of a .xlsx, .xls or .ods in, its visible sheets out. Raises UnreadableFile."""
    if content.startswith(b"PK"):
        look_over(content)
    elif "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableFile(LOCKED)
    try:
        return _read(content)
    except PasswordError:
        raise UnreadableFile(LOCKED) from None
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile) as error:
        raise UnreadableFile(LOCKED if "password" in str(error).lower() else BROKEN) from None


def _read(content: bytes) -> tuple[Sheet, ...]:
    sheets, left = [], MAX_ROWS
    with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
        for known in book.sheets_metadata:
            if known.typ is not SheetTypeEnum.WorkSheet or known.visible is not SheetVisibleEnum.Visible:
                continue
            sheet = _read_sheet(book.get_sheet_by_name(known.name), left)
            sheets.append(sheet)
            left -= len(sheet.rows)
    return tuple(sheets)


def _read_sheet(sheet: CalamineSheet, rows_left: int) -> Sheet:
    if sheet.start is None:
        return Sheet(sheet.name, ())
    if sheet.height > rows_left:
        raise too_many_rows()
    left_edge: Row = (None,) * sheet.start[1]
    rows = tuple(left_edge + tuple(map(_plain_cell, row)) for row in sheet.to_python(skip_empty_area=True))
    return Sheet(sheet.name, rows, sheet.start[0] + 1)


def _plain_cell(value: str | float | bool | time | date | datetime | timedelta) -> Cell:
    if isinstance(value, str):
        return value if value and not value.isspace() else None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, int | date):
        return value
    return str(value)
