"""The unit a register's page is about: its own people a page at a time, and what stands directly below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased

from ...domain.actors import Actor
from ...domain.errors import NotFound, WrongMoment
from ...domain.members import Standing
from ...domain.names import full_name
from ...domain.permissions import Action, Subject, may, require, require_somewhere
from ...domain.units import BRANCHES, Place, UnitKind
from ...domain.years import require_unlocked
from ...models.base import db
from ...models.members import Member
from ...models.units import Unit
from ..reach import units_within
from ..units.rows import below, just_past
from ..years import year_facts

A_PAGE, MOST_CHOICES = 50, 1500


@dataclass(frozen=True, slots=True)
class RegisterPlace:
    """A unit as a register's page shows it. `above`: the unit over it that the actor may open too, with its name; `closed`: why the year
    takes nothing, "" where it does."""

    id: int
    place: Place
    name: str
    kind: UnitKind
    may_edit: bool
    has_people: bool
    above: tuple[int, str] | None
    closed: str = ""

    @property
    def is_branch(self) -> bool:
        """Whether it keeps the register itself: it has people of its own, or could have."""
        return self.has_people or self.kind in BRANCHES


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the unit."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Child:
    """A unit directly below; `members`: the active ones of it and all below."""

    id: int
    name: str
    members: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A branch to note something in."""

    id: int
    name: str


def load_place(actor: Actor, unit_id: int | None, year: int | None = None) -> RegisterPlace:
    """The unit asked for, or the first that the actor's posts reach, as it stands in `year` when given.

    NotAllowed without such a post, NotFound for what is not theirs.
    """
    posts = require_somewhere(actor, Action.REGISTER_READ)
    row = db.session.execute(_place().where(Unit.id == (posts[0].unit_id if unit_id is None else unit_id))).one_or_none()
    if row is None:
        raise NotFound()
    subject = Subject(Place(row.id, row.path))
    if row.id not in {post.unit_id for post in posts}:
        require(actor, Action.REGISTER_READ, subject)
    over = row.parent_path is not None and may(actor, Action.REGISTER_READ, Subject(Place(row.parent_id, row.parent_path)))
    return RegisterPlace(
        id=row.id,
        place=subject.place,
        name=row.name,
        kind=row.kind,
        may_edit=may(actor, Action.REGISTER_EDIT, subject),
        has_people=row.member_count > 0 and may(actor, Action.REGISTER_READ, subject),
        above=(row.parent_id, row.parent_name) if over else None,
        closed=_closed(year, subject.place) if year is not None else "",
    )


def _closed(year: int, place: Place) -> str:
    try:
        require_unlocked(year_facts(year, place))
    except WrongMoment as refusal:
        return str(refusal)
    return ""


def _place() -> Any:
    over = aliased(Unit)
    columns = (Unit.id, Unit.path, Unit.name, Unit.kind, Unit.member_count, Unit.parent_id)
    return select(*columns, over.name.label("parent_name"), over.path.label("parent_path")).outerjoin(over, over.id == Unit.parent_id)


def people_of(unit_id: int, page: int) -> tuple[tuple[Person, ...], int, int, int]:
    """A page of the active members of the unit by name; they, how many there are in all, the page and how many pages there are."""
    mine = (Member.unit_id == unit_id) & (Member.standing == Standing.ACTIVE)
    total = db.session.execute(select(func.count()).select_from(Member).where(mine)).scalar_one()
    pages = max(1, -(-total // A_PAGE))
    page = min(max(page, 1), pages)
    query = select(Member.id, Member.family_name, Member.given_name).where(mine).order_by(Member.sort_key, Member.id)
    rows = db.session.execute(query.limit(A_PAGE).offset((page - 1) * A_PAGE))
    return tuple(Person(row.id, full_name(row.family_name, row.given_name)) for row in rows), total, page, pages


def children_of(unit_id: int, page: int) -> tuple[tuple[Child, ...], int, int]:
    """A page of the open units directly below by name; they, the page and how many pages there are."""
    mine = (Unit.parent_id == unit_id) & Unit.closed_on.is_(None)
    total = db.session.execute(select(func.count()).select_from(Unit).where(mine)).scalar_one()
    pages = max(1, -(-total // A_PAGE))
    page = min(max(page, 1), pages)
    inner = aliased(Unit)
    members = select(func.coalesce(func.sum(inner.member_count), 0)).where(inner.path >= Unit.path, inner.path < just_past(Unit.path))
    query = select(Unit.id, Unit.name, members.correlate(Unit).scalar_subquery()).where(mine).order_by(Unit.search, Unit.id)
    rows = db.session.execute(query.limit(A_PAGE).offset((page - 1) * A_PAGE))
    return tuple(Child(*row) for row in rows), page, pages


def homes_of(children: Sequence[Child]) -> dict[int, int]:
    """Each of these units and everything below them, by id, with the one of them it belongs to."""
    if not children:
        return {}
    top = aliased(Unit)
    query = select(Unit.id, top.id).join(top, and_(Unit.path >= top.path, Unit.path < just_past(top.path)))
    return {row[0]: row[1] for row in db.session.execute(query.where(top.id.in_([child.id for child in children])))}


def members_below(place: Place) -> Select[int]:
    """The ids of the active members of the unit at `place` and below.

    As a list to look notes up by: joined instead, SQLite would walk through every note of every year.
    """
    query = select(Member.id).join(Unit, Unit.id == Member.unit_id)
    return query.where(below(place), Member.standing == Standing.ACTIVE)


def count_members(place: Place) -> int:
    """How many active members the unit at `place` and those below it have."""
    return int(db.session.execute(select(func.coalesce(func.sum(Unit.member_count), 0)).where(below(place))).scalar_one())


def branch_choices(actor: Actor) -> tuple[Choice, ...]:
    """The open units with people of their own in which the actor may note something, in the order of the tree."""
    reach = units_within(actor, Action.REGISTER_EDIT)
    assert reach is not None
    mine = (reach, Unit.closed_on.is_(None), Unit.member_count > 0)
    rows = db.session.execute(select(Unit.id, Unit.name).where(*mine).order_by(Unit.path).limit(MOST_CHOICES))
    return tuple(Choice(*row) for row in rows)


def everyone_of(unit_id: int) -> tuple[Person, ...]:
    """Every active member of the unit by name, to choose one of."""
    mine = (Member.unit_id == unit_id) & (Member.standing == Standing.ACTIVE)
    query = select(Member.id, Member.family_name, Member.given_name).where(mine).order_by(Member.sort_key, Member.id).limit(MOST_CHOICES)
    return tuple(Person(row.id, full_name(row.family_name, row.given_name)) for row in db.session.execute(query))
