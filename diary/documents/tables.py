"""Ruled tables: the one look they share, and cells made of text."""

from collections.abc import Sequence
from functools import lru_cache

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Table, TableStyle

from . import fonts
from .styles import HEAD_GROUND, INK, INNER_LINE, INNER_LINE_WIDTH, OUTER_LINE_WIDTH, TABLE_HEAD
from .text import paragraph

Row = Sequence[Flowable | list[Flowable] | str]

_TIGHT, _LOOSE = (1.0, 2.2), (3.2, 4.2)  # padding above and below: the larger one below keeps marks like ậ off the line
_SIDE = 4.0
_FIGURE_SIDE = 8.0
_SMALL = 12  # rows
_COMMANDS = ("_bkgrndcmds", "_linecmds", "_spanCmds", "_nosplitCmds", "_srflcmds", "_sircmds")  # what a table keeps of its look


def ruled(heads: int, figures: tuple[int, ...] = (), tight: bool = False, more: tuple[tuple[object, ...], ...] = ()) -> TableStyle:
    """The look of a table with `heads` rows of head: box and line under the head black, inner lines thin and grey.

    `figures` are columns of right-aligned figures: they get room at their right, to stand under a centred head.
    """
    above, below = _TIGHT if tight else _LOOSE
    commands: list[tuple[object, ...]] = [
        ("VALIGN", (0, 0), (-1, heads - 1), "MIDDLE"),
        ("VALIGN", (0, heads), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), above),
        ("BOTTOMPADDING", (0, 0), (-1, -1), below),
        ("LEFTPADDING", (0, 0), (-1, -1), _SIDE),
        ("RIGHTPADDING", (0, 0), (-1, -1), _SIDE),
        ("INNERGRID", (0, 0), (-1, -1), INNER_LINE_WIDTH, INNER_LINE),
        ("BOX", (0, 0), (-1, -1), OUTER_LINE_WIDTH, INK),
        ("BACKGROUND", (0, 0), (-1, heads - 1), HEAD_GROUND),
        ("LINEBELOW", (0, heads - 1), (-1, heads - 1), OUTER_LINE_WIDTH, INK),
        *(("RIGHTPADDING", (column, heads), (column, -1), _FIGURE_SIDE) for column in figures),
        *more,
    ]
    return TableStyle(commands)


class _Ruled(Table):  # type: ignore[misc]  # reportlab ships no types
    """Breaks between rows; inside a row only where a whole page cannot hold it."""

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        parts = super().split(availWidth, availHeight)
        frame = getattr(self, "_frame", None)
        if not parts and frame is not None and frame._atTop:
            self.splitInRow = 1
            parts = super().split(availWidth, availHeight)
            self.splitInRow = 0
        return list(parts)


def table(rows: Sequence[Row], widths: Sequence[float], look: TableStyle, heads: int = 1) -> Table:
    """Rows of cells, column widths in points and a look in, a table out that repeats its head where it breaks over pages."""
    if len(rows) > _SMALL:
        made = _Ruled(rows, colWidths=widths, style=look, repeatRows=heads, splitByRow=1)
    else:
        like = _laid_out(look, len(rows), len(widths))
        made = _Ruled(rows, colWidths=widths, cellStyles=like._cellStyles, repeatRows=heads, splitByRow=1)
        made.__dict__.update({name: list(getattr(like, name)) for name in _COMMANDS})
    made.spaceBefore = 2
    made.spaceAfter = 6
    return made


@lru_cache(maxsize=64)
def _laid_out(look: TableStyle, rows: int, columns: int) -> Table:
    """A look laid out over so many cells: what thousands of small tables have in common, and nobody changes."""
    return Table([[""] * columns for _ in range(rows)], style=look)


def cells(style: ParagraphStyle, *texts: str) -> list[Flowable]:
    """Texts in, a cell for each out."""
    return [paragraph(style, text) for text in texts]


def head(*texts: str) -> list[Flowable]:
    """Column heads in, the head row out."""
    return cells(TABLE_HEAD, *texts)


def heads_that_fit(words: Sequence[str], letters: Sequence[str], room: float, style: ParagraphStyle) -> tuple[str, ...]:
    """Heads over columns that leave `room` points for text: the words, or where one of them would break, the letters."""
    widest = max(fonts.width(word, style.fontName, style.fontSize) for head in words for word in head.split())
    return tuple(words if widest <= room else letters)
