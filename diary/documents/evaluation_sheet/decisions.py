"""IV, V: the boxes in which the units above have their say and sign."""

from dataclasses import dataclass

from reportlab.platypus import Flowable

from ...domain.evaluation_sheets import EvaluationSheet, Instance
from ...domain.papers import LevelName
from ..blanks import DAY_DOTS, DOTS, DottedLines
from ..endings import RIGHT_COLUMN, EndBlock, Stack, form_signature
from ..styles import BOX, BOX_HEAD, FORM, INK, INNER_LINE, INNER_LINE_WIDTH, OUTER_LINE_WIDTH
from ..text import bold, cut, paragraph, paragraphs, sentence

_SIDE, _ABOVE, _BELOW = 6, 4, 6
_BEFORE_SIGNING = 6
_LONGEST_IN_BOX = 300  # characters


@dataclass(frozen=True, slots=True)
class _Words:
    """How a box says that the level is the one that came up, that it is another, and in which paper it stands."""

    agrees: str
    differs: str
    paper: str


_BASE_WORDS = _Words("Nhất trí mức ", "Đề nghị mức ", "Tờ trình")
_BLOC_WORDS = _Words("Công nhận mức ", "Công nhận mức ", "Quyết định")


class DecisionBoxes(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """Boxes side by side, each with its text at the top and, at one height in all, its signature; read one after the other."""

    spaceBefore = 12

    def __init__(self, boxes: list[tuple[list[Flowable], EndBlock]]):
        super().__init__()
        self._texts = [Stack(text) for text, _ in boxes]
        self._signatures = [signature for _, signature in boxes]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._box = width / len(self._texts)
        inner = self._box - 2 * _SIDE
        text = max(stack.measure(inner) for stack in self._texts)
        self._signing = [signature.wrap(inner, height)[1] for signature in self._signatures]
        self._height = _ABOVE + text + _BEFORE_SIGNING + max(self._signing) + _BELOW
        return width, self._height

    def draw(self) -> None:
        for number, (text, signature, signing) in enumerate(zip(self._texts, self._signatures, self._signing, strict=True)):
            x = number * self._box
            text.draw(self.canv, x + _SIDE, self._height - _ABOVE)
            signature.drawOn(self.canv, x + _SIDE, _BELOW + max(self._signing) - signing)
            if number:
                self._line(x)
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(OUTER_LINE_WIDTH)
        self.canv.rect(0, 0, self._box * len(self._texts), self._height, stroke=1, fill=0)

    def _line(self, x: float) -> None:
        self.canv.setStrokeColor(INNER_LINE)
        self.canv.setLineWidth(INNER_LINE_WIDTH)
        self.canv.line(x, 0, x, self._height)


def decision_section(sheet: EvaluationSheet) -> list[Flowable]:
    """The box of the base union, where one stands between, and the bloc's; before them reasons that no box holds.

    Who is not rated has none.
    """
    return [] if sheet.unrated else [*_long_reasons(sheet), DecisionBoxes(_boxes(sheet))]


def _boxes(sheet: EvaluationSheet) -> list[tuple[list[Flowable], EndBlock]]:
    proposed = sheet.proposal.level if sheet.proposal else None
    if sheet.base is None:
        return [_box("IV", sheet.bloc, _verdict_text(sheet.bloc, _BLOC_WORDS, proposed), RIGHT_COLUMN)]
    passed_on = sheet.base.verdict.level if sheet.base.verdict else proposed
    return [
        _box("IV", sheet.base, _verdict_text(sheet.base, _BASE_WORDS, proposed)),
        _box("V", sheet.bloc, _verdict_text(sheet.bloc, _BLOC_WORDS, passed_on)),
    ]


def _box(ordinal: str, instance: Instance, text: list[Flowable], column: float = 0) -> tuple[list[Flowable], EndBlock]:
    title = paragraph(BOX_HEAD, cut(f"{ordinal}. {instance.title}".upper()))
    return [title, *text], form_signature(instance.signer, column)


def _verdict_text(instance: Instance, words: _Words, expected: LevelName | None) -> list[Flowable]:
    verdict = instance.verdict
    if verdict is None:
        return [DottedLines("Mức:", 1, size=BOX.fontSize), paragraph(BOX, f"({words.paper} số {DOTS} ngày {DAY_DOTS})")]
    differs = expected is not None and verdict.level != expected
    source = f" ({cut(verdict.paper)})." if verdict.paper else "."
    verdict_line = paragraph(BOX, words.differs if differs else words.agrees, bold(verdict.level.name), source)
    reason = sentence(verdict.reason)
    if not reason:
        return [verdict_line]
    return [verdict_line, paragraph(BOX, f"Lý do: {reason}" if _fits_box(reason) else "Lý do ghi ở trên.")]


def _fits_box(reason: str) -> bool:
    return len(reason) <= _LONGEST_IN_BOX and "\n" not in reason


def _long_reasons(sheet: EvaluationSheet) -> list[Flowable]:
    """Reasons too long for a box, which cannot break over pages, as paragraphs before it."""
    instances = [instance for instance in (sheet.base, sheet.bloc) if instance and instance.verdict]
    reasons = [(instance.title, instance.verdict.reason.strip()) for instance in instances if instance.verdict]
    long = [(title, reason) for title, reason in reasons if not _fits_box(reason)]
    return [text for title, reason in long for text in paragraphs(FORM, reason, bold(f"{title}, lý do: "))]
