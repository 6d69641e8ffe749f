"""Whose pages a month's sheets are: a member's own, or everyone's of a branch, for those without a phone at hand."""

from datetime import date

from sqlalchemy import select

from ..domain.actors import Actor
from ..domain.errors import NotAllowed, NotFound
from ..domain.members import Standing
from ..domain.month_sheets import MonthSheet
from ..domain.names import full_name
from ..domain.permissions import Subject, require
from ..domain.units import Place
from ..models.base import db
from ..models.members import Member
from ..models.units import Unit
from . import years
from .branches import LOOK_AFTER
from .letterheads import paper_name

MOST = 500  # sheets in one file


def own_sheet(actor: Actor, month: date, site: str) -> MonthSheet:
    """The actor's own sheet of a month (its first day); `site` is scheme and host. NotAllowed for an account of no member."""
    if actor.member_id is None or actor.place is None:
        raise NotAllowed("Trang này dành cho đoàn viên. Tài khoản của bạn không gắn với đoàn viên nào.")
    return MonthSheet(actor.name, paper_name(actor.place.unit_id, month), month, _virtues(actor.place, month), site)


def branch_sheets(actor: Actor, unit_id: int, month: date, site: str) -> tuple[MonthSheet, ...]:
    """A sheet for everyone active in a branch, by name, for its officers; at most MOST. The same queries for any number of people.

    NotFound to a stranger and where nobody is in the unit, NotAllowed to those above.
    """
    path = db.session.execute(select(Unit.path).where(Unit.id == unit_id)).scalar()
    if path is None:
        raise NotFound()
    place = Place(unit_id, path)
    require(actor, LOOK_AFTER, Subject(place))
    here = (Member.unit_id == unit_id) & (Member.standing == Standing.ACTIVE)
    people = select(Member.family_name, Member.given_name).where(here).order_by(Member.sort_key, Member.id).limit(MOST)
    unit, virtues = paper_name(unit_id, month), _virtues(place, month)
    sheets = tuple(MonthSheet(full_name(*row), unit, month, virtues, site) for row in db.session.execute(people))
    if not sheets:
        raise NotFound("Chi đoàn chưa có đoàn viên nào để in phiếu.")
    return sheets


def _virtues(place: Place, month: date) -> tuple[str, ...]:
    return tuple(virtue.name for virtue in years.virtues(month.year, place))
