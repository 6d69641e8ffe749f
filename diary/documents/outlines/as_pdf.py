"""An outline set as a PDF, with the measures of office papers."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportlab.lib.enums import TA_CENTER
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer

from .. import fonts
from ..endings import EndBlock, Kept, TwoSignatures, recipients
from ..letterhead import LetterheadBlock, title_block
from ..page import LANDSCAPE, PORTRAIT, Footer, Part, new_page, typeset
from ..styles import (
    BODY,
    CELL,
    CELL_BOLD,
    CELL_BOLD_CENTRE,
    CELL_BOLD_RIGHT,
    CELL_CENTRE,
    CELL_GREY,
    CELL_GREY_RIGHT,
    CELL_RIGHT,
    CELL_SMALL,
    FORM_NOTE,
    SECTION,
    SUBJECT,
    TABLE_HEAD,
    TABLE_HEAD_SMALL,
)
from ..tables import cells, ruled, table
from ..text import bold, paragraph, paragraphs
from .facts import two_columns
from .shapes import Annex, Block, Cell, Closing, Facts, Grid, Look, Outline, Row, Section, Spread, Style, Together, TwoSigners, Words

_LOOKS = {
    Look.PLAIN: CELL,
    Look.CENTRE: CELL_CENTRE,
    Look.RIGHT: CELL_RIGHT,
    Look.BOLD: CELL_BOLD,
    Look.BOLD_CENTRE: CELL_BOLD_CENTRE,
    Look.BOLD_RIGHT: CELL_BOLD_RIGHT,
    Look.GREY: CELL_GREY,
    Look.GREY_RIGHT: CELL_GREY_RIGHT,
    Look.SMALL: CELL_SMALL,
}
_STYLES = {
    Style.BODY: BODY,
    Style.LINE: CELL,
    Style.LINE_BOLD: CELL_BOLD,
    Style.NOTE: FORM_NOTE,
    Style.CENTRED_BOLD: SUBJECT.clone("centred-bold", spaceBefore=8, spaceAfter=6),
    Style.CENTRED_ITALIC: SUBJECT.clone("centred-italic", fontName=fonts.ITALIC, alignment=TA_CENTER, spaceAfter=6),
}
_SECTION_COMPANY = 60  # points that must be free under a section's heading
_LINES_COMPANY = 50
_OVER_TWO = 4
_MANY_RECIPIENTS = 12
_ROWS_A_PIECE = 400
_SHORT = 400  # letters in a cell


def pdf(outline: Outline) -> bytes:
    """An outline in, its PDF's bytes out; the same outline gives the same bytes."""
    layout = LANDSCAPE if outline.landscape else PORTRAIT
    return typeset(outline.title, outline.letterhead.author, layout, [Part(lambda: _story(outline), Footer(outline.verification))])


def _story(outline: Outline) -> list[Flowable]:
    return [LetterheadBlock(outline.letterhead), *title_block(outline.kind, *outline.subject), *_set(outline.blocks)]


def _set(blocks: Sequence[Block]) -> list[Flowable]:
    """The blocks' flowables; a signature takes the last lines of the running text before it along."""
    story: list[Flowable] = []
    for before, block in zip((None, *blocks), blocks, strict=False):
        end = _end(block)
        if end is not None and _leads_to(before, block):
            story.append(Kept(story.pop(), end))
        elif end is not None:
            story.append(end)
        else:
            story += _flowables(block)
    return story


def _leads_to(before: Block | None, end: Block) -> bool:
    """Whether a signature stays with the words before it; not where a list beside it may be longer than a page."""
    many = isinstance(end, Closing) and len(end.recipients) > _MANY_RECIPIENTS
    return isinstance(before, Words) and before.style is Style.BODY and not many


def _end(block: Block) -> Flowable | None:
    if isinstance(block, Closing):
        return EndBlock(block.signer, recipients(block.recipients))
    return _two(block) if isinstance(block, TwoSigners) else None


def _two(block: TwoSigners) -> TwoSignatures:
    """Close to the last words, so that a table of 25, the words after it and both names stand on one page."""
    made = TwoSignatures(block.left, block.right)
    made.spaceBefore = _OVER_TWO
    return made


def _flowables(block: Block) -> Iterator[Flowable]:
    match block:
        case Section():
            yield CondPageBreak(_SECTION_COMPANY + SECTION.leading)
            yield paragraph(SECTION, block.text)
        case Words():
            yield from _words(block)
        case Facts():
            yield two_columns(block.rows)
        case Grid():
            yield from map(_table, _pieces(block))
        case Together():
            yield KeepTogether(_set(block.blocks))
        case Annex():
            yield from _annex(block)


