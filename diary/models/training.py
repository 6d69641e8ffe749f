"""Results of the Chương trình rèn luyện đoàn viên, by member and year."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.training import NOTE_LIMIT, TrainingResult
from .base import Model, enum_type


class Training(Model):
    __tablename__ = "trainings"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))  # the branch that noted it
    year: Mapped[int]
    result: Mapped[TrainingResult] = mapped_column(enum_type(TrainingResult, "result"))
    note: Mapped[str] = mapped_column(String(NOTE_LIMIT), default="")
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))  # nobody: the program itself
    noted_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("member_id", "year"), Index("ix_trainings_unit_year", "unit_id", "year"))
