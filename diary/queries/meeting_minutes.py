"""What the minutes of a branch's rating meeting hold, once it is over."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from ..domain.ballots import needed_for_quorum
from ..domain.documents import DocumentKind
from ..domain.errors import WrongMoment
from ..domain.evaluations import Attendance
from ..domain.level_names import level_names, named_level
from ..domain.meeting_minutes import MeetingMinutes, Presiding, Remark, VoteRow
from ..domain.names import full_name
from ..domain.schemes import Scheme
from ..models.base import db
from ..models.evaluations import MeetingAttendance, RatingMeeting, SecretBallot
from ..models.members import Member
from .evaluation_sheets import positions
from .evaluations.branches import MeetingFacts, Person, meeting_facts, people
from .evaluations.tables import present_count, votes_of
from .letterheads import issuer
from .proposal_lists import branch_of

_AWAY = {Attendance.EXCUSED: "có phép", Attendance.ABSENT: "không phép", None: "không điểm danh"}


def meeting_minutes(unit_id: int, year: int, day: date) -> MeetingMinutes:
    """The minutes as a paper of `day`, still without number and date: a draft.

    NotFound for a unit there is not, WrongMoment before the meeting is over and in a year without a scheme.
    """
    branch = branch_of(unit_id, year)
    scheme, facts = branch.the_scheme(), closed_meeting(unit_id, year)
    unit, everyone = issuer(unit_id, day), people(branch, facts, day)
    marks, tallies, present = _marks(facts), votes_of(facts.id), present_count(facts.id)
    rated = [person for person in everyone if person.rated]
    chair, clerk, meeting = _presiding(facts, positions(unit_id, facts.held_on))
    secret = _secretly(facts)
    return MeetingMinutes(
        year=year,
        letterhead=unit.letterhead(DocumentKind.MINUTES),
        branch=unit.name,
        held_on=facts.held_on,
        levels=level_names(scheme),
        rows=tuple(_voted_on(person, scheme, tallies) for person in rated),
        present=sum(marks.get(person.member_id) is Attendance.PRESENT for person in rated),
        needed=needed_for_quorum(len(rated)),
        majority=present // 2 + 1,
        secret=bool(secret),
        abstains=meeting.abstains,
        absent=tuple(_away(person, marks) for person in rated if marks.get(person.member_id) is not Attendance.PRESENT),
        unrated=tuple(Remark(person.name, _lowered(person.eligibility.reason)) for person in everyone if not person.rated),
        chair=chair,
        clerk=clerk,
        notes=meeting.notes,
        by_hands=tuple(n for n, person in enumerate(rated, 1) if secret and person.evaluation_id not in secret),
    )


def closed_meeting(unit_id: int, year: int) -> MeetingFacts:
    """The branch's meeting of the year; WrongMoment while there is none, or it is still open."""
    facts = meeting_facts(unit_id, year)
    if facts is None or not facts.closed:
        raise WrongMoment("Biên bản lập sau khi bí thư bấm Kết thúc họp ở trang Họp xét xếp loại.")
    return facts


def _voted_on(person: Person, scheme: Scheme, tallies: Mapping[UUID, Mapping[str, int]]) -> VoteRow:
    hands = tallies.get(person.evaluation_id, {}) if person.evaluation_id else {}
    return VoteRow(person.name, tuple(hands.get(level.code, 0) for level in scheme.levels), named_level(scheme, person.vote_level))


def _secretly(facts: MeetingFacts) -> frozenset[UUID]:
    """On whom the votes that count were cast secretly: hands that are counted anew take their ballot away."""
    return frozenset(db.session.execute(select(SecretBallot.evaluation_id).where(SecretBallot.meeting_id == facts.id)).scalars())


def _away(person: Person, marks: Mapping[int, Attendance]) -> Remark:
    return Remark(person.name, _AWAY[marks.get(person.member_id)])


def _lowered(reason: str) -> str:
    return reason[:1].lower() + reason[1:]


def _marks(facts: MeetingFacts) -> dict[int, Attendance]:
    query = select(MeetingAttendance.member_id, MeetingAttendance.attendance).where(MeetingAttendance.meeting_id == facts.id)
    return {row[0]: row[1] for row in db.session.execute(query)}


def _presiding(facts: MeetingFacts, posts: Mapping[int, str]) -> tuple[Presiding, Presiding, Any]:
    """Who chairs, who keeps the minutes, and the row that says what was discussed and how it was voted."""
    chair, clerk = aliased(Member), aliased(Member)
    names: Any = (chair.id, chair.family_name, chair.given_name, clerk.id, clerk.family_name, clerk.given_name)
    query = select(*names, RatingMeeting.notes, RatingMeeting.abstains).select_from(RatingMeeting)
    query = query.outerjoin(chair, chair.id == RatingMeeting.chair_id).outerjoin(clerk, clerk.id == RatingMeeting.clerk_id)
    row = db.session.execute(query.where(RatingMeeting.id == facts.id)).one()
    return _named(row[:3], posts), _named(row[3:6], posts), row


def _named(person: Any, posts: Mapping[int, str]) -> Presiding:
    member_id, family, given = person
    return Presiding() if member_id is None else Presiding(full_name(family, given), posts.get(member_id, ""))
