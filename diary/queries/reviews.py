"""Reads of the reviewer: what waits for whom."""

from sqlalchemy import ColumnElement, func, select

from ..domain.actors import Actor
from ..domain.permissions import Action, scopes
from ..models.base import db
from ..models.entries import Entry
from ..models.pledges import Pledge


def in_my_queue(actor: Actor, table: type[Entry] | type[Pledge]) -> ColumnElement[bool]:
    """Whether a waiting row of `table` is for `actor` to review: sent to a unit they are an officer of, and not their own."""
    units = [appointment.unit_id for appointment in scopes(actor, Action.ENTRY_REVIEW)]
    mine = table.member_id == actor.member_id if actor.member_id is not None else None
    waiting = (table.state == "waiting") & table.review_unit_id.in_(units)
    return waiting if mine is None else waiting & ~mine


def waiting_count(actor: Actor) -> int:
    """How many entries, late additions and pledges wait for `actor` to review."""
    if not scopes(actor, Action.ENTRY_REVIEW):
        return 0
    entries = select(func.count()).where(in_my_queue(actor, Entry)).scalar_subquery()
    pledges = select(func.count()).where(in_my_queue(actor, Pledge)).scalar_subquery()
    count: int = db.session.execute(select(entries + pledges)).scalar_one()
    return count
