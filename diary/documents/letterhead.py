"""The head of a document: the letterhead on one grid of lines, then kind, subject and the short rule under them."""

from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph

from ..domain.dates import long_day
from ..domain.papers import Letterhead, LetterheadStyle, name_parts
from . import fonts
from .styles import INK, KIND, SUBJECT
from .text import NBSP, cut, drawable, paragraph

UNION = "ĐOÀN TNCS HỒ CHÍ MINH"

_PITCH = 17.5
_SIZE = 14
_UNION_SIZE = 15
_GAP = 5 * mm
_RULE = 42 * mm
_LONGEST_WORD = 24  # no word of a name is longer; what is, is cut


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    face: str = fonts.REGULAR
    size: float = _SIZE

    @property
    def width(self) -> float:
        return fonts.width(self.text, self.face, self.size)


class LetterheadBlock(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """A letterhead across the text's width, in the style its day asks for; the left block is drawn, and so read, first."""

    spaceAfter = 16

    def __init__(self, letterhead: Letterhead):
        super().__init__()
        self._letterhead = letterhead
        self._date = _Line(date_line(letterhead), fonts.ITALIC)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._width = width
        self._left, self._date_row = _left_lines(self._letterhead, width)
        self._height = _PITCH * max(len(self._left), self._date_row + 1)
        return width, self._height

    def draw(self) -> None:
        block = max(line.width for line in self._left)
        for row, line in enumerate(self._left):
            self._draw_line(line, block / 2, row)
        date = self._date
        middle = self._width - date.width / 2
        if self._letterhead.style is LetterheadStyle.CURRENT:
            union = _Line(UNION, fonts.BOLD, _UNION_SIZE)
            middle = min(middle, self._width - union.width / 2)
            self._draw_line(union, middle, 0)
            self._underline(union, middle)
        self._draw_line(date, middle, self._date_row)

    def _baseline(self, row: int) -> float:
        return float(self._height) - row * _PITCH - _SIZE

    def _draw_line(self, line: _Line, middle: float, row: int) -> None:
        canvas: Canvas = self.canv
        canvas.setFillColor(INK)
        canvas.setFont(line.face, line.size)
        canvas.drawCentredString(middle, self._baseline(row), line.text)

    def _underline(self, line: _Line, middle: float) -> None:
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(0.8)
        y = self._baseline(0) - 4
        self.canv.line(middle - line.width / 2, y, middle + line.width / 2, y)


def left_block(letterhead: Letterhead, width: float) -> list[tuple[str, bool]]:
    """The lines at the left of a letterhead on a text `width` points wide, and whether each is bold."""
    return [(line.text, line.face == fonts.BOLD) for line in _left_lines(letterhead, width)[0]]


def date_line(letterhead: Letterhead) -> str:
    """Place and day as the letterhead writes them; without a day, room to write it in."""
    day = letterhead.day
    place = cut(letterhead.place, 40)
    written = long_day(day, nbsp=True) if day else f"ngày{NBSP}.....{NBSP}tháng{NBSP}.....{NBSP}năm{NBSP}........"
    return drawable(f"{place}, {written}" if place else written)


def title_block(kind: str, *subject: str) -> list[Flowable]:
    """A document's kind ("BÁO CÁO") and its subject in lines broken by sense in, the centred block with the rule under it out."""
    return [paragraph(KIND, kind), *(_balanced(line) for line in subject), _Rule()]


def even_lines(text: str, face: str, size: float, room: float) -> list[str]:
    """A name in, out: as few lines as `room` points allow, as even as can be; words longer than any real one are cut."""
    words = [word[i : i + _LONGEST_WORD] for word in drawable(text).split(" ") for i in range(0, max(len(word), 1), _LONGEST_WORD)]
    lines = _filled(words, face, size, room)
    while room > 20:
        room -= 4
        narrower = _filled(words, face, size, room)
        if len(narrower) > len(lines) or any(fonts.width(line, face, size) > room for line in narrower):
            break
        lines = narrower
    return lines


def name_lines(name: str, face: str, size: float, room: float) -> list[str]:
    """A unit's name in capitals, in one line where it fits, else broken at its break marks, and evenly where that is not enough."""
    parts = [part.upper() for part in name_parts(cut(name))]
    whole = drawable(" ".join(parts))
    if fonts.width(whole, face, size) <= room:
        return [whole]
    return [line for part in parts for line in even_lines(part, face, size, room)]


class _Rule(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """The short rule under a title."""

    spaceAfter = 8

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._width = width
        return width, 5

    def draw(self) -> None:
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(0.8)
        self.canv.line((self._width - _RULE) / 2, 1, (self._width + _RULE) / 2, 1)


def _balanced(line: str) -> Paragraph:
    return paragraph(SUBJECT, line)


def _left_lines(letterhead: Letterhead, width: float) -> tuple[list[_Line], int]:
    """The left block's lines, and the row on which the date stands at the right."""
    room = width - fonts.width(date_line(letterhead), fonts.ITALIC, _SIZE) - _GAP
    early = letterhead.style is LetterheadStyle.EARLY
    return (_early_lines if early else _current_lines)(letterhead, room)


def _early_lines(letterhead: Letterhead, room: float) -> tuple[list[_Line], int]:
    body = name_lines(letterhead.body_of_early_style, fonts.BOLD, _SIZE, room)
    lines = [_Line(UNION), *(_Line(line, fonts.BOLD) for line in body)]
    return lines + _number_lines(letterhead, "Số"), 1


def _current_lines(letterhead: Letterhead, room: float) -> tuple[list[_Line], int]:
    superior = [_Line(line) for line in name_lines(letterhead.superior, fonts.REGULAR, _SIZE, room)]
    issuer = [_Line(line, fonts.BOLD) for line in name_lines(letterhead.issuer, fonts.BOLD, _SIZE, room)]
    lines = [line for line in superior + issuer if line.text]
    return lines + _number_lines(letterhead, "Số:"), len(lines) + 1


def _number_lines(letterhead: Letterhead, label: str) -> list[_Line]:
    number = [] if letterhead.number is None else [_Line(drawable(f"{label} {letterhead.number}"))]
    return [_Line("***"), *number]


def _filled(words: list[str], face: str, size: float, room: float) -> list[str]:
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if fonts.width(longer, face, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
