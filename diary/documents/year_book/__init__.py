"""Sổ nhật ký năm: a member's printed year, a book worth keeping."""

from collections.abc import Callable

from reportlab.platypus import Flowable, PageBreak

from ...domain.dates import paper_day
from ...domain.papers import plain_name
from ...domain.year_books import YearBook
from ..page import BOOK, Footer, FullPage, Part, RunningHeads, typeset
from .cover import draw_cover
from .figures import figures_section
from .level import level_section
from .months import months_section
from .pledges import pledges_section

TITLE = "Sổ nhật ký làm theo lời Bác"


def render(book: YearBook) -> bytes:
    """A member's year in, its book out as a PDF: cover, pledges, months, the year's figures, the level."""
    author = ", ".join(plain_name(name) for name in (book.branch, book.superior) if name)
    footer = Footer(book.verification, _colophon(book), last_page_only=True, counted=False)
    return typeset(f"{TITLE} năm {book.year} – {book.holder}", author, BOOK, [Part(lambda: _story(book), footer)])


def _story(book: YearBook) -> list[Flowable]:
    branch = plain_name(book.branch)
    heads = RunningHeads((book.holder, f"Năm {book.year}"), (f"Năm {book.year}", branch))
    return [
        FullPage(lambda canvas: draw_cover(canvas, book)),
        RunningHeads((TITLE, f"Năm {book.year}"), (f"Năm {book.year}", branch)),
        PageBreak(),
        *pledges_section(book),
        *months_section(book),
        heads,
        PageBreak(),
        *figures_section(book),
        PageBreak(),
        *level_section(book),
    ]


def _colophon(book: YearBook) -> Callable[[int], str]:
    closed = f"Sổ khóa ngày {paper_day(book.closed_on)}" if book.closed_on else "Sổ chưa khóa"
    return lambda pages: f"{closed}, {pages} trang. Sổ là của người viết; không ai khác được công bố khi chưa đồng ý."
