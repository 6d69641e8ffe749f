"""The rating meeting as the hall sees it: who is there, and one person at a time with figures, chosen entries and hands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from ..domain.actors import Actor
from ..domain.ballots import needed_for_quorum, vote_level
from ..domain.errors import NotFound
from ..domain.evaluations import BEFORE_THE_MEETING, Attendance
from ..domain.names import full_name
from ..domain.permissions import Action
from ..domain.schemes import Scheme
from ..domain.year_figures import YearFigures
from ..models.base import db
from ..models.evaluations import Evaluation, MeetingAttendance, RatingMeeting
from ..models.members import Member
from .ballots import Turnout, turnout
from .evaluations.branches import Branch, MeetingFacts, Person, load_branch, meeting_facts, people
from .evaluations.own import ChosenEntry, chosen_entries
from .evaluations.tables import votes_of
from .figures import year_figures


@dataclass(frozen=True, slots=True)
class Turn:
    """The person whose turn it is: what is shown of them, and what was counted so far."""

    number: int
    person: Person
    figures: YearFigures
    best: tuple[ChosenEntry, ...]
    branch_words: str
    votes: Mapping[str, int]
    ballot: Turnout | None = None  # the secret ballot on this person, once there is one

    @property
    def counted(self) -> int:
        return sum(self.votes.values())

    @property
    def open(self) -> bool:
        """Whether hands are still counted for this person."""
        return self.person.state in BEFORE_THE_MEETING


@dataclass(frozen=True, slots=True)
class Attendee:
    person: Person
    attendance: Attendance | None
    votes: Mapping[str, int]
    ballot: Turnout | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting of a branch and year. `attendees` are those to be rated, by name; `turn` None where there is nobody."""

    branch: Branch
    scheme: Scheme
    facts: MeetingFacts
    chair: str
    clerk: str
    notes: str
    secret: bool  # by secret ballot on the phone, else by hands
    attendees: tuple[Attendee, ...]
    unrated: tuple[Person, ...]
    turn: Turn | None

    @property
    def present(self) -> int:
        return sum(one.attendance is Attendance.PRESENT for one in self.attendees)

    @property
    def needed(self) -> int:
        return needed_for_quorum(len(self.attendees))

    @property
    def unmarked(self) -> int:
        """How many have no mark of attendance yet."""
        return sum(one.attendance is None for one in self.attendees)

    @property
    def voted(self) -> int:
        return sum(bool(one.votes) or one.person.state not in BEFORE_THE_MEETING for one in self.attendees)

    def to_vote_on(self) -> tuple[UUID, ...]:
        """The evaluations that have no vote yet and none open."""
        left = (one for one in self.attendees if one.person.state in BEFORE_THE_MEETING and not one.votes)
        return tuple(_id(one.person) for one in left if not (one.ballot and one.ballot.open))

    @property
    def open_ballots(self) -> int:
        """How many secret ballots are open now."""
        return sum(bool(one.ballot and one.ballot.open) for one in self.attendees)

    def named(self, attendance: Attendance) -> tuple[str, ...]:
        """The names of those with that mark."""
        return tuple(one.person.name for one in self.attendees if one.attendance is attendance)

    def level_of(self, votes: Mapping[str, int]) -> str:
        """The level more than half of those present voted for, "" when none."""
        return vote_level(votes, self.present)

    def beside(self, step: int) -> UUID | None:
        """The evaluation before (-1) or after (1) the one whose turn it is, None at the ends."""
        place = (self.turn.number if self.turn else 0) - 1 + step
        return self.attendees[place].person.evaluation_id if 0 <= place < len(self.attendees) else None


def load_meeting_branch(actor: Actor, meeting_id: UUID) -> Branch:
    """The branch a meeting belongs to, for its officers; NotFound to a stranger, NotAllowed to a wrong role."""
    query = select(RatingMeeting.unit_id, RatingMeeting.year).where(RatingMeeting.id == meeting_id)
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound()
    return load_branch(actor, Action.EVALUATION_PROPOSE, row.unit_id, row.year)


