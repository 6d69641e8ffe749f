"""Rows that may be a person already known: asked on the web, refused until someone answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..names import full_name
from .matching import KnownMember
from .placing import AnyUnit
from .shapes import ListedMember

DoubtKey = tuple[str, int, int]
"""The sheet, the row's number, and the id of the member the row may be."""

Answers = Mapping[DoubtKey, bool]
"""Whether both are one person, by who was asked; what is not in it waits."""

ELSEWHERE = "Nghi trùng: đã có người cùng họ tên và ngày sinh ở {where}."
MOVE_INSTEAD = "Người này đang sinh hoạt ở {where}. Hãy chuyển sinh hoạt thay vì nhập lại."
OTHER_UNIT = "đơn vị khác"


@dataclass(frozen=True, slots=True)
class DoubtfulRow:
    """A row, its unit, and the member it may be.

    `member` is None where the importer may not know more than that there is one; `where` names the member's unit. `own` tells whether
    that is the row's unit; a person of another unit is never moved by a list. `same` is the answer, None while it waits.
    """

    person: ListedMember
    unit: AnyUnit
    key: DoubtKey
    member: KnownMember | None
    where: str
    own: bool
    reason: str
    same: bool | None

    @property
    def name(self) -> str:
        return full_name(self.person.family_name, self.person.given_name)
