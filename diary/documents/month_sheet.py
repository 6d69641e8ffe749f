"""Phiếu ghi tay tháng: a ruled page for three deeds of a month, to be written by hand, photographed, and typed in where its QR leads.

The QR names the month and nobody: whoever finds the sheet learns nothing that is not written on it.
"""

from collections.abc import Iterable, Sequence

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from ..domain.month_sheets import MonthSheet
from . import fonts
from .marks import draw_qr, draw_tick_box
from .page import PORTRAIT, FullPage, Part, typeset
from .styles import BLUE, GREY, INK, INNER_LINE
from .text import shortened

TITLE = "Phiếu ghi tay"
SPHERES = ("bản thân", "công việc", "cộng đồng")
DEEDS = 3

_TOP = A4[1]
_LEFT, _RIGHT, _INSIDE = 20 * mm, 195 * mm, 4 * mm
_QR_SIDE, _QR_FOOT = 24 * mm, 43 * mm
_HEAD_RIGHT = _RIGHT - _QR_SIDE - 4 * mm
_BOX_TOP, _BOX_HEIGHT, _BOX_STEP, _ROUND = 47.8 * mm, 68.4 * mm, 71.1 * mm, 2 * mm
_PITCH = 8.35 * mm
_DAY_WIDTH, _DAY_HEIGHT = 6 * mm, 7 * mm
_TICK, _TICK_GAP = 3.4 * mm, 1.3 * mm
_LEAST_GAP, _SPHERE_GAP = 1.8 * mm, 3 * mm
_LABEL_WIDTH = 31 * mm
_CORNER, _CORNER_INSET, _CORNER_WIDTH = 7 * mm, 8 * mm, 1.9 * mm
_HOW_TO = (
    "Viết bằng mực xanh hoặc đen, trong khung. Khi có mạng, quét mã bên phải để mở trang Ghi nhật ký",
    "của tháng này, gõ lại từng việc và đính kèm ảnh chụp tờ này làm minh chứng.",
)
_LINES = (("Việc đã làm", 1), ("", 2), ("Cho ai, cùng ai", 3), ("Kết quả cụ thể", 4), ("Bài học", 5), ("", 6))
_FIRST_LINE = 23.7 * mm - _PITCH


def render(sheets: Iterable[MonthSheet], title: str, author: str) -> bytes:
    """At least one sheet in, a PDF with a page for each out; the same sheets give the same bytes."""
    return typeset(title, author, PORTRAIT, (_part(sheet) for sheet in sheets))


def _part(sheet: MonthSheet) -> Part:
    return Part(lambda: [FullPage(lambda canvas: _draw(canvas, sheet))], None)


def _draw(canvas: Canvas, sheet: MonthSheet) -> None:
    canvas.saveState()
    _draw_corners(canvas)
    _draw_head(canvas, sheet)
    for number in range(DEEDS):
        _draw_deed(canvas, sheet, number)
    foot = _TOP - 265.6 * mm
    _put(canvas, _LEFT, foot + 2, "Nhận xét của bí thư", fonts.BOLD, 11)
    _rule(canvas, _LEFT + 38 * mm, _RIGHT, foot)
    _rule(canvas, _LEFT, _RIGHT, foot - _PITCH)
    canvas.setFillColor(GREY)
    canvas.setFont(fonts.REGULAR, 9)
    canvas.drawCentredString(A4[0] / 2, 9 * mm, shortened(f"{sheet.page}  ·  tháng {sheet.month:%m/%Y}", 160 * mm, fonts.REGULAR, 9))
    canvas.restoreState()


def _draw_corners(canvas: Canvas) -> None:
    """Four black corners by which a photograph shows whether the whole sheet is on it."""
    canvas.setFillColor(INK)
    for x, towards in ((_CORNER_INSET, 1), (A4[0] - _CORNER_INSET, -1)):
        for y, up in ((_CORNER_INSET, 1), (_TOP - _CORNER_INSET, -1)):
            canvas.rect(x, y, towards * _CORNER, up * _CORNER_WIDTH, stroke=0, fill=1)
            canvas.rect(x, y, towards * _CORNER_WIDTH, up * _CORNER, stroke=0, fill=1)


def _draw_head(canvas: Canvas, sheet: MonthSheet) -> None:
    room = _HEAD_RIGHT - _LEFT
    after = _put(canvas, _LEFT, _TOP - 23.4 * mm, "PHIẾU GHI TAY", fonts.BOLD, 16, BLUE)
    _put(canvas, after + 9, _TOP - 23.4 * mm, f"Tháng {sheet.month.month} năm {sheet.month.year}", fonts.BOLD, 16)
    name = shortened(sheet.name, room * 0.7, fonts.BOLD, 13)
    after = _put(canvas, _LEFT, _TOP - 30.5 * mm, name, fonts.BOLD, 13)
    _put(canvas, after + 8, _TOP - 30.5 * mm, shortened(sheet.unit, room - (after - _LEFT) - 8, fonts.REGULAR, 12), fonts.REGULAR, 12, GREY)
    for row, line in enumerate(_HOW_TO):
        _put(canvas, _LEFT, _TOP - 36.6 * mm - row * 12.6, line, fonts.REGULAR, 10, GREY)
    canvas.setFillColor(INK)
    canvas.setFont(fonts.BOLD, 10.5)
    canvas.drawRightString(_HEAD_RIGHT, _TOP - 42.4 * mm, f"Tờ {sheet.number}")
    draw_qr(canvas, _RIGHT - _QR_SIDE, _TOP - _QR_FOOT, _QR_SIDE, sheet.address)


