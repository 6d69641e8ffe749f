"""From the rows of a file to people and refused rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ..sheets import Row, Sheet
from .choices import Memory, SheetChoice
from .people import Listed, read_person
from .repeats import Repeats
from .rows import Kind, kind_of, mark_of, section_of
from .shapes import CleanCell, Columns, ListedMember, MemberList, RefusedRow
from .spellings import Spellings
from .tables import Table, find_tables
from .units import Above, Place, same_unit, units_of_titles


def read_member_list(
    sheets: Sequence[Sheet], today: date, told: Mapping[str, SheetChoice] | None = None, memory: Memory | None = None
) -> MemberList:
    """The sheets of a file (in Unicode), the day it is read, and what someone told about them in; people and refused rows out.

    `told` gives, by sheet name, what the guess got wrong; `memory` what heads were said to mean before. Every row that names a person is
    either in `people` or in `refused`; titles, heads, blank lines, totals and signatures are neither. Never raises.
    """
    read = [_read_sheet(placed, today) for placed in _settle_lone_branches(sheets, told or {}, memory or {})]
    return _gather(sheets, read)


@dataclass(frozen=True, slots=True)
class _ReadSheet:
    name: str
    rows: tuple[Listed | RefusedRow, ...]
    columns: Columns | None
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    sheet: Sheet
    tables: tuple[Table, ...]
    place: Place


def _settle_lone_branches(sheets: Sequence[Sheet], told: Mapping[str, SheetChoice], memory: Memory) -> list[_Placed]:
    """A sheet that names only a chi đoàn, beside sheets of bases, is a base of its own (chi đoàn cơ sở)."""
    placed = []
    for sheet in sheets:
        tables = tuple(find_tables(sheet, told.get(sheet.name), memory))
        placed.append(_Placed(sheet, tables, units_of_titles(tables[0].titles, sheet.name) if tables else Place()))
    if any(each.place.base for each in placed):
        return [replace(each, place=Place(each.place.branch)) if not each.place.base else each for each in placed]
    return placed


def _read_sheet(placed: _Placed, today: date) -> _ReadSheet:
    sheet, above = placed.sheet, Above(placed.place, seen=[placed.place.base, placed.place.branch])
    rows: list[Listed | RefusedRow] = []
    for table in placed.tables:
        rows.extend(_read_table(sheet, table, above, today))
    columns = placed.tables[0].columns if placed.tables else None
    named = (unit for row in rows if isinstance(row, Listed) for unit in (row.place.base, row.place.branch))
    return _ReadSheet(sheet.name, tuple(rows), columns, (*above.seen, *named))


def _read_table(sheet: Sheet, table: Table, above: Above, today: date) -> Iterable[Listed | RefusedRow]:
    closed = False
    last: Row = ()
    for at in range(table.start, table.end):
        row = sheet.rows[at]
        kind = kind_of(row, table.columns, closed)
        if kind is Kind.PERSON:
            yield read_person(sheet.name, sheet.first_row + at, row, last, table.columns, above, today)
            last = row
        elif kind is Kind.SECTION:
            above.begin_section(section_of(row), mark_of(row))
            closed = False
        elif kind is Kind.CLOSING:
            closed = True


def _spelled(clean: tuple[CleanCell, ...], spellings: Spellings) -> tuple[CleanCell, ...]:
    """The clean cells of a refused row with the units as the file spells them best."""
    base, branch = (spellings.best(str(name or "")) for name in clean[4:6])
    return (*clean[:4], base, None if same_unit(base or "", branch or "") else branch, *clean[6:])


def _gather(sheets: Sequence[Sheet], read: Sequence[_ReadSheet]) -> MemberList:
    spellings = Spellings((unit for each in read for unit in each.units), [sheet.name for sheet in sheets])
    repeats, people, refused = Repeats(), list[ListedMember](), list[RefusedRow]()
    for row in (row for each in read for row in each.rows):
        if isinstance(row, RefusedRow):
            refused.append(replace(row, clean=_spelled(row.clean, spellings)))
            continue
        base, branch = spellings.best(row.place.base), spellings.best(row.place.branch)
        member = replace(row.member, base_name=base, branch_name=None if same_unit(base or "", branch or "") else branch)
        if repeat := repeats.refuse(member):
            refused.append(repeat)
        else:
            people.append(member)
    return MemberList(
        people=tuple(people),
        refused=tuple(refused),
        rows_read=len(people) + len(refused),
        columns={each.name: each.columns for each in read if each.columns},
        encodings={sheet.name: sheet.encoding for sheet in sheets},
        unread_sheets=tuple(each.name for each in read if not each.columns),
    )
