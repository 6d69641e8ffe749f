"""One row of a list: a person, or why not."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from ..members import GENDER_LABELS
from ..names import full_name, split_full_name
from ..sheets import Cell, Row
from ..vietnamese import clean_line, fold
from .days import PartDay, read_birth, read_joined
from .shapes import Column, Columns, Gender, ListedMember, RefusedRow
from .units import Above, Place, UnitCells, place_of_row
from .values import (
    CellError,
    is_as_above,
    is_mark,
    is_nothing,
    read_email,
    read_ethnicity,
    read_gender,
    read_name,
    read_phone,
    read_post,
    text_of,
)

T = TypeVar("T")

_DAY_MONTH = re.compile(r"\d{1,2}\s*[/.\-\s]\s*\d{1,2}")


@dataclass(frozen=True, slots=True)
class Listed:
    """A person whose unit is known as the row writes it, not yet as the file spells it best."""

    member: ListedMember
    place: Place


class _RowReader:
    """The cells of a row by meaning; faults are gathered, so that one refusal tells them all."""

    def __init__(self, row: Row, columns: Columns):
        self._cells: dict[Column, Cell] = {column: row[number] if number < len(row) else None for number, column in columns.items()}
        self.faults: list[str] = []

    def cell(self, column: Column) -> Cell:
        return self._cells.get(column)

    def text(self, column: Column) -> str:
        return text_of(self._cells.get(column))

    def lines(self, column: Column) -> str:
        """The text of a cell that may hold one thing a line, put apart by semicolons."""
        cell = self._cells.get(column)
        return "; ".join(filter(None, map(text_of, cell.splitlines()))) if isinstance(cell, str) else text_of(cell)

    def unit_text(self, column: Column) -> str | None:
        return self.text(column) if column in self._cells else None

    def has(self, column: Column) -> bool:
        return column in self._cells

    def read(self, reader: Callable[[], T]) -> T | None:
        try:
            return reader()
        except CellError as fault:
            self.faults.append(str(fault))
            return None


def read_person(sheet: str, number: int, row: Row, last: Row, columns: Columns, above: Above, today: date) -> Listed | RefusedRow:
    """A row that names a person, the person's row before it, what the columns hold and what stands above in; the person or refusal out."""
    reader, before = _RowReader(row, columns), _RowReader(last, columns)
    units = UnitCells(*(reader.unit_text(column) for column in (Column.BASE, Column.BRANCH, Column.UNIT, Column.WORKPLACE)))
    place = place_of_row(units, above)  # a refused row, too, is what the "nt" under it speaks of
    original = tuple(text_of(cell) for cell in row)
    name = reader.read(lambda: _read_names(reader))
    gender = reader.read(lambda: _read_gender(reader))
    birth = reader.read(lambda: read_birth(_birth_cell(reader), today)) or PartDay()
    joined = reader.read(lambda: read_joined(_or_above(reader, before, Column.JOINED_UNION_ON), today, birth)) or PartDay()
    phone = reader.read(lambda: read_phone(reader.lines(Column.PHONE)))
    email = reader.read(lambda: read_email(reader.lines(Column.EMAIL)))
    ethnicity = read_ethnicity(text_of(_or_above(reader, before, Column.ETHNICITY)))
    post = read_post(text_of(_or_above(reader, before, Column.POST)))
    if reader.faults or name is None:
        written = _name_as_written(reader)
        clean = (
            full_name(*name) if name else written or None,
            birth.day or str(birth.year or "") or text_of(_birth_cell(reader)) or None,
            GENDER_LABELS[gender] if gender else reader.text(Column.GENDER) or None,
            ethnicity,
            place.base or None,
            place.branch or None,
            post,
            joined.day or reader.text(Column.JOINED_UNION_ON) or None,
            phone or reader.text(Column.PHONE) or None,
            email or reader.text(Column.EMAIL) or None,
        )
        return RefusedRow(sheet, number, " ".join(reader.faults), written, original, clean)
    member = ListedMember(
        sheet=sheet,
        row=number,
        family_name=name[0],
        given_name=name[1],
        born_on=birth.day,
        birth_year=birth.year,
        gender=gender,
        ethnicity=ethnicity,
        post=post,
        joined_union_on=joined.day,
        phone=phone,
        email=email,
        original=original,
        notes=_notes(birth, joined),
    )
    return Listed(member, place)


