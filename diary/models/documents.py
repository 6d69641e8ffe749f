"""Issued documents: what was printed, under which number, and whether it still holds."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.documents import DocumentKind, DocumentState
from .base import Model, enum_type, new_id


class DocumentCounter(Model):
    """The last number given out per issuing unit, year and kind; the row is locked while a number is taken."""

    __tablename__ = "document_counters"

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[DocumentKind] = mapped_column(enum_type(DocumentKind, "kind"), primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


class Document(Model):
    __tablename__ = "documents"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(String(8), unique=True)  # the short code on paper, without its dash
    kind: Mapped[DocumentKind] = mapped_column(enum_type(DocumentKind, "kind"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))  # who issued it
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))  # whom it is about, for personal ones
    year: Mapped[int]
    number: Mapped[int]
    symbol: Mapped[str] = mapped_column(String(60))  # the whole "Số": "21-PĐG/CĐKN"
    title: Mapped[str] = mapped_column(String(200))
    dated_on: Mapped[date]
    issued_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    issued_at: Mapped[datetime]
    state: Mapped[DocumentState] = mapped_column(enum_type(DocumentState, "state"), default=DocumentState.RESERVED)
    sha256: Mapped[str] = mapped_column(String(64), default="", index=True)
    size: Mapped[int] = mapped_column(default=0)
    replaced_by: Mapped[UUID | None] = mapped_column(ForeignKey("documents.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str] = mapped_column(Text, default="")  # for those who may read the document, never for the public

    __table_args__ = (
        Index("uq_documents_number", "unit_id", "year", "kind", "number", unique=True),
        Index("ix_documents_member", "member_id", "year", "kind"),
        Index("ix_documents_year", "year", "issued_at", "id"),
        CheckConstraint("state = 'reserved' OR length(sha256) = 64", name="issued_with_its_hash"),
    )
