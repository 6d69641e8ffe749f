"""Audit lines: who changed what, by field names and revisions, never the words of a diary, note, comment or vote.

Personal details (the address it came from) stand apart, salted, with their hash in the line, so that they can be erased.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Model, new_id

_READ = text("owner_id IS NOT NULL")


class AuditLine(Model):
    """Written once: the migrations set triggers that refuse to change or delete a line; its block is filled in once."""

    __tablename__ = "audit_lines"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime] = mapped_column(index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))  # nobody: the program itself
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[str] = mapped_column(String(36))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))  # of a reading: the member whose diary was read
    fields: Mapped[list[Any]] = mapped_column(JSON)
    details_hash: Mapped[str] = mapped_column(String(64), default="")
    block: Mapped[int | None] = mapped_column(ForeignKey("audit_blocks.number"))  # nothing: not sealed yet

    __table_args__ = (
        Index("ix_audit_lines_subject", "subject", "subject_id", "at"),
        Index("ix_audit_lines_block", "block", "id"),
        Index("ix_audit_lines_owner", "owner_id", "at", sqlite_where=_READ, postgresql_where=_READ),
        *(Index(f"ix_audit_lines_{column}_at", column, "at") for column in ("account_id", "action", "subject", "unit_id")),
    )


class AuditBlock(Model):
    """A run of lines sealed together: its hash covers each of them and the hash of the block before."""

    __tablename__ = "audit_blocks"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 1, 2, 3 … without a gap
    line_count: Mapped[int]
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
    sealed_at: Mapped[datetime]


class AuditDetail(Model):
    __tablename__ = "audit_details"

    line_id: Mapped[UUID] = mapped_column(ForeignKey("audit_lines.id", ondelete="CASCADE"), primary_key=True)
    salt: Mapped[str] = mapped_column(String(32))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
