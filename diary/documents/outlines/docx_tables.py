"""Tables of a DOCX: ruled ones whose head repeats on each page, and bare ones that only place things side by side."""

from collections.abc import Callable
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from .shapes import Cell, Grid, HeadCell, Look, Spread

_RIGHT = {Look.RIGHT, Look.BOLD_RIGHT, Look.GREY_RIGHT}
_CENTRE = {Look.CENTRE, Look.BOLD_CENTRE}
_BOLD = {Look.BOLD, Look.BOLD_CENTRE, Look.BOLD_RIGHT}
_GREY = {Look.GREY, Look.GREY_RIGHT}
_SIZE, _SMALL = 12, 11
_HEAD_GROUND = "F3F4F6"
_AFTER_BORDERS = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")  # Word asks for its elements in one order


def borderless(made: Any) -> Any:
    """The table without any line, its cells without padding."""
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    _set_borders(made, "nil")
    return made


def fill_grid(made: Any, grid: Grid, clean: Callable[[str], str]) -> None:
    """Write a grid into a table that has a row for each of its heads and rows."""
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    _set_borders(made, "single")
    rows = list(made.rows)  # asked for one by one, each would be sought from the first on
    for y, heads in enumerate(grid.heads):
        cells = rows[y].cells
        _mark_row(rows[y], "w:tblHeader")
        for x, head in enumerate(heads):
            if head:
                _write_head(made, cells[x], (x, y), head, clean)
    for y, line in enumerate(grid.rows, len(grid.heads)):
        _mark_row(rows[y], "w:cantSplit")
        cells = rows[y].cells
        if isinstance(line, Spread):
            cells[0].merge(cells[-1])
            _write(cells[0], Cell(line.text, Look.BOLD), clean)
        else:
            for cell, said in zip(cells, line, strict=True):
                _write(cell, said, clean)


def _write_head(made: Any, cell: Any, place: tuple[int, int], head: HeadCell, clean: Callable[[str], str]) -> None:
    x, y = place
    if head.across > 1 or head.down > 1:
        cell = cell.merge(made.cell(y + head.down - 1, x + head.across - 1))
    _write(cell, Cell(head.text, Look.BOLD_CENTRE), clean)
    ground = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", _HEAD_GROUND)):
        ground.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(ground)


def _write(cell: Any, said: Cell, clean: Callable[[str], str]) -> None:
    made, look = cell.paragraphs[0], said.look
    sides = WD_ALIGN_PARAGRAPH
    made.alignment = sides.RIGHT if look in _RIGHT else sides.CENTER if look in _CENTRE else sides.LEFT
    run = made.add_run(clean(said.text))
    run.bold, run.font.size = look in _BOLD, Pt(_SMALL if look is Look.SMALL else _SIZE)
    if look in _GREY:
        run.font.color.rgb = RGBColor(0x5D, 0x63, 0x6B)


def _mark_row(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _set_borders(made: Any, sort: str) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("w:val", sort), ("w:sz", "4"), ("w:space", "0"), ("w:color", "000000")):
            line.set(qn(name), value)
        borders.append(line)
    made._tbl.tblPr.insert_element_before(borders, *_AFTER_BORDERS)
