"""The tables of an outline as a workbook, a sheet each: texts stay texts whatever they begin with, figures can be counted on."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO

import xlsxwriter

from .shapes import Cell, Grid, Outline, Spread, flat

_POINTS_A_LETTER = 5.6
_LEAST_WIDTH, _MOST_WIDTH = 7, 60
_MADE = datetime(2000, 1, 1, tzinfo=UTC)  # workbooks note when they were made; the same outline is to give the same bytes
_SHEET_NAME = 31
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")


def xlsx(outline: Outline) -> bytes:
    """An outline with at least one table in, the workbook's bytes out; the same outline gives the same bytes."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": outline.title, "author": outline.letterhead.author, "created": _MADE})
        bold = book.add_format({"bold": True})
        head = book.add_format({"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1})
        for name, grid in _named(outline):
            _write(book.add_worksheet(name), grid, head, bold)
    return out.getvalue()


def _named(outline: Outline) -> Iterator[tuple[str, Grid]]:
    """Each table with a name no other sheet has."""
    taken: set[str] = set()
    for grid in flat(outline.blocks):
        if isinstance(grid, Grid):
            stem = _NOT_IN_SHEET_NAMES.sub(" ", grid.name).strip("' ") or "Bảng"
            tries = (stem[: _SHEET_NAME - len(more)].rstrip() + more for more in ("", *(f" ({n})" for n in range(2, 10_000))))
            name = next(name for name in tries if name.lower() not in taken)
            taken.add(name.lower())
            yield name, grid


def _write(sheet: xlsxwriter.worksheet.Worksheet, grid: Grid, head: object, bold: object) -> None:
    for x, width in enumerate(grid.widths):
        sheet.set_column(x, x, min(max(_LEAST_WIDTH, width / _POINTS_A_LETTER), _MOST_WIDTH))
    sheet.freeze_panes(len(grid.heads), 0)
    for y, row in enumerate(grid.heads):
        for x, cell in enumerate(row):
            if cell and (cell.across > 1 or cell.down > 1):
                sheet.merge_range(y, x, y + cell.down - 1, x + cell.across - 1, "", head)
            if cell:
                sheet.write_string(y, x, cell.text, head)
    for y, line in enumerate(grid.rows, len(grid.heads)):
        if isinstance(line, Spread):
            sheet.write_string(y, 0, line.text, bold)
        else:
            _write_cells(sheet, y, line)


def _write_cells(sheet: xlsxwriter.worksheet.Worksheet, y: int, cells: tuple[Cell, ...]) -> None:
    for x, cell in enumerate(cells):
        if cell.value is not None:
            sheet.write_number(y, x, float(cell.value))
        elif cell.text:
            sheet.write_string(y, x, cell.text)
