"""Whose sheets stand behind a branch's results."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, select

from ...domain.evaluations import shown_state
from ...domain.names import full_name
from ...models.base import db
from ...models.evaluations import Evaluation
from ...models.members import Member


@dataclass(frozen=True, slots=True)
class PersonResult:
    """One person of a branch: their sheet, the word of where it stands, the level that was decided ("" before)."""

    evaluation_id: UUID
    name: str
    state: str
    level: str


_PEOPLE = (
    select(Evaluation.id, Member.family_name, Member.given_name, Evaluation.state, Evaluation.return_words, Evaluation.decided_level)
    .join(Member, Member.id == Evaluation.member_id)
    .where(Evaluation.unit_id == bindparam("unit"), Evaluation.year == bindparam("year"))
    .order_by(Member.sort_key, Member.id)
)


def people_of(unit_id: int, year: int) -> tuple[PersonResult, ...]:
    """Everyone whose evaluation of `year` lies with the branch, by name; for who may read the branch's evaluations."""
    rows = db.session.execute(_PEOPLE, {"unit": unit_id, "year": year})
    return tuple(
        PersonResult(row.id, full_name(row.family_name, row.given_name), shown_state(row.state, row.return_words), row.decided_level)
        for row in rows
    )
