"""Where a member may be sent, and who is about to be moved."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, case, or_, select
from sqlalchemy.orm import aliased

from ...domain.actors import Actor
from ...domain.members import Standing
from ...domain.names import full_name
from ...domain.permissions import Action
from ...domain.units import BRANCHES, UnitKind
from ...domain.vietnamese import fold, like_pattern
from ...models.base import db
from ...models.members import Member
from ...models.units import Unit
from ..reach import units_within

MOST_UNITS, NEAREST = 30, 8


@dataclass(frozen=True, slots=True)
class Destination:
    """A unit a member may be sent to; `above` tells two of one name apart."""

    id: int
    name: str
    above: str


def destinations(member_unit_id: int, words: str = "") -> tuple[Destination, ...]:
    """Open units that take members, whose name or that of the unit above holds `words`: those beside the member's own first, then by name.

    Names only: whoever may send a member away may see where to, all over the bloc.
    """
    parent, own = aliased(Unit), aliased(Unit)
    beside = case((Unit.parent_id == select(own.parent_id).where(own.id == member_unit_id).scalar_subquery(), 0), else_=1)
    query = select(Unit.id, Unit.name, parent.name).outerjoin(parent, parent.id == Unit.parent_id)
    takes_members = or_(Unit.kind.in_(BRANCHES), and_(Unit.kind == UnitKind.BASE_UNION, Unit.member_count > 0))
    query = query.where(Unit.closed_on.is_(None), takes_members, Unit.id != member_unit_id)
    for word in fold(words).split():
        pattern = like_pattern(word)
        query = query.where(or_(Unit.search.like(pattern, escape="\\"), parent.search.like(pattern, escape="\\")))
    rows = db.session.execute(query.order_by(beside, Unit.search, Unit.id).limit(MOST_UNITS if words.strip() else NEAREST))
    return tuple(Destination(unit_id, name, above or "") for unit_id, name, above in rows)


@dataclass(frozen=True, slots=True)
class Mover:
    """Someone who is about to be moved."""

    id: int
    name: str
    unit_name: str


def people_named(actor: Actor, member_ids: Sequence[int]) -> tuple[Mover, ...]:
    """The active members with these ids whom the actor may move, by name; others are left out."""
    reach = units_within(actor, Action.MEMBER_EDIT)
    assert reach is not None
    query = select(Member.id, Member.family_name, Member.given_name, Unit.name).join(Unit, Unit.id == Member.unit_id)
    query = query.where(Member.id.in_(member_ids), Member.standing == Standing.ACTIVE, reach).order_by(Member.sort_key, Member.id)
    rows = db.session.execute(query)
    return tuple(Mover(member_id, full_name(family, given), unit) for member_id, family, given, unit in rows)
