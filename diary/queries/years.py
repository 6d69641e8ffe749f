"""Reads about work years: which is current, what is open for a unit, its virtues and its scheme."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from ..domain import schemes
from ..domain.units import Place, lineage
from ..domain.years import OpenDays, UnitWindow, YearFacts, nearest_windows
from ..models.base import db
from ..models.units import Virtue
from ..models.years import Scheme, Window, WorkYear


@dataclass(frozen=True, slots=True)
class VirtueRow:
    """A chuẩn mực one may choose: the bloc's and those of the units on the way down."""

    id: int
    name: str
    how_checked: str


def year_facts(year: int, place: Place) -> YearFacts | None:
    """The work year as it holds for the unit at `place`; None when the bloc has not opened it."""
    row = db.session.execute(select(WorkYear.scheme_code, WorkYear.locked_at).where(WorkYear.year == year)).one_or_none()
    if row is None:
        return None
    line = lineage(place.path)
    query = select(Window.unit_id, Window.activity, Window.opens_on, Window.closes_on).where(Window.year == year, Window.unit_id.in_(line))
    windows = [UnitWindow(unit_id, activity, OpenDays(opens, closes)) for unit_id, activity, opens, closes in db.session.execute(query)]
    return YearFacts(year, row.scheme_code, row.locked_at is not None, nearest_windows(windows, line))


def years() -> tuple[int, ...]:
    """Every work year, the newest first."""
    return tuple(db.session.execute(select(WorkYear.year).order_by(WorkYear.year.desc())).scalars())


def current_year(today: date) -> int:
    """The newest work year that has begun, or the calendar's year when there is none."""
    return (
        db.session.execute(select(WorkYear.year).where(WorkYear.year <= today.year).order_by(WorkYear.year.desc()).limit(1)).scalar()
        or today.year
    )


def virtues(year: int, place: Place) -> tuple[VirtueRow, ...]:
    """The virtues a member of the unit at `place` may choose in `year`, the bloc's first."""
    line = lineage(place.path)
    query = select(Virtue.id, Virtue.name, Virtue.how_checked).where(Virtue.year == year, Virtue.unit_id.in_(line))
    return tuple(VirtueRow(*row) for row in db.session.execute(query.order_by(Virtue.unit_id, Virtue.position)))


def scheme_of(year: int) -> schemes.Scheme | None:
    """The scheme `year` is rated by, or None when it has none."""
    body = db.session.execute(select(Scheme.body).join(WorkYear, WorkYear.scheme_code == Scheme.code).where(WorkYear.year == year)).scalar()
    return schemes.from_body(body) if body else None
