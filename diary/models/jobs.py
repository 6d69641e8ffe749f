"""Background work as rows of ours: what is to be done, how far it is, who holds it and until when."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.jobs import JobState
from .base import Model, enum_type, new_id


class Job(Model):
    """Written in the transaction of the happening that asks for it; the queue only carries its id."""

    __tablename__ = "jobs"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(40))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)  # what it works on: ids, years, codes
    state: Mapped[JobState] = mapped_column(enum_type(JobState, "state"))
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))  # nobody: the program itself
    asked_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    position: Mapped[int] = mapped_column(default=0)  # pieces done: where the next worker goes on
    total: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    holder: Mapped[str] = mapped_column(String(32), default="")  # the worker that runs it
    lease_until: Mapped[datetime | None]
    cancel_asked: Mapped[bool] = mapped_column(default=False)
    result: Mapped[dict[str, Any]] = mapped_column(JSON)
    trouble: Mapped[str] = mapped_column(String(300), default="")  # why it failed, in words

    __table_args__ = (
        Index("ix_jobs_state", "state", "lease_until"),
        Index("ix_jobs_asked_by", "asked_by", "asked_at"),
        CheckConstraint("position >= 0 AND total >= 0", name="not_negative"),
    )


class JobFile(Model):
    """A file a job made; its bytes stand in the store under their hash for as long as this row does."""

    __tablename__ = "job_files"

    job_id: Mapped[UUID] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # from 1, in the order of the pieces
    name: Mapped[str] = mapped_column(String(160))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    people: Mapped[int] = mapped_column(default=0)  # whose papers are in it
    pages: Mapped[int] = mapped_column(default=0)
    kept_until: Mapped[datetime] = mapped_column(index=True)


class Duty(Model):
    """A periodic duty of the worker: when it last ran, and when it last went well."""

    __tablename__ = "duties"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    due_at: Mapped[datetime]
    ran_at: Mapped[datetime | None]
    went_well_at: Mapped[datetime | None]
    trouble: Mapped[str] = mapped_column(String(300), default="")
