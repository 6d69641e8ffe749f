"""Units and people to choose from: where a unit may be moved, who may be given a post."""

from dataclasses import dataclass

from sqlalchemy import and_, case, false, or_, select
from sqlalchemy.orm import aliased

from ...domain.actors import Actor
from ...domain.members import Standing
from ...domain.names import full_name
from ...domain.permissions import Action, scopes
from ...domain.units import BRANCHES, CHILD_KINDS, WHOLE_BLOC, Place, UnitKind, path_range
from ...domain.vietnamese import fold
from ...models.accounts import Account
from ...models.base import db
from ...models.members import Member
from ...models.units import Unit
from .rows import UnitNode, below, strictly_below

MOST_CHOICES, MOST_PEOPLE = 500, 30


@dataclass(frozen=True, slots=True)
class UnitChoice:
    id: int
    label: str


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who may be given a post."""

    account_id: int
    name: str
    unit_name: str


def people_for_post(unit: Place, words: str = "") -> tuple[Person, ...]:
    """Active members of the unit and below who have an account, the first 30 by name whose name holds `words`, marks ignored."""
    query = (
        select(Account.id, Member.family_name, Member.given_name, Unit.name)
        .join(Member, Member.id == Account.member_id)
        .join(Unit, Unit.id == Member.unit_id)
        .where(below(unit), Member.standing == Standing.ACTIVE, Account.closed_at.is_(None))
        .order_by(Member.sort_key, Member.id)
        .limit(MOST_PEOPLE)
    )
    if words.strip():
        query = query.where(Member.search.contains(fold(words), autoescape=True))
    return tuple(Person(account, full_name(family, given), unit_name) for account, family, given, unit_name in db.session.execute(query))


def places_for(actor: Actor, unit: UnitNode) -> tuple[UnitChoice, ...]:
    """The units `unit` may be moved under by the actor: open bases and the bloc, never itself nor anything below it."""
    reach = [appointment.place for appointment in scopes(actor, Action.UNIT_EDIT)]
    kinds = [kind for kind in CHILD_KINDS if CHILD_KINDS[kind]]
    low, high = path_range(unit.path)
    query = (
        select(Unit.id, Unit.name)
        .where(or_(false(), *(below(place) for place in reach)), Unit.kind.in_(kinds), Unit.closed_on.is_(None))
        .where(~and_(Unit.path >= low, Unit.path < high))
        .order_by(Unit.parent_id.is_not(None), Unit.search)
        .limit(MOST_CHOICES)
    )
    return tuple(UnitChoice(*row) for row in db.session.execute(query))


def merge_choices(actor: Actor, unit: UnitNode) -> tuple[UnitChoice, ...]:
    """The open units of its kind within the actor's reach that `unit` may go into, those under the same parent first."""
    reach = [appointment.place for appointment in scopes(actor, Action.UNIT_EDIT)]
    kinds = BRANCHES if unit.kind in BRANCHES else {UnitKind.BASE_UNION} & {unit.kind}
    low, high = path_range(unit.path)
    above = aliased(Unit)
    query = (
        select(Unit.id, Unit.name, Unit.parent_id, above.name)
        .outerjoin(above, above.id == Unit.parent_id)
        .where(or_(false(), *(strictly_below(place) for place in reach)), Unit.kind.in_(kinds), Unit.closed_on.is_(None))
        .where(~and_(Unit.path >= low, Unit.path < high))
        .order_by(case((Unit.parent_id == unit.parent_id, 0), else_=1), Unit.search, Unit.id)
        .limit(MOST_CHOICES)
    )
    rows = db.session.execute(query)
    return tuple(UnitChoice(i, name if parent == unit.parent_id else f"{name} – {over}") for i, name, parent, over in rows)


def top_units() -> tuple[UnitChoice, ...]:
    """The open units directly below the bloc, by name."""
    bloc = select(Unit.id).where(Unit.kind == UnitKind.BLOC).scalar_subquery()
    query = select(Unit.id, Unit.name).where(Unit.parent_id == bloc, Unit.closed_on.is_(None))
    return tuple(UnitChoice(*row) for row in db.session.execute(query.order_by(Unit.search, Unit.id).limit(MOST_CHOICES)))


def unit_id(code: str) -> int | None:
    """The id of the unit with that code, of the bloc for WHOLE_BLOC; None when there is none."""
    wanted = Unit.parent_id.is_(None) if code == WHOLE_BLOC else Unit.code == code
    return db.session.execute(select(Unit.id).where(wanted)).scalars().one_or_none()
