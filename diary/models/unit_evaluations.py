"""Year-end of units: what a unit says of itself, what is proposed for it, and what is decided."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.evaluations import EvaluationState
from .base import Model, enum_type, new_id


class UnitEvaluation(Model):
    """A unit's year-end. Levels are codes of the unit levels of the year's scheme, empty until given."""

    __tablename__ = "unit_evaluations"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int] = mapped_column(ForeignKey("work_years.year"))
    state: Mapped[EvaluationState] = mapped_column(enum_type(EvaluationState, "state"), default=EvaluationState.NOT_STARTED)
    words: Mapped[str] = mapped_column(Text, default="")  # what the unit says of its year
    suggested_level: Mapped[str] = mapped_column(String(24), default="")  # by the evidence, when it was proposed
    proposed_level: Mapped[str] = mapped_column(String(24), default="")  # the unit's own
    proposal_reason: Mapped[str] = mapped_column(Text, default="")
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    proposed_at: Mapped[datetime | None]
    base_level: Mapped[str] = mapped_column(String(24), default="")  # what the base thinks of it, where one stands between
    base_words: Mapped[str] = mapped_column(Text, default="")
    decided_level: Mapped[str] = mapped_column(String(24), default="")
    decision_reason: Mapped[str] = mapped_column(Text, default="")
    decision_number: Mapped[str] = mapped_column(String(40), default="")  # as on paper: "22-QĐ/ĐTNK"
    decided_on: Mapped[date | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    return_words: Mapped[str] = mapped_column(Text, default="")  # set while it stands returned
    snapshot: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # the evidence the decision rested on
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        UniqueConstraint("unit_id", "year"),
        Index("ix_unit_evaluations_year", "year", "state"),
        CheckConstraint("state <> 'decided' OR (decided_level <> '' AND decision_number <> '' AND decided_on IS NOT NULL)",
                        name="decided_with_a_level"),
    )  # fmt: skip


class UnitEvaluationStep(Model):
    """One move of a unit's evaluation: who, when, from which state to which, with what words; a result it took back is kept in it."""

    __tablename__ = "unit_evaluation_steps"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("unit_evaluations.id", ondelete="CASCADE"), index=True)
    from_state: Mapped[EvaluationState] = mapped_column(enum_type(EvaluationState, "from_state"))
    to_state: Mapped[EvaluationState] = mapped_column(enum_type(EvaluationState, "to_state"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    words: Mapped[str] = mapped_column(Text, default="")
    level: Mapped[str] = mapped_column(String(24), default="")  # proposed, passed on or decided by this step, or taken back by it
    snapshot: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # of a result this step took back
    at: Mapped[datetime]
