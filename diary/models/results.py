"""Results on their way out: the columns of the export for the national membership software."""

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from .base import Model


class ResultColumn(Model):
    """A column of the export, from the left: its head, and what fills it: a field, or a text that always stands in it.

    Fields are those of domain/result_columns.py. No row at all: the default columns hold.
    """

    __tablename__ = "result_columns"

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    head: Mapped[str] = mapped_column(String(100))
    field: Mapped[str] = mapped_column(String(40), default="")  # empty: the text
    text: Mapped[str] = mapped_column(String(100), default="")

    __table_args__ = (CheckConstraint("position BETWEEN 1 AND 60", name="sensible_position"),)