def _words(block: Words) -> Iterator[Flowable]:
    style, lead = _STYLES[block.style], [bold(block.lead)] if block.lead else []
    if block.style is Style.LINE_BOLD:
        yield CondPageBreak(_LINES_COMPANY)
    for line in [line for line in block.text.split("\n") if line.strip()] or [""]:
        yield paragraph(style, *lead, line)
        lead = []
    if block.style is Style.LINE:
        yield Spacer(1, 6)


def _annex(block: Annex) -> Iterator[Flowable]:
    yield from new_page(LANDSCAPE if block.landscape else PORTRAIT)
    yield paragraph(SUBJECT, block.title)
    yield paragraph(SUBJECT, block.subject)
    if block.note:
        yield paragraph(_STYLES[Style.CENTRED_ITALIC], block.note)
    yield Spacer(1, 4)


def _pieces(grid: Grid) -> Iterator[Grid]:
    """A table, one of very many rows in pieces that each begin with a group's name: each page broken off costs as much as all that is left.

    The pieces stand one under the other, each under the head.
    """
    start = 0
    for place, row in enumerate(grid.rows):
        if isinstance(row, Spread) and place - start >= _ROWS_A_PIECE:
            yield replace(grid, rows=grid.rows[start:place], together=0)
            start = place
    yield replace(grid, rows=grid.rows[start:]) if start else grid


def _table(grid: Grid) -> Flowable:
    heads, style = len(grid.heads), TABLE_HEAD_SMALL if grid.small else TABLE_HEAD
    rows: list[Sequence[Flowable | list[Flowable] | str]]
    rows = [[paragraph(style, cell.text) if cell else "" for cell in row] for row in grid.heads]
    rows += [_row(row, len(grid.widths)) for row in grid.rows]
    more = (*_spans(grid), *_narrow(grid), *_spreads(grid, heads), *_last_rows(grid, len(rows)))
    return table(rows, grid.widths, ruled(heads, figures=grid.figures, tight=grid.tight, more=more), heads)


def _row(row: Row, columns: int) -> list[Flowable | list[Flowable] | str]:
    if isinstance(row, Spread):
        return [*cells(CELL_BOLD, row.text), *[""] * (columns - 1)]
    return [_cell(cell) for cell in row]


def _cell(cell: Cell) -> Flowable | list[Flowable] | str:
    if "\n" in cell.text:
        return list(paragraphs(_LOOKS[cell.look], cell.text))
    return paragraph(_LOOKS[cell.look], cell.text) if cell.text else ""


def _spans(grid: Grid) -> Iterator[tuple[object, ...]]:
    for y, row in enumerate(grid.heads):
        for x, cell in enumerate(row):
            if cell and (cell.across > 1 or cell.down > 1):
                yield "SPAN", (x, y), (x + cell.across - 1, y + cell.down - 1)


def _narrow(grid: Grid) -> Iterator[tuple[object, ...]]:
    heads = len(grid.heads)
    for x in grid.narrow:
        yield from ((side, (x, 0), (x, heads - 1), 1) for side in ("LEFTPADDING", "RIGHTPADDING"))
    for x in grid.close:
        yield from ((side, (x, heads), (x, -1), 2) for side in ("LEFTPADDING", "RIGHTPADDING"))


def _spreads(grid: Grid, heads: int) -> Iterator[tuple[object, ...]]:
    for y, row in enumerate(grid.rows, heads):
        if isinstance(row, Spread):
            yield "SPAN", (0, y), (-1, y)
            following = grid.rows[y - heads + 1 : y - heads + 2]
            if all(_is_short(row) for row in following):
                yield "NOSPLIT", (0, y), (0, y + len(following))  # a group's name goes with its first row


def _last_rows(grid: Grid, rows: int) -> Iterator[tuple[object, ...]]:
    if grid.together and all(_is_short(row) for row in grid.rows[-grid.together :]):
        yield "NOSPLIT", (0, max(len(grid.heads), rows - grid.together)), (0, rows - 1)


def _is_short(row: Row) -> bool:
    """Whether a row surely fits a page: one that does not must be free to break."""
    return isinstance(row, Spread) or max(len(cell.text) for cell in row) <= _SHORT
