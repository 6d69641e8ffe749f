"""How a file's sheets are understood, for a person to look over: where the head is, what each column holds, a few of its cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from ..sheets import Row, Sheet
from .choices import AS_GUESSED, NO_HEAD, Memory, SheetChoice, head_words, remembered
from .shapes import Column, Columns
from .tables import Table, find_tables
from .values import text_of

_SAMPLES, _ROWS_SHOWN, _MOST_COLUMNS = 3, 12, 40


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """A column: its number from 0, its head as written and folded, a few cells, what it is read as, what the guess alone would be."""

    number: int
    head: str
    key: str
    samples: tuple[str, ...]
    column: Column
    guess: Column
    remembered: bool = False


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """A sheet: whether it is read, the row in which its head begins (NO_HEAD without one), and its columns.

    `found` tells whether a list of people was found in it, `guessed_head` the head the guess alone would take; `first_rows` are its first
    rows by number, of which one may be the head.
    """

    name: str
    encoding: str
    read: bool
    found: bool
    head: int
    guessed_head: int
    columns: tuple[ColumnLayout, ...]
    first_rows: tuple[tuple[int, str], ...]

    @property
    def doubtful(self) -> bool:
        """Whether a person should look: there are rows, but no list was found in them, or one without a head."""
        return self.read and bool(self.columns) and (not self.found or self.head == NO_HEAD)


def layouts(sheets: Sequence[Sheet], told: Mapping[str, SheetChoice], memory: Memory) -> tuple[SheetLayout, ...]:
    """The sheets of a file, what was told about them and what is remembered in; how each is read out."""
    return tuple(_layout(sheet, told.get(sheet.name, AS_GUESSED), memory) for sheet in sheets)


def _layout(sheet: Sheet, choice: SheetChoice, memory: Memory) -> SheetLayout:
    guessed = next(find_tables(sheet), None)
    used = next(find_tables(sheet, choice, memory), None)
    shown = used or guessed
    return SheetLayout(
        sheet.name,
        sheet.encoding,
        choice.read,
        used is not None,
        _head_row(sheet, shown) if choice.head is None else choice.head,
        _head_row(sheet, guessed),
        _columns(sheet, shown, used.columns if used else {}, guessed.columns if guessed else {}, memory),
        tuple(islice(((sheet.first_row + at, _line(row)) for at, row in enumerate(sheet.rows) if _line(row)), _ROWS_SHOWN)),
    )


def _head_row(sheet: Sheet, table: Table | None) -> int:
    return NO_HEAD if table is None or table.head_at is None else sheet.first_row + table.head_at


def _columns(sheet: Sheet, table: Table | None, used: Columns, guess: Columns, memory: Memory) -> tuple[ColumnLayout, ...]:
    start, end = (table.start, table.end) if table else (0, len(sheet.rows))
    head = sheet.rows[table.head_at : start] if table and table.head_at is not None else ()
    below = sheet.rows[start : min(end, start + 200)]
    known = remembered(head, memory)
    found = []
    for number in range(min(max(map(len, (*head, *below)), default=0), _MOST_COLUMNS)):
        samples = tuple(islice((text for row in below if (text := _text(row, number))), _SAMPLES))
        words = " ".join(dict.fromkeys(text for row in head if (text := _text(row, number))))
        if samples or words:
            column, guessed = used.get(number, Column.IGNORED), guess.get(number, Column.IGNORED)
            found.append(ColumnLayout(number, words, head_words(head, number), samples, column, guessed, number in known))
    return tuple(found)


def _text(row: Row, number: int) -> str:
    return text_of(row[number])[:60] if number < len(row) else ""


def _line(row: Row) -> str:
    return " | ".join(filter(None, map(text_of, row)))[:160]
