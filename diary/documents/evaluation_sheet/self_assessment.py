"""II. Đoàn viên tự đánh giá: the member's own words, the level chosen, and where the member signs."""

from itertools import chain

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether

from ...domain.evaluation_sheets import EvaluationSheet
from ...domain.papers import LevelName, Signer
from .. import fonts
from ..blanks import DottedLines
from ..endings import Kept, form_signature
from ..headings import form_heading
from ..marks import draw_tick_box
from ..styles import FORM, FORM_LEFT, INK
from ..text import Text, bold, drawable, paragraph, paragraphs

_BOX = 9.5
_LABEL_SIZE = 13
_LABEL_GAP = 4.5
_BETWEEN = 8
_BLANK_LINES = (3, 2, 2)


def self_assessment_section(sheet: EvaluationSheet) -> list[Flowable]:
    """The heading, three texts (blank lines where nothing is written), the level with its boxes, and the signature."""
    own = sheet.self_assessment
    texts = (own.strengths, own.limits, own.remedy) if own else ("", "", "")
    labels = ("1. Ưu điểm:", "2. Hạn chế:", "3. Hướng khắc phục:")
    said = [*form_heading("II. ĐOÀN VIÊN TỰ ĐÁNH GIÁ"), *chain.from_iterable(map(written, labels, texts, _BLANK_LINES))]
    signature = form_signature(Signer(("NGƯỜI TỰ ĐÁNH GIÁ",), sheet.member.name))
    if sheet.unrated:
        last = said.pop()
        return [*said, Kept(last, signature) if isinstance(last, Text) else KeepTogether([last, signature])]
    level = own.level if own else None
    choice = paragraph(FORM_LEFT, bold("4. Tự xếp loại: "), f"{level.name}." if level else "(đánh dấu một ô)")
    return [*said, Kept(choice, LevelBoxes(sheet.levels, level), signature)]


def written(label: str, text: str, blank_lines: int) -> list[Flowable]:
    """A bold label and the text after it; so many dotted lines where there is none."""
    if text.strip():
        return list(paragraphs(FORM, text, bold(f"{label} ")))
    return [DottedLines(label, blank_lines)]


class LevelBoxes(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """A tick box for each level, spread over the width, in as many rows as they need; the chosen one ticked and bold."""

    spaceAfter = 6
    spaceBefore = 2

    def __init__(self, levels: tuple[LevelName, ...], chosen: LevelName | None):
        super().__init__()
        self._items = [(drawable(level.short), level == chosen) for level in levels]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._width = width
        self._rows = _rows([(label, ticked, _item_width(label, ticked)) for label, ticked in self._items], width)
        return width, len(self._rows) * 19.0

    def draw(self) -> None:
        for number, row in enumerate(self._rows):
            y = (len(self._rows) - number - 1) * 19.0 + 5
            free = self._width - sum(item[2] for item in row)
            x, gap = 0.0, min(free / max(len(row) - 1, 1), 20 * mm)
            for label, ticked, width in row:
                draw_tick_box(self.canv, x + 0.5, y - 0.8, _BOX, ticked)
                self.canv.setFillColor(INK)
                self.canv.setFont(_face(ticked), _LABEL_SIZE)
                self.canv.drawString(x + _BOX + _LABEL_GAP, y, label)
                x += width + gap


def _face(ticked: bool) -> str:
    return fonts.BOLD if ticked else fonts.REGULAR


def _item_width(label: str, ticked: bool) -> float:
    return _BOX + _LABEL_GAP + fonts.width(label, _face(ticked), _LABEL_SIZE)


def _rows(items: list[tuple[str, bool, float]], room: float) -> list[list[tuple[str, bool, float]]]:
    rows: list[list[tuple[str, bool, float]]] = [[]]
    for item in items:
        if rows[-1] and sum(other[2] + _BETWEEN for other in rows[-1]) + item[2] > room:
            rows.append([])
        rows[-1].append(item)
    return rows
