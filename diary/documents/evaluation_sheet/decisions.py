"""IV, V: the boxes in which the units above have their say and sign."""

from dataclasses import dataclass

from reportlab.platypus import Flowable

from ...domain.evaluation_sheets import EvaluationSheet, Instance
from ...domain.papers import LevelName
from ..blanks import DAY_DOTS, DOTS, DottedLines
from ..endings import RIGHT_COLUMN, EndBlock, Stack, form_signature
from ..styles import BOX, BOX_HEAD, INK, INNER_LINE, INNER_LINE_WIDTH, OUTER_LINE_WIDTH
from ..text import bold, paragraph, paragraphs

_SIDE, _ABOVE, _BELOW = 6, 4, 6
_BEFORE_SIGNING = 6


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


def decision_boxes(sheet: EvaluationSheet) -> Flowable:
    """The base union's box, where a base union stands between, and the bloc's."""
    proposed = sheet.proposal.level if sheet.proposal else None
    if sheet.base is None:
        return DecisionBoxes([_box("IV", sheet.bloc, _verdict_text(sheet.bloc, _BLOC_WORDS, proposed), RIGHT_COLUMN)])
    passed_on = sheet.base.verdict.level if sheet.base.verdict else proposed
    return DecisionBoxes(
        [
            _box("IV", sheet.base, _verdict_text(sheet.base, _BASE_WORDS, proposed)),
            _box("V", sheet.bloc, _verdict_text(sheet.bloc, _BLOC_WORDS, passed_on)),
        ]
    )


def _box(ordinal: str, instance: Instance, text: list[Flowable], column: float = 0) -> tuple[list[Flowable], EndBlock]:
    title = paragraph(BOX_HEAD, f"{ordinal}. {instance.title}".upper())
    return [title, *text], form_signature(instance.signer, column)


def _verdict_text(instance: Instance, words: _Words, expected: LevelName | None) -> list[Flowable]:
    verdict = instance.verdict
    if verdict is None:
        return [DottedLines("Mức:", 1, size=BOX.fontSize), paragraph(BOX, f"({words.paper} số {DOTS} ngày {DAY_DOTS})")]
    differs = expected is not None and verdict.level != expected
    source = f" ({verdict.paper})." if verdict.paper else "."
    sentence = paragraph(BOX, words.differs if differs else words.agrees, bold(verdict.level.name), source)
    reason = verdict.reason.strip()
    return [sentence, *paragraphs(BOX, f"Lý do: {reason}")] if reason else [sentence]
