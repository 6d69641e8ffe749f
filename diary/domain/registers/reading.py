"""From the rows of a file to what they say of people, and the rows that cannot be taken. Nothing is swallowed, nothing invented."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ..member_lists import Column, ListedMember
from ..member_lists.people import read_person
from ..member_lists.rows import Kind, kind_of, section_of
from ..member_lists.shapes import RefusedRow
from ..member_lists.spellings import Spellings
from ..member_lists.tables import Table, find_tables
from ..member_lists.units import Above, Place, same_unit, units_of_titles
from ..member_lists.values import is_as_above, text_of
from ..names import full_name
from ..sheets import Cell, Row, Sheet
from ..vietnamese import clean_line, fold
from ..years import FIRST_YEAR, LAST_YEAR
from .heads import Head, find_heads, without_register
from .shapes import YEAR, ListedRow, Register, RegisterList, Setting, TurnedAway

NO_NAME = "Thiếu họ và tên."
_YEAR_SAID = re.compile(r"\bnam (20\d\d)\b(?! ?[-–/] ?20)")
_DAY_SAID = re.compile(r"\bngay\b.*\bthang\b|\bngay \d")
_FOUR_DIGITS = re.compile(r"(?:nam )?(20\d\d)(?:\.0)?")
_SUM = re.compile(r"\b(?:tong|cong)\b")
_LETTER = re.compile(r"[^\W\d_]{2}")
_TITLE_CELLS = 3  # a line above a table fills at most this many cells


def read_register(sheets: Sequence[Sheet], register: Register, today: date) -> RegisterList:
    """The sheets of a file (in Unicode), the register they belong to and the day they are read in; what their rows say out.

    Every row that names a person, or holds something of the register under a head, is in `rows` or in `refused`; titles, heads, blank
    lines, totals and signatures are neither. Never raises.
    """
    found = [_find(sheet, register) for sheet in sheets]
    read = [_read_sheet(one, register, today) for one in _settle_lone_branches([one for one in found if one.tables])]
    spellings = Spellings((unit for each in read for unit in each.units), [sheet.name for sheet in sheets])
    rows, refused = list[ListedRow](), list[TurnedAway]()
    for one in (row for each in read for row in each.rows):
        if isinstance(one, TurnedAway):
            refused.append(one)
        else:
            rows.append(_spelled(one, spellings))
    labels = {field.key: field.label for field in (YEAR, *register.fields)}
    return RegisterList(
        rows=tuple(rows),
        refused=tuple(refused),
        columns={each.sheet.name: _columns(each, labels) for each in found if each.tables},
        encodings={sheet.name: sheet.encoding for sheet in sheets},
        unread_sheets=tuple(each.sheet.name for each in found if not each.tables),
    )


@dataclass(frozen=True, slots=True)
class _Under:
    """A table of people and the head of the register it stands under."""

    table: Table
    head: Head
    setting: Setting
    year: int | None


@dataclass(frozen=True, slots=True)
class _Found:
    """A sheet whole, the same without what is the register's own, its tables, and the unit its titles name."""

    sheet: Sheet
    people: Sheet
    tables: tuple[_Under, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class _Read:
    rows: tuple[ListedRow | TurnedAway, ...]
    units: tuple[str, ...]


def _find(sheet: Sheet, register: Register) -> _Found:
    heads = find_heads(sheet, register)
    people = without_register(sheet, heads)
    tables = tuple(_under_heads(sheet, list(find_tables(people, None)) if heads else [], heads))
    return _Found(sheet, people, tables, units_of_titles(people.rows[: heads[0].at], sheet.name) if heads else Place())


def _under_heads(sheet: Sheet, tables: Sequence[Table], heads: Sequence[Head]) -> Iterable[_Under]:
    name = sheet.name.strip()
    year = _year_said([f"năm {name}" if name.isdigit() else name])
    last = 0
    settings: dict[int, tuple[Setting, int | None]] = {}
    for head in heads:
        lines = [" ".join(map(text_of, row)) for row in sheet.rows[last : head.at] if sum(map(_filled, row)) <= _TITLE_CELLS]
        year = _year_said([*lines, *head.labels.values()]) or year
        settings[head.at] = (Setting(" | ".join(map(fold, lines)), head.labels), year)
        last = head.at + head.height
    for table in tables:
        over = [head for head in heads if head.at < table.start]
        if over:
            setting, said = settings[over[-1].at]
            start = max(table.start, over[-1].at + over[-1].height)
            yield _Under(replace(table, start=min(start, table.end)), over[-1], setting, said)


def _filled(cell: Cell) -> bool:
    return text_of(cell) != ""


def _year_said(lines: Iterable[str]) -> int | None:
    """The one year that lines name; the year of a date is not the list's."""
    folded = [fold(line) for line in lines]
    years = {found for line in folded if not _DAY_SAID.search(line) for found in _YEAR_SAID.findall(line.replace("year", "nam"))}
    return int(years.pop()) if len(years) == 1 else None


def _settle_lone_branches(found: Sequence[_Found]) -> list[_Found]:
    """A sheet that names only a chi đoàn, beside sheets of bases, is a base of its own (chi đoàn cơ sở)."""
    if any(one.place.base for one in found):
        return [replace(one, place=Place(one.place.branch)) if not one.place.base else one for one in found]
    return list(found)


def _read_sheet(found: _Found, register: Register, today: date) -> _Read:
    above = Above(found.place, seen=[found.place.base, found.place.branch])
    rows: list[ListedRow | TurnedAway] = []
    for under in found.tables:
        rows.extend(_TableReader(found, under, register, above, today).rows())
    named = (unit for row in rows if isinstance(row, ListedRow) for unit in (row.person.base_name or "", row.person.branch_name or ""))
    return _Read(tuple(rows), (*above.seen, *named))


class _TableReader:
    """Reads the rows of one table."""

    def __init__(self, found: _Found, under: _Under, register: Register, above: Above, today: date):
        self._sheet, self._people, self._under, self._register = found.sheet, found.people, under, register
        self._above, self._today = above, today
        self._last: Row = ()
        self._above_cells: Mapping[str, str] = {}

    def rows(self) -> Iterable[ListedRow | TurnedAway]:
        """What each row says, in order."""
        closed = False
        table = self._under.table
        for at in range(table.start, table.end):
            row = self._people.rows[at]
            kind = kind_of(row, table.columns, closed)
            if kind is Kind.PERSON:
                yield self._person(at)
                self._last = row
            elif kind is Kind.SECTION:
                self._above.begin_section(section_of(row))
                closed = False
            elif kind is Kind.CLOSING or kind_of(self._sheet.rows[at], table.columns, closed) is Kind.CLOSING:
                closed = True
            elif not closed and self._holds_something(at):
                yield self._refused(at, NO_NAME, "", self._cells(at))

    def _person(self, at: int) -> ListedRow | TurnedAway:
        row, number = self._people.rows[at], self._sheet.first_row + at
        found = read_person(self._sheet.name, number, row, self._last, self._under.table.columns, self._above, self._today)
        cells = self._cells(at)
        values, faults = self._register.read(cells)
        year, wrong_year = self._year(cells)
        faults = [*faults, wrong_year] if wrong_year else faults
        if isinstance(found, RefusedRow):
            return self._refused(at, " ".join([found.reason, *faults]), found.name, cells)
        if faults:
            return self._refused(at, " ".join(faults), full_name(found.member.family_name, found.member.given_name), cells)
        person = replace(found.member, base_name=found.place.base, branch_name=found.place.branch)
        return ListedRow(person, year, values, self._written(at, cells, found.place, year))

    def _cells(self, at: int) -> dict[str, str]:
        """The register's cells of a row, in the columns of the clean list; "nt" says what the row above says."""
        row = self._sheet.rows[at]
        texts = {key: text_of(row[number]) if number < len(row) else "" for number, key in self._under.head.columns.items()}
        texts = {key: self._above_cells.get(key, "") if is_as_above(text) else text for key, text in texts.items()}
        self._above_cells = texts
        year = {YEAR.key: texts[YEAR.key]} if YEAR.key in texts else {}
        return self._register.settle(texts, self._under.setting) | year

    def _year(self, cells: Mapping[str, str]) -> tuple[int | None, str]:
        said = cells.get(YEAR.key, "")
        if not said:
            return self._under.year, ""
        found = _FOUR_DIGITS.fullmatch(fold(said))
        if found and FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
            return int(found[1]), ""
        return None, f"Không đọc được năm “{said[:40]}”. Hãy ghi bốn chữ số, ví dụ 2026."

    def _holds_something(self, at: int) -> bool:
        """Whether a row without a person is more than a line across the table: something noted, no words where people stand, no sum."""
        row, full = self._people.rows[at], self._sheet.rows[at]
        if kind_of(full, self._under.table.columns, False) is Kind.BLANK or any(_LETTER.search(text_of(cell)) for cell in row):
            return False
        if any(_SUM.search(fold(text_of(cell))) for cell in full):
            return False
        found = [(text, *self._register.read({key: text})) for key, text in self._cells(at).items() if key != YEAR.key]
        in_words = any(faults and _LETTER.search(text) for text, _, faults in found)
        return not in_words and any(values or faults for _, values, faults in found)

    def _refused(self, at: int, reason: str, name: str, cells: Mapping[str, str]) -> TurnedAway:
        place = Place(self._above.base or self._above.sheet.base, self._above.branch or self._above.sheet.branch)
        written = self._written(at, cells, place, self._under.year)
        return TurnedAway(self._sheet.name, self._sheet.first_row + at, reason, name, written)

    def _written(self, at: int, cells: Mapping[str, str], place: Place, year: int | None) -> tuple[str, ...]:
        """The row as written, under the clean header: what someone mends and sends again."""
        row, columns = self._people.rows[at], self._under.table.columns
        said = {column: text_of(row[number]) for number, column in columns.items() if number < len(row)}
        name = clean_line(said.get(Column.FULL_NAME) or " ".join(said.get(c, "") for c in (Column.FAMILY_NAME, Column.GIVEN_NAME)))
        parts = [said.get(c, "") for c in (Column.BIRTH_DAY, Column.BIRTH_MONTH, Column.BIRTH_YEAR)]
        births = (said.get(c, "") for c in (Column.BORN_ON, Column.BORN_IF_MALE, Column.BORN_IF_FEMALE))
        born = "/".join(filter(None, parts)) or next(filter(None, births), "")
        own = (cells.get(field.key, "") for field in self._register.fields if field.clean)
        return (name, born, place.base, place.branch, cells.get(YEAR.key, "") or str(year or ""), *own)


def _spelled(row: ListedRow, spellings: Spellings) -> ListedRow:
    base, branch = spellings.best(row.person.base_name or ""), spellings.best(row.person.branch_name or "")
    person: ListedMember = replace(row.person, base_name=base, branch_name=None if same_unit(base or "", branch or "") else branch)
    return replace(row, person=person)


def _columns(found: _Found, labels: Mapping[str, str]) -> dict[int, str]:
    under = found.tables[0]
    named = {number: column.value for number, column in under.table.columns.items()}
    named |= {number: labels[key] for number, key in under.head.columns.items()}
    return dict(sorted(named.items()))
