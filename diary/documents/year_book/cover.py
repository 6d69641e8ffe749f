"""The cover: frame, lotus, title, a quotation, and whose book it is. No full bleed, since office printers leave the edge white."""

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from ...domain.year_books import YearBook
from .. import fonts
from ..letterhead import UNION, even_lines, name_lines
from ..marks import draw_divider, draw_lotus
from ..styles import BLUE, GOLD, GREY, INK, RED
from ..text import cut, drawable

_WIDTH, _HEIGHT = A4
_MIDDLE = _WIDTH / 2
_ROOM = 140 * mm
_UNIT_LINES = 4  # more would touch the flower
_OUTER, _INNER = 14 * mm, 17.2 * mm


def draw_cover(canvas: Canvas, book: YearBook) -> None:
    """Draw the whole page; in the order in which it is read."""
    canvas.saveState()
    _frame(canvas)
    _organisation(canvas, book)
    draw_lotus(canvas, _MIDDLE, 181 * mm, 60 * mm)
    _spaced(canvas, "SỔ NHẬT KÝ", 149 * mm, 42, 2)
    _spaced(canvas, "LÀM THEO LỜI BÁC", 133 * mm, 31, 1.2)
    draw_divider(canvas, _MIDDLE, 125.5 * mm, 92 * mm)
    _centred(canvas, f"Năm {book.year}", 112.5 * mm, fonts.REGULAR, 22)
    _quotation(canvas, book)
    _holder(canvas, book)
    canvas.restoreState()


def _frame(canvas: Canvas) -> None:
    canvas.setStrokeColor(BLUE)
    canvas.setLineWidth(2.6)
    canvas.rect(_OUTER, _OUTER, _WIDTH - 2 * _OUTER, _HEIGHT - 2 * _OUTER)
    canvas.setStrokeColor(GOLD)
    canvas.setLineWidth(0.8)
    canvas.rect(_INNER, _INNER, _WIDTH - 2 * _INNER, _HEIGHT - 2 * _INNER)
    corners = (
        (_INNER, _INNER, 0),
        (_WIDTH - _INNER, _INNER, 90),
        (_WIDTH - _INNER, _HEIGHT - _INNER, 180),
        (_INNER, _HEIGHT - _INNER, 270),
    )
    for x, y, turn in corners:
        _corner(canvas, x, y, turn)


def _corner(canvas: Canvas, x: float, y: float, turn: int) -> None:
    canvas.saveState()
    canvas.translate(x, y)
    canvas.rotate(turn)
    canvas.setFillColor(RED)
    for radius in (22, 36):
        canvas.arc(-radius, -radius, radius, radius, 0, 90)
    canvas.circle(11, 11, 4.2, stroke=0, fill=1)
    canvas.restoreState()


def _organisation(canvas: Canvas, book: YearBook) -> None:
    y = _HEIGHT - 39 * mm
    _centred(canvas, UNION, y, fonts.BOLD, 15)
    lines, size = _unit_lines(book, 13.5), 13.5
    if len(lines) > _UNIT_LINES:
        lines, size = _unit_lines(book, 10.5), 10.5
    y -= 23
    for line, face in lines:
        _centred(canvas, line, y, face, size)
        y -= size * 1.45


def _unit_lines(book: YearBook, size: float) -> list[tuple[str, str]]:
    superior = [(line, fonts.REGULAR) for line in name_lines(cut(book.superior, 130), fonts.REGULAR, size, _ROOM)]
    branch = [(line, fonts.BOLD) for line in name_lines(cut(book.branch, 130), fonts.BOLD, size, _ROOM)]
    return [(line, face) for line, face in superior + branch if line]


def _quotation(canvas: Canvas, book: YearBook) -> None:
    y = 93 * mm
    for line in book.quotation:
        _centred(canvas, line, y, fonts.ITALIC, 14)
        y -= 18.5
    _centred(canvas, book.quotation_source, y - 7, fonts.REGULAR, 11, GREY)


def _holder(canvas: Canvas, book: YearBook) -> None:
    name = cut(book.holder, 120)
    short = fonts.width(drawable(name), fonts.BOLD, 21) <= _ROOM
    size, y = (21, 52 * mm) if short else (16, 62 * mm)
    for line in even_lines(name, fonts.BOLD, size, _ROOM):
        _centred(canvas, line, y, fonts.BOLD, size)
        y -= size * 1.2
    for line in even_lines(cut(book.job, 120), fonts.REGULAR, 13, _ROOM):
        _centred(canvas, line, y, fonts.REGULAR, 13, GREY)
        y -= 16
    _centred(canvas, ", ".join(filter(None, (cut(book.place, 60), str(book.year)))), min(y - 6, 32 * mm), fonts.REGULAR, 12, GREY)


def _centred(canvas: Canvas, text: str, y: float, face: str, size: float, color: Color = INK) -> None:
    canvas.setFillColor(color)
    canvas.setFont(face, size)
    canvas.drawCentredString(_MIDDLE, y, drawable(text))


def _spaced(canvas: Canvas, text: str, y: float, size: float, gap: float) -> None:
    """A letterspaced line in one piece, so that it is copied whole."""
    width = fonts.width(text, fonts.BOLD, size) + gap * (len(text) - 1)
    line = canvas.beginText(_MIDDLE - width / 2, y)
    line.setFont(fonts.BOLD, size)
    line.setFillColor(BLUE)
    line.setCharSpace(gap)
    line.textOut(text)
    line.setCharSpace(0)
    canvas.drawText(line)
