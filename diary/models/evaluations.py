"""Year-end: evaluations and their steps, the rating meeting with attendance and votes, proposals, decisions."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.evaluations import Attendance, EvaluationState
from .base import Model, enum_type, new_id


class Evaluation(Model):
    """A member's year-end. Levels are codes of the year's scheme, empty until given."""

    __tablename__ = "evaluations"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    year: Mapped[int] = mapped_column(ForeignKey("work_years.year"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))  # the branch that rates
    state: Mapped[EvaluationState] = mapped_column(enum_type(EvaluationState, "state"), default=EvaluationState.NOT_STARTED)
    strengths: Mapped[str] = mapped_column(Text, default="")
    weaknesses: Mapped[str] = mapped_column(Text, default="")
    remedies: Mapped[str] = mapped_column(Text, default="")
    self_level: Mapped[str] = mapped_column(String(24), default="")
    self_assessed_at: Mapped[datetime | None]
    branch_words: Mapped[str] = mapped_column(Text, default="")  # nhận xét of the branch
    vote_level: Mapped[str] = mapped_column(String(24), default="")
    suggested_level: Mapped[str] = mapped_column(String(24), default="")  # by the evidence, when it was proposed; "" where that gave none
    diary_thin: Mapped[bool] = mapped_column(default=False)  # when it was proposed
    odd: Mapped[bool] = mapped_column(default=False)  # whether to look at it twice: self, vote, proposal or evidence differ; when proposed
    proposed_level: Mapped[str] = mapped_column(String(24), default="")
    proposal_reason: Mapped[str] = mapped_column(Text, default="")
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    base_words: Mapped[str] = mapped_column(Text, default="")
    decided_level: Mapped[str] = mapped_column(String(24), default="")
    decision_id: Mapped[UUID | None] = mapped_column(ForeignKey("decisions.id"))
    return_words: Mapped[str] = mapped_column(Text, default="")  # set while it stands returned
    snapshot: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # the evidence the decision rested on
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        UniqueConstraint("member_id", "year"),
        Index("ix_evaluations_unit_year", "unit_id", "year", "state"),
        CheckConstraint("state <> 'decided' OR (decided_level <> '' AND decision_id IS NOT NULL)", name="decided_with_a_level"),
    )


class BestEntry(Model):
    """An entry the member chose to stand for the year; the only texts a meeting shows."""

    __tablename__ = "best_entries"

    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluations.id", ondelete="CASCADE"), primary_key=True)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)


class EvaluationStep(Model):
    """One move of an evaluation: who, when, from which state to which, with what words."""

    __tablename__ = "evaluation_steps"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluations.id", ondelete="CASCADE"), index=True)
    from_state: Mapped[EvaluationState] = mapped_column(enum_type(EvaluationState, "from_state"))
    to_state: Mapped[EvaluationState] = mapped_column(enum_type(EvaluationState, "to_state"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]


class RatingMeeting(Model):
    """The branch meeting that votes on levels."""

    __tablename__ = "rating_meetings"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int] = mapped_column(ForeignKey("work_years.year"))
    held_on: Mapped[date]
    chair_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    clerk_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    notes: Mapped[str] = mapped_column(Text, default="")
    secret: Mapped[bool] = mapped_column(default=False)  # by secret ballot on the phone, else by hands
    abstains: Mapped[bool] = mapped_column(default=False)  # whoever is voted on has no ballot on themselves
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (UniqueConstraint("unit_id", "year"),)


class MeetingAttendance(Model):
    __tablename__ = "meeting_attendances"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("rating_meetings.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True)
    attendance: Mapped[Attendance] = mapped_column(enum_type(Attendance, "attendance"))


class VoteTally(Model):
    """How many hands a level got for one person in one meeting."""

    __tablename__ = "vote_tallies"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("rating_meetings.id", ondelete="CASCADE"), primary_key=True)
    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluations.id", ondelete="CASCADE"), primary_key=True)
    level: Mapped[str] = mapped_column(String(24), primary_key=True)
    votes: Mapped[int] = mapped_column(default=0)

    __table_args__ = (CheckConstraint("votes >= 0", name="not_negative"),)


class SecretBallot(Model):
    """A secret ballot on one person. While it is open its tally is told to nobody."""

    __tablename__ = "secret_ballots"

    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluations.id", ondelete="CASCADE"), primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("rating_meetings.id", ondelete="CASCADE"), index=True)
    open: Mapped[bool] = mapped_column(default=True)


class BallotVoter(Model):
    """Who may vote in a secret ballot, and whether they have; made when it opens, all at once.

    A vote changes `voted` here and one count of the tally and leaves no other trace: no row, no time, no order of the voters.
    """

    __tablename__ = "ballot_voters"

    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("secret_ballots.evaluation_id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True)
    voted: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (Index("ix_ballot_voters_member", "member_id", "voted"),)


class Proposal(Model):
    """What a branch sent up for a year, with the reason where its shares pass the cap."""

    __tablename__ = "proposals"

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    year: Mapped[int] = mapped_column(ForeignKey("work_years.year"), primary_key=True)
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    cap_reason: Mapped[str] = mapped_column(Text, default="")


class Decision(Model):
    """The bloc's decision on one branch for one year."""

    __tablename__ = "decisions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int] = mapped_column(ForeignKey("work_years.year"))
    number: Mapped[str] = mapped_column(String(40))  # as on paper: "21-QĐ/ĐTNK"
    decided_on: Mapped[date]
    decided_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]

    __table_args__ = (Index("ix_decisions_unit_year", "unit_id", "year"),)


class SecondLook(Model):
    """A member's request that a result be looked at again, and the answer; one for each decision on them."""

    __tablename__ = "second_looks"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluations.id", ondelete="CASCADE"))
    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decisions.id"))
    words: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]
    level_before: Mapped[str] = mapped_column(String(24))
    level_after: Mapped[str] = mapped_column(String(24), default="")  # empty: not answered yet
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    answered_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("evaluation_id", "decision_id"),
        Index("ix_second_looks_waiting", "answered_at"),
        CheckConstraint("(answered_at IS NULL) = (level_after = '')", name="answered_with_a_level"),
    )


class PastResult(Model):
    """A level that was decided and then replaced, with the evidence it rested on and why it was replaced."""

    __tablename__ = "past_results"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluations.id", ondelete="CASCADE"), index=True)
    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decisions.id"))
    level: Mapped[str] = mapped_column(String(24))
    snapshot: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    replaced_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    replaced_at: Mapped[datetime]
