"""Reads of schemes: the one a year is rated by as its page shows it, and all there are."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, or_, select

from ..domain import schemes
from ..domain.actors import Actor
from ..domain.errors import NotFound
from ..domain.evaluations import EvaluationState
from ..domain.permissions import Action, Subject, may, require
from ..models.base import db
from ..models.evaluations import Decision
from ..models.unit_evaluations import UnitEvaluation
from ..models.years import Scheme, WorkYear
from .years import bloc_place

MOST_YEARS = 100


@dataclass(frozen=True, slots=True)
class SchemePage:
    """What a year is rated by. `shared_with`: other years rated by the same row; `sources`: years one could copy from, the newest first.

    `decided`: results stand, so it stays as it is.
    """

    year: int
    may_edit: bool
    locked: bool
    decided: bool
    scheme: schemes.Scheme | None
    version: int
    ships: bool
    based_on: str
    shared_with: tuple[int, ...]
    sources: tuple[int, ...]

    @property
    def editable(self) -> bool:
        return self.may_edit and not self.locked and not self.decided


def load_scheme_page(actor: Actor, year: int) -> SchemePage:
    """The scheme of a work year for who may read work years. NotFound for others, and for a year that was never opened."""
    bloc = bloc_place()
    require(actor, Action.YEAR_READ, Subject(bloc))
    columns = (WorkYear.locked_at, Scheme.code, Scheme.body, Scheme.version, Scheme.based_on, _decided(year))
    query = select(*columns).select_from(WorkYear).outerjoin(Scheme, Scheme.code == WorkYear.scheme_code)
    row = db.session.execute(query.where(WorkYear.year == year)).one_or_none()
    if row is None:
        raise NotFound(f"Năm {year} chưa được mở.")
    locked_at, code, body, version, based_on, decided = row
    others = _rated_years(year)
    return SchemePage(
        year=year,
        may_edit=may(actor, Action.YEAR_EDIT, Subject(bloc)),
        locked=locked_at is not None,
        decided=bool(decided),
        scheme=schemes.from_body(body) if body else None,
        version=version or 0,
        ships=any(one.code == code for one in schemes.SHIPPED),
        based_on=_name(based_on) if based_on else "",
        shared_with=tuple(other for other, its in others if its == code),
        sources=tuple(other for other, _ in others),
    )


def all_schemes() -> tuple[schemes.Scheme, ...]:
    """Every scheme of the installation and those that ship, by first year."""
    kept = {code: schemes.from_body(body) for code, body in db.session.execute(select(Scheme.code, Scheme.body))}
    shipped = {scheme.code: scheme for scheme in schemes.SHIPPED}
    return tuple(sorted((shipped | kept).values(), key=lambda scheme: (scheme.first_year, scheme.code)))


def _decided(year: int) -> ColumnElement[bool]:
    of_members = exists().where(Decision.year == year)
    of_units = exists().where(UnitEvaluation.year == year, UnitEvaluation.state == EvaluationState.DECIDED)
    return or_(of_members, of_units)


def _rated_years(year: int) -> list[tuple[int, str]]:
    """The other years that have a scheme, and its code."""
    query = select(WorkYear.year, WorkYear.scheme_code).where(WorkYear.scheme_code.is_not(None), WorkYear.year != year)
    return [(other, code) for other, code in db.session.execute(query.order_by(WorkYear.year.desc()).limit(MOST_YEARS)) if code]


def _name(code: str) -> str:
    return db.session.execute(select(Scheme.name).where(Scheme.code == code)).scalar() or code
