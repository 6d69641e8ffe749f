"""How the columns of an office's lists were matched by hand, so that its next file is read the same way."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Model


class ColumnChoice(Model):
    """What the people of a unit mean by a column's head."""

    __tablename__ = "column_choices"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id", ondelete="CASCADE"))
    register: Mapped[str] = mapped_column(String(24))  # which kind of list: "members"
    head: Mapped[str] = mapped_column(String(200))  # the column's head, folded
    column: Mapped[str] = mapped_column(String(40))  # the column it was said to be; "ignored" among them
    chosen_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    chosen_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("unit_id", "register", "head"),)
