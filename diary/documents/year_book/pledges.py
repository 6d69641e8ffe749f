"""Nội dung tôi đăng ký: the year's pledges, why they were chosen, and the two signatures."""

from reportlab.platypus import CondPageBreak, Flowable

from ...domain.dates import paper_day
from ...domain.papers import Signer
from ...domain.year_books import BookPledge, YearBook
from .. import fonts
from ..endings import Kept, TwoSignatures
from ..styles import (
    BOOK_DUE,
    BOOK_PANEL,
    BOOK_TEXT,
    BOOK_VIRTUE,
    GOLD,
    INNER_LINE,
    INNER_LINE_WIDTH,
    PLEDGE_COLUMN,
    PLEDGE_FACT,
    PLEDGE_TEXT,
)
from ..text import Text, bold, broken_paragraph, italic, labelled, paragraph, paragraphs
from .parts import Banner, SideBySide

_PLEDGE_ROOM = 90
_NUMBER_SIZE = 24


class _Number(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """The pledge's number beside what follows it, under a thin line that parts it from the one before."""

    spaceBefore = 0

    def __init__(self, number: int, first: bool):
        super().__init__()
        self._number, self._first = number, first

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._width = width
        return width, 2 if self._first else 17

    def draw(self) -> None:
        if not self._first:
            self.canv.setStrokeColor(INNER_LINE)
            self.canv.setLineWidth(INNER_LINE_WIDTH)
            self.canv.line(PLEDGE_COLUMN, 9, self._width, 9)
        self.canv.setFillColor(GOLD)
        self.canv.setFont(fonts.BOLD, _NUMBER_SIZE)
        self.canv.drawString(0, -21, str(self._number))


def pledges_section(book: YearBook) -> list[Flowable]:
    """The banner, the pledges in their order, the reason, the signatures; a sentence where nothing was pledged."""
    approved = f"Bí thư duyệt ngày {paper_day(book.pledges_approved_on)}" if book.pledges_approved_on else ""
    banner = Banner("Nội dung tôi đăng ký", approved)
    if not book.pledges:
        return [banner, paragraph(BOOK_TEXT, f"Năm {book.year} chưa đăng ký nội dung làm theo.")]
    flowables: list[Flowable] = [banner]
    for place, pledge in enumerate(sorted(book.pledges, key=lambda pledge: pledge.order)):
        flowables += _pledge(pledge, place == 0)
    if book.reason.strip():
        flowables.append(broken_paragraph(BOOK_PANEL, book.reason, italic("Vì sao tôi chọn những việc này: ")))
    return _with_signatures(flowables, TwoSignatures(book.secretary, Signer(("NGƯỜI ĐĂNG KÝ",), book.holder)))


def _with_signatures(flowables: list[Flowable], signatures: Flowable) -> list[Flowable]:
    last = flowables.pop()
    return [*flowables, Kept(last, signatures)]


def _pledge(pledge: BookPledge, first: bool) -> list[Flowable]:
    changed = f"ngày {paper_day(pledge.changed_on)}" if pledge.changed_on else ""
    due = f"hạn {paper_day(pledge.due)}" if pledge.due else ""
    title = SideBySide(paragraph(BOOK_VIRTUE, pledge.virtue), paragraph(BOOK_DUE, due), 0.25, PLEDGE_COLUMN)
    facts = [text for label, words in (("Cách làm", pledge.how), ("Kết quả cần đạt", pledge.measure)) for text in _fact(label, words)]
    facts += _fact("Đổi nội dung", changed)
    return [
        CondPageBreak(_PLEDGE_ROOM),
        _Number(pledge.order, first),
        title,
        *paragraphs(PLEDGE_TEXT, pledge.content),
        *facts,
        *_end(pledge),
    ]


def _fact(label: str, words: str) -> list[Text]:
    return labelled(PLEDGE_FACT, label, words) if words.strip() else []


def _end(pledge: BookPledge) -> list[Flowable]:
    """What came of it by the end of the year."""
    outcome, state = pledge.outcome.strip(), pledge.state.strip()
    if not outcome:
        return list(_fact("Cuối năm", state))
    text = paragraph(PLEDGE_FACT, bold(outcome), f": {state}" if state else "")
    text.bulletText = "Cuối năm"
    return [text]
