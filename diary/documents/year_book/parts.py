"""What several pages of the book share: the banner over a section, two texts side by side, the bar beside a remark."""

from reportlab.platypus import Flowable

from .. import fonts
from ..page import BOOK
from ..styles import BLUE, BOOK_ASIDE, BOOK_TITLE, DAY_COLUMN, GOLD
from ..text import Text, cut, paragraph


class SideBySide(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """A text at the left and one at the right, which takes `share` of the width and stands on the left one's last line."""

    def __init__(self, left: Text, right: Text, share: float, indent: float = 0):
        super().__init__()
        self._left, self._right, self._share, self._indent = left, right, share, indent

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._x = width * (1 - self._share)
        heights = (self._left.wrap(self._x - self._indent - 6, height)[1], self._right.wrap(width - self._x, height)[1])
        self._height = max(heights)
        return width, self._height

    def draw(self) -> None:
        self._left.drawOn(self.canv, self._indent, self._height - self._left.height)
        self._right.drawOn(self.canv, self._x, self._align())

    def _align(self) -> float:
        return float(self._height - self._right.height) if self._right.style is not BOOK_ASIDE else 1.0


class Banner(SideBySide):
    """A section's title and, at the right, a line about it, over a blue rule."""

    spaceAfter = 10
    spaceBefore = 18

    def __init__(self, title: str, aside: str = ""):
        taken = fonts.width(title, BOOK_TITLE.fontName, BOOK_TITLE.fontSize) + 14
        super().__init__(paragraph(BOOK_TITLE, title), paragraph(BOOK_ASIDE, cut(aside, 120)), 1 - taken / BOOK.width)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        width, self._text_height = super().wrap(width, height)
        return width, self._text_height + 6

    def draw(self) -> None:
        self.canv.saveState()
        self.canv.translate(0, 6)
        super().draw()
        self.canv.restoreState()
        self.canv.setStrokeColor(BLUE)
        self.canv.setLineWidth(1.6)
        self.canv.line(0, 0, self._x + self._right.width, 0)


class Barred(Text):
    """A paragraph with a gold bar at its left, also where it breaks over pages."""

    def draw(self) -> None:
        self.canv.setStrokeColor(GOLD)
        self.canv.setLineWidth(2)
        self.canv.line(DAY_COLUMN + 1, -1, DAY_COLUMN + 1, self.height + 1)
        super().draw()
