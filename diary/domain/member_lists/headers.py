"""Column heads in their many spellings: which row is the head of a table, and what each column holds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ..dates import LAST_YEAR
from ..sheets import Row
from ..vietnamese import clean_line, fold
from .rows import section_of
from .shapes import Column, Columns

_LONGEST_LABEL = 80
_NOT_WORD = re.compile(r"[\W_]+")
# Words whose fold is ambiguous are put apart first: ĐT is a telephone, DT an ethnic group; năm is a year, nam is male.
_TELLING_MARKS = ((re.compile(r"\b(?:s?đt|đtdđ|s?đtdđ)\b"), "dien thoai"), (re.compile(r"\bnăm\b"), "year"))

_OTHERS = r"(?!.*\b(?:cha|me|bo|vo|chong|con|phu huynh|nguoi|than nhan|bi danh|thuong goi|bi thu)\b)"
_NO_PARTY = r"(?!.*\b(?:dang|hoi|cong doan|chinh quyen|chuyen mon|phi)\b)"
_YEAR = r"(?:year|nam)"
# (column, pattern of the whole label, how sure): where two columns answer to one meaning the surer is taken, then the first.
_PATTERNS: tuple[tuple[Column, str, int], ...] = (
    (Column.NUMBER, r"stt|tt|so tt|s tt|s t t|so thu tu|thu tu|no|so", 3),
    (Column.FAMILY_NAME, r"ho( va)?( ten| chu)? (dem|lot)( va (ten )?(dem|lot))?|ho|ho va|ho va chu (dem|lot)", 3),
    (Column.MIDDLE_NAME, r"(ten |chu )?(dem|lot)|dem va lot", 3),
    (
        Column.FULL_NAME,
        r"ho( va)?( chu (dem|lot))?( va)? ten( doan vien| khai sinh)?|hovaten|hoten|(full )?name|ten (doan vien|dv)( ?thanh nien| ?tn)?",
        3,
    ),
    (Column.FULL_NAME, _OTHERS + r"ho (va )?ten\b.*", 2),
    (Column.GIVEN_NAME, r"(va )?ten", 3),
    (Column.GIVEN_NAME, r"ten goi", 1),
    (Column.BORN_IF_MALE, rf"(ngay )?(thang )?(({_YEAR}) )?sinh nam", 3),
    (Column.BORN_IF_FEMALE, rf"(ngay )?(thang )?(({_YEAR}) )?sinh nu", 3),
    (
        Column.BORN_ON,
        rf"(ngay )?(thang )?({_YEAR} )?sinh|sinh (ngay|{_YEAR})( thang {_YEAR})?|ntns|ntn sinh|n s|ns|ng sinh|dob|date of birth|birthday",
        3,
    ),
    (Column.BORN_ON, rf"ngay thang {_YEAR}", 1),
    (Column.BORN_ON, rf"{_OTHERS}(?!.*\b(noi|que|sinh (hoat|vien))\b)(.*\b)?(ngay|thang|{_YEAR})\b.*\bsinh\b.*", 2),
    (Column.MALE_MARK, r"nam( x)?|gioi tinh nam|phai nam", 3),
    (Column.FEMALE_MARK, r"nu( x)?|gioi tinh nu|phai nu|la nu|nu gioi", 3),
    (Column.GENDER, r"gioi tinh|gioi|phai|gt|nam nu|nu nam|sex|gender|gioi tinh nam nu", 3),
    (Column.GENDER, r"(gioi tinh|phai)\b.*|.*\bnam nu\b.*", 2),
    (Column.ETHNICITY, r"dan toc|d toc|thanh phan dan toc", 3),
    (Column.ETHNICITY, r"dt|dan toc\b.*|.*\bdan toc", 1),
    (Column.JOINED_UNION_ON, rf"(ngay )?(thang )?({_YEAR} )?(vao|ket nap|ket nap vao|gia nhap) doan\b.*", 3),
    (Column.JOINED_UNION_ON, rf"{_NO_PARTY}(?!noi\b)(.*\b)?((vao|ket nap|gia nhap|kn)( vao)? doan\b.*|ngay ket nap|ngay vao( dtn.*)?)", 2),
    (Column.EMAIL, r"e ?mail|thu dien tu|mail|dia chi e ?mail|hop thu( dien tu)?|dia chi thu( dien tu)?|gmail", 3),
    (Column.EMAIL, rf"{_OTHERS}.*\b(e ?mail|gmail|thu dien tu)\b.*", 2),
    (
        Column.PHONE,
        r"(so )?(dien thoai|dt)( di dong| lien he| lien lac)?|sdt|dtdd|sdtdd|(so )?di dong|(so )?d thoai|so may|phone|mobile|tel",
        3,
    ),
    (Column.PHONE, rf"{_OTHERS}(?!.*\b(co quan|nha rieng)\b).*\b(dien thoai|sdt|dtdd|so dt|di dong|phone|mobile|zalo)\b.*", 2),
    (Column.POST, r"chuc (vu|danh|trach)( (trong )?(doan|chi doan|bch))?( hien (nay|tai))?|cv( doan)?|cvu|chuc vu doan the", 3),
    (Column.POST, r"nhiem vu( trong doan)?", 1),
    (Column.POST, rf"{_NO_PARTY}.*\bchuc (vu|danh|trach)\b.*", 2),
    (Column.WORKPLACE, r"don vi cong tac|noi cong tac|co quan( cong tac)?|noi lam viec|phong( ban)?|bo phan|khoa phong|khoa|to", 2),
    (Column.BASE, r"(ten )?(to chuc )?(co so doan|doan co so)|doan (truc thuoc|truong|cap tren)|to chuc co so doan", 3),
    (Column.BASE, r".*\b(co so doan|doan co so)\b.*|dcs", 2),
    (Column.BRANCH, r"(ten |thuoc )?chi doan( truc thuoc| sinh hoat)?", 3),
    (Column.BRANCH, r"(?!.*\b(bi thu|so luong|ngay)\b).*\bchi doan\b.*|lop", 2),
    (Column.UNIT, r"don vi( truc thuoc| sinh hoat)?|thuoc don vi|to chuc doan|don vi doan|ten don vi", 3),
    (Column.UNIT, r"noi sinh hoat( doan)?|don vi chu quan|truc thuoc|d vi|d v", 2),
)
_COMPILED = tuple((column, re.compile(pattern), sure) for column, pattern, sure in _PATTERNS)
# Before an expression of dozens of heads is tried on a row, one of its cells has to look like the head of the names.
_NAMES_HEAD = re.compile(r"\W*(?:họ|ho|tên|ten|full|name)\b.{0,70}", re.IGNORECASE | re.DOTALL)
NAME_COLUMNS = {Column.FULL_NAME, Column.FAMILY_NAME, Column.GIVEN_NAME}

_ONLY_YEAR = re.compile(rf"{_YEAR}( sinh)?|sinh {_YEAR}")
_OTHER_BODY = re.compile(r"\b(?:dang|hoi|cong doan|chinh quyen|chuyen mon|doan the)\b")  # under "Chức vụ" or "Ngày vào": not the union's
_BELOW = {
    (Column.BORN_ON, "nam"): Column.BORN_IF_MALE,
    (Column.BORN_ON, "nu"): Column.BORN_IF_FEMALE,
    (Column.BORN_ON, "ngay"): Column.BIRTH_DAY,
    (Column.BORN_ON, "thang"): Column.BIRTH_MONTH,
    (Column.BORN_ON, "year"): Column.BIRTH_YEAR,
    (Column.GENDER, "nam"): Column.MALE_MARK,
    (Column.GENDER, "nu"): Column.FEMALE_MARK,
}


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a table: how many rows it takes, what its columns hold, and the columns without a label of their own."""

    height: int
    columns: Columns
    unnamed: frozenset[int]


