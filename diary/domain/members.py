"""Members: who they are and how their standing in the union is named."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .names import full_name
from .vietnamese import fold

FAMILY_LIMIT, GIVEN_LIMIT, ETHNICITY_LIMIT, EMAIL_LIMIT, JOB_LIMIT, SEARCH_LIMIT = 70, 40, 40, 254, 120, 120


class Gender(StrEnum):
    MALE = "male"
    FEMALE = "female"


GENDER_LABELS = {Gender.MALE: "Nam", Gender.FEMALE: "Nữ"}


class Standing(StrEnum):
    """Where a member stands with the union; only the active write and are rated."""

    ACTIVE = "active"
    MATURED = "matured"  # trưởng thành Đoàn
    LEFT = "left"


STANDING_LABELS = {Standing.ACTIVE: "Đang sinh hoạt", Standing.MATURED: "Trưởng thành Đoàn", Standing.LEFT: "Thôi sinh hoạt"}


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """What an officer types of a member, already clean; days are dates or nothing, `birth_year` serves where only the year is known."""

    family_name: str
    given_name: str
    born_on: date | None = None
    birth_year: int | None = None
    gender: Gender | None = None
    ethnicity: str = ""
    joined_union_on: date | None = None
    phone: str = ""
    email: str = ""
    job: str = ""
    party_member: bool = False


def search_name(family: str, given: str) -> str:
    """The two fields of a name in, what it is searched and compared by out."""
    return fold(full_name(family, given))[:SEARCH_LIMIT]
