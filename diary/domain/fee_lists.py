"""Lists of Đoàn phí as offices keep them: a column a quarter, or one column under a title that names the quarter."""

import re
from collections.abc import Mapping

from .fees import AMOUNT_LIMIT, NUMERALS, QUARTERS, FeeNote, FeeState, quarter_label
from .figures import number
from .member_lists.values import CellError, is_nothing
from .registers.shapes import Cells, Field, Register, Setting
from .vietnamese import fold

SMALLEST = 1_000  # đồng; a smaller figure is a slip, or was counted in thousands without saying so
NOT_PAID = "not paid"
"""What a list says of who has not paid. It never takes back what is noted."""

_OTHERS = r"(?!.*\b(?:ngay|ky nhan|ky ten|ghi chu|chua|con no|con thieu|bien lai|nguoi)\b)"
_ONES = {1: "(?:1|01|i)", 2: "(?:2|02|ii)", 3: "(?:3|03|iii)", 4: "(?:4|04|iv)"}
_PAID = (
    r"(?:so )?(?:tien )?(?:da )?(?:dong|nop|thu|thuc thu|thuc nop)(?: doan phi| tien)?"
    r"|(?:muc )?doan phi(?: da (?:dong|nop))?|so tien|tien doan phi"
)
_UNITS = r"(?: \d{1,4}| year| vnd| dong| d| nghin dong| ngan dong| 1 000 ?d(?:ong)?| nghin| ngan| x)*"
_TITLE_QUARTER = re.compile(r"\b(?:quy|qui|q) ?(iv|iii|ii|i|[1-4])\b")
_THOUSANDS = re.compile(r"\b(?:nghin|ngan)\b|\b1[ .]?000 ?d")

_MARKS = {"x", "v", "✓", "✔", "√", "+", "*", "1", "true"}
_PAID_WORDS = _MARKS | {"co", "roi", "du", "dong", "nop", "da dong", "da nop", "da thu", "dong du", "da dong du"}
_EXEMPT_WORDS = re.compile(r"(?:duoc |thuoc dien )?mien(?: dong| phi| doan phi| dong doan phi| giam)?(?: \(.*\))?")
_NOT_PAID_WORDS = re.compile(r"(?:chua|ko|k|khong|no|con no|con thieu)(?: dong| nop| thu| co)*|n|false")
_REMARK = re.compile(r"\s*\([^)]*\)?$")
_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])(?:/(?:0?[1-9]|1[0-2])(?:/(?:20)?\d\d)?|([.-])(?:0?[1-9]|1[0-2])\1(?:20)?\d\d)")
_SAID_FIRST = re.compile(r"^(?:đã |da )?(?:đóng|nộp|thu|dong|nop)(?: đủ| du)?[\s:]+", re.IGNORECASE)
_AMOUNT = re.compile(
    r"(\d{1,3}(?:[.,\s]\d{3})+|\d+)(?:[.,]0{1,2})?\s*(k|nghìn|ngàn|nghin|ngan|ng)?\s*(?:đồng|dong|vnđ|vnd|đ|₫|d)?\.?", re.IGNORECASE
)


def quarter_key(quarter: int) -> str:
    """The slot and column of a quarter."""
    return f"quarter_{quarter}"


def quarter_of_key(key: str) -> int:
    """The quarter of a slot."""
    return int(key.removeprefix("quarter_"))


def read_fee(text: str) -> FeeNote | str | None:
    """A clean text in: an amount ("20.000", "20000 đ", "20k", "20 nghìn"), a mark (x, ✓, đã đóng, a day), "miễn", or that it was not
    paid; the note, NOT_PAID or None (nothing said) out. Raises CellError."""
    folded = fold(text)
    if folded in _PAID_WORDS or _DAY.fullmatch(text):
        return FeeNote(FeeState.PAID)
    if _EXEMPT_WORDS.fullmatch(folded):
        return FeeNote(FeeState.EXEMPT)
    if is_nothing(text) and not folded.startswith(("chua", "khong", "ko", "k")):
        return None
    if _NOT_PAID_WORDS.fullmatch(folded):
        return NOT_PAID
    return FeeNote(FeeState.PAID, _amount(text))


