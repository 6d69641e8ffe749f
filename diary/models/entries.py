"""Entries, their revisions, reviews, late additions, evidence, and the private note that stands in a table of its own."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, Numeric, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.entries import EntryState, Field
from ..domain.evidence import EvidenceKind
from ..domain.reviews import Verdict
from .base import Model, enum_type, new_id

_WAITING = text("state = 'waiting'")
_ALIKE = text("alike_id IS NOT NULL")
_TO_LOOK_AT = text("hints IS NULL AND sent_at IS NOT NULL")
_QUEUE = ("review_unit_id", "sent_at", "id", "unit_id", "member_id", "state")  # all that picking and counting a reviewer's queue asks for


class Entry(Model):
    __tablename__ = "entries"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))  # the branch of that day
    year: Mapped[int] = mapped_column(ForeignKey("work_years.year"))
    happened_on: Mapped[date]
    written_at: Mapped[datetime]  # set once, by the program
    sent_at: Mapped[datetime | None]
    reviewed_at: Mapped[datetime | None]
    pledge_id: Mapped[UUID | None] = mapped_column(ForeignKey("pledges.id"))  # nothing: việc phát sinh
    virtue_id: Mapped[int | None] = mapped_column(ForeignKey("virtues.id"))
    field: Mapped[Field | None] = mapped_column(enum_type(Field, "field"))
    did: Mapped[str] = mapped_column(Text)
    people: Mapped[str] = mapped_column(String(300), default="")
    result: Mapped[str] = mapped_column(String(200), default="")
    result_unit: Mapped[str] = mapped_column(String(40), default="")
    result_number: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))  # the result where it is one figure
    lesson: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[EntryState] = mapped_column(enum_type(EntryState, "state"), default=EntryState.DRAFT)
    review_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))  # whose officers review it, once sent
    review_words: Mapped[str] = mapped_column(Text, default="")  # what the last reviewer said
    evidence_count: Mapped[int] = mapped_column(default=0)
    hints: Mapped[str | None] = mapped_column(String(60))  # kinds of hints it got when it was sent, spaces between; None: not looked at yet
    alike_id: Mapped[UUID | None] = mapped_column(ForeignKey("entries.id"))  # the earlier one, sent as well, that it is much like
    search: Mapped[str] = mapped_column(Text, default="")  # folded words of everything but the private note
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        Index("ix_entries_member_day", "member_id", "happened_on", "id"),
        Index("ix_entries_member_written", "member_id", "written_at", "happened_on"),  # of how many days somebody writes at once
        Index("ix_entries_unit_year", "unit_id", "year", "happened_on"),
        Index("ix_entries_waiting", *_QUEUE, sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_entries_pledge", "pledge_id"),
        Index("ix_entries_alike", "alike_id", sqlite_where=_ALIKE, postgresql_where=_ALIKE),
        Index("ix_entries_to_look_at", "id", sqlite_where=_TO_LOOK_AT, postgresql_where=_TO_LOOK_AT),
        CheckConstraint("length(did) BETWEEN 1 AND 5000", name="did_length"),
        CheckConstraint("length(lesson) <= 2000", name="lesson_length"),
        CheckConstraint("(state = 'draft') = (sent_at IS NULL)", name="sent_unless_draft"),
    )


class PrivateNote(Model):
    """What the author wrote for nobody else; no query on entries ever touches this table."""

    __tablename__ = "private_notes"

    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)
    words: Mapped[str] = mapped_column(Text)

    __table_args__ = (CheckConstraint("length(words) BETWEEN 1 AND 5000", name="words_length"),)


class EntryRevision(Model):
    """An entry as it was sent."""

    __tablename__ = "entry_revisions"

    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    sent_at: Mapped[datetime]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class EntryPrint(Model):
    """A print of a sent entry's words, by which texts that are much alike find each other (domain/hints).

    One tree of keys and nothing else. It has no key to entries: every change of an entry would have to look for its prints; whoever finds
    a print reads the entry it names and misses it where it went.
    """

    __tablename__ = "entry_prints"

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True, autoincrement=False)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    print: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    entry_id: Mapped[UUID] = mapped_column(primary_key=True)

    __table_args__ = ({"sqlite_with_rowid": False},)


class MonthChoice(Model):
    """The entry its author holds to be the best of a month, for looking back at the year."""

    __tablename__ = "month_choices"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    year: Mapped[int] = mapped_column(ForeignKey("work_years.year"), primary_key=True)
    month: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), index=True)

    __table_args__ = (CheckConstraint("month BETWEEN 1 AND 12", name="one_of_twelve"),)


class EntryReview(Model):
    __tablename__ = "entry_reviews"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), index=True)
    revision: Mapped[int]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    verdict: Mapped[Verdict] = mapped_column(enum_type(Verdict, "verdict"))
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=0)  # of the entry, as this review left it: it can be undone while that stands
    undone_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_entry_reviews_account", "account_id", "at"),)


class EntryAddition(Model):
    """Words added to an entry after it was approved; they get a review of their own."""

    __tablename__ = "entry_additions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    words: Mapped[str] = mapped_column(Text)
    state: Mapped[EntryState] = mapped_column(enum_type(EntryState, "state"), default=EntryState.WAITING)
    sent_at: Mapped[datetime]
    review_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    review_words: Mapped[str] = mapped_column(Text, default="")
    reviewed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        Index("ix_entry_additions_waiting", "review_unit_id", "sent_at", sqlite_where=_WAITING, postgresql_where=_WAITING),
        CheckConstraint("length(words) BETWEEN 1 AND 2000", name="words_length"),
    )


class AdditionReview(Model):
    __tablename__ = "addition_reviews"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    addition_id: Mapped[UUID] = mapped_column(ForeignKey("entry_additions.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    verdict: Mapped[Verdict] = mapped_column(enum_type(Verdict, "verdict"))
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=0)  # of the addition, as this review left it
    undone_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_addition_reviews_account", "account_id", "at"),)


class Evidence(Model):
    """A photo or file of an entry; its bytes stand in the store under their hash."""

    __tablename__ = "evidence"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), index=True)
    kind: Mapped[EvidenceKind] = mapped_column(enum_type(EvidenceKind, "kind"))
    media_type: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(120))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    thumbnail_sha256: Mapped[str] = mapped_column(String(64), default="", index=True)
    size: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    added_at: Mapped[datetime]
