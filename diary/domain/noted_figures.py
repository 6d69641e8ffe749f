"""Figures a branch notes by hand of its members: meetings, activities, initiatives, commendations, discipline."""

from collections.abc import Mapping
from dataclasses import dataclass

from .errors import BadInput
from .measures import MEMBER_MEASURES
from .vietnamese import clean_line

MOST = 10_000
WORDS_LIMIT = 200
NOTED = tuple(code for code, measure in MEMBER_MEASURES.items() if measure.noted)
SHARES = ("meetings", "activities")
"""Those that are so many of so many; the others are counts with a word beside them."""

SHORT_LABELS = {
    "meetings": "Sinh hoạt",
    "activities": "Hoạt động",
    "initiatives": "Mô hình, công trình",
    "commendations": "Khen thưởng",
    "discipline": "Kỷ luật",
}
WHOLE_LABELS = {"meetings": "Chi đoàn đã họp (buổi)", "activities": "Chi đoàn đã tổ chức hoạt động (lần)"}
_HELD = {"meetings": "buổi sinh hoạt chi đoàn đã họp", "activities": "hoạt động chi đoàn đã tổ chức"}


@dataclass(frozen=True, slots=True)
class NotedFigure:
    """What is noted of one measure: a count, of so many where it is a share, and a word about it."""

    count: int
    of: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class TypedFigure:
    """The same as someone typed it."""

    count: str = ""
    of: str = ""
    words: str = ""


TypedRow = Mapping[str, TypedFigure]
"""What was typed of one member, by measure."""


def read_whole(code: str, text: str) -> int | None:
    """How many meetings or activities the branch had, as typed; None for nothing. BadInput at the measure."""
    return _number(code, text) if text else None


def read_figure(code: str, typed: TypedFigure, whole: int | None) -> NotedFigure | None:
    """What was typed of a measure, as it is noted; None where nothing was. `whole`: of how many where the row says no other figure.

    "10/12" says both. BadInput at the measure, with a sentence.
    """
    count, _, after = typed.count.partition("/")
    of, words = (after or typed.of).strip(), clean_line(typed.words)
    if not count.strip():
        if words or (of and code in SHARES):
            raise BadInput(code, "Hãy ghi con số, hoặc để trống cả ô.")
        return None
    if len(words) > WORDS_LIMIT:
        raise BadInput(code, f"Ghi chú dài quá {WORDS_LIMIT} ký tự; hãy rút ngắn lại.")
    number = _number(code, count)
    return _share(code, number, _number(code, of) if of else whole) if code in SHARES else NotedFigure(number, None, words)


def _share(code: str, count: int, of: int | None) -> NotedFigure:
    if of is None:
        raise BadInput(code, f"Hãy ghi số {_HELD[code]}.")
    if count > of:
        raise BadInput(code, f"Ghi {count} nhưng chỉ có {of} {_HELD[code]}.")
    return NotedFigure(count, of)


def _number(code: str, text: str) -> int:
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= len(str(MOST)) and int(digits) <= MOST):
        raise BadInput(code, "Hãy ghi một số từ 0 đến 10.000.")
    return int(digits)
