"""Blanks to fill in by hand: dotted lines drawn as paths (they copy as nothing), and dots inside a sentence."""

from reportlab.platypus import Flowable

from . import fonts
from .styles import GREY, INK

DOTS = "……"
DAY_DOTS = "……/……/……"

_SIZE = 14


class DottedLines(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """A bold label, dots after it to the line's end, and more dotted lines under it: `lines` in all, `pitch` points apart."""

    spaceAfter = 5

    def __init__(self, label: str, lines: int, pitch: float = 20, size: float = _SIZE):
        super().__init__()
        self._label, self._lines, self._pitch, self._size = label, lines, pitch, size

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._width = width
        return width, self._lines * self._pitch

    def draw(self) -> None:
        self.canv.saveState()
        self.canv.setFillColor(INK)
        self.canv.setFont(fonts.BOLD, self._size)
        self.canv.drawString(0, (self._lines - 1) * self._pitch + 4, self._label)
        self.canv.setStrokeColor(GREY)
        self.canv.setLineWidth(0.9)
        self.canv.setLineCap(1)
        self.canv.setDash(0.1, 3)
        indent = fonts.width(self._label, fonts.BOLD, self._size) + 5
        for line in range(self._lines):
            y = line * self._pitch + 3
            self.canv.line(indent if line == self._lines - 1 else 0, y, self._width, y)
        self.canv.restoreState()
