"""Secret ballots of a rating meeting: opening one, voting, closing it.

A vote keeps no row of its own: one transaction sets that the voter has voted and adds one to a count, writes no audit line and no time.
What was voted is told to nobody before the ballot is closed, and by whom never.
"""

import hashlib
import hmac
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from ..domain.actors import Actor
from ..domain.ballots import require_quorum
from ..domain.errors import BadInput, NotFound, WrongMoment
from ..domain.evaluations import BEFORE_THE_MEETING, Attendance
from ..models.base import db, run, table_of
from ..models.evaluations import BallotVoter, Evaluation, MeetingAttendance, RatingMeeting, SecretBallot, VoteTally
from ..queries.evaluations.branches import Person
from ..queries.evaluations.tables import present_count
from . import audit
from .ballot_voters import seat_voters, voters
from .meetings import open_sitting, rated_people
from .transaction import happening, happening_of_one_row

CODE_LETTERS = 12  # of the code that stands in the QR of the hall
VOTED_BEFORE = "Bạn đã bỏ phiếu cho người này. Phiếu kín không xem lại và không sửa được."
NOT_OPEN = "Phiếu này không mở. Hãy chờ chủ trì mở phiếu."


@happening
def open_ballots(actor: Actor, meeting_id: UUID, evaluation_ids: Collection[UUID]) -> int:
    """Open a secret ballot on each of these persons, for everyone present; how many were opened. A closed one is voted on anew.

    WrongMoment without a quorum, after the meeting, or in one that votes by hands. NotFound for someone the meeting does not rate.
    """
    meeting, branch = open_sitting(actor, meeting_id)
    people = {person.evaluation_id: person for person in rated_people(branch, meeting)}
    if not set(evaluation_ids) <= set(people):
        raise NotFound()
    if not meeting.secret:
        raise WrongMoment("Cuộc họp này biểu quyết bằng giơ tay. Hãy chuyển sang bỏ phiếu kín trước.")
    require_quorum(present_count(meeting_id), len(people))
    already = set(
        db.session.execute(select(SecretBallot.evaluation_id).where(SecretBallot.meeting_id == meeting_id, SecretBallot.open)).scalars()
    )
    wanted = [people[key] for key in evaluation_ids if key not in already and people[key].state in BEFORE_THE_MEETING]
    levels = [level.code for level in branch.the_scheme().levels]
    for person in wanted:
        _open_one(meeting, person, levels)
    if wanted:
        audit.record(actor, "ballot_open", "rating_meeting", meeting_id, branch.id, fields=[len(wanted)])
    return len(wanted)


def _open_one(meeting: RatingMeeting, person: Person, levels: Sequence[str]) -> None:
    key = person.evaluation_id
    db.session.execute(delete(SecretBallot).where(SecretBallot.evaluation_id == key))
    db.session.execute(delete(VoteTally).where(VoteTally.meeting_id == meeting.id, VoteTally.evaluation_id == key))
    run(insert(table_of(SecretBallot)), {"evaluation_id": key, "meeting_id": meeting.id, "open": True})
    tally = {"meeting_id": meeting.id, "evaluation_id": key, "votes": 0}
    run(insert(table_of(VoteTally)), [tally | {"level": level} for level in levels])
    seats = [{"evaluation_id": key, "member_id": member_id, "voted": False} for member_id in voters(meeting, person.member_id)]
    run(insert(table_of(BallotVoter)), seats)


@happening_of_one_row
def vote(actor: Actor, evaluation_id: UUID, level: str) -> None:
    """Give one's vote on a person: the flag of the voter and one count change, nothing else, and nobody is told.

    NotFound for who has no ballot on this person, WrongMoment when it is closed or they voted before, BadInput for no level of the scheme.
    """
    voter = (BallotVoter.evaluation_id == evaluation_id) & (BallotVoter.member_id == actor.member_id)
    held = select(SecretBallot.open).where(SecretBallot.evaluation_id == evaluation_id).with_for_update(read=True)
    is_open = db.session.execute(held).scalar_one_or_none()  # held until the vote is in: closing waits for it
    voted = db.session.execute(select(BallotVoter.voted).where(voter)).scalar_one_or_none()
    if voted is None:
        raise NotFound()
    if voted:
        raise WrongMoment(VOTED_BEFORE)
    if not is_open:
        raise WrongMoment(NOT_OPEN)
    flag = update(BallotVoter).where(voter, BallotVoter.voted.is_(False)).values(voted=True)
    if run(flag).rowcount != 1:
        raise WrongMoment(VOTED_BEFORE)
    count = update(VoteTally).where(VoteTally.evaluation_id == evaluation_id, VoteTally.level == level)
    if run(count.values(votes=VoteTally.votes + 1)).rowcount != 1:
        raise BadInput("level", "Hãy chọn một mức.")


