"""Accounts, posts, signed-in sessions and sign-in attempts: all rows, so that limits and sign-out hold over processes."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.actors import Post
from .base import Model, enum_type

_NOT_WITHDRAWN = text("withdrawn_at IS NULL")


class Account(Model):
    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), unique=True)
    password_hash: Mapped[str] = mapped_column(String(160), default="")  # empty: not activated yet
    code_hash: Mapped[str] = mapped_column(String(64), default="")  # keyed hash of the one-time code; empty: none is out
    code_expires_at: Mapped[datetime | None]
    code_tries: Mapped[int] = mapped_column(default=0)
    theme: Mapped[str] = mapped_column(String(8), default="")
    is_demo: Mapped[bool] = mapped_column(default=False, index=True)
    closed_at: Mapped[datetime | None]

    __table_args__ = (CheckConstraint("theme IN ('', 'light', 'dark')", name="known_theme"),)


class Appointment(Model):
    """A post in a unit from one day to another; it carries rights over the unit and what is below."""

    __tablename__ = "appointments"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    post: Mapped[Post] = mapped_column(enum_type(Post, "post"))
    from_day: Mapped[date]
    to_day: Mapped[date | None]
    handover_note: Mapped[str] = mapped_column(String(1000), default="")  # what the one before left for the one who comes

    __table_args__ = (
        Index("ix_appointments_account", "account_id"),
        Index("ix_appointments_unit_post", "unit_id", "post"),
        CheckConstraint("to_day IS NULL OR to_day >= from_day", name="days_in_order"),
    )


class SignInSession(Model):
    """A browser that is signed in; the cookie carries the token, the row only its hash."""

    __tablename__ = "sign_in_sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    address: Mapped[str] = mapped_column(String(45), default="")
    browser: Mapped[str] = mapped_column(String(200), default="")


class PendingSignIn(Model):
    """A sign-in whose password was right and whose second factor is still asked for; it opens nothing. The cookie carries the token."""

    __tablename__ = "pending_sign_ins"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class SecondFactor(Model):
    """The secret an account shares with an app on its holder's phone; it counts from `confirmed_at` on.

    A code is computed from the secret, so the secret has to be readable: whoever reads this table, or a backup with it, can make codes,
    though not passwords. It stands apart from accounts so that no list, export or log of accounts takes it along.
    """

    __tablename__ = "second_factors"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    secret: Mapped[str] = mapped_column(String(64))
    last_step: Mapped[int] = mapped_column(default=0)  # the time step of the newest code used: it and older ones are worth nothing now
    confirmed_at: Mapped[datetime | None]


class RecoveryCode(Model):
    """A code for the day the phone is lost, good once; only its keyed hash is kept."""

    __tablename__ = "recovery_codes"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)


class Consent(Model):
    """A person agreed that their data is kept, as the words of `version` said; withdrawn or not. The rows of an account are its history."""

    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    version: Mapped[int]
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_consents_account", "account_id", "version"),
        Index("uq_consents_open", "account_id", "version", unique=True, sqlite_where=_NOT_WITHDRAWN, postgresql_where=_NOT_WITHDRAWN),
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_at >= given_at", name="given_before_withdrawn"),
    )


class SignInAttempt(Model):
    """A try to sign in or to use a one-time code; `subject` is the folded username, so tries on unknown names count too."""

    __tablename__ = "sign_in_attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    subject: Mapped[str] = mapped_column(String(60))
    address: Mapped[str] = mapped_column(String(45))
    succeeded: Mapped[bool]

    __table_args__ = (Index("ix_sign_in_attempts_subject", "subject", "at"), Index("ix_sign_in_attempts_address", "address", "at"))
