"""One unit: its facts, history, officers, and what stands directly below."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from ...domain.actors import Actor
from ...domain.errors import NotFound
from ...domain.permissions import Action, Subject, may, require
from ...domain.units import CHILD_KINDS, Place, UnitDraft, child_path, lineage
from ...models.accounts import Appointment
from ...models.base import db
from ...models.units import Unit
from ..accounts import held_on
from .choices import UnitChoice
from .history import HistoryEvent, unit_history
from .rows import Officer, UnitNode, by_rank, grown, nodes, officer_query, officers_of, page_of

MOST_FORMER = 30


@dataclass(frozen=True, slots=True)
class UnitPage:
    """One unit as the actor may see it; `above`: the units over it that the actor may open, from the top."""

    node: UnitNode
    code: str
    draft: UnitDraft
    place: Place
    opened_on: date | None
    above: tuple[UnitChoice, ...]
    version: int
    merged_into: UnitChoice | None
    history: tuple[HistoryEvent, ...]
    officers: tuple[Officer, ...]
    former: tuple[Officer, ...]
    children: tuple[UnitNode, ...]
    page: int
    pages: int
    may_edit: bool
    may_add: bool
    may_set_virtues: bool
    may_see_handover: bool


def load_unit(actor: Actor, unit_id: int, today: date, page: int = 1) -> UnitPage:
    """One unit with its history, officers and a page of what stands directly below. NotFound for who may not read it."""
    row = db.session.execute(_facts().where(Unit.id == unit_id)).one_or_none()
    if row is None:
        raise NotFound()
    subject = Subject(Place(unit_id, row.path))
    require(actor, Action.UNIT_READ, subject)
    node = nodes(Unit.id == unit_id)[0]
    page, pages, children = page_of(Unit.parent_id == unit_id, page)
    held, former = _posts(unit_id, today)
    child = Subject(Place(0, child_path(row.path, 0)))
    return UnitPage(
        node=node,
        code=row.code,
        draft=UnitDraft(node.name, row.symbol, row.place, row.letterhead),
        place=subject.place,
        opened_on=row.opened_on,
        above=_above(actor, row.path),
        version=row.version,
        merged_into=UnitChoice(row.merged_into_id, row.into) if row.merged_into_id else None,
        history=unit_history(unit_id),
        officers=held,
        former=former,
        children=grown(children, (), officers_of([one.id for one in children], today)),
        page=page,
        pages=pages,
        may_edit=row.merged_into_id is None and may(actor, Action.UNIT_EDIT, subject),
        may_add=bool(CHILD_KINDS[node.kind]) and node.closed_on is None and may(actor, Action.UNIT_EDIT, child),
        may_set_virtues=may(actor, Action.VIRTUE_EDIT, subject),
        may_see_handover=node.closed_on is None and may(actor, Action.MEMBER_EDIT, subject),
    )


def _facts() -> Select[*tuple[Any, ...]]:
    into = aliased(Unit)
    return select(
        Unit.code, Unit.symbol, Unit.place, Unit.letterhead, Unit.opened_on, Unit.path, Unit.version, Unit.merged_into_id,
        into.name.label("into"),
    ).outerjoin(into, into.id == Unit.merged_into_id)  # fmt: skip


def _posts(unit_id: int, today: date) -> tuple[tuple[Officer, ...], tuple[Officer, ...]]:
    """Everyone with a post in the unit today, and the last who had one."""
    held = officer_query().where(Appointment.unit_id == unit_id, held_on(today))
    former = officer_query().where(Appointment.unit_id == unit_id, Appointment.to_day < today)
    rows = db.session.execute(former.order_by(Appointment.to_day.desc(), Appointment.id.desc()).limit(MOST_FORMER))
    officers = sorted((Officer(*rest) for _, *rest in db.session.execute(held)), key=by_rank)
    return tuple(officers), tuple(Officer(*rest) for _, *rest in rows)


def _above(actor: Actor, path: str) -> tuple[UnitChoice, ...]:
    rows = db.session.execute(select(Unit.id, Unit.name, Unit.path).where(Unit.id.in_(lineage(path)[:-1])).order_by(func.length(Unit.path)))
    return tuple(UnitChoice(row.id, row.name) for row in rows if may(actor, Action.UNIT_READ, Subject(Place(row.id, row.path))))
