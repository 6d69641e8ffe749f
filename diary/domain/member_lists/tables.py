"""The tables of a sheet: where each begins, what its columns hold, the units its titles name."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ..sheets import Cell, Row, Sheet
from ..vietnamese import fold
from .choices import AS_GUESSED, NO_HEAD, Memory, SheetChoice, remembered, with_remembered
from .headers import NAME_COLUMNS, Head, find_head, head_of, label
from .shapes import Column, Columns
from .values import text_of

Test = Callable[[Cell], bool]

_HEAD_WITHIN = 30  # rows in which a head of an unknown kind is looked for
_LOOKED_AT = 200  # rows that settle what a column without a clear label holds
_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](\d{4}|\d{2})")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BORN_IF = {Column.MALE_MARK: Column.BORN_IF_MALE, Column.FEMALE_MARK: Column.BORN_IF_FEMALE}
_PHONE = re.compile(r"(\+?84|0)?\d{9}")
_SURNAMES = frozenset(
    {"nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do", "ho", "ngo", "duong", "ly", "dao", "doan"}
    | {"vuong", "trinh", "dinh", "lam", "truong", "mai", "to", "ta", "ha", "luong", "luu", "chau", "thach", "son", "kim", "danh", "quach"}
    | {"tang", "cao", "tong", "thai", "phung", "trieu", "la", "kieu", "nghiem", "van", "chu", "tu", "an", "quan", "hua", "ong", "au", "lo"}
)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a sheet: the rows above it (its titles), the place of its first row under the head, the place after its last, and
    where its head begins (None without one)."""

    titles: Sequence[Row]
    start: int
    end: int
    columns: Columns
    head_at: int | None = None


def find_tables(sheet: Sheet, told: SheetChoice | None = None, memory: Memory | None = None) -> Iterator[Table]:
    """A sheet, what someone told about it and what is remembered of such heads in; its tables in order out, none when it holds no list.

    A head that repeats, as on each printed page, begins a table of its own. A list without any head is known by what its columns hold.
    """
    choice, known = told or AS_GUESSED, memory or {}
    if not choice.read:
        return
    heads = _heads(sheet, choice, known)
    if not heads:
        yield from _without_head(sheet, choice)
        return
    ends = [*(at for at, _ in heads[1:]), len(sheet.rows)]
    for number, ((at, head), end) in enumerate(zip(heads, ends, strict=True)):
        start = min(at + head.height, end)
        columns = choice.columns or with_remembered(_settle(head, sheet.rows, at, start), remembered(sheet.rows[at:start], known))
        yield Table(sheet.rows[:at] if number == 0 else (), start, end, columns, at)


def _heads(sheet: Sheet, choice: SheetChoice, memory: Memory) -> list[tuple[int, Head]]:
    """Where heads begin. The row someone named is one, whatever it says; what a remembered head says makes it one as well."""
    rows = sheet.rows
    found = [(at, head) for at in range(len(rows)) if (head := find_head(rows, at))]
    if choice.head == NO_HEAD:
        return []
    if choice.head is not None:
        at = min(max(choice.head - sheet.first_row, 0), max(len(rows) - 1, 0))
        return [(at, find_head(rows, at) or head_of(rows[at])), *(one for one in found if one[0] > at)] if rows else []
    if not found and memory:
        at = next((at for at, row in enumerate(rows[:_HEAD_WITHIN]) if _is_remembered(row, memory)), -1)
        return [(at, head_of(rows[at]))] if at >= 0 else []
    return found


def _is_remembered(row: Row, memory: Memory) -> bool:
    columns = set(remembered([row], memory).values()) - {Column.IGNORED}
    return bool(columns & NAME_COLUMNS)


def _without_head(sheet: Sheet, choice: SheetChoice) -> Iterator[Table]:
    columns = choice.columns or guess_by_content(sheet.rows)
    if columns:
        start = next((at for at, row in enumerate(sheet.rows) if _is_person(row, columns)), 0)
        yield Table(sheet.rows[:start], start, len(sheet.rows), columns)