def label(cell: object) -> str:
    """A cell in, its words folded to lower case without marks out, the ambiguous ones put apart; "" for what is no short text."""
    if not isinstance(cell, str) or len(cell) > _LONGEST_LABEL:
        return ""
    return _folded_label(cell)


@lru_cache(maxsize=4_000)
def _folded_label(text: str) -> str:
    line = clean_line(text).lower()
    for pattern, plain in _TELLING_MARKS:
        line = pattern.sub(plain, line)
    return _NOT_WORD.sub(" ", fold(line)).strip()


@lru_cache(maxsize=4_000)
def meaning(label: str) -> tuple[Column, int]:
    """A folded label in; what such a column holds and how sure that is (0–3) out."""
    if not label:
        return Column.IGNORED, 0
    return next(((column, sure) for column, pattern, sure in _COMPILED if pattern.fullmatch(label)), (Column.IGNORED, 0))


def find_head(rows: Sequence[Row], at: int) -> Head | None:
    """The rows of a sheet and a row's place in; the head of a table, when one begins there, out."""
    if not _may_be_head(rows[at]):
        return None
    labels = [label(cell) for cell in rows[at]]
    if not _is_head(labels):
        return None
    second = rows[at + 1] if at + 1 < len(rows) else ()
    below = [label(cell) for cell in second]
    only_words = all(cell is None or isinstance(cell, str) for cell in second)
    two_rows = only_words and not section_of(second) and _goes_on_below(labels, below)
    columns = _assign(labels, below if two_rows else [])
    unnamed = {n for n, text in enumerate(labels) if not text and not (two_rows and n < len(below) and below[n])}
    return Head(2 if two_rows else 1, columns, frozenset(unnamed))


