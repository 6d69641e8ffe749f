"""Units, their history, and the virtues a unit sets itself."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.units import UnitKind
from .base import Model, byte_ordered, enum_type


class Unit(Model):
    __tablename__ = "units"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    path: Mapped[str] = mapped_column(byte_ordered(255), unique=True)
    kind: Mapped[UnitKind] = mapped_column(enum_type(UnitKind, "kind"))
    name: Mapped[str] = mapped_column(String(200))
    search: Mapped[str] = mapped_column(String(200), index=True)
    symbol: Mapped[str] = mapped_column(String(40), default="")  # the letters in "Số 36-BC/ĐTNK"
    place: Mapped[str] = mapped_column(String(80), default="")  # the town a document is dated from; empty: as the unit above
    letterhead: Mapped[str] = mapped_column(String(200), default="")  # the name on paper with "|" where it breaks; empty: the name
    needs_placing: Mapped[bool] = mapped_column(default=False)  # made by an import that did not say what stands above it
    member_count: Mapped[int] = mapped_column(default=0)  # active members of the unit itself
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))  # the unit that took over what was this one's
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (CheckConstraint("(kind = 'bloc') = (parent_id IS NULL)", name="only_the_bloc_has_no_parent"),)


class UnitVersion(Model):
    """What a unit was called and where it stood from one day to another; the newest has no end."""

    __tablename__ = "unit_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id", ondelete="CASCADE"))
    from_day: Mapped[date]
    to_day: Mapped[date | None]
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[UnitKind] = mapped_column(enum_type(UnitKind, "kind"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))

    __table_args__ = (
        Index("ix_unit_versions_unit_from", "unit_id", "from_day"),
        CheckConstraint("to_day IS NULL OR to_day >= from_day", name="days_in_order"),
    )


class Virtue(Model):
    """A chuẩn mực of a unit for a year, with how it is checked; the bloc's hold for everyone, a unit adds at most 5."""

    __tablename__ = "virtues"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int] = mapped_column(ForeignKey("work_years.year"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    how_checked: Mapped[str] = mapped_column(String(500), default="")

    __table_args__ = (
        UniqueConstraint("unit_id", "year", "position"),
        CheckConstraint("position BETWEEN 1 AND 5", name="at_most_five"),
        CheckConstraint("length(name) BETWEEN 1 AND 120", name="name_length"),
    )
