"""Members and the time they spent in each unit."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.members import Gender, Standing
from .base import Model, byte_ordered, enum_type


class Member(Model):
    __tablename__ = "members"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    family_name: Mapped[str] = mapped_column(String(80))  # họ và chữ lót
    given_name: Mapped[str] = mapped_column(String(40))
    sort_key: Mapped[str] = mapped_column(byte_ordered(1100))
    search: Mapped[str] = mapped_column(String(120))
    born_on: Mapped[date | None]
    birth_year: Mapped[int | None]
    gender: Mapped[Gender | None] = mapped_column(enum_type(Gender, "gender"))
    ethnicity: Mapped[str] = mapped_column(String(40), default="")
    joined_union_on: Mapped[date | None]
    phone: Mapped[str] = mapped_column(String(10), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    job: Mapped[str] = mapped_column(String(120), default="")
    party_member: Mapped[bool] = mapped_column(default=False)
    standing: Mapped[Standing] = mapped_column(enum_type(Standing, "standing"), default=Standing.ACTIVE)
    version: Mapped[int] = mapped_column(default=1)
    erased_at: Mapped[datetime | None]  # since then the row only counts: no name, no birth, no way to reach anyone

    __table_args__ = (
        Index("ix_members_unit_standing_name", "unit_id", "standing", "sort_key"),
        Index("ix_members_search", "search"),
        CheckConstraint("length(given_name) >= 1", name="has_a_given_name"),
        CheckConstraint("phone = '' OR length(phone) = 10", name="phone_of_ten_digits"),
    )


class Membership(Model):
    """A member's time in one unit; the one without an end is where they are now."""

    __tablename__ = "memberships"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    from_day: Mapped[date | None]  # nothing: since before the list was brought in
    to_day: Mapped[date | None]

    __table_args__ = (
        Index("ix_memberships_member", "member_id", "from_day"),
        Index("ix_memberships_unit", "unit_id", "to_day"),
        Index(
            "uq_memberships_one_open",
            "member_id",
            unique=True,
            sqlite_where=text("to_day IS NULL"),
            postgresql_where=text("to_day IS NULL"),
        ),
    )
