"""Pages: margins, page numbers, running heads, the footer; and the run that sets parts on pages and gives the file's bytes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from threading import Lock

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import ActionFlowable, BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageBreak, PageTemplate

from ..domain.dates import paper_day
from ..domain.papers import Verification
from . import fonts
from .marks import draw_qr
from .styles import GOLD, GREY, INK, INNER_LINE
from .text import drawable, shortened

CREATOR = "Sổ nhật ký làm theo lời Bác"

_NUMBER_SIZE = 14
_NUMBER_DROP = 13.5 * mm
_FOOTER_RULE = 19.9 * mm
_QR_SIDE = 13 * mm
_QR_LIFT = 5 * mm
_FOOTER_TEXT = 17 * mm


@dataclass(frozen=True, slots=True)
class Layout:
    """A page's size and margins in points; `mirrored` puts the inner margin at the spine: left on odd pages, right on even ones."""

    size: tuple[float, float]
    top: float = 20 * mm
    bottom: float = 20 * mm
    inner: float = 30 * mm
    outer: float = 20 * mm
    mirrored: bool = False

    @property
    def width(self) -> float:
        """The width of the text."""
        return self.size[0] - self.inner - self.outer

    @property
    def name(self) -> str:
        """What the layout is called among those of one file."""
        return f"{self.size[0]:.0f}x{self.size[1]:.0f}{' mirrored' if self.mirrored else ''}"

    def left(self, page: int) -> float:
        """Where the text of a page (from 1) begins."""
        return self.outer if self.mirrored and page % 2 == 0 else self.inner


PORTRAIT = Layout(A4)
LANDSCAPE = Layout(landscape(A4))
BOOK = Layout(A4, mirrored=True)
_TURNED = (PORTRAIT, LANDSCAPE)  # what any file may turn to


@dataclass(frozen=True, slots=True)
class Footer:
    """What stands under the text: for an issued paper (`verification`) its QR, code and `words`; without it, that it is a draft.

    `words` gets how many pages there are, and replaces the usual sentence; `last_page_only` leaves the footer off all pages but
    the last; `counted` adds "Trang 1/2". What is no issued paper but printed to be signed says on which day it was (`printed_on`).
    """

    verification: Verification | None
    words: Callable[[int], str] | None = None
    last_page_only: bool = False
    counted: bool = True
    printed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One paper of a file: what makes its flowables, made when its turn comes, and its footer, if it has one. Its pages count from 1."""

    story: Callable[[], list[Flowable]]
    footer: Footer | None


def new_page(layout: Layout) -> list[Flowable]:
    """A layout in, what begins a new page of it out: an annex that lies on its side. The part's footer stands on those pages too."""
    return [NextPageTemplate(layout.name), PageBreak()]


Heads = tuple[tuple[str, str], tuple[str, str]]
"""Running heads: (left, right) of even pages, (left, right) of odd ones."""


class RunningHeads(ActionFlowable):  # type: ignore[misc]  # reportlab ships no types
    """From the next page on, these heads stand beside the page number."""

    def __init__(self, even: tuple[str, str], odd: tuple[str, str]):
        super().__init__()
        self._heads = (even, odd)

    def apply(self, doc: "_Typesetter") -> None:
        doc.heads = self._heads


