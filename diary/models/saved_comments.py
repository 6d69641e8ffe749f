"""Comments a reviewer keeps for using again."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Model


class SavedComment(Model):
    __tablename__ = "saved_comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    words: Mapped[str] = mapped_column(String(200))
    used: Mapped[int] = mapped_column(default=0)  # times, so that the ones used most stand first
    kept_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("account_id", "words"), CheckConstraint("length(words) >= 1", name="words_there"))
