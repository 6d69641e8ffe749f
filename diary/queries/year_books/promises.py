"""The pledges of a member's book, numbered as its entries refer to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from ...domain.pledges import CONFIRMED, ENDED, STATE_LABELS, PledgeState
from ...domain.reviews import VIETNAM
from ...domain.year_books import BookPledge
from ...models.base import db
from ...models.pledges import Pledge
from ...models.units import Virtue
from ..pledge_changes import changed_at


@dataclass(frozen=True, slots=True)
class Promises:
    """The pledges sent in a year; `orders` gives each its number, `approved_on` is the day the last of them was approved."""

    pledges: tuple[BookPledge, ...]
    orders: Mapping[UUID, int]
    approved_on: date | None


def promises(member_id: int, year: int, over: bool) -> Promises:
    """The member's sent pledges of `year` by virtue; `over` when the year has ended, so that none is still under way."""
    columns = (Pledge.id, Pledge.title, Pledge.how, Pledge.target, Pledge.due_on, Pledge.state, Pledge.reviewed_at, Pledge.outcome_words)
    query = (
        select(*columns, changed_at().label("changed_at"), Virtue.name.label("virtue"))
        .join(Virtue, Virtue.id == Pledge.virtue_id)
        .where(Pledge.member_id == member_id, Pledge.year == year, Pledge.state != PledgeState.DRAFT)
        .order_by(Virtue.unit_id, Virtue.position, Pledge.written_at, Pledge.id)
    )
    rows = db.session.execute(query).all()
    approved = [row.reviewed_at.astimezone(VIETNAM).date() for row in rows if row.state in CONFIRMED and row.reviewed_at]
    return Promises(
        pledges=tuple(_pledge(order, row, over) for order, row in enumerate(rows, 1)),
        orders={row.id: order for order, row in enumerate(rows, 1)},
        approved_on=max(approved, default=None),
    )


def _pledge(order: int, row: Row[*tuple[Any, ...]], over: bool) -> BookPledge:
    return BookPledge(
        order=order,
        virtue=row.virtue,
        content=row.title,
        how=row.how,
        measure=row.target,
        due=row.due_on,
        outcome=" ".join(row.outcome_words.split()).rstrip(".") if row.state in ENDED else "",
        state=_state_words(row.state, over),
        done=row.state is PledgeState.MET,
        changed_on=row.changed_at.astimezone(VIETNAM).date() if row.changed_at else None,
    )


def _state_words(state: PledgeState, over: bool) -> str:
    """How the pledge stands at the year's end; nothing while it may still be kept."""
    if state in ENDED:
        return STATE_LABELS[state].lower()
    if not over:
        return ""
    return "chưa báo kết quả" if state in CONFIRMED else "chưa được duyệt"
