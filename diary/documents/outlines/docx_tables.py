"""Tables of a DOCX: ruled ones whose head repeats on each page, and bare ones that only place things side by side."""

from collections.abc import Callable, Sequence
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
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
_SIDE, _NARROW_SIDE = 4, 1  # points at each side of a cell, as in print
_HEAD_GROUND = "F3F4F6"
_AFTER_BORDERS = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")  # Word asks for its elements in one order
_AFTER_SIDES = ("w:tblLook",)
_AFTER_GROUND = ("w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark")
_AFTER_CELL_SIDES = _AFTER_GROUND[2:]


def borderless(made: Any) -> Any:
    """The table without any line, its cells without padding."""
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    _set_borders(made, "nil")
    _set_sides(made, 0)
    for row in made.rows:
        _mark_row(row, "w:cantSplit")
    return made


def fill_grid(made: Any, grid: Grid, clean: Callable[[str], str]) -> None:
    """Write a grid into a table that has a row for each of its heads and rows."""
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    _set_borders(made, "single")
    _set_sides(made, _SIDE)
    rows = list(made.rows)  # asked for one by one, each would be sought from the first on
    for y, heads in enumerate(grid.heads):
        cells = rows[y].cells
        _mark_row(rows[y], "w:tblHeader")
        for x, head in enumerate(heads):
            if head:
                _write_head(_spanned(made, cells[x], (x, y), head), head, grid, clean)
            if head and x in grid.narrow:
                _set_cell_sides(cells[x], _NARROW_SIDE)
    for y, line in enumerate(grid.rows, len(grid.heads)):
        _mark_row(rows[y], "w:cantSplit")
        cells = rows[y].cells
        if isinstance(line, Spread):
            cells[0].merge(cells[-1])
            _write(cells[0], Cell(line.text, Look.BOLD), clean)
        else:
            for x, (cell, said) in enumerate(zip(cells, line, strict=True)):
                _write(cell, said, clean)
                if x in grid.close:
                    _set_cell_sides(cell, _NARROW_SIDE)
    _keep_together(rows[len(rows) - grid.together :] if grid.together else ())


def _keep_together(rows: Sequence[Any]) -> None:
    """Keep rows on one page, and with the line after them: each of their paragraphs goes with what follows."""
    for row in rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _spanned(made: Any, cell: Any, place: tuple[int, int], head: HeadCell) -> Any:
    """The cell of a head, merged with those it reaches over."""
    x, y = place
    if head.across > 1 or head.down > 1:
        return cell.merge(made.cell(y + head.down - 1, x + head.across - 1))
    return cell


def _write_head(cell: Any, head: HeadCell, grid: Grid, clean: Callable[[str], str]) -> None:
    _write(cell, Cell(head.text, Look.BOLD_CENTRE), clean)
    if grid.small:
        cell.paragraphs[0].runs[0].font.size = Pt(_SMALL)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    ground = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", _HEAD_GROUND)):
        ground.set(qn(name), value)
    cell._tc.get_or_add_tcPr().insert_element_before(ground, *_AFTER_GROUND)


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


def _set_sides(made: Any, points: float) -> None:
    made._tbl.tblPr.insert_element_before(_sides("w:tblCellMar", points), *_AFTER_SIDES)


def _set_cell_sides(cell: Any, points: float) -> None:
    cell._tc.get_or_add_tcPr().insert_element_before(_sides("w:tcMar", points), *_AFTER_CELL_SIDES)


def _sides(name: str, points: float) -> Any:
    """How far text stands from its cell's sides."""
    made = OxmlElement(name)
    for side in ("left", "right"):
        room = OxmlElement(f"w:{side}")
        room.set(qn("w:w"), str(round(points * 20)))
        room.set(qn("w:type"), "dxa")
        made.append(room)
    return made