def _read_names(reader: _RowReader) -> tuple[str, str]:
    family, given, whole = (reader.text(column) for column in (Column.FAMILY_NAME, Column.GIVEN_NAME, Column.FULL_NAME))
    family = clean_line(f"{family} {reader.text(Column.MIDDLE_NAME)}")
    if whole and given and fold(whole).split()[-1:] != fold(given).split()[-1:]:
        family = family or whole
    if family and given:
        return read_name(family), read_name(given)
    family, given = split_full_name(read_name(whole or family or given))
    if not family:
        raise CellError(f"“{given}” chưa đủ họ và tên.")
    return family, given


def _name_as_written(reader: _RowReader) -> str:
    whole = reader.text(Column.FULL_NAME)
    apart = (Column.FAMILY_NAME, Column.MIDDLE_NAME, Column.GIVEN_NAME)
    written = whole or clean_line(" ".join(map(reader.text, apart)))
    try:
        return read_name(written)
    except CellError:
        return clean_line(written)


def _read_gender(reader: _RowReader) -> Gender | None:
    said = read_gender(reader.text(Column.GENDER))
    male, female = (
        _ticks(reader, columns) for columns in ((Column.MALE_MARK, Column.BORN_IF_MALE), (Column.FEMALE_MARK, Column.BORN_IF_FEMALE))
    )
    if male and female:
        raise CellError("Dòng này đánh dấu cả nam lẫn nữ.")
    if said or not (male or female):
        return said or (Gender.MALE if _only_women_are_marked(reader) else None)
    return Gender.MALE if male else Gender.FEMALE


def _ticks(reader: _RowReader, columns: tuple[Column, Column]) -> bool:
    mark, born = columns
    return is_mark(reader.text(mark)) or bool(reader.text(born))


def _only_women_are_marked(reader: _RowReader) -> bool:
    return reader.has(Column.FEMALE_MARK) and not (reader.has(Column.MALE_MARK) or reader.has(Column.GENDER))


def _birth_cell(reader: _RowReader) -> Cell:
    day, month, year = (reader.text(column) for column in (Column.BIRTH_DAY, Column.BIRTH_MONTH, Column.BIRTH_YEAR))
    if year:
        return _day_beside(reader.cell(Column.BIRTH_DAY_MONTH), year) or (f"{day}/{month}/{year}" if day and month else year)
    if reader.text(Column.BIRTH_DAY_MONTH):
        return reader.cell(Column.BIRTH_DAY_MONTH)
    filled = (cell for column in (Column.BORN_ON, Column.BORN_IF_MALE, Column.BORN_IF_FEMALE) if (cell := reader.cell(column)) is not None)
    return next(filled, None)


def _day_beside(cell: Cell, year: str) -> Cell:
    """A day and month beside a column with the year; spreadsheets make "8/3" a day of the year it was typed in. None when blank."""
    if isinstance(cell, date):
        return f"{cell.day}/{cell.month}/{year}"
    text = text_of(cell)
    return f"{text}/{year}" if _DAY_MONTH.fullmatch(text) else None if is_nothing(text) else text


def _or_above(reader: _RowReader, before: _RowReader, column: Column) -> Cell:
    """Outside the unit columns only a written "nt" speaks of the row above, never an empty cell."""
    return before.cell(column) if is_as_above(reader.text(column)) else reader.cell(column)


def _notes(birth: PartDay, joined: PartDay) -> tuple[str, ...]:
    notes = []
    if birth.year and not birth.day:
        notes.append(f"Chỉ có năm sinh {birth.year}.")
    if joined.year and not joined.day:
        notes.append(f"Ngày vào Đoàn chỉ ghi năm {joined.year} nên để trống.")
    return tuple(notes)
