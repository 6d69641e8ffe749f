"""The columns under which a year's results go out to the national membership software; its template is not public, so they are settings."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .errors import BadInput
from .members import GENDER_LABELS, Gender
from .names import full_name
from .papers import LevelName
from .vietnamese import clean_line, fold

MOST_COLUMNS = 40
HEAD_LIMIT, TEXT_LIMIT = 100, 100

Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class OutUnit:
    """A unit as the list names it; both empty where there is none."""

    code: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class OutRow:
    """One person of the list: who they are, where they were rated, and what was decided. `base` is empty directly under the bloc."""

    number: int
    family_name: str
    given_name: str
    born_on: date | None
    birth_year: int | None
    gender: Gender | None
    ethnicity: str
    joined_union_on: date | None
    party_member: bool
    position: str
    branch: OutUnit
    base: OutUnit
    bloc: OutUnit
    year: int
    level: LevelName
    decision_number: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class Field:
    """What can fill a column: how it is called, and what it writes of a person."""

    label: str
    write: Callable[[OutRow], Cell]


def _born(row: OutRow) -> Cell:
    return row.born_on or (str(row.birth_year) if row.birth_year else None)


FIELDS: Mapping[str, Field] = {
    "number": Field("Số thứ tự", lambda row: row.number),
    "full_name": Field("Họ và tên", lambda row: full_name(row.family_name, row.given_name)),
    "family_name": Field("Họ và chữ lót", lambda row: row.family_name),
    "given_name": Field("Tên", lambda row: row.given_name),
    "born_on": Field("Ngày sinh (chỉ có năm thì ghi năm)", _born),
    "birth_year": Field("Năm sinh", lambda row: row.born_on.year if row.born_on else row.birth_year),
    "gender": Field("Giới tính", lambda row: GENDER_LABELS[row.gender] if row.gender else None),
    "ethnicity": Field("Dân tộc", lambda row: row.ethnicity),
    "joined_union_on": Field("Ngày vào Đoàn", lambda row: row.joined_union_on),
    "party_member": Field("Là đảng viên (ghi chữ x)", lambda row: "x" if row.party_member else None),
    "position": Field("Chức vụ", lambda row: row.position),
    "branch_code": Field("Mã chi đoàn", lambda row: row.branch.code),
    "branch_name": Field("Tên chi đoàn", lambda row: row.branch.name),
    "base_code": Field("Mã Đoàn cơ sở", lambda row: row.base.code),
    "base_name": Field("Tên Đoàn cơ sở", lambda row: row.base.name),
    "bloc_code": Field("Mã Đoàn Khối", lambda row: row.bloc.code),
    "bloc_name": Field("Tên Đoàn Khối", lambda row: row.bloc.name),
    "year": Field("Năm xếp loại", lambda row: row.year),
    "level": Field("Mức xếp loại, đủ chữ", lambda row: row.level.name),
    "level_short": Field("Mức xếp loại, viết gọn", lambda row: row.level.short),
    "level_letters": Field("Mức xếp loại, viết tắt", lambda row: row.level.letters),
    "decision_number": Field("Số quyết định", lambda row: row.decision_number),
    "decided_on": Field("Ngày quyết định", lambda row: row.decided_on),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list: its head, and the field that fills it, or where that is "" the text that stands in every row."""

    head: str
    field: str = ""
    text: str = ""

    def cell(self, row: OutRow) -> Cell:
        """What the column says of one person."""
        return FIELDS[self.field].write(row) if self.field else self.text or None


DEFAULT_COLUMNS = (
    Column("STT", "number"),
    Column("Họ đệm", "family_name"),
    Column("Tên", "given_name"),
    Column("Ngày sinh", "born_on"),
    Column("Giới tính", "gender"),
    Column("Dân tộc", "ethnicity"),
    Column("Ngày vào Đoàn", "joined_union_on"),
    Column("Chức vụ", "position"),
    Column("Mã đơn vị", "branch_code"),
    Column("Chi đoàn", "branch_name"),
    Column("Đoàn cơ sở", "base_name"),
    Column("Năm", "year"),
    Column("Xếp loại đoàn viên", "level"),
    Column("Số quyết định", "decision_number"),
    Column("Ngày quyết định", "decided_on"),
)
"""What the list has before anybody sets its columns."""

SAMPLE = OutRow(
    1, "Nguyễn Thị Mỹ", "Lan", date(1998, 4, 14), None, Gender.FEMALE, "Kinh", date(2014, 3, 26), False, "Bí thư",
    OutUnit("CD-MAU", "Chi đoàn Mẫu"), OutUnit("CS-MAU", "Đoàn cơ sở Mẫu"), OutUnit("KHOI", "Đoàn Khối"), 2026,
    LevelName("Hoàn thành tốt nhiệm vụ", "Hoàn thành tốt", "HTT"), "21-QĐ/ĐTNK", date(2026, 12, 20),
)  # fmt: skip
"""A made-up person, for showing the columns to those who may not read anybody's level."""


def clean_columns(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns in clean text. BadInput "columns" for none or too many, else at "head-N", "field-N", "text-N", N from 0.

    A head is needed, stands once, and is at most HEAD_LIMIT characters; a field is one of FIELDS or "" for a text of its own.
    """
    if not columns:
        raise BadInput("columns", "Hãy để lại ít nhất một cột.")
    if len(columns) > MOST_COLUMNS:
        raise BadInput("columns", f"Nhiều nhất {MOST_COLUMNS} cột. Hãy bỏ bớt cột không dùng.")
    clean = tuple(Column(clean_line(one.head), one.field, "" if one.field else clean_line(one.text)) for one in columns)
    seen: set[str] = set()
    for place, column in enumerate(clean):
        _check(column, place, seen)
        seen.add(fold(column.head))
    return clean


def _check(column: Column, place: int, seen: set[str]) -> None:
    if not column.head:
        raise BadInput(f"head-{place}", f"Cột {place + 1} chưa có tên.")
    if len(column.head) > HEAD_LIMIT:
        raise BadInput(f"head-{place}", f"Tên cột {place + 1} dài quá {HEAD_LIMIT} ký tự.")
    if fold(column.head) in seen:
        raise BadInput(f"head-{place}", f"Tên cột “{column.head}” đã có ở trên. Hãy đặt tên khác.")
    if column.field and column.field not in FIELDS:
        raise BadInput(f"field-{place}", f"Hãy chọn nội dung của cột {place + 1} trong danh sách.")
    if len(column.text) > TEXT_LIMIT:
        raise BadInput(f"text-{place}", f"Chữ cố định của cột {place + 1} dài quá {TEXT_LIMIT} ký tự.")


def fingerprint(columns: Sequence[Column]) -> str:
    """What tells one setting of the columns from another: a form says by it which it was made from."""
    told = "\n".join(f"{column.head}\t{column.field}\t{column.text}" for column in columns)
    return hashlib.sha256(told.encode()).hexdigest()[:16]
