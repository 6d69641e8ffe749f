"""The tree of units below what a person may read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from ...domain.actors import Actor, Appointment
from ...domain.permissions import Action, require_somewhere
from ...domain.units import Place, is_below
from ...domain.vietnamese import fold
from ...models.base import db
from ...models.units import Unit
from .rows import UnitNode, below, grown, just_past, node_query, nodes, officers_of, page_of

MOST_BELOW = 1500


@dataclass(frozen=True, slots=True)
class UnitTree:
    """The units a person's posts reach: those themselves, a page of what stands directly below, each with all under it."""

    roots: tuple[UnitNode, ...]
    children: tuple[UnitNode, ...]
    page: int
    pages: int
    waiting: int  # how many wait to be placed


def unit_tree(actor: Actor, today: date, page: int = 1, words: str = "") -> UnitTree:
    """The tree the actor may read; with `words` only the units whose name holds them, marks ignored. NotAllowed without such a post."""
    places = _tops(require_somewhere(actor, Action.UNIT_READ))
    within = or_(*(below(place) for place in places))
    roots = nodes(Unit.id.in_([place.unit_id for place in places]))
    if words.strip():
        listed: ColumnElement[bool] = and_(within, Unit.search.contains(fold(words), autoescape=True))
    else:
        listed = Unit.parent_id.in_([place.unit_id for place in places])
    page, pages, children = page_of(listed, page)
    under = () if words.strip() else _under(children)
    officers = officers_of([node.id for node in (*roots, *children, *under)], today)
    waiting = db.session.execute(
        select(func.count()).select_from(Unit).where(within, Unit.needs_placing, Unit.closed_on.is_(None))
    ).scalar_one()
    return UnitTree(grown(roots, (), officers), grown(children, under, officers), page, pages, waiting)


def _tops(appointments: Iterable[Appointment]) -> list[Place]:
    """The places of the appointments, without those that stand below another one."""
    places = sorted({appointment.place for appointment in appointments}, key=lambda place: place.path)
    return [one for one in places if not any(other is not one and is_below(one.path, other.path) for other in places)]


def _under(tops: Sequence[UnitNode]) -> tuple[UnitNode, ...]:
    top = aliased(Unit)
    high = just_past(top.path)
    query = node_query().join(top, and_(Unit.path > top.path, Unit.path < high)).where(top.id.in_([node.id for node in tops]))
    return tuple(UnitNode(*row) for row in db.session.execute(query.order_by(Unit.search, Unit.id).limit(MOST_BELOW)))
