"""The people of a list beside those already known in their unit: who is new, who changed, who is the same, who is doubtful."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import NamedTuple

from ..members import Gender, Standing
from ..names import full_name
from .shapes import ListedMember
from .units import unit_key


@dataclass(frozen=True, slots=True)
class KnownMember:
    """A member as the books have them."""

    id: int
    unit_id: int
    family_name: str
    given_name: str
    born_on: date | None = None
    birth_year: int | None = None
    gender: Gender | None = None
    ethnicity: str = ""
    joined_union_on: date | None = None
    phone: str = ""
    email: str = ""
    standing: Standing = Standing.ACTIVE
    version: int = 1

    @property
    def name(self) -> str:
        return full_name(self.family_name, self.given_name)


class _Likeness(Enum):
    """How a row and a member of the same folded name stand to each other."""

    SAME = auto()
    DOUBTFUL = auto()
    APART = auto()


class _Pair(NamedTuple):
    rank: tuple[int, int, int]
    row: int
    member: KnownMember
    likeness: _Likeness


DIFFERENT_BIRTH = (
    "Nghi trùng: cùng họ tên và cách liên lạc với một người trong đơn vị, nhưng ngày sinh khác. Hãy sửa ngày sinh ở trang đoàn viên."
)
DIFFERENT_MARKS = "Nghi trùng: cùng ngày sinh với {name} trong đơn vị, tên chỉ khác dấu. Hãy sửa tên ở trang đoàn viên nếu là một người."
DIFFERENT_PHONE = "Nghi trùng: cùng họ tên với một người trong đơn vị, nhưng số điện thoại khác. Hãy ghi đủ ngày sinh."


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a row may be a person already there, in a Vietnamese sentence, and which person."""

    words: str
    member: KnownMember | None = None


def pair_up(rows: Sequence[ListedMember], members: Sequence[KnownMember]) -> list[KnownMember | Doubt | None]:
    """Rows and members of one unit whose folded names are the same in; for each row its member, a doubt, or None for a new person out.

    The surest pairs are made first, and a member is given to one row only; so rows that were taken as different people stay so.
    """
    pairs = [_compare(number, row, member) for number, row in enumerate(rows) for member in members]
    found: list[KnownMember | Doubt | None] = [None] * len(rows)
    taken: set[int] = set()
    for pair in sorted(pairs, key=lambda pair: pair.rank, reverse=True):
        if pair.likeness is _Likeness.SAME and found[pair.row] is None and pair.member.id not in taken:
            found[pair.row] = pair.member
            taken.add(pair.member.id)
    for pair in pairs:
        if pair.likeness is _Likeness.DOUBTFUL and found[pair.row] is None and pair.member.id not in taken:
            found[pair.row] = Doubt(_why_doubtful(rows[pair.row], pair.member), pair.member)
    return found


def may_be_elsewhere(row: ListedMember, member: KnownMember) -> bool:
    """Whether a member of another unit, of the same folded name, is likely the row's person: born the same day, or reached the same way."""
    if _agree(row, member):
        return True
    return row.born_on is not None and row.born_on == member.born_on and _name_rank(row, member) > 0


def changes(row: ListedMember, member: KnownMember, *, confirmed: bool = False) -> dict[str, object]:
    """What a row says of its member that the books do not: column of the member -> new value. What the row leaves empty never erases.

    `confirmed` by a person who said that both are one, the row's day of birth goes before the one known.
    """
    found: dict[str, object] = {}
    said = full_name(row.family_name, row.given_name)
    if said != member.name and not (said.isascii() and not member.name.isascii()):
        found["family_name"], found["given_name"] = _split_like(said, row, member)
    if row.born_on and (confirmed or not member.born_on) and row.born_on != member.born_on:
        found["born_on"], found["birth_year"] = row.born_on, None
    elif row.birth_year and not (row.born_on or member.born_on or member.birth_year):
        found["birth_year"] = row.birth_year
    for column in ("gender", "ethnicity", "joined_union_on", "phone"):
        value = getattr(row, column)
        if value is not None and value != getattr(member, column):
            found[column] = value
    if row.email and row.email.casefold() != member.email.casefold():
        found["email"] = row.email
    return found


def _split_like(said: str, row: ListedMember, member: KnownMember) -> tuple[str, str]:
    """The new spelling cut into họ and tên where the books cut the old one: someone may have set that by hand."""
    words, given = said.split(), len(member.given_name.split())
    if len(words) == len(member.name.split()) and given < len(words):
        return " ".join(words[:-given]), " ".join(words[-given:])
    return row.family_name, row.given_name


def _compare(number: int, row: ListedMember, member: KnownMember) -> _Pair:
    birth, name, agree = _birth_rank(row, member), _name_rank(row, member), _agree(row, member)
    return _Pair((birth, name, int(agree)), number, member, _likeness(row, member, birth, name, agree))


def _likeness(row: ListedMember, member: KnownMember, birth: int, name: int, agree: bool) -> _Likeness:
    if birth == _OTHER_BIRTH:
        return _Likeness.DOUBTFUL if agree and name else _Likeness.APART
    if not name and not agree:
        return _Likeness.DOUBTFUL
    if birth < _SAME_DAY and not agree and row.phone and member.phone:
        return _Likeness.DOUBTFUL
    return _Likeness.SAME


def _why_doubtful(row: ListedMember, member: KnownMember) -> str:
    if _birth_rank(row, member) == _OTHER_BIRTH:
        return DIFFERENT_BIRTH
    return DIFFERENT_PHONE if _name_rank(row, member) else DIFFERENT_MARKS.format(name=member.name)


_OTHER_BIRTH, _NO_BIRTH, _SAME_YEAR, _SAME_DAY = range(4)


def _birth_rank(row: ListedMember, member: KnownMember) -> int:
    if row.born_on and member.born_on:
        return _SAME_DAY if row.born_on == member.born_on else _OTHER_BIRTH
    said = row.born_on.year if row.born_on else row.birth_year
    known = member.born_on.year if member.born_on else member.birth_year
    if said and known:
        return _SAME_YEAR if said == known else _OTHER_BIRTH
    return _NO_BIRTH


def _name_rank(row: ListedMember, member: KnownMember) -> int:
    """3 the same letters, 2 the tone elsewhere or other capitals, 1 one of the two without any marks, 0 other marks (Hà, Hạ)."""
    one, other = full_name(row.family_name, row.given_name), member.name
    if one == other:
        return 3
    if unit_key(one) == unit_key(other):
        return 2
    return int(one.isascii() or other.isascii())


def _agree(row: ListedMember, member: KnownMember) -> bool:
    """Whether phone or email is the same."""
    return bool((row.phone and row.phone == member.phone) or (row.email and row.email.casefold() == member.email.casefold()))
