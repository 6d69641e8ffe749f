"""Transfers as lines of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from ...domain.actors import Actor
from ...domain.names import full_name, initials
from ...domain.permissions import Action
from ...domain.transfers import STATE_LABELS, TransferState
from ...models.base import db
from ...models.members import Member
from ...models.transfers import Transfer
from ...models.units import Unit
from ..reach import units_within

A_PAGE = 30


class Sort(StrEnum):
    """Which transfers a list shows."""

    COMING = "den"
    GOING = "di"
    ENDED = "xong"


@dataclass(frozen=True, slots=True)
class TransferRow:
    """A transfer as a line of a list."""

    id: UUID
    member_id: int
    name: str
    initials: str
    from_unit: str
    to_unit: str
    state: TransferState
    asked_at: datetime
    moved_on: date | None

    @property
    def label(self) -> str:
        return STATE_LABELS[self.state]


@dataclass(frozen=True, slots=True)
class TransferList:
    """A page of transfers of one sort, and how many wait on either side."""

    rows: tuple[TransferRow, ...]
    coming: int
    going: int
    page: int
    pages: int


FROM, TO = aliased(Unit), aliased(Unit)
ROW: tuple[Any, ...] = (
    Transfer.id, Transfer.member_id, Member.family_name, Member.given_name, FROM.name, TO.name, Transfer.state, Transfer.asked_at,
    Transfer.moved_on,
)  # fmt: skip


def rows(*more: Any) -> Select[*tuple[Any, ...]]:
    """Selects the columns of a TransferRow and `more` of the transfer, its member and both its units (FROM, TO)."""
    query = select(*ROW, *more).select_from(Transfer).join(Member, Member.id == Transfer.member_id)
    return query.join(FROM, FROM.id == Transfer.from_unit_id).join(TO, TO.id == Transfer.to_unit_id)


def row_of(row: Sequence[Any]) -> TransferRow:
    """The first columns of a row of `rows` as a line."""
    transfer_id, member_id, family, given, *rest = row[: len(ROW)]
    return TransferRow(transfer_id, member_id, full_name(family, given), initials(family, given), *rest)


def transfer_list(actor: Actor, sort: Sort, page: int = 1) -> TransferList:
    """The transfers to, from or between the units whose members the actor may read, the newest first; A_PAGE of them."""
    reach = units_within(actor, Action.MEMBER_READ)
    assert reach is not None
    within = select(Unit.id).where(reach)
    here, there, waits = Transfer.to_unit_id.in_(within), Transfer.from_unit_id.in_(within), Transfer.state == TransferState.WAITING
    counts = select(_count(and_(waits, here)), _count(and_(waits, there)), _count(and_(~waits, or_(here, there)))).select_from(Transfer)
    totals = dict(zip(Sort, db.session.execute(counts.where(or_(here, there))).one(), strict=True))
    wanted = {Sort.COMING: and_(waits, here), Sort.GOING: and_(waits, there), Sort.ENDED: and_(~waits, or_(here, there))}[sort]
    pages = max(1, -(-int(totals[sort]) // A_PAGE))
    page = min(max(page, 1), pages)
    query = rows().where(wanted).order_by(Transfer.asked_at.desc(), Transfer.id.desc()).limit(A_PAGE).offset((page - 1) * A_PAGE)
    found = tuple(row_of(tuple(row)) for row in db.session.execute(query))
    return TransferList(found, int(totals[Sort.COMING]), int(totals[Sort.GOING]), page, pages)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
