"""Lists of figures noted by hand as offices keep them: a count a column, of how many in another, a word in a third."""

from collections.abc import Mapping

from .errors import BadInput
from .measures import MEMBER_MEASURES
from .member_lists.values import is_mark, is_nothing
from .noted_figures import NOTED, SHARES, NotedFigure, TypedFigure, read_figure
from .registers.shapes import Cells, Field, Register, Setting

_MODEL = r"(?:mo hinh|cong trinh|phan viec|sang kien|thanh nien|va)"
_MODELS = rf"{_MODEL}(?: {_MODEL})*"
_PRAISE = r"(?:duoc )?(?:khen thuong|khen|bieu duong)"
_TOLD = r"(?:ghi ro|noi dung|hinh thuc|ten|ly do)"
_HEADS = {
    "meetings": r"(?:so (?:buoi|lan) )?(?:da )?(?:du|tham du|tham gia|co mat)(?: hop)? sinh hoat(?: chi doan| doan)?"
    r"|so buoi (?:du|tham gia)",
    "of_meetings": r"(?:tong )?so (?:buoi|lan) (?:chi doan )?(?:da )?(?:hop|sinh hoat|to chuc)(?: chi doan| sinh hoat)*",
    "activities": r"(?:so (?:lan|buoi) )?(?:da )?(?:du|tham gia)(?: cac)? hoat dong(?: doan| phong trao)?",
    "of_activities": r"(?:tong )?so hoat dong(?: chi doan)?(?: da)?(?: to chuc)?",
    "initiatives": rf"(?:so )?{_MODELS}",
    "words_initiatives": rf"{_TOLD} {_MODELS}",
    "commendations": rf"(?:so (?:lan|hinh thuc) )?{_PRAISE}",
    "words_commendations": rf"{_TOLD} {_PRAISE}",
    "discipline": r"(?:so lan )?(?:bi )?ky luat",
    "words_discipline": rf"{_TOLD} ky luat",
}
_LABELS = {
    "meetings": "Dự sinh hoạt",
    "of_meetings": "Số buổi đã họp",
    "activities": "Tham gia hoạt động",
    "of_activities": "Số hoạt động",
    "initiatives": "Mô hình, công trình",
    "words_initiatives": "Ghi rõ mô hình, công trình",
    "commendations": "Khen thưởng",
    "words_commendations": "Ghi rõ khen thưởng",
    "discipline": "Kỷ luật",
    "words_discipline": "Ghi rõ kỷ luật",
}


def _settle(cells: Cells, setting: Setting) -> dict[str, str]:
    return {key: cells.get(key, "") for key in _LABELS}


def _read(cells: Cells) -> tuple[dict[str, object], list[str]]:
    values: dict[str, object] = {}
    faults = []
    for code in NOTED:
        try:
            found = read_figure(code, _typed(code, cells), None)
        except BadInput as fault:
            faults.append(f"{_LABELS[code]}: {fault}")
            continue
        if found is not None:
            values[code] = found
    return values, faults


def _typed(code: str, cells: Cells) -> TypedFigure:
    """The cells of a measure; a word where a count should be tells of one: "Giấy khen của Đoàn cơ sở" under Khen thưởng."""
    count, words = cells.get(code, ""), cells.get(f"words_{code}", "")
    if code not in SHARES and is_mark(count):
        return TypedFigure("1", "", words)
    if is_nothing(count):
        return TypedFigure("", "", "" if is_nothing(words) else words)
    if code in SHARES:
        return TypedFigure(count, cells.get(f"of_{code}", ""))
    return TypedFigure(count, "", words) if count[0].isdigit() or words else TypedFigure("1", "", count)


def _change(slot: str, known: object | None, said: object) -> tuple[object | None, str]:
    return (None, "") if said == known else (said, "")


def _words(slot: str, value: object) -> str:
    """ "10/12 buổi", "1 lần, Giấy khen": a figure as the preview shows it."""
    if not isinstance(value, NotedFigure):
        return ""
    if value.of is not None:
        return f"{value.count}/{value.of}"
    return f"{value.count} {MEMBER_MEASURES[slot].unit}" + (f", {value.words}" if value.words else "")


def cells_of(figures: Mapping[str, NotedFigure]) -> tuple[int | str | None, ...]:
    """What is noted of one member, under the columns of the clean list."""
    found: dict[str, int | str | None] = dict.fromkeys(_LABELS)
    for code, figure in figures.items():
        found |= {code: figure.count}
        found |= {f"of_{code}": figure.of} if code in SHARES else {f"words_{code}": figure.words or None}
    return tuple(found[key] for key in _LABELS)


_FIELDS = tuple(Field(key, label, _HEADS[key]) for key, label in _LABELS.items())
FIGURES = Register("figures", "Số liệu ghi tay", _FIELDS, {code: _LABELS[code] for code in NOTED}, _settle, _read, _change, _words)
