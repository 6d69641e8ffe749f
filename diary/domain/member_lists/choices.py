"""What a person says of a file where the guess failed: which sheets to read, where the head is, what the columns hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..sheets import Row
from .headers import label
from .shapes import Column, Columns

NO_HEAD = 0
HEAD_LIMIT = 200

Memory = Mapping[str, Column]
"""What an office's columns were said to hold before, by `head_key`."""


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """What was said of one sheet; what is None or "" is left to the guess.

    `head` is the row's number in the file in which the head begins, NO_HEAD when there is none; `columns` says all columns, those left
    out hold nothing; `encoding` names what the text was written in, for who reads the file.
    """

    read: bool = True
    head: int | None = None
    columns: Columns | None = None
    encoding: str = ""


AS_GUESSED = SheetChoice()


def head_words(rows: Sequence[Row], number: int) -> str:
    """The rows of a head and a column's number in; what the head says over that column, folded, "" for nothing."""
    words = [label(row[number]) for row in rows if number < len(row)]
    return " ".join(filter(None, words))[:HEAD_LIMIT]


def remembered(rows: Sequence[Row], memory: Memory) -> dict[int, Column]:
    """The rows of a head and what is remembered in; the columns that were matched by hand before out, the first of each kind."""
    found: dict[int, Column] = {}
    for number in range(max(map(len, rows), default=0)):
        column = memory.get(head_words(rows, number))
        if column is not None and (column is Column.IGNORED or column not in found.values()):
            found[number] = column
    return found


def with_remembered(columns: Columns, known: Columns) -> dict[int, Column]:
    """Guessed and remembered columns in; both out, where what is remembered goes before what is guessed for the same meaning."""
    said = set(known.values())
    kept = {number: column for number, column in columns.items() if number not in known and column not in said}
    return dict(sorted({**kept, **{number: column for number, column in known.items() if column is not Column.IGNORED}}.items()))
