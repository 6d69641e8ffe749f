"""Một năm nhìn lại: the year in figures. Every figure is counted from the deeds and pledges the book itself holds."""

from collections.abc import Iterator
from datetime import date, timedelta

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable

from ...domain.dates import paper_day, short_day
from ...domain.figures import NONE, number, percent, shares
from ...domain.year_books import YearBook, deeds_by_day, deeds_by_virtue, month_of
from .. import fonts
from ..styles import (
    BLUE,
    BOOK_CHART_HEAD,
    BOOK_HEAD,
    BOOK_MOMENT,
    BOOK_NOTE,
    CELL,
    CELL_BOLD,
    CELL_BOLD_RIGHT,
    CELL_RIGHT,
    INK,
    INNER_LINE,
    INNER_LINE_WIDTH,
)
from ..tables import head, ruled, table
from ..text import drawable, labelled, paragraph, paragraphs
from .charts import Columns, HeatMap
from .parts import Banner

_VIRTUE_WIDTHS = (36 * mm, 21 * mm, 24 * mm, 79 * mm)
_LONGEST_SPAN = timedelta(days=600)  # a work year reaches a little before or after the calendar year, never further


class _KeyFigures(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """Large figures side by side, what each counts under it."""

    spaceAfter = 4

    def __init__(self, figures: list[tuple[str, str]]):
        super().__init__()
        self._figures = figures

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._step = width / len(self._figures)
        return width, 40

    def draw(self) -> None:
        for place, (figure, words) in enumerate(self._figures):
            middle = self._step * (place + 0.5)
            self.canv.setFillColor(BLUE)
            self.canv.setFont(fonts.BOLD, 25)
            self.canv.drawCentredString(middle, 18, figure)
            self.canv.setFillColor(INK)
            self.canv.setFont(fonts.REGULAR, 12)
            self.canv.drawCentredString(middle, 2, drawable(words))
            if place:
                self.canv.setStrokeColor(INNER_LINE)
                self.canv.setLineWidth(INNER_LINE_WIDTH)
                self.canv.line(self._step * place, 0, self._step * place, 40)


def figures_section(book: YearBook) -> list[Flowable]:
    """The banner, four figures, both charts, deeds by virtue, the note, and the deeds the owner remembers most."""
    aside = f"Số liệu đến ngày {paper_day(book.figures_on)}" if book.figures_on else ""
    first, last = _span(book)
    return [
        Banner("Một năm nhìn lại", aside),
        _KeyFigures(_key_figures(book)),
        paragraph(BOOK_CHART_HEAD, "Ngày có việc làm theo"),
        HeatMap(first, last, deeds_by_day(book)),
        paragraph(BOOK_CHART_HEAD, "Số việc theo tháng"),
        Columns(_deeds_by_month(book, first, last)),
        *_virtue_table(book),
        *(paragraphs(BOOK_NOTE, book.figures_note) if book.figures_note.strip() else []),
        *_moments(book),
    ]


def _key_figures(book: YearBook) -> list[tuple[str, str]]:
    deeds, approved = len(book.entries), sum(entry.approved for entry in book.entries)
    done = sum(pledge.done for pledge in book.pledges)
    rhythm = book.rhythm
    weeks = (
        ("tuần có ghi", NONE)
        if rhythm is None or not rhythm.due
        else (_weeks_words(rhythm.kept, rhythm.due), f"{rhythm.kept}/{rhythm.due}")
    )
    return [
        (number(deeds), "việc đã ghi"),
        (f"{number(approved)}/{number(deeds)}" if deeds else NONE, "việc bí thư đã duyệt"),
        (weeks[1], weeks[0]),
        (f"{done}/{len(book.pledges)}" if book.pledges else NONE, "nội dung hoàn thành"),
    ]


def _weeks_words(kept: int, due: int) -> str:
    return f"tuần có ghi ({percent(kept, due)})"


def _span(book: YearBook) -> tuple[date, date]:
    """The calendar year, and the months before or after it that hold a deed."""
    first, last = date(book.year, 1, 1), date(book.year, 12, 31)
    days = [entry.happened_on for entry in book.entries if abs(entry.happened_on - date(book.year, 7, 1)) < _LONGEST_SPAN]
    earliest, latest = min([first, *days]), max([last, *days])
    next_month = (month_of(latest) + timedelta(days=32)).replace(day=1)
    return month_of(earliest), next_month - timedelta(days=1)


def _months(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first = (first + timedelta(days=32)).replace(day=1)


def _deeds_by_month(book: YearBook, first: date, last: date) -> list[tuple[str, int]]:
    months = [month_of(entry.happened_on) for entry in book.entries]
    return [(f"T{month.month}", months.count(month)) for month in _months(first, last)]


def _virtue_table(book: YearBook) -> list[Flowable]:
    counted = deeds_by_virtue(book)
    if not counted:
        return []
    counts = [count for _, count in counted]
    parts = [number(part, 1) for part in shares(counts)] or [NONE] * len(counts)
    highlights = dict(book.highlights)
    rows = [head("Chuẩn mực", "Số việc", "Tỷ lệ (%)", "Kết quả nổi bật")]
    for (virtue, count), part in zip(counted, parts, strict=True):
        figures = (paragraph(CELL_RIGHT, number(count)), paragraph(CELL_RIGHT, part))
        rows.append([paragraph(CELL, virtue), *figures, paragraph(CELL, highlights.get(virtue, ""))])
    total = (paragraph(CELL_BOLD_RIGHT, number(sum(counts))), paragraph(CELL_BOLD_RIGHT, number(100, 1) if sum(counts) else NONE))
    rows.append([paragraph(CELL_BOLD, "Cộng"), *total, ""])
    last = ("LINEABOVE", (0, -1), (-1, -1), 0.8, INK)
    made = table(rows, _VIRTUE_WIDTHS, ruled(1, figures=(1, 2), more=(last,)))
    made.spaceBefore = 12
    return [made]


def _moments(book: YearBook) -> list[Flowable]:
    if not book.moments:
        return []
    head_text = "Việc tôi nhớ nhất" if len(book.moments) == 1 else "Những việc tôi nhớ nhất"
    lines = [text for day, words in book.moments for text in labelled(BOOK_MOMENT, short_day(day), words)]
    return [CondPageBreak(60), paragraph(BOOK_HEAD, head_text), *lines]
