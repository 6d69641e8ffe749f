"""Lists of training results as offices keep them: one column of results in many spellings, or a column to tick for each."""

import re
from collections.abc import Mapping

from .member_lists.values import CellError, is_mark, is_nothing
from .registers.shapes import Cells, Field, Register, Setting, Values
from .training import NOTE_LIMIT, RESULT_LABELS, TrainingResult
from .vietnamese import fold

_R = TrainingResult
_SIGNS = re.compile(r"[\W_]+")
_TAIL = r"(?: (?:nhiem vu|chuong trinh|chuong trinh ren luyen|ctrl|ct ren luyen))?"
_SPELLINGS: tuple[tuple[TrainingResult, re.Pattern[str]], ...] = (
    (_R.NOT_COMPLETED, re.compile(rf"(?:khong|ko|k|chua) ?(?:hoan thanh|ht|dat){_TAIL}|kht|cht|yeu|kem")),
    (_R.EXCELLENT, re.compile(rf"(?:(?:hoan thanh|ht) ?)?(?:xuat sac|xs){_TAIL}|htxs|htxsnv")),
    (_R.GOOD, re.compile(rf"(?:(?:hoan thanh|ht) ?)?(?:tot|t|kha){_TAIL}|htt|httnv")),
    (_R.COMPLETED, re.compile(rf"(?:hoan thanh|ht|dat|trung binh|tb|dat yeu cau|htnv){_TAIL}")),
)
_TICKS = {f"tick_{result.value}": result for result, _ in _SPELLINGS}
_PROGRAMME = r"(?:(?:thuc hien |tham gia )?(?:chuong trinh |ct )?(?:ren luyen|rl|rldv|ctrl|ctrldv)(?: doan vien)?)"
_RESULT_HEADS = (
    rf"(?:ket qua|kq|xep loai|muc do|muc|danh gia)(?: danh gia| xep loai| hoan thanh| thuc hien)*(?: {_PROGRAMME})?(?: year)?(?: 20\d\d)?"
    rf"|{_PROGRAMME}(?: year)?(?: 20\d\d)?|xep loai ren luyen.*"
)
_NOTE_HEADS = r"ghi chu|nhan xet|ly do|dien giai|chu thich"


def read_result(text: str) -> TrainingResult | None:
    """A clean text in (HTXS, hoàn thành xuất sắc, xuất sắc, HTT, tốt, đạt, KHT, …), the result out; None when it says nothing.

    Raises CellError.
    """
    folded = _SIGNS.sub(" ", fold(text)).strip()
    if not folded or (is_nothing(text) and folded != "chua"):
        return None
    for result, spelling in _SPELLINGS:
        if spelling.fullmatch(folded):
            return result
    raise CellError(f"Không đọc được kết quả “{text[:40]}”. Hãy ghi một trong: {', '.join(RESULT_LABELS.values())}.")


def _settle(cells: Cells, setting: Setting) -> dict[str, str]:
    ticked = [RESULT_LABELS[result] for key, result in _TICKS.items() if is_mark(cells.get(key, ""))]
    return {"result": cells.get("result", "") or " và ".join(ticked), "note": cells.get("note", "")}


def _read(cells: Cells) -> tuple[dict[str, object], list[str]]:
    values: dict[str, object] = {}
    faults = []
    note = cells.get("note", "")
    try:
        if result := read_result(cells.get("result", "")):
            values["result"] = result
    except CellError as fault:
        faults.append(str(fault))
    if len(note) > NOTE_LIMIT:
        faults.append(f"Ghi chú dài quá {NOTE_LIMIT} ký tự.")
    elif note and not is_nothing(note):
        values["note"] = note
    return values, faults


def _change(slot: str, known: object | None, said: object) -> tuple[object | None, str]:
    return (None, "") if said == known else (said, "")


def _lacking(values: Values) -> str:
    return "" if "result" in values else "Có ghi chú mà chưa có kết quả nên chưa ghi."


def _words(slot: str, value: object) -> str:
    return RESULT_LABELS[value] if isinstance(value, TrainingResult) else str(value)


def _tick_heads(result: TrainingResult) -> str:
    spelling = next(pattern.pattern for known, pattern in _SPELLINGS if known is result)
    return rf"(?:(?:{_RESULT_HEADS}) )?(?:{spelling})"


_FIELDS = (
    Field("result", "Kết quả", _RESULT_HEADS),
    *(Field(key, f"Đánh dấu {RESULT_LABELS[result].lower()}", _tick_heads(result), clean=False) for key, result in _TICKS.items()),
    Field("note", "Ghi chú", _NOTE_HEADS),
)
_SLOTS: Mapping[str, str] = {"result": "Kết quả", "note": "Ghi chú"}
TRAINING = Register("training", "Chương trình rèn luyện", _FIELDS, _SLOTS, _settle, _read, _change, _words, _lacking)
