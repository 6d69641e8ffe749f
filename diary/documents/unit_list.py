"""Danh sách xếp loại tổ chức Đoàn: units by levels with counts and shares, as a list of its own or as the annex of a decision."""

from reportlab.lib.units import mm

from ..domain.dates import paper_day
from ..domain.figures import padded
from ..domain.unit_lists import UnitLine, UnitList
from .levels import figure, letters_of, named_letters, order_width, summary
from .outlines import Block, Cell, Closing, Grid, HeadCell, Look, Outline, Style, Together, Words, pdf
from .outlines.shapes import Row
from .page import LANDSCAPE
from .text import cut

TITLE = "Danh sách xếp loại tổ chức Đoàn"

_TT, _ABOVE, _LEVEL, _NOTE = 10 * mm, 64 * mm, 24 * mm, 32 * mm


def render(paper: UnitList) -> bytes:
    """A list of units in, its PDF out (A4 landscape)."""
    return pdf(outline(paper))


def outline(paper: UnitList) -> Outline:
    """What the list says, before it is set."""
    subject = f"Xếp loại tổ chức Đoàn năm {paper.year}"
    annexed = (f"(Kèm theo Quyết định số {paper.number}, ngày {paper_day(paper.day)})",) if paper.number and paper.day else ()
    return Outline(
        title=f"{TITLE} năm {paper.year}",
        letterhead=paper.letterhead,
        kind="DANH SÁCH",
        subject=(subject, *annexed),
        blocks=(*_units(paper), Together((_summary(paper), _note(paper), Closing(paper.signer, paper.recipients)))),
        landscape=True,
        verification=paper.verification,
    )


def _units(paper: UnitList) -> tuple[Block, ...]:
    if not paper.lines:
        return (Words("Chưa có tổ chức Đoàn nào được đề nghị xếp loại.", Style.NOTE),)
    texts = ("TT", "Tổ chức Đoàn", "Trực thuộc", "Tự đề nghị", "Đoàn cơ sở", "Công nhận", "Ghi chú")
    tt = order_width(len(paper.lines), _TT)
    widths = (tt, LANDSCAPE.width - tt - _ABOVE - 3 * _LEVEL - _NOTE, _ABOVE, *[_LEVEL] * 3, _NOTE)
    rows: list[Row] = [_row(order, line) for order, line in enumerate(paper.lines, 1)]
    return (Grid("Danh sách", widths, (tuple(map(HeadCell, texts)),), tuple(rows), figures=(0,)),)


def _row(order: int, line: UnitLine) -> tuple[Cell, ...]:
    return (
        figure(order),
        Cell(cut(line.name, 200)),
        Cell(cut(line.above, 200)),
        Cell(letters_of(line.proposed), Look.CENTRE),
        Cell(letters_of(line.base), Look.CENTRE),
        Cell(letters_of(line.decided), Look.BOLD_CENTRE),
        Cell(line.note, Look.SMALL),
    )


def _summary(paper: UnitList) -> Grid:
    return summary(paper.levels, paper.counts, LANDSCAPE.width, paper.earlier, "Số đơn vị")


def _note(paper: UnitList) -> Words:
    before = f"; năm {paper.earlier.year}: {padded(sum(paper.earlier.counts))} đơn vị được xếp loại" if paper.earlier else ""
    said = f"Mẫu số: {padded(sum(paper.counts))} đơn vị đã có mức trên {padded(len(paper.lines))} đơn vị{before}."
    return Words(f"{said} {named_letters(paper.levels)}.", Style.NOTE)
