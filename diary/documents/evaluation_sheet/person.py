"""Who the sheet is about: labels in grey, what they say beside them."""

from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from ...domain.dates import paper_day
from ...domain.evaluation_sheets import SheetMember
from ..blanks import DAY_DOTS
from ..endings import Stack
from ..styles import PERSON, PERSON_LABEL, PERSON_NAME
from ..text import cut, paragraph

_PITCH = 3.5
_VALUE_X = 31.5 * mm
_SECOND_LABEL_X = 98 * mm
_SECOND_VALUE_X = 126 * mm
_BLANK = "………………"
_MOST_SAID = 1300  # what another branch said of a mover comes whole: where and when, and its 1,000 letters


class Facts(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """Rows of facts at fixed places: one row is pairs of (x of the label, x of the value, its right end, label, value)."""

    spaceAfter = 6

    def __init__(self, rows: list[list[tuple[float, float, float, Flowable, Flowable]]]):
        super().__init__()
        self._rows = rows

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._heights = [max(self._measure(pair) for pair in row) for row in self._rows]
        self._height = sum(self._heights) + _PITCH * (len(self._rows) - 1)
        return width, self._height

    def _measure(self, pair: tuple[float, float, float, Flowable, Flowable]) -> float:
        label_x, value_x, right, label, value = pair
        return max(Stack([label]).measure(value_x - label_x), Stack([value]).measure(right - value_x))

    def draw(self) -> None:
        top = self._height
        for row, height in zip(self._rows, self._heights, strict=True):
            for label_x, value_x, _, label, value in row:
                label.drawOn(self.canv, label_x, top - label.height)
                value.drawOn(self.canv, value_x, top - value.height)
            top -= height + _PITCH


def person_block(member: SheetMember) -> Flowable:
    """Who is rated, as the block under the title."""
    name = paragraph(PERSON_NAME, cut(member.name))
    party = _BLANK if member.party_member is None else "Đã là đảng viên" if member.party_member else "Chưa"
    return Facts(
        [
            [_left("Họ và tên", name), _right("Ngày sinh", _born(member))],
            [_left("Ngày vào Đoàn", _day(member.joined_union_on)), _right("Chức vụ", member.position or _BLANK)],
            [_wide("Sinh hoạt tại", member.branch or _BLANK)],
            *([_wide("Trong năm", paragraph(PERSON, cut(words, _MOST_SAID)))] for words in member.earlier),
            [_left("Công việc", member.job or _BLANK), _right("Đảng viên", party)],
        ]
    )


def _born(member: SheetMember) -> str:
    if member.born_on is None and member.birth_year is not None:
        return str(member.birth_year)
    return _day(member.born_on)


def _day(day: date | None) -> str:
    return DAY_DOTS if day is None else paper_day(day)


def _left(label: str, value: str | Flowable) -> tuple[float, float, float, Flowable, Flowable]:
    return 0, _VALUE_X, _SECOND_LABEL_X - 6, paragraph(PERSON_LABEL, label), _value(value)


def _right(label: str, value: str) -> tuple[float, float, float, Flowable, Flowable]:
    return _SECOND_LABEL_X, _SECOND_VALUE_X, 160 * mm, paragraph(PERSON_LABEL, label), _value(value)


def _wide(label: str, value: str | Flowable) -> tuple[float, float, float, Flowable, Flowable]:
    return 0, _VALUE_X, 160 * mm, paragraph(PERSON_LABEL, label), _value(value)


def _value(value: str | Flowable) -> Flowable:
    return paragraph(PERSON, cut(value)) if isinstance(value, str) else value