def _draw_deed(canvas: Canvas, sheet: MonthSheet, number: int) -> None:
    top = _TOP - _BOX_TOP - number * _BOX_STEP
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(0.9)
    canvas.roundRect(_LEFT, top - _BOX_HEIGHT, _RIGHT - _LEFT, _BOX_HEIGHT, _ROUND)
    _draw_first_row(canvas, top - 7.1 * mm, number + 1)
    _draw_ticks(canvas, top - 15.2 * mm, sheet.virtues)
    for label, line in _LINES:
        y = top - _FIRST_LINE - line * _PITCH
        if label:
            _put(canvas, _LEFT + _INSIDE, y + 2, label, fonts.BOLD, 11)
        _rule(canvas, _LEFT + _INSIDE + (_LABEL_WIDTH if label else 0), _RIGHT - _INSIDE, y)


def _draw_first_row(canvas: Canvas, y: float, number: int) -> None:
    """Which deed it is, its day, and the pledge it serves, or that it serves none."""
    _put(canvas, _LEFT + _INSIDE, y, f"Việc {number}", fonts.BOLD, 12, BLUE)
    _put(canvas, 43 * mm, y, "Ngày làm", fonts.REGULAR, 11)
    for x in (60, 66, 74.6, 80.6):
        _box(canvas, x * mm, y)
    _put(canvas, 72.5 * mm, y, "/", fonts.REGULAR, 12)
    _put(canvas, 92.8 * mm, y, "Nội dung đăng ký số", fonts.REGULAR, 11)
    _box(canvas, 126.7 * mm, y)
    _put(canvas, 134.8 * mm, y, "hoặc", fonts.REGULAR, 11)
    _tick(canvas, 144 * mm, y, "việc phát sinh", 11)


def _draw_ticks(canvas: Canvas, y: float, virtues: Sequence[str]) -> None:
    """A box to tick for each virtue and, at the right, for each sphere."""
    x = _RIGHT - _INSIDE - sum(_tick_width(word, 11) for word in SPHERES) - 2 * _SPHERE_GAP
    word_width = fonts.width("với", fonts.REGULAR, 11)
    bar = x - word_width - 13
    _draw_virtues(canvas, _LEFT + _INSIDE, bar - 6, y, virtues)
    canvas.setStrokeColor(INNER_LINE)
    canvas.setLineWidth(0.8)
    canvas.line(bar, y - 3, bar, y + 10)
    _put(canvas, x - word_width - 6, y, "với", fonts.REGULAR, 11, GREY)
    for word in SPHERES:
        x = _tick(canvas, x, y, word, 11) + _SPHERE_GAP


def _draw_virtues(canvas: Canvas, x: float, right: float, y: float, virtues: Sequence[str]) -> None:
    words = [virtue[:1].lower() + virtue[1:] for virtue in virtues]
    size = next((size for size in (11.0, 10.0, 9.0) if _row_width(words, size) <= right - x), None)
    if size is None or not words:  # more than a row holds: the virtue is written in
        after = _put(canvas, x, y, "Chuẩn mực", fonts.BOLD, 11)
        _rule(canvas, after + 6, right, y - 2)
        return
    gap = min(3.5 * mm, (right - x - _row_width(words, size, 0)) / max(len(words) - 1, 1))
    for word in words:
        x = _tick(canvas, x, y, word, size) + gap


def _row_width(words: Sequence[str], size: float, gap: float = _LEAST_GAP) -> float:
    return sum(_tick_width(word, size) for word in words) + gap * (len(words) - 1)


def _tick_width(word: str, size: float) -> float:
    return float(_TICK + _TICK_GAP + fonts.width(word, fonts.REGULAR, size))


def _tick(canvas: Canvas, x: float, y: float, word: str, size: float) -> float:
    """A box to tick and its word; where it ends."""
    draw_tick_box(canvas, x, y - 0.6, _TICK, ticked=False)
    return _put(canvas, x + _TICK + _TICK_GAP, y, word, fonts.REGULAR, size)


def _box(canvas: Canvas, x: float, y: float) -> None:
    """A box for one figure."""
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(0.9)
    canvas.rect(x, y - 1.8 * mm, _DAY_WIDTH, _DAY_HEIGHT)


def _rule(canvas: Canvas, left: float, right: float, y: float) -> None:
    canvas.setStrokeColor(INNER_LINE)
    canvas.setLineWidth(0.7)
    canvas.line(left, y, right, y)


def _put(canvas: Canvas, x: float, y: float, text: str, face: str, size: float, color: Color = INK) -> float:
    """A line of text; where it ends."""
    canvas.setFillColor(color)
    canvas.setFont(face, size)
    canvas.drawString(x, y, text)
    return x + fonts.width(text, face, size)
