"""Summary rows, kept in the same transaction as the change they count; `recount` compares them with what they sum."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.leaves import LeaveKind
from .base import Model, enum_type


class MemberYear(Model):
    """A member's figures of a year in one branch (a mover has a row for each)."""

    __tablename__ = "member_years"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    entries_draft: Mapped[int] = mapped_column(default=0)
    entries_waiting: Mapped[int] = mapped_column(default=0)
    entries_returned: Mapped[int] = mapped_column(default=0)
    entries_approved: Mapped[int] = mapped_column(default=0)  # the locked ones too
    entries_late: Mapped[int] = mapped_column(default=0)  # sent, and written more than 7 days after the deed
    times_returned: Mapped[int] = mapped_column(default=0)
    pledges_draft: Mapped[int] = mapped_column(default=0)
    pledges_waiting: Mapped[int] = mapped_column(default=0)
    pledges_returned: Mapped[int] = mapped_column(default=0)
    pledges_approved: Mapped[int] = mapped_column(default=0)  # approved and not closed yet
    pledges_met: Mapped[int] = mapped_column(default=0)
    pledges_not_met: Mapped[int] = mapped_column(default=0)

    __table_args__ = (Index("ix_member_years_unit", "unit_id", "year"),)


class MemberWeek(Model):
    """One week of a member: how many entries sent, or the word that there was nothing to do."""

    __tablename__ = "member_weeks"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    monday: Mapped[date] = mapped_column(primary_key=True)
    entries: Mapped[int] = mapped_column(default=0)
    nothing_to_do: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (CheckConstraint("entries >= 0", name="not_negative"),)


class Leave(Model):
    """Days a member is on leave; whole weeks inside count for nothing. One taken back counts for nothing, and stays to be put back."""

    __tablename__ = "leaves"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    from_day: Mapped[date]
    to_day: Mapped[date]
    kind: Mapped[LeaveKind] = mapped_column(enum_type(LeaveKind, "kind"), default=LeaveKind.OTHER)
    reason: Mapped[str] = mapped_column(default="")
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))  # the last who said it; unknown for the oldest
    taken_back_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (CheckConstraint("to_day >= from_day", name="days_in_order"),)
