"""Facts at the head of a form: labels in grey, what they say beside them, in one or two columns."""

from collections.abc import Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from ..evaluation_sheet.person import Facts
from ..styles import PERSON, PERSON_LABEL, PERSON_NAME
from ..text import cut, paragraph

BLANK = "………………"

_VALUE_X = 31.5 * mm
_SECOND_LABEL_X = 98 * mm
_SECOND_VALUE_X = 126 * mm
_WIDTH = 160 * mm
_GAP = 6


def two_columns(rows: Sequence[Sequence[tuple[str, str]]]) -> Facts:
    """Rows of one or two pairs of label and value in, the block out; the very first value, whose the paper is, stands in bold.

    A value that is missing is a blank to fill in by hand.
    """
    placed: list[list[tuple[float, float, float, Flowable, Flowable]]] = []
    for row in rows:
        style, right = PERSON if placed else PERSON_NAME, _WIDTH if len(row) == 1 else _SECOND_LABEL_X - _GAP
        placed.append([_placed(0, _VALUE_X, right, row[0], style)])
        placed[-1] += [_placed(_SECOND_LABEL_X, _SECOND_VALUE_X, _WIDTH, pair, PERSON) for pair in row[1:]]
    return Facts(placed)


def _placed(
    label_x: float, value_x: float, right: float, pair: tuple[str, str], style: ParagraphStyle
) -> tuple[float, float, float, Flowable, Flowable]:
    label, value = pair
    return label_x, value_x, right, paragraph(PERSON_LABEL, label), paragraph(style, cut(value) or BLANK)
