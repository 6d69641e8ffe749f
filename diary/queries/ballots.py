"""Secret ballots as a voter's phone and the hall's screen see them: who may still vote, how many have. Never what anyone voted."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import case, func, select

from ..domain.actors import Actor
from ..domain.evaluations import Attendance
from ..domain.names import full_name
from ..domain.schemes import Scheme
from ..models.base import db
from ..models.evaluations import BallotVoter, Evaluation, MeetingAttendance, RatingMeeting, SecretBallot
from ..models.members import Member
from ..models.units import Unit
from . import years


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many of those who may vote on one person have, and whether the ballot is still open."""

    voted: int
    voters: int
    open: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A ballot this person has not given yet: on whom, and what that one says of themselves."""

    evaluation_id: UUID
    name: str
    self_level: str

    @property
    def field(self) -> str:
        """The name of its field on the page."""
        return f"level-{self.evaluation_id}"


@dataclass(frozen=True, slots=True)
class OwnHall:
    """The meeting of one's branch that goes on now, as a member's phone shows it. `voted`: open ballots given already."""

    meeting_id: UUID
    unit_name: str
    held_on: date
    secret: bool
    present: bool
    scheme: Scheme | None
    papers: tuple[Paper, ...]
    voted: int


def own_hall(actor: Actor) -> OwnHall | None:
    """The open rating meeting of the actor's branch; None where there is none, or for an account of no member."""
    if actor.member_id is None or actor.place is None:
        return None
    columns = (RatingMeeting.id, RatingMeeting.year, RatingMeeting.held_on, RatingMeeting.secret, Unit.name)
    going_on = (RatingMeeting.unit_id == actor.place.unit_id) & RatingMeeting.closed_at.is_(None)
    query = select(*columns).join(Unit, Unit.id == RatingMeeting.unit_id).where(going_on).order_by(RatingMeeting.year.desc()).limit(1)
    row = db.session.execute(query).one_or_none()
    if row is None:
        return None
    papers = _papers(row.id, actor.member_id)
    waiting = tuple(paper for paper, voted in papers if not voted)
    here = is_present(row.id, actor.member_id)
    return OwnHall(row.id, row.name, row.held_on, row.secret, here, years.scheme_of(row.year), waiting, len(papers) - len(waiting))


def is_present(meeting_id: UUID, member_id: int) -> bool:
    """Whether the member is marked as present at the meeting."""
    mark = (MeetingAttendance.meeting_id == meeting_id) & (MeetingAttendance.member_id == member_id)
    found = db.session.execute(select(MeetingAttendance.attendance).where(mark)).scalar_one_or_none()
    return found is Attendance.PRESENT


def _papers(meeting_id: UUID, member_id: int) -> list[tuple[Paper, bool]]:
    """The open ballots the member may vote in, by name, each with whether they have."""
    query = (
        select(SecretBallot.evaluation_id, Member.family_name, Member.given_name, Evaluation.self_level, BallotVoter.voted)
        .join(BallotVoter, BallotVoter.evaluation_id == SecretBallot.evaluation_id)
        .join(Evaluation, Evaluation.id == SecretBallot.evaluation_id)
        .join(Member, Member.id == Evaluation.member_id)
        .where(SecretBallot.meeting_id == meeting_id, SecretBallot.open, BallotVoter.member_id == member_id)
        .order_by(Member.sort_key, Member.id)
    )
    rows = db.session.execute(query)
    return [(Paper(key, full_name(family, given), self_level), voted) for key, family, given, self_level, voted in rows]


def turnout(meeting_id: UUID) -> dict[UUID, Turnout]:
    """How many have voted in each secret ballot of the meeting, by evaluation."""
    voted = func.coalesce(func.sum(case((BallotVoter.voted, 1), else_=0)), 0)
    query = (
        select(SecretBallot.evaluation_id, voted, func.count(BallotVoter.member_id), SecretBallot.open)
        .outerjoin(BallotVoter, BallotVoter.evaluation_id == SecretBallot.evaluation_id)
        .where(SecretBallot.meeting_id == meeting_id)
        .group_by(SecretBallot.evaluation_id, SecretBallot.open)
    )
    return {key: Turnout(voted, voters, is_open) for key, voted, voters, is_open in db.session.execute(query)}
