"""The rating meeting as the hall sees it: who is there, and one person at a time with figures, chosen entries and hands."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from ..domain.actors import Actor, Post
from ..domain.ballots import Voters, needed_for_quorum, vote_level, voters_on
from ..domain.errors import NotFound
from ..domain.evaluations import BEFORE_THE_MEETING, Attendance
from ..domain.measures import MEMBER_MEASURES, Measure, Measured
from ..domain.names import full_name
from ..domain.permissions import Action
from ..domain.schemes import Scheme
from ..domain.suggestions import Suggestion, suggest
from ..domain.transfers import EarlierStay
from ..domain.year_figures import YearFigures
from ..models.accounts import Account, Appointment
from ..models.base import db
from ..models.evaluations import Evaluation, MeetingAttendance, RatingMeeting
from ..models.members import Member
from .ballots import Turnout, turnout
from .evaluations.branches import Branch, MeetingFacts, Person, load_branch, meeting_facts, people
from .evaluations.own import ChosenEntry, chosen_entries
from .evaluations.tables import votes_of
from .figures import year_figures
from .measures import member_measures, sick_days
from .transfers import earlier_stays

_CLERKS = (Post.DEPUTY_SECRETARY, Post.COMMITTEE_MEMBER, Post.SECRETARY)


@dataclass(frozen=True, slots=True)
class Turn:
    """The person whose turn it is: what is shown of them, and what was counted so far."""

    number: int
    person: Person
    figures: YearFigures
    best: tuple[ChosenEntry, ...]
    branch_words: str
    votes: Mapping[str, int]
    voters: Voters
    measures: Mapping[str, Measured]  # by code, in the order they are shown; what nothing is known of is among them
    suggestion: Suggestion
    earlier: tuple[EarlierStay, ...]
    ballot: Turnout | None = None  # the secret ballot on this person, once there is one

    @property
    def known(self) -> tuple[tuple[Measure, Measured], ...]:
        """What the year's books and registers say, each with what it is called."""
        return tuple((MEMBER_MEASURES[code], one) for code, one in self.measures.items() if one.value is not None)

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
    abstains: bool  # whoever is voted on does not vote on themselves
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
        return len(self.attendees) - len(self.waiting)

    def to_vote_on(self) -> tuple[UUID, ...]:
        """The evaluations that have no vote yet and none open."""
        return tuple(_id(one.person) for one in self.waiting if not (one.ballot and one.ballot.open))

    @property
    def waiting(self) -> tuple[Attendee, ...]:
        """Those nobody has voted on yet, by name."""
        return tuple(one for one in self.attendees if one.person.state in BEFORE_THE_MEETING and not one.votes)

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

    def after(self) -> UUID | None:
        """Whose turn comes once this one is done: the next by name; after the last, the first nobody has voted on; None when all are."""
        return self.beside(1) or next((one.person.evaluation_id for one in self.waiting), None)


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
    presiding = _presiding(facts.id)
    return Meeting(
        branch, scheme, facts, *presiding, attendees,
        unrated=tuple(person for person in everyone if not person.rated),
        turn=_turn(branch, attendees, today, evaluation_id, abstains=presiding[-1]),
    )  # fmt: skip


def _attendee(
    person: Person, marks: Mapping[int, Attendance], tallies: Mapping[UUID, Mapping[str, int]], ballots: Mapping[UUID, Turnout]
) -> Attendee:
    return Attendee(person, marks.get(person.member_id), tallies.get(_id(person), {}), ballots.get(_id(person)))


def _id(person: Person) -> UUID:
    assert person.evaluation_id is not None
    return person.evaluation_id


def _turn(branch: Branch, attendees: tuple[Attendee, ...], today: date, wanted: UUID | None, *, abstains: bool) -> Turn | None:
    places = {_id(one.person): place for place, one in enumerate(attendees)}
    if wanted is not None and wanted not in places:
        raise NotFound()
    if not attendees:
        return None
    waiting = (key for key, place in places.items() if not (attendees[place].votes or attendees[place].ballot))
    key = wanted or next(waiting, _id(attendees[0].person))
    one = attendees[places[key]]
    present = sum(other.attendance is Attendance.PRESENT for other in attendees)
    by_hands = voters_on(present, left_out=abstains and one.attendance is Attendance.PRESENT)
    voters = Voters(present, one.ballot.voters) if one.ballot else by_hands
    return _with_evidence(branch, places[key] + 1, one, voters, today)


