"""Figures of a year that a branch notes by hand, where no register counts them; the codes are those of domain/measures.py."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from .base import Model

_WORDS = 200
_SENSIBLE = "count BETWEEN 0 AND 10000 AND (of IS NULL OR (of BETWEEN count AND 10000))"


class MemberFigure(Model):
    """What a branch noted of one member in a year: a count, of so many where it is a share; a mover has rows of several branches."""

    __tablename__ = "member_figures"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)  # the branch that noted it
    year: Mapped[int] = mapped_column(ForeignKey("work_years.year"), primary_key=True)
    measure: Mapped[str] = mapped_column(String(24), primary_key=True)
    count: Mapped[int]
    of: Mapped[int | None]
    words: Mapped[str] = mapped_column(String(_WORDS), default="")
    noted_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    noted_at: Mapped[datetime]

    __table_args__ = (Index("ix_member_figures_unit_year", "unit_id", "year"), CheckConstraint(_SENSIBLE, name="sensible"))


class UnitFigure(Model):
    """What a unit noted of itself in a year."""

    __tablename__ = "unit_figures"

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    year: Mapped[int] = mapped_column(ForeignKey("work_years.year"), primary_key=True)
    measure: Mapped[str] = mapped_column(String(24), primary_key=True)
    count: Mapped[int]
    of: Mapped[int | None]
    words: Mapped[str] = mapped_column(String(_WORDS), default="")
    noted_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    noted_at: Mapped[datetime]

    __table_args__ = (CheckConstraint(_SENSIBLE, name="sensible"),)
