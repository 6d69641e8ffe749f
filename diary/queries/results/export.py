"""Everyone's results on the way out: the columns as they are set, and a row for each person decided."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from ...domain.actors import OFFICERS, POST_LABELS, Post
from ...domain.eligibility import drawn_as_of
from ...domain.evaluations import EvaluationState
from ...domain.level_names import named_level
from ...domain.papers import LevelName
from ...domain.result_columns import DEFAULT_COLUMNS, FIELDS, Column, OutRow, OutUnit
from ...domain.schemes import require_scheme
from ...domain.units import UnitKind
from ...models.accounts import Account, Appointment
from ...models.base import db
from ...models.evaluations import Decision, Evaluation
from ...models.members import Member
from ...models.results import ResultColumn
from ...models.units import Unit
from .. import years
from ..accounts import held_on
from ..unit_names import TreeThen, tree_on

_NOBODY = OutUnit()
_Units = tuple[OutUnit, OutUnit, OutUnit]
"""The branch, the base above it, the bloc."""


def columns() -> tuple[Column, ...]:
    """The columns as they are set, the default ones before anybody did; a field this version does not know is left out."""
    query = select(ResultColumn.head, ResultColumn.field, ResultColumn.text).order_by(ResultColumn.position)
    kept = tuple(Column(*row) for row in db.session.execute(query))
    return tuple(one for one in kept if not one.field or one.field in FIELDS) or DEFAULT_COLUMNS


def decided_count(year: int) -> int:
    """How many people the list of the year has."""
    decided = (Evaluation.year == year) & (Evaluation.state == EvaluationState.DECIDED)
    return db.session.execute(select(func.count()).select_from(Evaluation).where(decided)).scalar_one()


def export_rows(year: int, today: date, most: int | None = None) -> list[OutRow]:
    """A row for each person decided in `year`, by branch and then by name; `most` of them. The same few queries for any number.

    Units and posts are named as they were then. WrongMoment in a year without a scheme.
    """
    scheme, day = require_scheme(years.scheme_of(year), year), drawn_as_of(year, today)
    levels = {level.code: named_level(scheme, level.code) for level in scheme.levels}
    units, posts = _units(tree_on(day)), _posts(year, day)
    found = db.session.execute(_people(year).limit(most))
    named = ((row, levels.get(row.decided_level)) for row in found)
    rated = ((row, level) for row, level in named if level is not None)
    return [_out_row(number, row, level, year, units[row.unit_id], posts) for number, (row, level) in enumerate(rated, 1)]


def _out_row(number: int, row: Any, level: LevelName, year: int, units: _Units, posts: Mapping[int, str]) -> OutRow:
    branch, base, bloc = units
    return OutRow(
        number, row.family_name, row.given_name, row.born_on, row.birth_year, row.gender, row.ethnicity, row.joined_union_on,
        row.party_member, posts.get(row.id, ""), branch, base, bloc, year, level, row.number, row.decided_on,
    )  # fmt: skip


def _people(year: int) -> Select[*tuple[Any, ...]]:
    columns = (
        Member.id, Evaluation.unit_id, Evaluation.decided_level, Decision.number, Decision.decided_on, Member.family_name,
        Member.given_name, Member.born_on, Member.birth_year, Member.gender, Member.ethnicity, Member.joined_union_on, Member.party_member,
    )  # fmt: skip
    return (
        select(*columns)
        .select_from(Evaluation)
        .join(Decision, Decision.id == Evaluation.decision_id)
        .join(Member, Member.id == Evaluation.member_id)
        .join(Unit, Unit.id == Evaluation.unit_id)
        .where(Evaluation.year == year, Evaluation.state == EvaluationState.DECIDED)
        .order_by(Unit.path, Member.sort_key, Member.id)
    )


def _units(then: TreeThen) -> Mapping[int, _Units]:
    """Each unit with the base above it and the bloc."""
    codes = {row.id: row.code for row in db.session.execute(select(Unit.id, Unit.code))}
    named = {one: OutUnit(codes[one], unit.name) for one, unit in then.units.items()}
    bloc = next((named[one] for one, unit in then.units.items() if unit.kind is UnitKind.BLOC), _NOBODY)
    return {one: (named[one], named[unit.parent_id or 0] if then.base_above(one) else _NOBODY, bloc) for one, unit in then.units.items()}


def _posts(year: int, day: date) -> dict[int, str]:
    """The highest post each person decided held on the day in the branch that rated them."""
    query = (
        select(Account.member_id, Appointment.post)
        .select_from(Evaluation)
        .join(Account, Account.member_id == Evaluation.member_id)
        .join(Appointment, Appointment.account_id == Account.id)
        .where(Evaluation.year == year, Appointment.unit_id == Evaluation.unit_id, Appointment.post.in_((*OFFICERS, Post.COMMITTEE_MEMBER)))
        .where(held_on(day))
    )
    order = tuple(Post)
    found: dict[int, Post] = {}
    for member_id, post in db.session.execute(query):
        if member_id is not None:
            found[member_id] = min(found.get(member_id, post), post, key=order.index)
    return {member_id: POST_LABELS[post] for member_id, post in found.items()}
