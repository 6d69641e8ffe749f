"""Transfers of members between units, with the comment of the unit they leave."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.transfers import ANSWER_LIMIT, COMMENT_LIMIT, TransferState
from .base import Model, enum_type, new_id

_WAITING = text("state = 'waiting'")


class Transfer(Model):
    __tablename__ = "transfers"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    from_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    to_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    state: Mapped[TransferState] = mapped_column(enum_type(TransferState, "state"))
    comment: Mapped[str] = mapped_column(String(COMMENT_LIMIT), default="")
    asked_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    asked_at: Mapped[datetime]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    answered_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(String(ANSWER_LIMIT), default="")
    moved_on: Mapped[date | None]  # the first day in the new unit

    __table_args__ = (
        Index("ix_transfers_member", "member_id", "asked_at"),
        Index("ix_transfers_from", "from_unit_id", "state"),
        Index("ix_transfers_to", "to_unit_id", "state"),
        Index("uq_transfers_one_waiting", "member_id", unique=True, sqlite_where=_WAITING, postgresql_where=_WAITING),
        CheckConstraint("from_unit_id <> to_unit_id", name="between_two_units"),
        CheckConstraint("(state = 'done') = (moved_on IS NOT NULL)", name="done_has_a_day"),
    )
