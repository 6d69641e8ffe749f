"""What every installation starts with: schemes, a work year with its windows and virtues. Part of a happening of the caller's."""

from datetime import date

from sqlalchemy import select

from ..domain import schemes
from ..domain.years import Activity, OpenDays, default_windows
from ..models.base import db
from ..models.units import Virtue
from ..models.years import Scheme, Window, WorkYear

VIRTUES = ("Cần", "Kiệm", "Liêm", "Chính", "Chí công vô tư")


def add_schemes() -> None:
    """Put the shipped schemes into the database, those that are not there yet."""
    known = set(db.session.execute(select(Scheme.code)).scalars())
    for scheme in schemes.SHIPPED:
        if scheme.code not in known:
            years = {"first_year": scheme.first_year, "last_year": scheme.last_year}
            db.session.add(Scheme(code=scheme.code, name=scheme.name, body=schemes.to_body(scheme), **years))
    db.session.flush()


def add_year(year: int, bloc_id: int, windows: dict[Activity, OpenDays] | None = None) -> WorkYear:
    """Open a work year for the bloc with the scheme that covers it, its windows (the usual dates when None) and the five virtues."""
    scheme = schemes.for_year(year)
    row = WorkYear(year=year, scheme_code=scheme.code if scheme else None)
    db.session.add(row)
    db.session.flush()
    for activity, days in (windows or default_windows(year)).items():
        db.session.add(Window(year=year, unit_id=bloc_id, activity=activity, opens_on=days.opens_on, closes_on=days.closes_on))
    for position, name in enumerate(VIRTUES, 1):
        db.session.add(Virtue(unit_id=bloc_id, year=year, position=position, name=name))
    db.session.flush()
    return row


def all_open(year: int, today: date) -> dict[Activity, OpenDays]:
    """Windows that are all open today: from the year's first day to the end of the next January."""
    days = OpenDays(date(year, 1, 1), max(date(year + 1, 1, 31), today))
    return dict.fromkeys(Activity, days)
