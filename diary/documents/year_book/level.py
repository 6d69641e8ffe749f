"""Kết quả xếp loại: the year's level, the steps that led to it, and the owner's last words and signature."""

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable

from ...domain.dates import paper_day
from ...domain.figures import NONE
from ...domain.papers import BREAK_MARK, Signer
from ...domain.year_books import LevelStep, YearBook
from .. import fonts
from ..endings import Kept, form_signature
from ..letterhead import even_lines, name_lines
from ..styles import BLUE, BOOK_HEAD, BOOK_TEXT, BOOK_WORDS, CELL, CELL_BOLD, CELL_CENTRE, GOLD, GREY, INK
from ..tables import head, ruled, table
from ..text import NBSP, Text, cut, paragraph, paragraphs
from .parts import Banner

_STEP_WIDTHS = (38 * mm, 24 * mm, 52 * mm, 46 * mm)
_PLATE = 144 * mm
_LINE = 26
_ONE_WORD = ("oàn thành", "uất sắc", "hiệm vụ", "rung bình")


class _LevelPlate(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """The level in large letters in a double frame, whose it is over it, by which scheme under it."""

    spaceAfter = 26
    spaceBefore = 20

    def __init__(self, book: YearBook):
        super().__init__()
        level = book.level.name if book.level else "Chưa có quyết định"
        self._above = even_lines(cut(f"Năm {book.year}, đoàn viên {book.holder}", 160), fonts.REGULAR, 14, _PLATE - 40)
        self._level = _level_lines(level)
        self._below = even_lines(cut(book.scheme, 120), fonts.ITALIC, 12.5, _PLATE - 40) if book.scheme else []

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._x = (width - _PLATE) / 2
        self._height = 66 + 18 * len(self._above) + _LINE * len(self._level) + 18 * len(self._below)
        return width, self._height

    def draw(self) -> None:
        self._frames()
        middle, y = self._x + _PLATE / 2, self._height - 37.0
        y = self._lines(self._above, middle, y, (fonts.REGULAR, 14, 18))
        self.canv.setFillColor(BLUE)
        y = self._lines(self._level, middle, y - 14, (fonts.BOLD, 23, _LINE))
        self.canv.setFillColor(GREY)
        self._lines(self._below, middle, y - 3, (fonts.ITALIC, 12.5, 18))

    def _frames(self) -> None:
        self.canv.setStrokeColor(BLUE)
        self.canv.setLineWidth(1.8)
        self.canv.roundRect(self._x, 0, _PLATE, self._height, 9)
        self.canv.setStrokeColor(GOLD)
        self.canv.setLineWidth(0.7)
        self.canv.roundRect(self._x + 5.5, 5.5, _PLATE - 11, self._height - 11, 6)
        self.canv.setFillColor(INK)

    def _lines(self, lines: list[str], middle: float, y: float, type_: tuple[str, float, float]) -> float:
        face, size, leading = type_
        self.canv.setFont(face, size)
        for line in lines:
            self.canv.drawCentredString(middle, y, line)
            y -= leading
        return y


def _level_lines(level: str) -> list[str]:
    """A level in capitals, broken by sense where it is too long for a line: before "nhiệm vụ", never inside "hoàn thành" or "xuất sắc"."""
    for words in _ONE_WORD:
        level = level.replace(words, words.replace(" ", NBSP))
    return name_lines(level.replace(" nhiệm", f" {BREAK_MARK} nhiệm"), fonts.BOLD, 23, _PLATE - 40)


def level_section(book: YearBook) -> list[Flowable]:
    """The banner, the level, the steps, the branch's remark, the owner's words, and room for the owner to sign."""
    flowables: list[Flowable] = [Banner("Kết quả xếp loại", book.decision), _LevelPlate(book)]
    if book.steps:
        last = book.level is not None
        rows = [_step(step, last and step is book.steps[-1]) for step in book.steps]
        flowables.append(table([head("Bước", "Ngày", "Mức", "Ai"), *rows], _STEP_WIDTHS, ruled(1)))
    flowables += _texts("Nhận xét của chi đoàn", paragraphs(BOOK_TEXT, book.branch_remark) if book.branch_remark.strip() else [])
    flowables += _texts("Lời tôi viết cho năm sau", paragraphs(BOOK_WORDS, book.own_words) if book.own_words.strip() else [])
    signature = form_signature(Signer(("NGƯỜI GIỮ SỔ",), book.holder))
    signature.spaceBefore = 40
    if isinstance(flowables[-1], Text):
        return [*flowables[:-1], Kept(flowables[-1], signature)]
    return [*flowables, signature]


def _texts(title: str, texts: list[Text]) -> list[Flowable]:
    return [CondPageBreak(80), paragraph(BOOK_HEAD, title), *texts] if texts else []


def _step(step: LevelStep, final: bool) -> list[Flowable]:
    style = CELL_BOLD if final else CELL
    day = paragraph(CELL_CENTRE, paper_day(step.day) if step.day else NONE)
    return [paragraph(style, step.name), day, paragraph(style, step.level or NONE), paragraph(CELL, step.who)]
