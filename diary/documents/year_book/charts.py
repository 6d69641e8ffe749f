"""The book's two charts, drawn as paths and text: the year's days as a heat map, deeds by month as columns. Both read in grey."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from reportlab.lib.colors import white
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from ...domain.dates import monday
from .. import fonts
from ..styles import BLUE, CELL_EDGE, GREY, HEAD_GROUND, INK, LIGHT_BLUE

_WEEK = timedelta(days=7)
_DAY_LABELS = {0: "hai", 2: "tư", 4: "sáu", 6: "CN"}
_LABEL_ROOM = 9 * mm
_LEGEND_ROOM = 18
_MONTH_ROOM = 12
_BAR_HEIGHT = 26 * mm


class HeatMap(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """A cell for each day from `first` to `last`, a column a week; two deeds or more show their number in the cell."""

    def __init__(self, first: date, last: date, deeds: Counter[date]):
        super().__init__()
        self._first, self._last, self._deeds = first, last, deeds
        self._start = monday(first)
        self._weeks = (monday(last) - self._start).days // 7 + 1

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._step = min((width - _LABEL_ROOM) / self._weeks, 14)
        self._row = max(self._step, 11)
        self._grid = self._row * 7
        return width, self._grid + _MONTH_ROOM + _LEGEND_ROOM

    def draw(self) -> None:
        self._label_months()
        self._label_days()
        day = self._first
        while day <= self._last:
            self._cell(day)
            day += timedelta(days=1)
        self._legend()

    def _place(self, day: date) -> tuple[float, float]:
        x = _LABEL_ROOM + ((monday(day) - self._start).days // 7) * self._step
        return x, _LEGEND_ROOM + self._grid - (day.weekday() + 1) * self._row

    def _label_months(self) -> None:
        self.canv.setFillColor(GREY)
        self.canv.setFont(fonts.REGULAR, 9)
        day = self._first
        while day <= self._last:
            self.canv.drawString(self._place(day)[0], _LEGEND_ROOM + self._grid + 3, f"T{day.month}")
            day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)

    def _label_days(self) -> None:
        for weekday, label in _DAY_LABELS.items():
            self.canv.drawString(0, _LEGEND_ROOM + self._grid - (weekday + 1) * self._row + 2.5, label)

    def _cell(self, day: date) -> None:
        x, y = self._place(day)
        self._square(x, y, self._deeds[day])

    def _square(self, x: float, y: float, deeds: int) -> None:
        width, height = self._step - 0.8, self._row - 1.4
        self.canv.setStrokeColor(CELL_EDGE)
        self.canv.setLineWidth(0.5)
        self.canv.setFillColor(HEAD_GROUND if not deeds else LIGHT_BLUE if deeds == 1 else BLUE)
        self.canv.rect(x, y, width, height, stroke=1, fill=1)
        if deeds > 1:
            self.canv.setFillColor(white)
            self.canv.setFont(fonts.BOLD, 6.5)
            self.canv.drawCentredString(x + width / 2, y + height / 2 - 2.2, str(deeds))

    def _legend(self) -> None:
        x = _LABEL_ROOM
        for deeds, words in ((0, "không có"), (1, "một việc"), (2, "hai việc trở lên (số ghi trong ô)")):
            self._square(x, 1, deeds)
            self.canv.setFillColor(GREY)
            self.canv.setFont(fonts.REGULAR, 10)
            self.canv.drawString(x + self._step + 3, 2.5, words)
            x += self._step + 3 + fonts.width(words, fonts.REGULAR, 10) + 16


class Columns(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """A column for each (label, figure), its figure above it, "–" for none; on one base line."""

    def __init__(self, figures: Sequence[tuple[str, int]]):
        super().__init__()
        self._figures = figures

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._step = width / len(self._figures)
        return width, _BAR_HEIGHT + 28

    def draw(self) -> None:
        most = max((figure for _, figure in self._figures), default=0) or 1
        for place, (label, figure) in enumerate(self._figures):
            self._column(self._step * (place + 0.5), label, figure, _BAR_HEIGHT * figure / most)
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(0.8)
        self.canv.line(0, 14, self._step * len(self._figures), 14)

    def _column(self, middle: float, label: str, figure: int, height: float) -> None:
        bar = min(self._step * 0.56, 22)
        if figure:
            self.canv.setFillColor(BLUE)
            self.canv.rect(middle - bar / 2, 14, bar, height, stroke=0, fill=1)
        self.canv.setFillColor(INK)
        self.canv.setFont(fonts.BOLD, 11)
        self.canv.drawCentredString(middle, 18 + height, str(figure) if figure else "–")
        self.canv.setFillColor(GREY)
        self.canv.setFont(fonts.REGULAR, 10.5)
        self.canv.drawCentredString(middle, 2, label)
