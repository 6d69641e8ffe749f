"""Notices: what the program tells a person inside the app."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Model, new_id

_UNREAD = text("read_at IS NULL")


class Notice(Model):
    __tablename__ = "notices"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(String(300))
    link: Mapped[str] = mapped_column(String(200), default="")
    topic: Mapped[str] = mapped_column(String(20), default="")  # an unread one of the same topic is brought up to date instead of doubled
    read_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_notices_account", "account_id", "at"),
        Index("ix_notices_unread", "account_id", sqlite_where=_UNREAD, postgresql_where=_UNREAD),
    )


class Nudge(Model):
    """An officer reminded a member on that day; the key lets it happen once a day."""

    __tablename__ = "nudges"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