def _with_evidence(branch: Branch, number: int, one: Attendee, voters: Voters, today: date) -> Turn:
    key, member_id, year = _id(one.person), one.person.member_id, branch.year
    measures = member_measures([member_id], year, today)[member_id]
    return Turn(
        number, one.person, year_figures([member_id], year, today)[member_id], chosen_entries(key),
        branch_words=db.session.execute(select(Evaluation.branch_words).where(Evaluation.id == key)).scalar_one(),
        votes=one.votes,
        voters=voters,
        measures=measures,
        suggestion=suggest(branch.the_scheme(), measures, sick_days([member_id], year)[member_id]),
        earlier=earlier_stays([member_id], year, branch.id).get(member_id, ()),
        ballot=one.ballot,
    )  # fmt: skip


def _marks(meeting_id: UUID) -> dict[int, Attendance]:
    query = select(MeetingAttendance.member_id, MeetingAttendance.attendance).where(MeetingAttendance.meeting_id == meeting_id)
    return {row[0]: row[1] for row in db.session.execute(query)}


def _presiding(meeting_id: UUID) -> tuple[str, str, str, bool, bool]:
    """Who chairs, who keeps the minutes, what was discussed, whether ballots are secret, whether the one concerned does not vote."""
    chair, clerk = aliased(Member), aliased(Member)
    names = (chair.family_name, chair.given_name, clerk.family_name, clerk.given_name)
    query: Any = (
        select(*names, RatingMeeting.notes, RatingMeeting.secret, RatingMeeting.abstains)
        .select_from(RatingMeeting)
        .outerjoin(chair, chair.id == RatingMeeting.chair_id)
        .outerjoin(clerk, clerk.id == RatingMeeting.clerk_id)
        .where(RatingMeeting.id == meeting_id)
    )
    first, second, third, fourth, *manner = db.session.execute(query).one()
    return full_name(first or "", second or "").strip(), full_name(third or "", fourth or "").strip(), *manner


def going_on(actor: Actor, unit_id: int, today: date) -> Meeting | None:
    """The open meeting of a unit, for its officers; None when none is open."""
    query = select(RatingMeeting.id).where(RatingMeeting.unit_id == unit_id, RatingMeeting.closed_at.is_(None))
    meeting_id = db.session.execute(query.order_by(RatingMeeting.year.desc()).limit(1)).scalar()
    return meeting_of(load_meeting_branch(actor, meeting_id), today) if meeting_id else None


@dataclass(frozen=True, slots=True)
class Opening:
    """What the form that opens a meeting offers: the branch's members by name, and who could keep the minutes (0: nobody to name)."""

    members: tuple[tuple[int, str], ...]
    rated: int
    unrated: tuple[Person, ...]
    clerk_id: int


def opening(branch: Branch, today: date, chair_id: int | None = None) -> Opening:
    """What there is before the meeting of the branch is opened, when `chair_id` chairs it."""
    everyone = people(branch, None, today)
    members = tuple((person.member_id, person.name) for person in everyone)
    clerk_id = _clerk(branch, today, {person.member_id for person in everyone} - {chair_id})
    return Opening(members, sum(person.rated for person in everyone), tuple(person for person in everyone if not person.rated), clerk_id)


def _clerk(branch: Branch, today: date, members: Collection[int | None]) -> int:
    """Who kept the minutes of the branch's last meeting, else another officer of it, the deputy first."""
    before = select(RatingMeeting.clerk_id).where(RatingMeeting.unit_id == branch.id, RatingMeeting.clerk_id.in_(members))
    here = (Appointment.unit_id == branch.id) & (Appointment.from_day <= today) & Appointment.post.in_(_CLERKS)
    held = here & (Appointment.to_day.is_(None) | (Appointment.to_day >= today)) & Account.member_id.in_(members)
    officers = select(Appointment.post, Account.member_id).join(Account, Account.id == Appointment.account_id).where(held)
    last: int | None = db.session.execute(before.order_by(RatingMeeting.year.desc()).limit(1)).scalar()
    ranked = sorted((_CLERKS.index(post), member_id) for post, member_id in db.session.execute(officers))
    return last or next((member_id for _, member_id in ranked if member_id), 0)
