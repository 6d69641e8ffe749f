"""What a member list says once it is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..members import GENDER_LABELS, Gender
from ..names import full_name

__all__ = ["CLEAN_HEADER", "Column", "Columns", "Gender", "ListedMember", "MemberList", "RefusedRow"]


class Column(StrEnum):
    """What a column holds; the value is its Vietnamese name. The first ten make the clean list, the others are found in messy ones."""

    FULL_NAME = "Họ và tên"
    BORN_ON = "Ngày sinh"
    GENDER = "Giới tính"
    ETHNICITY = "Dân tộc"
    BASE = "Cơ sở Đoàn"
    BRANCH = "Chi đoàn"
    POST = "Chức vụ"
    JOINED_UNION_ON = "Ngày vào Đoàn"
    PHONE = "Số điện thoại"
    EMAIL = "Email"
    NUMBER = "Số thứ tự"
    FAMILY_NAME = "Họ và chữ lót"
    GIVEN_NAME = "Tên"
    MIDDLE_NAME = "Chữ lót"
    BIRTH_DAY = "Ngày sinh: ngày"
    BIRTH_MONTH = "Ngày sinh: tháng"
    BIRTH_YEAR = "Ngày sinh: năm"
    BIRTH_DAY_MONTH = "Ngày sinh: ngày và tháng"
    BORN_IF_MALE = "Ngày sinh của nam"
    BORN_IF_FEMALE = "Ngày sinh của nữ"
    MALE_MARK = "Đánh dấu nam"
    FEMALE_MARK = "Đánh dấu nữ"
    UNIT = "Đơn vị"
    WORKPLACE = "Nơi công tác"
    IGNORED = "Không dùng"


CLEAN_HEADER: tuple[str, ...] = tuple(column.value for column in list(Column)[:10])
"""The column heads of the clean list, in order: what an export writes and an import reads best."""

CleanCell = str | date | None
"""A cell of the clean list."""

Columns = Mapping[int, Column]
"""Which column (counted from 0) holds what; columns left out are ignored."""


@dataclass(frozen=True, slots=True)
class ListedMember:
    """A person as one row of a list names them.

    `row` is the row's number in the file. Without `base_name` the branch's base is not known; without `branch_name` the person belongs
    to the base directly; without both the list names no unit. `birth_year` stands alone where the list gives no full day.
    `post` is "Bí thư", "Phó Bí thư", "Ủy viên BTV", "Ủy viên BCH", or as written; None for a member without one.
    `notes` say in Vietnamese what was read only in part.
    """

    sheet: str
    row: int
    family_name: str
    given_name: str
    born_on: date | None = None
    birth_year: int | None = None
    gender: Gender | None = None
    ethnicity: str | None = None
    base_name: str | None = None
    branch_name: str | None = None
    post: str | None = None
    joined_union_on: date | None = None
    phone: str | None = None
    email: str | None = None
    original: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def clean_cells(person: ListedMember) -> tuple[CleanCell, ...]:
    """A person in; the cells under CLEAN_HEADER that say the same out, days as dates."""
    return (
        full_name(person.family_name, person.given_name),
        person.born_on or (str(person.birth_year) if person.birth_year else None),
        GENDER_LABELS[person.gender] if person.gender else None,
        person.ethnicity,
        person.base_name,
        person.branch_name,
        person.post,
        person.joined_union_on,
        person.phone,
        person.email,
    )


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that names a person but cannot be taken: where it stands, why (Vietnamese sentences), the name and cells as written.

    `clean` holds what was understood under CLEAN_HEADER, and the cells as written where nothing was.
    """

    sheet: str
    row: int
    reason: str
    name: str
    original: tuple[str, ...]
    clean: tuple[CleanCell, ...] = ()


@dataclass(frozen=True, slots=True)
class MemberList:
    """All that was read: `rows_read` is the number of people and refused rows together.

    `columns` and `encodings` are keyed by the sheet's name; a sheet in which no list was found stands in `unread_sheets` instead.
    """

    people: tuple[ListedMember, ...]
    refused: tuple[RefusedRow, ...]
    rows_read: int
    columns: Mapping[str, Columns]
    encodings: Mapping[str, str]
    unread_sheets: tuple[str, ...] = ()
