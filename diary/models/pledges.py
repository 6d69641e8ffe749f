"""Pledges, every text of one that was ever sent, and what reviewers said."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, synonym

from ..domain.pledges import ChangeState, PledgeState
from ..domain.reviews import Verdict
from .base import Model, enum_type, new_id

_WAITING = text("state = 'waiting'")
_QUEUE = ("review_unit_id", "sent_at", "id", "unit_id", "member_id", "state")  # all that picking and counting a reviewer's queue asks for


class Pledge(Model):
    __tablename__ = "pledges"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int] = mapped_column(ForeignKey("work_years.year"))
    virtue_id: Mapped[int | None] = mapped_column(ForeignKey("virtues.id"))  # nothing: not chosen yet, in a draft
    title: Mapped[str] = mapped_column(String(300))  # nội dung làm theo
    how: Mapped[str] = mapped_column(Text, default="")
    target: Mapped[str] = mapped_column(String(300), default="")
    due_on: Mapped[date | None]
    state: Mapped[PledgeState] = mapped_column(enum_type(PledgeState, "state"), default=PledgeState.DRAFT)
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    reviewed_at: Mapped[datetime | None]
    review_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))  # whose officers review it, once sent
    review_words: Mapped[str] = mapped_column(Text, default="")  # what the last reviewer said
    outcome_words: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        Index("ix_pledges_member", "member_id", "year"),
        Index("ix_pledges_unit_year", "unit_id", "year", "state"),
        Index("ix_pledges_waiting", *_QUEUE, sqlite_where=_WAITING, postgresql_where=_WAITING),
        CheckConstraint("state = 'draft' OR (virtue_id IS NOT NULL AND length(title) >= 1)", name="complete_when_sent"),
    )


class PledgeRevision(Model):
    """A pledge as it was sent."""

    __tablename__ = "pledge_revisions"

    pledge_id: Mapped[UUID] = mapped_column(ForeignKey("pledges.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    sent_at: Mapped[datetime]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class PledgeReview(Model):
    __tablename__ = "pledge_reviews"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    pledge_id: Mapped[UUID] = mapped_column(ForeignKey("pledges.id", ondelete="CASCADE"), index=True)
    revision: Mapped[int]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    verdict: Mapped[Verdict] = mapped_column(enum_type(Verdict, "verdict"))
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=0)  # of the pledge, as this review left it: it can be undone while that stands
    undone_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_pledge_reviews_account", "account_id", "at"),)


class PledgeChange(Model):
    """A wish to change an approved pledge in mid-year: the new text, why, and the answer; one waits at a time."""

    __tablename__ = "pledge_changes"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    pledge_id: Mapped[UUID] = mapped_column(ForeignKey("pledges.id", ondelete="CASCADE"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    review_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    state: Mapped[ChangeState] = mapped_column(enum_type(ChangeState, "state"), default=ChangeState.WAITING)
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # the pledge as it was when this was asked
    body: Mapped[dict[str, Any]] = mapped_column(JSON)  # as it is to be, in the shape of a revision, and the virtue's id
    reason: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    answered_at: Mapped[datetime | None]
    pledge_version: Mapped[int] = mapped_column(default=0)  # of the pledge, as the answer left it: it can be undone while that stands
    version: Mapped[int] = mapped_column(default=1)
    sent_at: Mapped[datetime] = synonym("asked_at")  # what the queue calls these of everything it holds
    reviewed_at: Mapped[datetime | None] = synonym("answered_at")
    review_words: Mapped[str] = synonym("answer")

    __table_args__ = (
        Index("ix_pledge_changes_account", "answered_by", "answered_at"),
        Index("uq_pledge_changes_one_waiting", "pledge_id", unique=True, sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_pledge_changes_waiting", "review_unit_id", "asked_at", sqlite_where=_WAITING, postgresql_where=_WAITING),
        CheckConstraint("(state = 'waiting') = (answered_at IS NULL)", name="answered_unless_waiting"),
    )
