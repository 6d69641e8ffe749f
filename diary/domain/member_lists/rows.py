"""What a row under the head of a table is: a person, or a line that only looks like one."""

import re
from collections.abc import Iterable, Sequence
from enum import Enum, auto

from ..sheets import Row
from ..vietnamese import fold
from .shapes import Column, Columns
from .units import department_between_rows, unit_between_rows
from .values import text_of


class Kind(Enum):
    """The kinds of rows under the head of a table."""

    PERSON = auto()
    BLANK = auto()
    SECTION = auto()  # names the unit of the rows that follow
    REMARK = auto()  # a total, a title, a note
    CLOSING = auto()  # place and date, signatures: the table is over


_CLOSING = re.compile(
    r"tm\b|t/m\b|kt\b|tl\b|người (?:lập|ghi|tổng hợp|kiểm)|nguoi lap\b|lập (?:bảng|biểu)|xác nhận\b|nơi nhận\b|ký\b|\(đã ký|\(ký|"
    r"(?:phó )?bí thư(?: (?:chi đoàn|đoàn|đảng).*)?$|(?:pho )?bi thu$|ban (?:chấp hành|thường vụ)\b|bch đoàn\b|thủ trưởng\b|"
    r"(?:.{2,30}, ?)?ngày\s*(?:\d+|[.…_ ]+)\s*tháng\b",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"tổng (?:cộng|số|hợp)\b|cộng\b|tong (?:cong|so)\b|cong\s*:|trong đó\b|ấn định\b|[^:]{2,40}:(?!\w)|"
    r"\d+ đoàn viên$|danh sách\b|danh sach\b|bảng (?:kê|tổng hợp)|đoàn (?:tncs|thanh niên|khối)\b|độc lập\b|trích ngang|"
    r"phụ lục|trang\s*(?:số\s*)?\d|\*+\s*\w|\(.*\)$|"
    r"(?:phòng|khoa|tổ|bộ phận|nhóm|đội|phân đoàn|phân xưởng|trung tâm|văn phòng|chi cục) [\w ]+$",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"(?:tổng )?cộng$|tổng số$", re.IGNORECASE)
_NUMERAL = re.compile(r"[IVXLC]+(?:\.\d+)*[.)]?|\d+(?:\.\d+)*[.)]?|[A-Za-z][.)]?|\(?\d+ (?:đoàn viên|đ/c|đồng chí|người)\)?")
_ROMAN = re.compile(r"[IVX]{1,5}(?:[.)/]?$|[.)/]\s*\D)")  # how groups are numbered, and never people
_NAME_COLUMNS = (Column.FULL_NAME, Column.FAMILY_NAME, Column.MIDDLE_NAME, Column.GIVEN_NAME)
_LINE = 3  # a line across the table fills at most this many cells


def kind_of(row: Row, columns: Columns, closed: bool) -> Kind:
    """A row, what its columns hold, and whether a closing line came before in; what the row is out.

    A row is a person when it gives a name, or, without one, enough of a person to be missed. After a closing line the name has to come
    with a number, a day, a phone or the like: the signer's name stands alone.
    """
    filled = {number: text for number, cell in enumerate(row) if (text := text_of(cell))}
    numbered = [n for n, text in filled.items() if columns.get(n) is Column.NUMBER and _NUMERAL.fullmatch(text)]
    content = {n: text for n, text in filled.items() if n not in numbered}
    if not content or _counts_columns(list(filled.values())):
        return Kind.BLANK
    if _is_total(filled.values()):
        return Kind.REMARK
    name = " ".join(text for n, text in content.items() if columns.get(n) in _NAME_COLUMNS)
    told = [text for n, text in content.items() if columns.get(n, Column.IGNORED) not in (Column.IGNORED, Column.NUMBER, *_NAME_COLUMNS)]
    sure = any(map(_tells_of_a_person, told))
    may_be_line = not sure and len(content) <= _LINE and not (numbered and _is_written_like_a_name(name, filled))
    if may_be_line and (line := _kind_of_line([name] if name else list(content.values()), filled)):
        return line
    if name:
        return Kind.PERSON if sure or numbered or not closed else Kind.CLOSING
    return Kind.PERSON if sure or (numbered and told) or len(told) >= _LINE else Kind.REMARK


def _is_written_like_a_name(name: str, filled: dict[int, str]) -> bool:
    """Whether what stands beside a row's number has a capital in every word, and in no other place: Ký Thị Sương, Đoàn Trường Sơn Ca."""
    words = name.split()
    return (
        2 <= len(words) <= 6 and all(word.istitle() for word in words) and not _TOTAL.match(name) and any(map(str.isdigit, filled.values()))
    )


def _is_total(texts: Iterable[str]) -> bool:
    """Whether a row is "Cộng" and figures, wherever they stand."""
    words = [text for text in texts if not text.isdigit()]
    return len(words) == 1 and _TOTAL.match(words[0].rstrip(" :.")) is not None


def section_of(row: Row) -> str:
    """A row in; the unit it names as the head of those that follow out, "" for any other row.

    That is a unit's name alone, or with its number or a count of members beside it.
    """
    return _section({number: text for number, cell in enumerate(row) if (text := text_of(cell))})


def mark_of(row: Row) -> str:
    """A line between the rows in; how it is numbered out: "I", "A" or "1", "" when it is not."""
    first = next((text for cell in row if (text := text_of(cell))), "")
    found = re.match(r"(?:([IVX]{1,5})|([A-Z])|(\d+))(?:[.)/\-]|$)", first)
    return "" if found is None else "I" if found[1] else "A" if found[2] else "1"


def _section(filled: dict[int, str]) -> str:
    texts = [text for text in filled.values() if not _NUMERAL.fullmatch(text)]
    if len(texts) == 2 and texts[0].endswith(":"):
        return unit_between_rows(" ".join(texts))
    if len(texts) != 1:
        return ""
    in_roman = any(_ROMAN.match(text) for text in filled.values())
    return unit_between_rows(texts[0]) or (department_between_rows(texts[0]) if in_roman else "")


def _kind_of_line(texts: Sequence[str], filled: dict[int, str]) -> Kind | None:
    if _section(filled):
        return Kind.SECTION
    if any(_CLOSING.match(text) for text in texts):
        return Kind.CLOSING
    return Kind.REMARK if any(_REMARK.match(text) for text in texts) else None


def _tells_of_a_person(text: str) -> bool:
    """A day, a phone, an address or a gender: what no title, total or signature holds."""
    return "@" in text or fold(text) in {"nam", "nu"} or (sum(map(str.isdigit, text)) >= 4 and not re.search(r"[^\W\d_]{3}", text))


def _counts_columns(texts: Sequence[str]) -> bool:
    """Whether the row only counts the columns: 1 2 3 …, (1) (2) (3) …, A B 1 2 …"""
    plain = [text.strip("() .") for text in texts]
    digits = [int(text) for text in plain if text.isascii() and text.isdigit() and len(text) <= 2]
    others = [text for text in plain if not text.isdigit()]
    in_order = len(digits) >= 2 and digits == list(range(digits[0], digits[0] + len(digits))) and digits[0] <= 2
    return in_order and others in ([], ["A"], ["A", "B"], ["A", "B", "C"])
