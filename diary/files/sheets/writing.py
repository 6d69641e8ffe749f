"""Sheets out: Excel with text kept as text, or CSV that no spreadsheet takes for formulas."""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from itertools import islice
from pathlib import PurePath

import xlsxwriter

from diary.domain.dates import screen_day

from .limits import MAX_TEXT, UnreadableFile

OutCell = str | int | float | Decimal | date | datetime | None

_RUNS_AS_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NARROW, _WIDE, _LOOKED_AT = 6, 60, 200


def write_sheet(name: str, header: Sequence[str], rows: Iterable[Sequence[OutCell]]) -> bytes:
    """A file's name, the column heads and the rows in; the bytes of an .xlsx or .csv, by the name's ending, out.

    Days become text dd/mm/yyyy, texts stay texts whatever they begin with, numbers stay numbers. In CSV (UTF-8 with its mark) a '
    goes before = + - @ TAB CR, and `read_sheets` takes it off again. Raises UnreadableFile for another ending.
    """
    ending = PurePath(name).suffix.lower()
    if ending == ".xlsx":
        return _write_xlsx(PurePath(name).stem, header, rows)
    if ending == ".csv":
        return _write_csv(header, rows)
    raise UnreadableFile("Chỉ ghi được tệp .xlsx hoặc .csv. Hãy đặt tên tệp với một trong hai đuôi này.")


def _plain(value: OutCell) -> str | int | float | Decimal | None:
    if isinstance(value, datetime):
        return f"{screen_day(value.date())} {value:%H:%M}"
    return screen_day(value) if isinstance(value, date) else value


def _write_csv(header: Sequence[str], rows: Iterable[Sequence[OutCell]]) -> bytes:
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(map(_guarded, header))
    writer.writerows([_guarded(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _guarded(value: OutCell) -> str | int | float | Decimal | None:
    plain = _plain(value)
    return f"'{plain}" if isinstance(plain, str) and _RUNS_AS_FORMULA.match(plain) else plain


def _write_xlsx(name: str, header: Sequence[str], rows: Iterable[Sequence[OutCell]]) -> bytes:
    out, kept = BytesIO(), iter(rows)
    first = list(islice(kept, _LOOKED_AT))
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(_sheet_name(name))
        sheet.freeze_panes(1, 0)
        for number, width in enumerate(_widths(header, first)):
            sheet.set_column(number, number, width)
        bold = book.add_format({"bold": True})
        for number, label in enumerate(header):
            sheet.write_string(0, number, label, bold)
        for row_number, row in enumerate([*first, *kept], start=1):
            for number, value in enumerate(row):
                _write_cell(sheet, row_number, number, _plain(value))
    return out.getvalue()


def _write_cell(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: str | int | float | Decimal | None) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value[:MAX_TEXT])
    elif value is not None:
        sheet.write_number(row, column, float(value))


def _sheet_name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[:31] or "Danh sách"


def _widths(header: Sequence[str], rows: Sequence[Sequence[OutCell]]) -> list[int]:
    columns = [[label, *(row[number] for row in rows if number < len(row))] for number, label in enumerate(header)]
    return [min(max(_NARROW, *(len(str(value or "")) + 2 for value in column)), _WIDE) for column in columns]
