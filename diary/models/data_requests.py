"""What people asked about their own data, and what was answered."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.data_requests import ANSWER_LIMIT, WORDS_LIMIT, RequestKind, RequestState
from .base import Model, enum_type, new_id

_WAITING = text("state = 'waiting'")


class DataRequest(Model):
    __tablename__ = "data_requests"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    kind: Mapped[RequestKind] = mapped_column(enum_type(RequestKind, "kind"))
    words: Mapped[str] = mapped_column(String(WORDS_LIMIT), default="")
    state: Mapped[RequestState] = mapped_column(enum_type(RequestState, "state"))
    asked_at: Mapped[datetime]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    answered_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(String(ANSWER_LIMIT), default="")

    __table_args__ = (
        Index("ix_data_requests_member", "member_id", "asked_at"),
        Index("ix_data_requests_waiting", "state", "asked_at"),
        Index("uq_data_requests_one_waiting", "member_id", "kind", unique=True, sqlite_where=_WAITING, postgresql_where=_WAITING),
        CheckConstraint("(state = 'waiting') = (answered_at IS NULL)", name="answered_when_not_waiting"),
    )
