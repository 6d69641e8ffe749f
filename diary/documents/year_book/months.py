"""The months in order: each deed with its day, what was written of it, photos, and the secretary's remarks."""

from collections.abc import Sequence
from datetime import date

from reportlab.platypus import CondPageBreak, Flowable, PageBreak

from ...domain.dates import paper_day, short_day, weekday_name
from ...domain.figures import padded
from ...domain.papers import plain_name
from ...domain.year_books import BookEntry, BookRemark, MonthRemark, Rhythm, YearBook, entries_by_month, month_of
from .. import fonts
from ..endings import Kept, Stack
from ..page import BOOK, RunningHeads
from ..styles import (
    BLUE,
    BOOK_HEAD,
    BOOK_SIGNED,
    BOOK_TEXT,
    ENTRY_FACT,
    ENTRY_META,
    ENTRY_REMARK,
    ENTRY_TEXT,
    GREY,
)
from ..text import Run, Text, labelled, paragraph, paragraphs
from .parts import Banner, Barred
from .photos import PhotoRow, photo_rows

_MONTH_ROOM = 250  # a month begins on a new page where less would be left
_ENTRY_ROOM = 105
_WHOLE_ENTRY = 340  # an entry no taller stays on one page: one with a photo and some lines
_DAY_SIZE = 29
_REMARK_GAP = 6


class _DayMark(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """The day in the margin, beside what follows; takes no height of its own."""

    spaceBefore = 15

    def __init__(self, day: date):
        super().__init__()
        self._day = day

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return width, 0.01

    def draw(self) -> None:
        name = weekday_name(self._day)
        self.canv.setFillColor(BLUE)
        self.canv.setFont(fonts.BOLD, _DAY_SIZE)
        self.canv.drawString(0, -23, f"{self._day.day:02}")
        self.canv.setFillColor(GREY)
        self.canv.setFont(fonts.REGULAR, 11)
        self.canv.drawString(0, -37, name[0].lower() + name[1:])


def months_section(book: YearBook) -> list[Flowable]:
    """A new page, then month after month; a sentence where the year has no deed."""
    months = entries_by_month(book)
    if not months:
        return [PageBreak(), Banner("Nhật ký"), paragraph(BOOK_TEXT, f"Năm {book.year} chưa ghi việc nào.")]
    flowables: list[Flowable] = []
    for month, entries in months.items():
        flowables += [_heads(book, month), CondPageBreak(_MONTH_ROOM) if flowables else PageBreak()]
        flowables += [Banner(_title(book, month), _count(book, month, entries))]
        flowables += [flowable for entry in entries for flowable in _entry(entry)]
        flowables += [flowable for remark in book.month_remarks if month_of(remark.month) == month for flowable in _month_remark(remark)]
    return flowables


def _heads(book: YearBook, month: date) -> RunningHeads:
    named = f"Tháng {month.month} năm {month.year}"
    return RunningHeads((book.holder, named), (named, plain_name(book.branch)))


def _title(book: YearBook, month: date) -> str:
    return f"Tháng {month.month}" if month.year == book.year else f"Tháng {month.month}/{month.year}"


def _count(book: YearBook, month: date, entries: Sequence[BookEntry]) -> str:
    approved = sum(entry.approved for entry in entries)
    words = f"{padded(len(entries))} việc, đã duyệt {padded(approved)}" if entries else "không ghi việc nào"
    rhythm = next((rhythm for day, rhythm in book.month_rhythm if month_of(day) == month), Rhythm(0, 0))
    return f"{words}; {rhythm.kept}/{rhythm.due} tuần có ghi" if rhythm.due else words


def _entry(entry: BookEntry) -> list[Flowable]:
    body: list[Flowable] = [paragraph(ENTRY_META, _meta(entry)), *paragraphs(ENTRY_TEXT, entry.done)]
    facts = (("Cho ai, cùng ai", entry.with_whom), ("Kết quả", entry.result), ("Bài học", entry.lesson))
    body += [text for label, words in facts if words.strip() for text in labelled(ENTRY_FACT, label, words)]
    photos, remark = photo_rows(entry.photos), _remark(entry.remark) if entry.remark else []
    body += [*photos, *remark]
    height = Stack(body).measure(BOOK.width) - _slack(photos, remark)
    return [CondPageBreak(height + 20 if height <= _WHOLE_ENTRY else _ENTRY_ROOM), _DayMark(entry.happened_on), *body]


def _slack(photos: list[PhotoRow], remark: Sequence[Flowable]) -> float:
    """How much lower the entry can be by its last photos shrinking, which leave the remark its place under them."""
    if not photos:
        return 0.0
    photos[-1].company = Stack(remark).measure(BOOK.width) + _REMARK_GAP if remark else 0.0
    return photos[-1].slack(BOOK.width)


def _meta(entry: BookEntry) -> str:
    same_year = entry.happened_on.year == entry.written_on.year
    happened, written = ((short_day if same_year else paper_day)(day) for day in (entry.happened_on, entry.written_on))
    serves = "việc phát sinh" if entry.pledge is None else f"nội dung {entry.pledge}"
    facts = [f"Việc ngày {happened} – ghi ngày {written}", entry.virtue, entry.sphere, serves]
    return " · ".join(fact for fact in facts if fact)


def _remark(remark: BookRemark) -> list[Text]:
    *others, last = [line for line in remark.text.split("\n") if line.strip()] or [""]
    lead = [Run("Bí thư: ", fonts.BOLD)]
    made = []
    for line in others:
        made.append(_barred(*lead, line))
        lead = []
    return [*made, _barred(*lead, f"{last} ({short_day(remark.day)})".strip())]


def _barred(*runs: str | Run) -> Barred:
    text = paragraph(ENTRY_REMARK, *runs)
    return Barred(None, text.style, frags=text.frags)


def _month_remark(remark: MonthRemark) -> list[Flowable]:
    *others, last = paragraphs(BOOK_TEXT, remark.text)
    signed = paragraph(BOOK_SIGNED, f"{remark.by}, ngày {paper_day(remark.day)}")
    head = paragraph(BOOK_HEAD, f"Nhận xét tháng {remark.month.month} của bí thư")
    return [CondPageBreak(85), head, *others, Kept(last, signed)]
