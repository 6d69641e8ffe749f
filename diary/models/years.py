"""Work years, their windows of dates, and the schemes years are rated by."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.years import Activity
from .base import Model, enum_type


class Scheme(Model):
    """A set of rating rules as data; `body` is what domain/schemes.py reads."""

    __tablename__ = "schemes"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    first_year: Mapped[int]
    last_year: Mapped[int]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    based_on: Mapped[str] = mapped_column(String(40), default="")  # the scheme this one was copied from, "" for one that ships
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (CheckConstraint("last_year >= first_year", name="years_in_order"),)


class WorkYear(Model):
    __tablename__ = "work_years"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    scheme_code: Mapped[str | None] = mapped_column(ForeignKey("schemes.code"))  # nothing: the year cannot be rated
    locked_at: Mapped[datetime | None]

    __table_args__ = (CheckConstraint("year BETWEEN 2000 AND 2100", name="plausible"),)


class Window(Model):
    """When an activity of a year is open; a unit may have its own days, which hold for it and everything below."""

    __tablename__ = "windows"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(ForeignKey("work_years.year"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    activity: Mapped[Activity] = mapped_column(enum_type(Activity, "activity"))
    opens_on: Mapped[date]
    closes_on: Mapped[date]

    __table_args__ = (UniqueConstraint("year", "unit_id", "activity"), CheckConstraint("closes_on >= opens_on", name="days_in_order"))


class YearLock(Model):
    """One time a year was locked or unlocked, and why."""

    __tablename__ = "year_locks"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(ForeignKey("work_years.year"), index=True)
    locked: Mapped[bool]  # whether it was locked then, or unlocked
    reason: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