class FullPage(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """Fills its page; `paint` draws on the canvas from the page's lower left corner."""

    def __init__(self, paint: Callable[[Canvas], None]):
        super().__init__()
        self._paint = paint

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return width, height

    def drawOn(self, canvas: Canvas, x: float, y: float, _sW: float = 0) -> None:
        self._paint(canvas)


def typeset(title: str, author: str, layout: Layout, parts: Iterable[Part]) -> bytes:
    """A file's title and author, its layout and at least one part in, the PDF's bytes out; the same input gives the same bytes."""
    return typeset_counted(title, author, layout, parts)[0]


def typeset_counted(title: str, author: str, layout: Layout, parts: Iterable[Part]) -> tuple[bytes, int]:
    """The same, and how many pages the file has."""
    fonts.register()
    out = BytesIO()
    typesetter = _Typesetter(out, layout, title, author)
    typesetter.set_parts(iter(parts))
    return out.getvalue(), typesetter.first_page - 1


class _Canvas(Canvas):  # type: ignore[misc]  # reportlab ships no types
    """Holds the pages of a part back until their number is known, then gives each its footer, after its text."""

    _font_files = Lock()

    def __init__(self, *args: object, **more: object):
        super().__init__(*args, **more)
        self._held: list[dict[str, object]] = []
        self.strokes: dict[object, list[str]] = {}  # of texts that were drawn before, see `Text`

    def showPage(self) -> None:
        self._held.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Write the file. One thread at a time: all share one reader of each font file, and its place in the file."""
        with self._font_files:
            super().save()

    def release(self, finish: Callable[[Canvas, int, int], None]) -> None:
        """Put the held pages into the file; `finish` gets the canvas, the page (from 1) and how many there are."""
        held = self._held
        for page, state in enumerate(held, 1):
            self.__dict__.update(state)
            finish(self, page, len(held))
            super().showPage()
        self._held = []


class _StartPart(ActionFlowable):  # type: ignore[misc]  # reportlab ships no types
    """Makes the current part's flowables and puts them before what is left of the story, which is nothing."""

    def __init__(self, story: list[Flowable]):
        super().__init__()
        self._story = story

    def apply(self, doc: "_Typesetter") -> None:
        self._story.extend([*doc.part.story(), _EndPart(self._story)])


class _EndPart(ActionFlowable):  # type: ignore[misc]  # reportlab ships no types
    def __init__(self, story: list[Flowable]):
        super().__init__()
        self._story = story

    def apply(self, doc: "_Typesetter") -> None:
        doc.following = next(doc.parts, None)
        doc.ending = True
        if doc.following:
            self._story.extend([*new_page(doc.layout), _StartPart(self._story)])


class _Page(PageTemplate):  # type: ignore[misc]  # reportlab ships no types
    """The page of a layout; its frame moves from side to side where margins are mirrored."""

    def __init__(self, layout: Layout):
        height = layout.size[1] - layout.top - layout.bottom
        frame = Frame(layout.left(1), layout.bottom, layout.width, height, 0, 0, 0, 0)
        super().__init__(id=layout.name, frames=[frame], pagesize=layout.size)
        self._layout = layout

    def beforeDrawPage(self, canv: Canvas, doc: "_Typesetter") -> None:
        page = doc.page_of_part
        left = self._layout.left(page)
        self.frames[0].x1 = left
        if page > 1:
            _draw_head(canv, self._layout, page, doc.heads)


class _Typesetter(BaseDocTemplate):  # type: ignore[misc]  # reportlab ships no types
    def __init__(self, out: BytesIO, layout: Layout, title: str, author: str):
        super().__init__(
            out,
            pagesize=layout.size,
            pageTemplates=[_Page(each) for each in (layout, *(other for other in _TURNED if other != layout))],
            title=drawable(title),
            author=drawable(author),
            subject="",
            creator=CREATOR,
            lang="vi",
            invariant=1,
            initialFontName=fonts.REGULAR,
            displayDocTitle=True,
        )
        self.layout = layout
        self.heads: Heads | None = None
        self.first_page = 1
        self.ending = False
        self.following: Part | None = None

    @property
    def page_of_part(self) -> int:
        """The current page, counted from the part's first as 1."""
        return int(self.page) - self.first_page + 1

    def set_parts(self, parts: Iterator[Part]) -> None:
        self.parts = parts
        self.part = next(parts)
        story: list[Flowable] = []
        story.append(_StartPart(story))
        self.build(story, canvasmaker=_Canvas)

    def handle_pageEnd(self) -> None:
        super().handle_pageEnd()
        if self.ending:
            self._finish_part()

    def _finish_part(self) -> None:
        part = self.part
        self.canv.release(lambda canvas, page, pages: _draw_footer(canvas, self._layout_of(canvas), part.footer, page, pages))
        self.ending = False
        self.heads = None
        self.first_page = int(self.page) + 1
        if self.following:
            self.part = self.following

    def _layout_of(self, canvas: Canvas) -> Layout:
        """The layout of a page that was held back: the file's own, or the one it was turned to."""
        size = canvas._pagesize
        return next(layout for layout in (self.layout, *_TURNED) if layout.size == size)


def _draw_head(canvas: Canvas, layout: Layout, page: int, heads: Heads | None) -> None:
    left, y = layout.left(page), layout.size[1] - _NUMBER_DROP
    right = left + layout.width
    canvas.saveState()
    if heads:
        at_left, at_right = heads[page % 2]
        canvas.setFillColor(GREY)
        canvas.setFont(fonts.ITALIC, 10.5)
        canvas.drawString(left, y, shortened(at_left, layout.width / 2 - 30, fonts.ITALIC, 10.5))
    canvas.setFillColor(INK)
    canvas.setFont(fonts.REGULAR, _NUMBER_SIZE)
    canvas.drawCentredString(left + layout.width / 2, y, str(page))
    if heads:
        canvas.setFillColor(GREY)
        canvas.setFont(fonts.ITALIC, 10.5)
        canvas.drawRightString(right, y, shortened(at_right, layout.width / 2 - 30, fonts.ITALIC, 10.5))
        canvas.setStrokeColor(GOLD)
        canvas.setLineWidth(0.8)
        canvas.line(left, y - 7.5, right, y - 7.5)
    canvas.restoreState()


def _draw_footer(canvas: Canvas, layout: Layout, footer: Footer | None, page: int, pages: int) -> None:
    if footer is None or (footer.last_page_only and page < pages):
        return
    left = layout.left(page)
    canvas.saveState()
    canvas.setStrokeColor(INNER_LINE)
    canvas.setLineWidth(0.6)
    canvas.line(left, _FOOTER_RULE, left + layout.width, _FOOTER_RULE)
    if footer.verification:
        _draw_verification(canvas, left, footer.verification, footer.words(pages) if footer.words else "")
    else:
        _draw_draft(canvas, left, footer.printed_on)
    if footer.counted:
        canvas.setFont(fonts.REGULAR, 9)
        canvas.setFillColor(GREY)
        canvas.drawRightString(left + layout.width, _FOOTER_RULE - 11.5, f"Trang {page}/{pages}")
    canvas.restoreState()


def _draw_verification(canvas: Canvas, left: float, verification: Verification, words: str) -> None:
    draw_qr(canvas, left, _QR_LIFT, _QR_SIDE, verification.url)
    made = words or f"Bản in từ sổ điện tử ngày {paper_day(verification.printed_on)}; có giá trị khi người có thẩm quyền ký, đóng dấu."
    lines = (f"Kiểm tra: quét mã bên trái hoặc nhập mã tại {verification.page}", made)
    _draw_footer_lines(canvas, left + _FOOTER_TEXT, f"Mã văn bản: {verification.code}", lines)


def _draw_draft(canvas: Canvas, left: float, printed_on: date | None) -> None:
    if printed_on is not None:
        words = "Có giá trị khi người có thẩm quyền ký, đóng dấu; không mang số, mã kiểm tra của văn bản phát hành."
        _draw_footer_lines(canvas, left, f"Bản in từ sổ điện tử ngày {paper_day(printed_on)}", (words,))
        return
    _draw_footer_lines(
        canvas, left, "Bản nháp, chưa phát hành", ("Bản in để xem và ghi tay; chưa có số, mã kiểm tra của văn bản phát hành.",)
    )


def _draw_footer_lines(canvas: Canvas, x: float, first: str, others: tuple[str, ...]) -> None:
    y = _FOOTER_RULE - 11.5
    canvas.setFillColor(INK)
    canvas.setFont(fonts.BOLD, 9.5)
    canvas.drawString(x, y, drawable(first))
    canvas.setFillColor(GREY)
    canvas.setFont(fonts.REGULAR, 8.5)
    for line in others:
        y -= 10.8
        canvas.drawString(x, y, drawable(line))
