"""What a decision of the bloc holds: everyone decided under one number and day, by branch."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from ..domain.decisions import DecidedRow, DecidedUnit, DecisionPaper
from ..domain.errors import NotFound
from ..domain.evaluations import EvaluationState
from ..domain.level_names import level_names, named_level
from ..domain.names import full_name
from ..domain.papers import GivenNumber, Letterhead, plain_name
from ..domain.schemes import require_scheme
from ..models.base import db
from ..models.evaluations import Decision, Evaluation
from ..models.members import Member
from ..models.units import Unit
from . import years
from .earlier_years import earlier_year
from .letterheads import issuer
from .unit_names import tree_on

MOST = 300  # decisions of a year that a page lists


@dataclass(frozen=True, slots=True)
class DecisionMade:
    """A decision by its number and day, with how many branches and people it is about."""

    number: str
    day: date
    units: int
    people: int


def decisions_made(year: int) -> tuple[DecisionMade, ...]:
    """The decisions of a year, the newest first, at most MOST."""
    query = (
        select(Decision.number, Decision.decided_on, func.count(Decision.unit_id.distinct()), func.count(Evaluation.id))
        .join(Evaluation, Evaluation.decision_id == Decision.id)
        .where(Decision.year == year, Evaluation.state == EvaluationState.DECIDED)
        .group_by(Decision.number, Decision.decided_on)
        .order_by(Decision.decided_on.desc(), Decision.number.desc())
        .limit(MOST)
    )
    return tuple(DecisionMade(*row) for row in db.session.execute(query))


def decision_paper(unit_id: int, year: int, number: str, day: date) -> DecisionPaper:
    """The decision `number` of `day` as its paper. NotFound where nothing stands decided under it, WrongMoment without a scheme.

    Names of units and who signs are those of its day. The same number of queries for any number of people.
    """
    scheme, bloc = require_scheme(years.scheme_of(year), year), issuer(unit_id, day)
    levels = {level.code: named_level(scheme, level.code) for level in scheme.levels}
    rows = db.session.execute(_rows(year, number, day)).all()
    grouped = groupby(rows, key=lambda row: row.unit_id)
    then = tree_on(day)
    units = tuple(
        DecidedUnit(then.units[one].name, then.base_above(one), tuple(_decided(row, levels) for row in of_one)) for one, of_one in grouped
    )
    if not units:
        raise NotFound("Không có quyết định nào mang số và ngày này.")
    return DecisionPaper(
        year=year,
        letterhead=Letterhead(bloc.superior, bloc.name, GivenNumber(number), bloc.place, day),
        bloc=plain_name(bloc.name),
        number=number,
        day=day,
        levels=level_names(scheme),
        units=units,
        signer=bloc.signer,
        recipients=("Như Điều 3", f"Lưu {bloc.symbol}"),
        guidance=scheme.source,
        earlier=earlier_year({row.unit_id for row in rows}, year, scheme),
    )


def under(number: str, day: date) -> ColumnElement[bool]:
    """For a query on decisions: those of this number and day."""
    return and_(Decision.number == number, Decision.decided_on == day)


def _rows(year: int, number: str, day: date) -> Any:
    columns = (
        Evaluation.unit_id, Evaluation.decided_level, Member.family_name, Member.given_name, Member.born_on, Member.birth_year,
    )  # fmt: skip
    return (
        select(*columns)
        .join(Decision, Decision.id == Evaluation.decision_id)
        .join(Unit, Unit.id == Evaluation.unit_id)
        .join(Member, Member.id == Evaluation.member_id)
        .where(Decision.year == year, under(number, day), Evaluation.state == EvaluationState.DECIDED)
        .order_by(Unit.path, Member.sort_key, Member.id)
    )


def _decided(row: Any, levels: Any) -> DecidedRow:
    born = row.born_on.year if row.born_on else row.birth_year
    return DecidedRow(full_name(row.family_name, row.given_name), born, levels[row.decided_level])