def head_of(row: Row) -> Head:
    """A row that someone says is a head in; what can be made of it out."""
    labels = [label(cell) for cell in row]
    return Head(1, _assign(labels, []), frozenset(number for number, text in enumerate(labels) if not text))


def _may_be_head(row: Row) -> bool:
    """A quick look before dozens of expressions are tried: one cell begins like the head of the names, none is a day or a large number."""
    names = any(isinstance(cell, str) and _NAMES_HEAD.fullmatch(cell) for cell in row)
    return names and not any(isinstance(cell, date) or (isinstance(cell, int | float) and cell > LAST_YEAR) for cell in row)


def _is_head(labels: Sequence[str]) -> bool:
    found = {meaning(text)[0] for text in labels} - {Column.IGNORED}
    filled = sum(1 for text in labels if text)
    alone = filled == 1 and any(meaning(text) == (Column.FULL_NAME, 3) for text in labels)
    return bool(found & NAME_COLUMNS) and (len(found) >= 2 or alone)


def _goes_on_below(labels: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the row under a head is its second half: only labels, none of them under the (whole) name of a person."""
    filled = [number for number, text in enumerate(below) if text]
    fitting = [_fits_below(labels, below, number) for number in filled]
    return any(fitting) and all(fits or _may_stand_below(labels, below, number) for fits, number in zip(fitting, filled, strict=True))


def _fits_below(labels: Sequence[str], below: Sequence[str], number: int) -> bool:
    own = labels[number] if number < len(labels) else ""
    over = _label_over(labels, number)
    if (meaning(over)[0], below[number]) in _BELOW or meaning(f"{own or over} {below[number]}")[0] is meaning(over)[0] is Column.POST:
        return True
    if own and meaning(own)[0] is not Column.IGNORED and meaning(own)[0] is not meaning(below[number])[0]:
        return meaning(own)[0] is Column.FULL_NAME and meaning(below[number])[0] in NAME_COLUMNS
    return meaning(below[number])[0] is not Column.IGNORED


def _may_stand_below(labels: Sequence[str], below: Sequence[str], number: int) -> bool:
    """Whether a label nobody knows is a part of the joined label over it, such as "Văn hóa" under "Trình độ"."""
    own = labels[number] if number < len(labels) else ""
    known = meaning(_label_over(labels, number))[0]
    return (
        known not in NAME_COLUMNS
        and (not own or known is Column.IGNORED or bool(_OTHER_BODY.search(below[number])))
        and below[number].isascii()
        and not any(map(str.isdigit, below[number]))
    )


def _label_over(labels: Sequence[str], number: int) -> str:
    """The label that stands over a column, taken from its left when the head's cells were joined."""
    return next((labels[n] for n in range(min(number, len(labels) - 1), -1, -1) if labels[n]), "")


def _assign(labels: Sequence[str], below: Sequence[str]) -> dict[int, Column]:
    best: dict[Column, tuple[int, int]] = {}
    for number in range(max(len(labels), len(below))):
        own = labels[number] if number < len(labels) else ""
        child = below[number] if number < len(below) else ""
        column, sure = _combined(own, _label_over(labels, number), child)
        if column is not Column.IGNORED and sure > best.get(column, (0, 0))[0]:
            best[column] = (sure, number)
    _part_birth(best, labels)
    if Column.BIRTH_DAY in best and Column.BIRTH_YEAR not in best and Column.BORN_IF_MALE in best:
        best[Column.BIRTH_YEAR] = best.pop(Column.BORN_IF_MALE)  # "Nam" without marks, beside a day: a year
    columns = {number: column for column, (_, number) in best.items()}
    return dict(sorted(columns.items()))


def _part_birth(best: dict[Column, tuple[int, int]], labels: Sequence[str]) -> None:
    """Beside a column of birth years, one of "Ngày, tháng sinh" holds the rest of the day."""
    if Column.BORN_ON not in best or Column.BIRTH_YEAR in best:
        return
    births = [number for number, text in enumerate(labels) if meaning(text)[0] is Column.BORN_ON]
    years = [number for number in births if _ONLY_YEAR.fullmatch(labels[number])]
    others = [number for number in births if number not in years and "year" not in labels[number]]
    if years and others:
        del best[Column.BORN_ON]
        best[Column.BIRTH_DAY_MONTH], best[Column.BIRTH_YEAR] = (3, others[0]), (3, years[0])


def _combined(own: str, over: str, child: str) -> tuple[Column, int]:
    if not child:
        return meaning(own)
    if below := _BELOW.get((meaning(over)[0], child)):
        return below, 3
    if _OTHER_BODY.search(child):
        return Column.IGNORED, 0
    return max(meaning(child), meaning(own), meaning(f"{own or over} {child}"), key=lambda found: found[1])
