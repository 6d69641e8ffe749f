"""Reminders: what each person picked, what was planned and for when, the devices that take pushes, the pushes that wait, calendar feeds."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.reminders import PushState, ReminderKind
from .base import Model, enum_type, new_id


class ReminderChoice(Model):
    """By which ways and when a person is reminded; no row: the usual way."""

    __tablename__ = "reminder_choices"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    by_notice: Mapped[bool] = mapped_column(default=True)
    by_mail: Mapped[bool] = mapped_column(default=False)
    by_push: Mapped[bool] = mapped_column(default=True)
    weekday: Mapped[int]  # Monday is 0
    hour: Mapped[int]
    quiet_from: Mapped[int]  # hours of the day, the first of the quiet ones
    quiet_to: Mapped[int]  # and the first that is not; the same as quiet_from: no quiet
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6 AND hour BETWEEN 0 AND 23", name="in_the_week"),
        CheckConstraint("quiet_from BETWEEN 0 AND 23 AND quiet_to BETWEEN 0 AND 23", name="in_the_day"),
    )


class Reminder(Model):
    """One reminder of one person in one period: the key lets it be planned once, whoever plans."""

    __tablename__ = "reminders"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    kind: Mapped[ReminderKind] = mapped_column(enum_type(ReminderKind, "kind"))
    period: Mapped[date]  # the first day of the week or window it is about
    planned_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("account_id", "kind", "period"), Index("ix_reminders_period", "period"))


class PushSubscription(Model):
    """A browser that takes pushes for an account (RFC 8030, RFC 8291)."""

    __tablename__ = "push_subscriptions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    endpoint: Mapped[str] = mapped_column(String(500), unique=True)
    p256dh: Mapped[str] = mapped_column(String(120))
    auth: Mapped[str] = mapped_column(String(60))
    device: Mapped[str] = mapped_column(String(120))  # for its owner to know it by: "Chrome trên Android"
    session_hash: Mapped[str] = mapped_column(String(64), default="")  # of the session it was switched on in: signing out there ends it
    made_at: Mapped[datetime]


class Push(Model):
    """A push that waits to be sent, as mails wait."""

    __tablename__ = "pushes"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    subscription_id: Mapped[UUID] = mapped_column(ForeignKey("push_subscriptions.id", ondelete="CASCADE"), index=True)
    words: Mapped[str] = mapped_column(Text)
    link: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[PushState] = mapped_column(enum_type(PushState, "state"))
    made_at: Mapped[datetime]
    not_before: Mapped[datetime]  # the next try
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    trouble: Mapped[str] = mapped_column(String(300), default="")

    __table_args__ = (Index("ix_pushes_state", "state", "not_before"),)


class CalendarFeed(Model):
    """The address under which a person's calendar program reads the year's dates; only the hash of its token is kept."""

    __tablename__ = "calendar_feeds"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    weekly: Mapped[bool]  # whether the hour of the week at which one writes stands in it
    made_at: Mapped[datetime]