def _amount(text: str) -> int:
    plain = _SAID_FIRST.sub("", _REMARK.sub("", text)).strip()
    found = _AMOUNT.fullmatch(plain)
    if not found:
        raise CellError(f"Không đọc được “{text[:40]}”. Hãy ghi số tiền, dấu x hoặc chữ Miễn.")
    amount = int(re.sub(r"\D", "", found[1])) * (1_000 if found[2] else 1)
    if not amount:
        return 0
    if amount < SMALLEST:
        raise CellError(f"Số tiền “{text[:40]}” quá nhỏ. Hãy ghi đủ bằng đồng, ví dụ {number(amount * 1_000)}.")
    if amount > AMOUNT_LIMIT:
        raise CellError(f"Số tiền “{text[:40]}” quá lớn. Hãy xem lại.")
    return amount


def _settle(cells: Cells, setting: Setting) -> dict[str, str]:
    settled = {quarter_key(q): cells.get(quarter_key(q), "") for q in QUARTERS}
    quarter = _quarter_of_title(setting)
    if quarter and not any(settled.values()):
        settled[quarter_key(quarter)] = cells.get("paid", "")
    return {key: _in_full(text, setting, key) for key, text in settled.items()}


def _quarter_of_title(setting: Setting) -> int | None:
    """The one quarter that the title or the column's head names."""
    found = set(_TITLE_QUARTER.findall(setting.head("paid")) or _TITLE_QUARTER.findall(setting.titles))
    said = found.pop() if len(found) == 1 else ""
    return int(said) if said.isdigit() else NUMERALS.index(said.upper()) + 1 if said else None


def _in_full(text: str, setting: Setting, key: str) -> str:
    """A figure under "(nghìn đồng)" with its thousands said; a single 1 stays a mark."""
    in_thousands = _THOUSANDS.search(setting.head(key) or setting.head("paid"))
    return f"{text} nghìn" if in_thousands and re.fullmatch(r"\d{1,3}", text) and text not in {"0", "1"} else text


def _read(cells: Cells) -> tuple[dict[str, object], list[str]]:
    values: dict[str, object] = {}
    faults = []
    for quarter in QUARTERS:
        try:
            said = read_fee(cells.get(quarter_key(quarter), ""))
        except CellError as fault:
            faults.append(f"{quarter_label(quarter)}: {fault}")
            continue
        if said is not None:
            values[quarter_key(quarter)] = said
    return values, faults


def _change(slot: str, known: object | None, said: object) -> tuple[object | None, str]:
    """A mark adds no amount to one that is known, and takes none away."""
    if said == NOT_PAID:
        kept = f"{quarter_label(quarter_of_key(slot))}: danh sách ghi chưa đóng, sổ đã ghi; giữ như trong sổ."
        return None, kept if known else ""
    assert isinstance(said, FeeNote)
    if isinstance(known, FeeNote) and known.state is said.state and said.amount in (0, known.amount):
        return None, ""
    return said, ""


def _words(slot: str, value: object) -> str:
    return value.words if isinstance(value, FeeNote) else ""


def cell_of(note: FeeNote | None) -> int | str | None:
    """A note as the clean list writes it: the amount, "x" where only the fact is known, "Miễn"; nothing where nothing is noted."""
    if note is None:
        return None
    return "Miễn" if note.state is FeeState.EXEMPT else note.amount or "x"


_FIELDS = (
    *(
        Field(quarter_key(q), quarter_label(q), rf"{_OTHERS}(?:.*\b)?(?:quy|qui|q) ?{ones}\b(?!.*\b(?:quy|qui|q) ?[1-4i]).*")
        for q, ones in _ONES.items()
    ),
    Field("paid", "Số tiền của quý trong tiêu đề", rf"{_OTHERS}(?:{_PAID}){_UNITS}", clean=False),
)
_SLOTS: Mapping[str, str] = {quarter_key(quarter): quarter_label(quarter) for quarter in QUARTERS}
FEES = Register("fees", "Đoàn phí", _FIELDS, _SLOTS, _settle, _read, _change, _words)