def _settle(head: Head, rows: Sequence[Row], at: int, start: int) -> Columns:
    """The head's columns, set right by what stands under them."""
    columns, below = dict(head.columns), rows[start : start + _LOOKED_AT]
    for number, column in head.columns.items():
        beside = number + 1
        alone = column is Column.FULL_NAME and Column.GIVEN_NAME not in columns.values()
        if alone and beside in head.unnamed | {len(rows[at])} and _share(below, beside, _is_one_word) > 0.5:
            columns |= {number: Column.FAMILY_NAME, beside: Column.GIVEN_NAME}
        if column is Column.ETHNICITY and label(rows[at][number]) == "dt" and _share(below, number, _is_phone) > 0.5:
            columns[number] = Column.PHONE if Column.PHONE not in columns.values() else Column.IGNORED
    if Column.BORN_ON not in columns.values():
        for number, column in head.columns.items():
            if column in _BORN_IF and _share(below, number, _is_day_or_year) > 0.5:
                columns[number] = _BORN_IF[column]
    return columns


def guess_by_content(rows: Sequence[Row]) -> dict[int, Column]:
    """Rows without a head in; what their columns hold out, {} when they are no list of people: names, and a day or a phone beside them."""
    below = [row for row in rows if sum(text_of(cell) != "" for cell in row) >= 2][:_LOOKED_AT]
    columns: dict[int, Column] = {}
    for column, test in _CONTENT_TESTS:
        for number in range(max(map(len, below), default=0)):
            passing = sum(1 for row in below if number < len(row) and test(row[number]))
            if number not in columns and _share(below, number, test) > 0.6 and passing > len(below) / 3:
                columns[number] = column
                break
    found = set(columns.values())
    return columns if Column.FULL_NAME in found and found & {Column.BORN_ON, Column.PHONE, Column.GENDER} else {}


def _is_person(row: Row, columns: Columns) -> bool:
    return any(_is_full_name(cell) for number, cell in enumerate(row) if columns.get(number) in (Column.FULL_NAME, Column.FAMILY_NAME))


def _share(rows: Sequence[Row], number: int, test: Test) -> float:
    """How many of a column's filled cells pass a test, 0 to 1; mere numbers (of rows, of columns) are not looked at."""
    filled = [row[number] for row in rows if number < len(row) and len(text_of(row[number]).strip("().")) > 1]
    return sum(map(test, filled)) / len(filled) if filled else 0.0


def _is_one_word(cell: Cell) -> bool:
    text = text_of(cell)
    return text.isalpha() and len(text) <= 10


def _is_full_name(cell: Cell) -> bool:
    words = fold(cell).split() if isinstance(cell, str) else []
    return 2 <= len(words) <= 6 and words[0] in _SURNAMES and all(word.isalpha() for word in words)


def _is_day(cell: Cell) -> bool:
    return _DAY.fullmatch(text_of(cell)) is not None


def _is_day_or_year(cell: Cell) -> bool:
    return isinstance(cell, date) or _is_day(cell) or _YEAR.fullmatch(text_of(cell)) is not None


def _is_phone(cell: Cell) -> bool:
    return _PHONE.fullmatch(re.sub(r"[\s.-]", "", text_of(cell))) is not None


_CONTENT_TESTS: tuple[tuple[Column, Test], ...] = (
    (Column.FULL_NAME, _is_full_name),
    (Column.BORN_ON, _is_day),
    (Column.GENDER, lambda cell: fold(text_of(cell)) in {"nam", "nu"}),
    (Column.PHONE, _is_phone),
    (Column.EMAIL, lambda cell: "@" in text_of(cell)),
    (Column.BRANCH, lambda cell: fold(text_of(cell)).startswith(("chi doan ", "lien chi doan "))),
)