@happening
def close_ballots(actor: Actor, meeting_id: UUID, evaluation_ids: Collection[UUID]) -> int:
    """Close these ballots, so that their counts are told; how many were open. WrongMoment while nobody has voted in one."""
    _, branch = open_sitting(actor, meeting_id)
    query = select(SecretBallot).where(SecretBallot.meeting_id == meeting_id, SecretBallot.evaluation_id.in_(evaluation_ids))
    ballots = [row for row in db.session.execute(query.with_for_update()).scalars() if row.open]
    for ballot in ballots:
        voted = select(BallotVoter.member_id).where(BallotVoter.evaluation_id == ballot.evaluation_id, BallotVoter.voted).limit(1)
        if db.session.execute(voted).first() is None:
            raise WrongMoment("Chưa ai bỏ phiếu nên chưa đóng phiếu được.")
        ballot.open = False
        _write_anew(ballot.evaluation_id)
    if ballots:
        audit.record(actor, "ballot_close", "rating_meeting", meeting_id, branch.id, fields=[len(ballots)])
    return len(ballots)


def _write_anew(evaluation_id: UUID) -> None:
    """Put voters and counts of a closed ballot down again, in the order of their keys.

    A database may keep a changed row in a new place, with the number of the transaction that changed it: the places would tell in which
    order people voted, and the numbers which count the last of them moved.
    """
    for model, key in ((BallotVoter, BallotVoter.member_id), (VoteTally, VoteTally.level)):
        table = table_of(model)
        rows = db.session.execute(select(table).where(table.c.evaluation_id == evaluation_id).order_by(key)).mappings().all()
        run(delete(table).where(table.c.evaluation_id == evaluation_id))
        run(insert(table), [dict(row) for row in rows])


@happening
def set_manner(actor: Actor, meeting_id: UUID, *, secret: bool) -> None:
    """Let the meeting vote by secret ballot, or by hands. WrongMoment while a ballot is open."""
    meeting, branch = open_sitting(actor, meeting_id)
    if meeting.secret is secret:
        return
    opened = select(SecretBallot.evaluation_id).where(SecretBallot.meeting_id == meeting_id, SecretBallot.open).limit(1)
    if db.session.execute(opened).first() is not None:
        raise WrongMoment("Đang có phiếu mở. Hãy đóng phiếu trước rồi đổi cách biểu quyết.")
    meeting.secret = secret
    meeting.version += 1
    audit.record(actor, "meeting_manner", "rating_meeting", meeting_id, branch.id, fields=["secret" if secret else "hands"])


@happening
def come_in(actor: Actor, meeting_id: UUID) -> None:
    """Note oneself as present, as who stands in the hall and reads its QR may. NotFound for who is not rated by this meeting.

    WrongMoment after the meeting. Again changes nothing.
    """
    meeting = db.session.get(RatingMeeting, meeting_id)
    mine = (Evaluation.member_id == actor.member_id) & (Evaluation.year == (meeting.year if meeting else 0))
    row = db.session.execute(select(Evaluation.unit_id).where(mine)).scalar_one_or_none()
    if meeting is None or row != meeting.unit_id or actor.member_id is None:
        raise NotFound()
    if meeting.closed_at is not None:
        raise WrongMoment("Cuộc họp đã kết thúc.")
    mark = db.session.get(MeetingAttendance, (meeting_id, actor.member_id))
    if mark is not None and mark.attendance is Attendance.PRESENT:
        return
    if mark is None:
        db.session.add(MeetingAttendance(meeting_id=meeting_id, member_id=actor.member_id, attendance=Attendance.PRESENT))
    else:
        mark.attendance = Attendance.PRESENT
    db.session.flush()
    seat_voters(meeting)
    audit.record(actor, "meeting_come_in", "rating_meeting", meeting_id, meeting.unit_id, fields=["attendance"])


def hall_code(meeting_id: UUID, key: str) -> str:
    """The code in the hall's QR: who has it stands before the screen, or was sent it by someone who does. `key` is the secret key."""
    return hmac.new(key.encode(), b"hall:" + meeting_id.bytes, hashlib.sha256).hexdigest()[:CODE_LETTERS]


def is_hall_code(meeting_id: UUID, typed: str, key: str) -> bool:
    """Whether `typed` is the code of the meeting's hall."""
    return hmac.compare_digest(hall_code(meeting_id, key).encode(), typed.encode())
