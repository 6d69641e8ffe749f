"""Slips with one-time codes, eight a page, to be cut apart and handed out singly. The QR leads to the page where the code is typed;
the code itself is in no QR, so that a photo of one does not open the account."""

from collections.abc import Iterator
from urllib.parse import quote

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from ..domain.dates import screen_day
from ..domain.login_slips import LoginSlip, LoginSlips
from . import fonts
from .marks import draw_qr
from .page import PORTRAIT, FullPage, Part, typeset
from .styles import BLUE, GREY, INK
from .text import drawable, shortened

_PAGE_WIDTH, _PAGE_HEIGHT = A4
_WIDTH, _HEIGHT = 105 * mm, 74.25 * mm
_COLUMNS = 2
_INSIDE = 10 * mm
_LINE = _WIDTH - 2 * _INSIDE
_EDGE = 6 * mm  # office printers leave that much white
_QR_SIDE = 27 * mm
_QR_CLEAR = 3.3 * mm  # four modules of a QR of 33
_BESIDE_QR = _LINE - _QR_SIDE - _QR_CLEAR

# Baselines, in points under the slip's upper edge.
_HEAD, _RULE, _NAME, _UNIT = 28.5, 33.0, 49.5, 62.5
_CODE_LABEL, _CODE, _NAME_LABEL, _USERNAME = 86.5, 111.6, 129.5, 144.3
_QR_FOOT = 150.6
_HOW_TO, _HOW_TO_PITCH = 167.0, 12.2


def render(slips: LoginSlips) -> bytes:
    """At least one slip in, the PDF's bytes out; the same slips give the same bytes."""
    parts = (_page_part(slips, page) for page in slips.pages)
    return typeset(f"Phiếu mã đăng nhập, {slips.unit}", slips.unit, PORTRAIT, parts)


def _page_part(slips: LoginSlips, page: tuple[tuple[int, LoginSlip], ...]) -> Part:
    return Part(lambda: [FullPage(lambda canvas: _draw_page(canvas, slips, page))], None)


def _draw_page(canvas: Canvas, slips: LoginSlips, page: tuple[tuple[int, LoginSlip], ...]) -> None:
    canvas.saveState()
    for place, (number, slip) in enumerate(page):
        row, column = divmod(place, _COLUMNS)
        _draw_slip(canvas, column * _WIDTH + _INSIDE, _PAGE_HEIGHT - row * _HEIGHT, slips, slip, f"{number}/{len(slips.slips)}")
    _draw_cuts(canvas, rows=-(-len(page) // _COLUMNS))
    canvas.restoreState()


def _draw_slip(canvas: Canvas, x: float, top: float, slips: LoginSlips, slip: LoginSlip, count: str) -> None:
    _draw_head(canvas, x, top, count)
    _fitted(canvas, x, top - _NAME, slip.name, fonts.BOLD, (14, 8.5), _LINE)
    _fitted(canvas, x, top - _UNIT, slip.unit, fonts.REGULAR, (10, 8), _LINE, GREY)
    _fitted(canvas, x, top - _CODE_LABEL, "Mã kích hoạt", fonts.REGULAR, (10, 10), _BESIDE_QR, GREY)
    _fitted(canvas, x, top - _CODE, slip.code, fonts.MONO_BOLD, (20, 20), _BESIDE_QR)
    _fitted(canvas, x, top - _NAME_LABEL, "Tên đăng nhập", fonts.REGULAR, (10, 10), _BESIDE_QR, GREY)
    _draw_username(canvas, x, top - _USERNAME, slip.username)
    for row, line in enumerate(_how_to(slips, slip)):
        _fitted(canvas, x, top - _HOW_TO - row * _HOW_TO_PITCH, line, fonts.REGULAR, (10, 7), _LINE)
    address = f"{slips.site.rstrip('/')}/kich-hoat?ten={quote(slip.username, safe='')}"
    draw_qr(canvas, x + _LINE - _QR_SIDE, top - _QR_FOOT, _QR_SIDE, address)


def _draw_head(canvas: Canvas, x: float, top: float, count: str) -> None:
    words = canvas.beginText(x, top - _HEAD)
    words.setFont(fonts.BOLD, 10.5)
    words.setFillColor(BLUE)
    words.setCharSpace(0.8)  # in one piece, so that it is copied whole
    words.textOut("MÃ ĐĂNG NHẬP LẦN ĐẦU")
    words.setCharSpace(0)
    canvas.drawText(words)
    canvas.setFillColor(GREY)
    canvas.setFont(fonts.REGULAR, 10)
    canvas.drawRightString(x + _LINE, top - _HEAD, count)
    canvas.setStrokeColor(BLUE)
    canvas.setLineWidth(0.8)
    canvas.line(x, top - _RULE, x + _LINE, top - _RULE)


def _draw_username(canvas: Canvas, x: float, y: float, username: str) -> None:
    """A username is typed letter by letter, so it is never cut: it grows small, then takes two lines."""
    if fonts.width(username, fonts.MONO_BOLD, 8) <= _BESIDE_QR:
        _fitted(canvas, x, y, username, fonts.MONO_BOLD, (13, 8), _BESIDE_QR)
        return
    half = -(-len(username) // 2)
    for row, piece in enumerate((username[:half], username[half:])):
        _fitted(canvas, x, y + 4 - row * 9, piece, fonts.MONO_BOLD, (8, 5), _BESIDE_QR)


def _how_to(slips: LoginSlips, slip: LoginSlip) -> Iterator[str]:
    yield f"Quét mã, hoặc mở {slips.activation_page}"
    yield "rồi nhập mã và đặt mật khẩu của mình."
    yield f"Dùng một lần, đến hết ngày {screen_day(slip.good_until)}. Giữ kín mã này."


def _fitted(canvas: Canvas, x: float, y: float, text: str, face: str, sizes: tuple[float, float], room: float, color: Color = INK) -> None:
    """Draw a line at the larger of the sizes (from, to), smaller where the room asks for it, and cut with "…" where that is not enough."""
    text = drawable(text).replace("\n", " ")
    largest, smallest = sizes
    size = max(smallest, min(largest, largest * room / max(fonts.width(text, face, largest), 1)))
    canvas.setFillColor(color)
    canvas.setFont(face, size)
    canvas.drawString(x, y, shortened(text, room, face, size))


def _draw_cuts(canvas: Canvas, rows: int) -> None:
    """Dashed lines between the slips of so many rows, with scissors at the left."""
    canvas.setStrokeColor(GREY)
    canvas.setLineWidth(0.6)
    canvas.setDash(3, 3)
    canvas.line(_WIDTH, _PAGE_HEIGHT - _EDGE, _WIDTH, max(_EDGE, _PAGE_HEIGHT - rows * _HEIGHT))
    heights = [_PAGE_HEIGHT - row * _HEIGHT for row in range(1, min(rows, 3) + 1)]
    for y in heights:
        canvas.line(_EDGE + 20, y, _PAGE_WIDTH - _EDGE, y)
    canvas.setDash()
    for y in heights:
        _draw_scissors(canvas, _EDGE, y)


def _draw_scissors(canvas: Canvas, x: float, y: float) -> None:
    canvas.setLineWidth(0.8)
    for side in (1, -1):
        canvas.circle(x + 8, y + side * 2.8, 1.9, stroke=1, fill=0)
        canvas.line(x + 9.7, y + side * 1.9, x + 18, y - side * 2.4)