def meeting_of(branch: Branch, today: date, evaluation_id: UUID | None = None) -> Meeting | None:
    """The branch's meeting with the turn of the person asked for, or of the first without a vote; None before it was opened.

    NotFound for an evaluation the meeting does not rate.
    """
    facts = meeting_facts(branch.id, branch.year)
    if facts is None:
        return None
    scheme, everyone = branch.the_scheme(), people(branch, facts, today)
    tallies, marks, ballots = votes_of(facts.id), _marks(facts.id), turnout(facts.id)
    rated = [person for person in everyone if person.rated and person.evaluation_id is not None]
    attendees = tuple(_attendee(person, marks, tallies, ballots) for person in rated)
    chair, clerk, notes, secret = _people_of(facts.id)
    return Meeting(
        branch, scheme, facts, chair, clerk, notes, secret, attendees,
        unrated=tuple(person for person in everyone if not person.rated),
        turn=_turn(attendees, branch.year, today, evaluation_id),
    )  # fmt: skip


def _attendee(
    person: Person, marks: Mapping[int, Attendance], tallies: Mapping[UUID, Mapping[str, int]], ballots: Mapping[UUID, Turnout]
) -> Attendee:
    return Attendee(person, marks.get(person.member_id), tallies.get(_id(person), {}), ballots.get(_id(person)))


def _id(person: Person) -> UUID:
    assert person.evaluation_id is not None
    return person.evaluation_id


def _turn(attendees: tuple[Attendee, ...], year: int, today: date, wanted: UUID | None) -> Turn | None:
    places = {_id(one.person): place for place, one in enumerate(attendees)}
    if wanted is not None and wanted not in places:
        raise NotFound()
    if not attendees:
        return None
    waiting = (key for key, place in places.items() if not (attendees[place].votes or attendees[place].ballot))
    key = wanted or next(waiting, _id(attendees[0].person))
    one = attendees[places[key]]
    figures = year_figures([one.person.member_id], year, today)[one.person.member_id]
    words = db.session.execute(select(Evaluation.branch_words).where(Evaluation.id == key)).scalar_one()
    return Turn(places[key] + 1, one.person, figures, chosen_entries(key), words, one.votes, one.ballot)


def _marks(meeting_id: UUID) -> dict[int, Attendance]:
    query = select(MeetingAttendance.member_id, MeetingAttendance.attendance).where(MeetingAttendance.meeting_id == meeting_id)
    return {row[0]: row[1] for row in db.session.execute(query)}


def _people_of(meeting_id: UUID) -> tuple[str, str, str, bool]:
    """Who chairs, who keeps the minutes, what was discussed, and whether ballots are secret."""
    chair, clerk = aliased(Member), aliased(Member)
    query: Any = (
        select(chair.family_name, chair.given_name, clerk.family_name, clerk.given_name, RatingMeeting.notes, RatingMeeting.secret)
        .select_from(RatingMeeting)
        .outerjoin(chair, chair.id == RatingMeeting.chair_id)
        .outerjoin(clerk, clerk.id == RatingMeeting.clerk_id)
        .where(RatingMeeting.id == meeting_id)
    )
    first, second, third, fourth, notes, secret = db.session.execute(query).one()
    return full_name(first or "", second or "").strip(), full_name(third or "", fourth or "").strip(), notes, secret


def going_on(actor: Actor, unit_id: int, today: date) -> Meeting | None:
    """The open meeting of a unit, for its officers; None when none is open."""
    query = select(RatingMeeting.id).where(RatingMeeting.unit_id == unit_id, RatingMeeting.closed_at.is_(None))
    meeting_id = db.session.execute(query.order_by(RatingMeeting.year.desc()).limit(1)).scalar()
    return meeting_of(load_meeting_branch(actor, meeting_id), today) if meeting_id else None


@dataclass(frozen=True, slots=True)
class Opening:
    """What the form that opens a meeting offers: the branch's members by name, and who may preside."""

    members: tuple[tuple[int, str], ...]
    rated: int
    unrated: tuple[Person, ...]


def opening(branch: Branch, today: date) -> Opening:
    """What there is before the meeting of the branch is opened."""
    everyone = people(branch, None, today)
    members = tuple((person.member_id, person.name) for person in everyone)
    return Opening(members, sum(person.rated for person in everyone), tuple(person for person in everyone if not person.rated))
