"""Đoàn phí: a row for each member and quarter that is paid or exempt; no row means nothing was noted yet."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.fees import FeeState
from .base import Model, enum_type


class Fee(Model):
    __tablename__ = "fees"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))  # the branch that noted it
    year: Mapped[int]
    quarter: Mapped[int]
    state: Mapped[FeeState] = mapped_column(enum_type(FeeState, "state"))
    amount: Mapped[int] = mapped_column(default=0)  # đồng
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))  # nobody: the program itself
    noted_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("member_id", "year", "quarter"),
        Index("ix_fees_unit_year", "unit_id", "year"),
        CheckConstraint("quarter BETWEEN 1 AND 4", name="one_of_four_quarters"),
        CheckConstraint("amount BETWEEN 0 AND 100000000", name="sensible_amount"),
        CheckConstraint("state <> 'exempt' OR amount = 0", name="exempt_pays_nothing"),
    )
