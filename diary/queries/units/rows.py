"""Units and their officers as rows: what the tree, a unit's page and the choices are made of."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, func, select
from sqlalchemy.orm import aliased

from ...domain.actors import POST_LABELS, Post
from ...domain.names import initials, split_full_name
from ...domain.units import KIND_LABELS, Place, UnitKind, path_range
from ...models.accounts import Account, Appointment
from ...models.base import db
from ...models.units import Unit
from ..accounts import held_on

A_PAGE = 50
_RANK = {post: rank for rank, post in enumerate(Post)}


@dataclass(frozen=True, slots=True)
class Officer:
    """A post and who holds, or held, it."""

    appointment_id: int
    account_id: int
    post: Post
    name: str
    from_day: date
    to_day: date | None

    @property
    def label(self) -> str:
        """The post in words."""
        return POST_LABELS[self.post]

    @property
    def initials(self) -> str:
        """The letters of the avatar."""
        return initials(*split_full_name(self.name))


@dataclass(frozen=True, slots=True)
class UnitNode:
    """A unit in the tree. `members`: active ones of the unit and all below it."""

    id: int
    parent_id: int | None
    path: str
    name: str
    kind: UnitKind
    needs_placing: bool
    closed_on: date | None
    members: int
    officers: tuple[Officer, ...] = ()
    children: tuple["UnitNode", ...] = ()

    @property
    def kind_label(self) -> str:
        return KIND_LABELS[self.kind]


def below(place: Place) -> ColumnElement[bool]:
    """Whether a unit is the one at `place` or stands under it."""
    low, high = path_range(place.path)
    return and_(Unit.path >= low, Unit.path < high)


def strictly_below(place: Place) -> ColumnElement[bool]:
    """Whether a unit stands under the one at `place`."""
    low, high = path_range(place.path)
    return and_(Unit.path > low, Unit.path < high)


def just_past(path: Any) -> ColumnElement[str]:
    """The bound below which everything under `path` stands: its last "." turned into "/", the byte after it."""
    return func.substr(path, 1, func.length(path) - 1, type_=String).concat("/")


def node_query() -> Select[*tuple[Any, ...]]:
    """Selects the columns of UnitNode up to its members, which are counted over all below."""
    inner = aliased(Unit)
    high = just_past(Unit.path)
    members = select(func.coalesce(func.sum(inner.member_count), 0)).where(inner.path >= Unit.path, inner.path < high)
    return select(
        Unit.id, Unit.parent_id, Unit.path, Unit.name, Unit.kind, Unit.needs_placing, Unit.closed_on,
        members.correlate(Unit).scalar_subquery(),
    )  # fmt: skip


def nodes(*where: ColumnElement[bool]) -> tuple[UnitNode, ...]:
    """The units that meet all of `where`, by name."""
    return tuple(UnitNode(*row) for row in db.session.execute(node_query().where(*where).order_by(Unit.search, Unit.id)))


def page_of(where: ColumnElement[bool], page: int) -> tuple[int, int, tuple[UnitNode, ...]]:
    """The page asked for (the nearest there is), how many there are, and its units: open ones by name, then the closed."""
    count = db.session.execute(select(func.count()).select_from(Unit).where(where)).scalar_one()
    pages = max(1, -(-count // A_PAGE))
    page = min(max(page, 1), pages)
    query = node_query().where(where).order_by(Unit.closed_on.is_not(None), Unit.search, Unit.id).limit(A_PAGE).offset((page - 1) * A_PAGE)
    return page, pages, tuple(UnitNode(*row) for row in db.session.execute(query))


def grown(nodes: Sequence[UnitNode], below: Sequence[UnitNode], officers: dict[int, tuple[Officer, ...]]) -> tuple[UnitNode, ...]:
    """The nodes with their officers, and under each its own from `below`."""
    under: dict[int | None, list[UnitNode]] = {}
    for node in below:
        under.setdefault(node.parent_id, []).append(node)

    def grow(node: UnitNode) -> UnitNode:
        children = tuple(grow(child) for child in under.get(node.id, ()))
        return replace(node, officers=officers.get(node.id, ()), children=children)

    return tuple(grow(node) for node in nodes)


def officer_query() -> Select[*tuple[Any, ...]]:
    """Selects a unit's id and the columns of Officer, administrators left out."""
    row = Appointment
    columns = (row.unit_id, row.id, row.account_id, row.post, Account.name, row.from_day, row.to_day)
    return select(*columns).join(Account, Account.id == row.account_id).where(row.post != Post.ADMINISTRATOR)


def officers_of(unit_ids: Sequence[int], today: date) -> dict[int, tuple[Officer, ...]]:
    """The secretaries, deputies and inspectors of the units today, in the order of their posts."""
    listed = Appointment.post != Post.COMMITTEE_MEMBER
    found: dict[int, list[Officer]] = {}
    for unit_id, *rest in db.session.execute(officer_query().where(Appointment.unit_id.in_(unit_ids), held_on(today), listed)):
        found.setdefault(unit_id, []).append(Officer(*rest))
    return {unit_id: tuple(sorted(officers, key=by_rank)) for unit_id, officers in found.items()}


def by_rank(officer: Officer) -> tuple[int, date, int]:
    """The order officers are named in."""
    return _RANK[officer.post], officer.from_day, officer.appointment_id
