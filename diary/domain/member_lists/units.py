"""Units in a member list: in columns, in titles above them, in lines between, in the sheet's name; cut, in capitals, "nt"."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ..sheets import Row
from ..vietnamese import clean_line, fold
from .values import is_as_above, is_nothing, text_of

SHEET_NAME_LIMIT = 31
"""Characters a spreadsheet lets a sheet's name have; what is longer is cut."""

_NUMBERING = re.compile(
    r"^(?:[IVXLC]{1,5}|\d{1,3}|[A-Za-z])\s*[.)/_-]+\s*|^\d{1,3}\s+|^[-+*•]\s*|^(?:đơn vị|tên đơn vị)\s*:\s*", re.IGNORECASE
)
_COMMITTEE = re.compile(r"^(?:ban chấp hành|bch|ban thường vụ|btv)\.?\s+(?=(?:liên )?(?:chi )?đoàn)", re.IGNORECASE)
_LABELLED = re.compile(r"^((?:liên )?chi đoàn|đoàn cơ sở)\s*:\s*", re.IGNORECASE)
_BRANCH_KIND = re.compile(r"(?:lien )?chi doan\b")
_BASE_KIND = re.compile(r"doan (?!vien\b|phi\b|the\b|ket\b|tncs\b|thanh nien cong san\b|tnch?s? |khoi cac\b|tinh\b)\w+|doan co so\b")
_ABOVE_KIND = re.compile(r"doan (?:khoi\b|tinh\b|thanh pho\b|huyen\b)|(?:tinh|thanh|huyen|quan) doan\b|dang uy\b")
_TOP = re.compile(r"doan (?:tncs|thanh nien cong san)\b")
_BETWEEN_ROWS = re.compile(r"(?:lien )?chi doan \w+|doan co so \w+|doan (?:truong|benh vien|so|cong ty|xa|phuong|thi tran|vien) \w+ \w+")
_IN_TITLE = re.compile(
    r"\b((?:liên |lien )?chi (?:đoàn|doan)|(?:đoàn|doan) (?:cơ sở|co so|trường|truong))\s+(?!viên\b|vien\b)(.+?)"
    r"\s*(?:[-–,(]?\s*(?:năm|nam|quý|tháng|đến|tính|tinh den)\b.*|\(.*|$)",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\s*(?:[(\[:–,-]\s*)+(?:có |gồm |tổng số:? ?|số lượng:? ?)?\d+\s*(?:đoàn viên|đ/c|đồng chí|người|đv|đvtn|dv|doan vien)?\s*[)\]]?\s*$",
    re.IGNORECASE,
)
_DEPARTMENT = re.compile(r"(?:khoa|phòng|tổ|trung tâm|văn phòng|chi cục|sở|khối|xí nghiệp|phân xưởng) \w+", re.IGNORECASE)
_SHORTENED = re.compile(r"^(?:cđ|c/đ|chđ|cđ\.)[\s.]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row puts its person: names as written, "" where none is given."""

    base: str = ""
    branch: str = ""


@dataclass(slots=True)
class Above:
    """What stands above the row at hand: the units of the sheet's titles, of a line between rows, and of the last row that named some."""

    sheet: Place = Place()
    base: str = ""
    branch: str = ""
    unit: str = ""
    over: str = ""  # the base a line named, until people stand directly under it
    over_mark: str = ""
    seen: list[str] = field(default_factory=list)

    def begin_section(self, line: str, mark: str = "") -> None:
        """A line between the rows names the unit of those that follow; a mere department below a base is a chi đoàn of it.

        `mark` tells how the line is numbered (A, I, 1): under "A. Đoàn cơ sở" stand its "I. Chi đoàn", but "II. Chi đoàn" stands beside
        "I. Đoàn cơ sở".
        """
        if self.sheet.base and not is_branch(line) and not _is_base(line):
            line = _with_kind(line)
        if not is_branch(line):
            self.over, self.over_mark = line, mark
        elif mark and mark == self.over_mark:
            self.over = ""
        self.base, self.branch, self.unit = (self.over, line, "") if is_branch(line) else (line, "", "")
        if is_branch(line) and same_unit(line, self.sheet.base):
            self.branch = ""
        self.seen.append(line)


def is_branch(name: str) -> bool:
    """Whether a unit calls itself a chi đoàn or liên chi đoàn."""
    return _BRANCH_KIND.match(fold(name)) is not None


@lru_cache(maxsize=20_000)
def unit_key(name: str) -> str:
    """A unit's name in, what stays the same in its other spellings out: case and the place of the tone in oà, uý do not count."""
    spread = unicodedata.normalize("NFD", name.casefold())
    return re.sub("[\u0300\u0301\u0303\u0309\u0323]", "", spread) + "|" + "".join(re.findall("[\u0300\u0301\u0303\u0309\u0323]", spread))


def same_unit(one: str, other: str) -> bool:
    """Whether two names are spellings of one."""
    return bool(one) and unit_key(one) == unit_key(other)


def strip_numbering(text: str) -> str:
    """A sheet's name or a line in, without its number ("1. ", "II. ", "Đơn vị:", "BCH") out."""
    line = _COMMITTEE.sub("", _NUMBERING.sub("", clean_line(text)))
    return clean_line(_LABELLED.sub(r"\1 ", line))


def unit_between_rows(text: str) -> str:
    """A lone text between the rows of a table in, the unit it names (or "") out. People may be called Đoàn: a chi đoàn has to be said."""
    line = _COUNT.sub("", strip_numbering(text)).rstrip(" :.")
    return line if _BETWEEN_ROWS.match(fold(line)) and ":" not in line else ""


def department_between_rows(text: str) -> str:
    """A lone text under a Roman number in; the department it names as a group of people, or ""."""
    line = _COUNT.sub("", strip_numbering(text)).rstrip(" :.")
    return line if _DEPARTMENT.match(line) else ""


def units_of_titles(titles: Sequence[Row], sheet_name: str) -> Place:
    """The rows above a table and the sheet's name in; the units they name out.

    A chi đoàn under a line that names a base belongs to that base; under the bloc's line it is a base of its own.
    """
    lines = [line for row in titles for line in _title_lines(row)]
    units = [unit for line in lines if (unit := _unit_of_title(line))]
    under_bloc = any(_ABOVE_KIND.match(fold(line)) for line in lines)
    named = strip_numbering(sheet_name)
    if _unit_of_title(named) and not any(_cut_alike(named, unit) for unit in units):
        units = _with_sheet_name(units, named)
    base = next((unit for unit in reversed(units) if not is_branch(unit)), "")
    branch = next((unit for unit in reversed(units) if is_branch(unit)), "")
    return Place(branch, "") if branch and not base and under_bloc else Place(base, branch)


def _with_sheet_name(units: list[str], named: str) -> list[str]:
    """The sheet's name adds what the titles leave open: the branch under their base, the base over their branch, or everything."""
    return units if any(is_branch(unit) == is_branch(named) for unit in units) else [*units, named]


def _cut_alike(named: str, unit: str) -> bool:
    return unit_key(unit).startswith(unit_key(named).split("|")[0]) or same_unit(named, unit)


def _title_lines(row: Row) -> Iterable[str]:
    cells = [piece for cell in row for piece in (cell.splitlines() if isinstance(cell, str) else [cell])]
    filled = [text for cell in cells if (text := text_of(cell))]
    for number, text in enumerate(filled):
        if text.endswith(":") and number + 1 < len(filled):
            yield f"{text} {filled[number + 1]}"
        yield text


def _unit_of_title(line: str) -> str:
    name = strip_numbering(line).strip(" :.*-")
    folded = fold(name)
    if not name or len(name) > 150 or _ABOVE_KIND.match(folded) or _TOP.match(folded):
        return ""
    if (_BRANCH_KIND.match(folded) and len(folded.split()) > 2) or _BASE_KIND.match(folded):
        return name
    if folded.startswith(("danh sach", "tong hop", "thong ke", "trich ngang")) and (found := _IN_TITLE.search(name)):
        words = f"{found[1]} {found[2]}"
        return "" if re.match(r"(?:năm|quý|tháng|và|các|trực thuộc)\b", found[2], re.IGNORECASE) else words
    return ""


@dataclass(frozen=True, slots=True)
class UnitCells:
    """The unit cells of a row as clean text; None where the table has no such column."""

    base: str | None
    branch: str | None
    unit: str | None
    workplace: str | None


def place_of_row(cells: UnitCells, above: Above) -> Place:
    """The unit cells of a row and what stands above it in; where the person belongs out.

    "nt" stands for the cell above; so does an empty cell, but where the row names a base of its own: there the person belongs to the base.
    """
    if not above.branch:
        above.over = ""
    base, branch, unit = _as_above(cells.base, above.base), _as_above(cells.branch, above.branch), _as_above(cells.unit, above.unit)
    branch = _with_kind(branch) if branch else ""
    above.unit = unit or above.unit
    if unit:
        base, branch = _place_of_unit(unit, base, branch, cells, above)
    elif cells.workplace and not branch and is_branch(cells.workplace):
        branch = cells.workplace
    if not base:
        base, branch = above.base, branch or above.branch
    above.base, above.branch = base, branch
    return _settled(base, branch, above.sheet)


def _place_of_unit(unit: str, base: str, branch: str, cells: UnitCells, above: Above) -> tuple[str, str]:
    """What the column "Đơn vị" means beside the others: the base, the branch, or only where people work."""
    named = is_branch(unit) or _is_base(unit)
    if cells.branch is not None:
        return (base or unit, branch) if named or not above.sheet.base else (base, branch)
    if cells.base is not None:
        return base, _with_kind(unit)
    if same_unit(unit, above.sheet.base) or (_is_base(unit) and not above.sheet.base):
        return unit, ""
    if named or not (above.sheet.branch or is_branch(above.sheet.base)):
        return base, _with_kind(unit) if above.sheet.base else unit
    return base, ""


def _settled(base: str, branch: str, sheet: Place) -> Place:
    if not base:
        base, branch = sheet.base, branch or sheet.branch
    if not base and _is_base(branch):
        return Place(branch, "")
    return Place(base, "") if same_unit(base, branch) else Place(base, branch)


def _is_base(name: str) -> bool:
    return _BASE_KIND.match(fold(name)) is not None


def _as_above(cell: str | None, last: str) -> str:
    if cell is None:
        return ""
    if is_as_above(cell):
        return last
    return "" if is_nothing(cell) else cell


def _with_kind(branch: str) -> str:
    """What stands under "Chi đoàn" is one, whether or not it says so."""
    branch = _SHORTENED.sub("Chi đoàn ", branch)
    if is_branch(branch) or _is_base(branch):
        return branch
    return f"{'CHI ĐOÀN' if branch.isupper() and len(branch) > 6 else 'Chi đoàn'} {branch}"
