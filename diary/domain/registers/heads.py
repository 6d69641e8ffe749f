"""The heads of a register's tables: which row they stand in, which columns are the register's own."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..member_lists import Column
from ..member_lists.headers import label, meaning
from ..member_lists.values import text_of
from ..sheets import Row, Sheet
from .shapes import YEAR, Field, Register

_NAMES = {Column.FULL_NAME, Column.FAMILY_NAME, Column.GIVEN_NAME}
_DEEPEST = 3  # rows a head may take: what, of which quarter, and how much
_COUNTER = re.compile(r"\s*\(?(\d{1,2}|[A-Z])\)?\s*")
Lines = Sequence[Sequence[str]]
"""The rows of a head as folded labels."""


@dataclass(frozen=True, slots=True)
class Head:
    """A head: its row, how many rows it takes, the columns of the register's fields (number -> key), what each is called (key -> folded
    head), and the columns that tell nothing of who a row is about."""

    at: int
    height: int
    columns: Mapping[int, str]
    labels: Mapping[str, str]
    beside: frozenset[int]


def find_heads(sheet: Sheet, register: Register) -> tuple[Head, ...]:
    """The heads of the tables of a sheet that hold people and something of the register, in order."""
    fields = (YEAR, *register.fields)
    found = (_head(sheet.rows, at, fields) for at in range(len(sheet.rows)))
    return tuple(head for head in found if head and any(key != YEAR.key for key in head.columns.values()))


def without_register(sheet: Sheet, heads: Sequence[Head]) -> Sheet:
    """The sheet with only what tells who each row is about: amounts and marks are no part of a person, nor of a line's meaning."""
    rows = list(sheet.rows)
    for head, end in zip(heads, [*(head.at for head in heads), len(rows)][1:], strict=True):
        hidden = head.beside | set(head.columns)
        for at in range(head.at, end):
            rows[at] = tuple(None if number in hidden else cell for number, cell in enumerate(rows[at]))
    return Sheet(sheet.name, tuple(rows), sheet.first_row, sheet.encoding)


def _head(rows: Sequence[Row], at: int, fields: Sequence[Field]) -> Head | None:
    if any(not isinstance(cell, str) for cell in rows[at] if cell is not None):
        return None
    own = [label(cell) for cell in rows[at]]
    names = [number for number, text in enumerate(own) if text and meaning(text)[0] in _NAMES]
    if not names:
        return None
    lines = [own, *_below(rows, at, names)]
    columns, labels = _fields_of(lines, fields)
    beside = {number for number in range(names[0] + 1, _width(lines)) if number not in columns and _tells_nothing(lines, number)}
    return Head(at, len(lines), columns, labels, frozenset(beside))


def _below(rows: Sequence[Row], at: int, names: Sequence[int]) -> list[list[str]]:
    """The further rows of the head: labels only, nothing under the name."""
    found: list[list[str]] = []
    for row in rows[at + 1 : at + _DEEPEST]:
        filled = [cell for cell in row if text_of(cell)]
        under_names = any(number < len(row) and text_of(row[number]) for number in names)
        if under_names or not filled or not all(map(label, filled)) or all(_COUNTER.fullmatch(str(cell)) for cell in filled):
            break
        found.append([label(cell) for cell in row])
    return found


def _fields_of(lines: Lines, fields: Sequence[Field]) -> tuple[dict[int, str], dict[str, str]]:
    """The columns that answer to the fields; of two that answer to one the first is taken."""
    columns: dict[int, str] = {}
    labels: dict[str, str] = {}
    for number in range(_width(lines)):
        for words in _ways(lines, number):
            key = next((field.key for field in fields if field.key not in labels and _pattern(field.heads).fullmatch(words)), "")
            if key:
                columns[number], labels[key] = key, words
                break
    return columns, labels


def _ways(lines: Lines, number: int) -> list[str]:
    """What a column may be called: by everything that stands over it, by its lowest label, by its highest."""
    lowest = max((depth for depth, line in enumerate(lines) if _at(line, number)), default=-1)
    if lowest < 0 or meaning(_at(lines[lowest], number))[0] is not Column.IGNORED:
        return []
    path = [*(_over(line, number) for line in lines[:lowest]), _at(lines[lowest], number)]
    return [" ".join(path).strip(), path[-1], *([path[0]] if _at(lines[0], number) else [])]


def _width(lines: Lines) -> int:
    return max(map(len, lines))


def _over(line: Sequence[str], number: int) -> str:
    """The label over a column, taken from its left where the cells of the head were joined."""
    return next((line[n] for n in range(min(number, len(line) - 1), -1, -1) if line[n]), "")


def _at(line: Sequence[str], number: int) -> str:
    return line[number] if number < len(line) else ""


def _tells_nothing(lines: Lines, number: int) -> bool:
    """Whether a labelled column says nothing of the person: remarks, signatures, sums."""
    labels = [text for line in lines if (text := _at(line, number))]
    return bool(labels) and all(meaning(text)[0] is Column.IGNORED for text in labels)


@lru_cache(maxsize=200)
def _pattern(heads: str) -> re.Pattern[str]:
    return re.compile(heads)
