"""Mail waiting to be sent: a row written with the change that causes it, so that none is lost."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.mails import MailState
from .base import Model, enum_type, new_id

_ASKED_FOR = text("state = 'waiting' AND unsubscribe = ''")
_FIRST = Index("ix_mails_asked_for", "not_before", "id", sqlite_where=_ASKED_FOR, postgresql_where=_ASKED_FOR)


class Mail(Model):
    """The words go when it was sent: they may hold a one-time code."""

    __tablename__ = "mails"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)  # its Message-ID is made from this
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    words: Mapped[str] = mapped_column(Text)
    state: Mapped[MailState] = mapped_column(enum_type(MailState, "state"))
    made_at: Mapped[datetime]
    not_before: Mapped[datetime]  # the next try
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    trouble: Mapped[str] = mapped_column(String(300), default="")
    unsubscribe: Mapped[str] = mapped_column(String(300), default="")  # the address where such mails are switched off (RFC 2369)

    __table_args__ = (Index("ix_mails_state", "state", "not_before"), Index("ix_mails_account", "account_id"), _FIRST)
