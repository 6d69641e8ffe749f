"""Reads for printing slips with one-time codes."""

from dataclasses import dataclass

from sqlalchemy import and_, select

from ..domain.actors import Actor
from ..domain.errors import NotFound
from ..domain.login_slips import check_count
from ..domain.members import Standing
from ..domain.permissions import Action, Subject, may, require
from ..domain.units import Place, child_path, path_range
from ..models.accounts import Account
from ..models.base import db
from ..models.members import Member
from ..models.units import Unit
from .reach import units_within


@dataclass(frozen=True, slots=True)
class NotActivated:
    """A unit's name, and the members of it and below who have not set a password yet."""

    unit: str
    member_ids: tuple[int, ...]


def not_activated(actor: Actor, unit_id: int) -> NotActivated:
    """Whom the actor may hand a first code to in a unit and below. NotFound and NotAllowed as for editing its members; BadInput when
    they are more than are printed at once."""
    row = db.session.execute(select(Unit.id, Unit.path, Unit.name).where(Unit.id == unit_id)).one_or_none()
    if row is None:
        raise NotFound()
    _require_members(actor, Place(row.id, row.path))
    low, high = path_range(row.path)
    waiting = and_(Account.password_hash == "", Account.closed_at.is_(None), Member.standing == Standing.ACTIVE)
    query = (
        select(Member.id)
        .join(Account, Account.member_id == Member.id)
        .join(Unit, Unit.id == Member.unit_id)
        .where(Unit.path >= low, Unit.path < high, waiting)
    )
    reach = units_within(actor, Action.MEMBER_EDIT)
    found = tuple(db.session.execute(query if reach is None else query.where(reach)).scalars())
    check_count(len(found))
    return NotActivated(row.name, found)


def _require_members(actor: Actor, place: Place) -> None:
    """A base's committee edits the members of the branches below, so it may ask for the whole base too."""
    if not may(actor, Action.MEMBER_EDIT, Subject(Place(0, child_path(place.path, 0)))):
        require(actor, Action.MEMBER_EDIT, Subject(place))
