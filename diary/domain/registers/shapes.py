"""What a register declares of its lists, and what a list says once it is read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ..member_lists import Column, ListedMember
from ..members import search_name
from ..names import full_name

PERSON_HEADER: tuple[str, ...] = (Column.FULL_NAME.value, Column.BORN_ON.value, Column.BASE.value, Column.BRANCH.value)
"""The heads that say who a row of a clean list is about."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a register: its key, its name, the expression that the folded heads of such a column match whole, and whether the
    clean list has it or it is only found in other people's lists."""

    key: str
    label: str
    heads: str
    clean: bool = True


YEAR = Field("year", "Năm", r"year( cong tac| ren luyen| danh gia| xep loai)?")


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands around the rows of a table, folded: the lines above it, and the head of each field."""

    titles: str = ""
    heads: Mapping[str, str] | None = None

    def head(self, key: str) -> str:
        """The folded head of a field, "" where the table has none such."""
        return (self.heads or {}).get(key, "")


Cells = Mapping[str, str]
"""The cells of a row by the key of their field, as clean text."""
Values = Mapping[str, object]
"""What is noted of someone in a year, by slot: a quarter, a result, a remark."""
Settler = Callable[[Cells, Setting], dict[str, str]]
"""Cells as found and what stands around them in; the same said in the columns of the clean list out."""
Reader = Callable[[Cells], tuple[dict[str, object], list[str]]]
"""Settled cells in; the values they give and the faults found, in Vietnamese sentences, out."""
Changer = Callable[[str, object | None, object], tuple[object | None, str]]
"""A slot, what is noted there (or None) and what a list says in; the value to note (None: leave it) and a remark in Vietnamese out."""


@dataclass(frozen=True, slots=True)
class Register:
    """A register as imports and exports see it.

    `fields` are the columns besides the person and the year; `slots` name in Vietnamese what is noted, in order; `words` puts a
    noted value into words; `lacking` says in Vietnamese why what a person would have noted cannot stand alone, "" when it can.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    slots: Mapping[str, str]
    settle: Settler
    read: Reader
    change: Changer
    words: Callable[[str, object], str]
    lacking: Callable[[Values], str] = lambda values: ""

    @property
    def header(self) -> tuple[str, ...]:
        """The heads of the clean list, in order: what an export writes and an import reads best."""
        return (*PERSON_HEADER, YEAR.label, *(field.label for field in self.fields if field.clean))


@dataclass(frozen=True, slots=True)
class ListedRow:
    """What one row says: of whom, of which year (None where nothing tells), which values; `cells` as written, under the clean header."""

    person: ListedMember
    year: int | None
    values: Values
    cells: tuple[str, ...]

    @property
    def name(self) -> str:
        return full_name(self.person.family_name, self.person.given_name)

    @property
    def search(self) -> str:
        """The name as members are found by it."""
        return search_name(self.person.family_name, self.person.given_name)


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """A row that is not taken: where it stands, why (Vietnamese sentences), whom it names, and its cells under the clean header."""

    sheet: str
    row: int
    reason: str
    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisterList:
    """All that was read of a file. `columns` (number from 0 -> what it holds) and `encodings` are keyed by the sheet's name; a sheet
    without such a list stands in `unread_sheets`."""

    rows: tuple[ListedRow, ...]
    refused: tuple[TurnedAway, ...]
    columns: Mapping[str, Mapping[int, str]]
    encodings: Mapping[str, str]
    unread_sheets: Sequence[str] = ()

    @property
    def rows_read(self) -> int:
        return len(self.rows) + len(self.refused)
