"""Marks drawn as paths: tick boxes, the lotus, QR codes. None of them is text, so words stand beside each."""

from functools import lru_cache
from hashlib import sha256

import segno
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from .styles import BLUE, GOLD, INK, RED

QUIET_MODULES = 4  # nothing may stand nearer to a QR than this many of its modules


def draw_tick_box(canvas: Canvas, x: float, y: float, side: float, ticked: bool) -> None:
    """A square with its lower left corner at x, y, and a tick in it or not."""
    canvas.saveState()
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(0.9)
    canvas.rect(x, y, side, side, stroke=1, fill=0)
    if ticked:
        canvas.setLineWidth(side * 0.16)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        path = canvas.beginPath()
        path.moveTo(x + side * 0.2, y + side * 0.5)
        path.lineTo(x + side * 0.42, y + side * 0.24)
        path.lineTo(x + side * 0.82, y + side * 0.8)
        canvas.drawPath(path, stroke=1, fill=0)
    canvas.restoreState()


@lru_cache(maxsize=256)
def qr_runs(text: str) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """A text in; out: how many modules its QR (error level M) has a side, and its dark runs as (row from the top, column, length)."""
    matrix = segno.make(text, error="m", micro=False, boost_error=False).matrix
    runs = []
    for row, cells in enumerate(matrix):
        start = None
        for column, dark in enumerate([*cells, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                runs.append((row, start, column - start))
                start = None
    return len(matrix), tuple(runs)


def draw_qr(canvas: Canvas, x: float, y: float, side: float, text: str) -> None:
    """A text's QR, `side` points wide without its quiet zone, its lower left corner at x, y; stored once in a file, one path of runs."""
    modules, runs = qr_runs(text)
    name = f"qr-{sha256(text.encode()).hexdigest()[:24]}"  # a PDF name: no slash, colon or blank of the text may stand in it
    if not canvas.hasForm(name):
        _store_qr(canvas, name, modules, runs)
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(side / modules, side / modules)
    canvas.doForm(name)
    canvas.restoreState()


def _store_qr(canvas: Canvas, name: str, modules: int, runs: tuple[tuple[int, int, int], ...]) -> None:
    canvas.beginForm(name, 0, 0, modules, modules)
    canvas.setFillColor(INK)
    path = canvas.beginPath()
    for row, column, length in runs:
        path.rect(column, modules - row - 1, length, 1)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.endForm()


_ROSE, _PINK, _BLUSH = HexColor("#efbfb9"), HexColor("#f6d9d4"), HexColor("#fdf3ef")
_OUTLINE = HexColor("#a8483c")

# Petals from the back to the front: tip (x, y), half width at its widest, how high that is (part of the length), colour.
# Units: the flower is 100 wide; every petal grows from (0, 0).
_PETALS: tuple[tuple[float, float, float, float, Color], ...] = (
    (-31, 58, 13.5, 0.62, _ROSE),
    (31, 58, 13.5, 0.62, _ROSE),
    (-50, 14, 11.5, 0.62, _ROSE),
    (50, 14, 11.5, 0.62, _ROSE),
    (-47, 37, 13.5, 0.62, _PINK),
    (47, 37, 13.5, 0.62, _PINK),
    (0, 71, 18, 0.5, _BLUSH),
    (-29, 35, 12, 0.6, _PINK),
    (29, 35, 12, 0.6, _PINK),
    (-16, 45, 13, 0.55, _BLUSH),
    (16, 45, 13, 0.55, _BLUSH),
    (0, 38, 10, 0.5, _PINK),
)


def _petal(canvas: Canvas, tip: tuple[float, float], half: float, belly: float) -> PDFPathObject:
    tx, ty = tip
    length = (tx * tx + ty * ty) ** 0.5
    nx, ny = -ty / length * half * 1.34, tx / length * half * 1.34  # a curve reaches three quarters of its handles
    low, high = belly * 0.45, belly * 1.28
    path = canvas.beginPath()
    path.moveTo(0, 0)
    path.curveTo(tx * low + nx, ty * low + ny, tx * high + nx * 0.75, ty * high + ny * 0.75, tx, ty)
    path.curveTo(tx * high - nx * 0.75, ty * high - ny * 0.75, tx * low - nx, ty * low - ny, 0, 0)
    path.close()
    return path


def draw_lotus(canvas: Canvas, x: float, y: float, width: float) -> None:
    """A lotus flower of twelve petals, `width` points wide, its foot at x, y, with three lines of water under it."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(width / 100, width / 100)
    canvas.setStrokeColor(_OUTLINE)
    canvas.setLineWidth(0.55)
    for tip_x, tip_y, half, belly, color in _PETALS:
        canvas.setFillColor(color)
        canvas.drawPath(_petal(canvas, (tip_x, tip_y), half, belly), stroke=1, fill=1)
    canvas.setStrokeColor(BLUE)
    for half, depth in ((96, -6), (66, -12), (37, -18.5)):
        canvas.bezier(-half, depth, -half / 3, depth - half * 0.08, half / 3, depth - half * 0.08, half, depth)
    canvas.restoreState()


def draw_divider(canvas: Canvas, x: float, y: float, width: float) -> None:
    """A gold line with a red lozenge in its middle, `width` points wide, centred at x, y."""
    canvas.saveState()
    canvas.setStrokeColor(GOLD)
    canvas.setLineWidth(0.8)
    canvas.line(x - width / 2, y, x - 18, y)
    canvas.line(x + 18, y, x + width / 2, y)
    canvas.setFillColor(RED)
    path = canvas.beginPath()
    path.moveTo(x - 6.7, y)
    path.lineTo(x, y + 6.7)
    path.lineTo(x + 6.7, y)
    path.lineTo(x, y - 6.7)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()
