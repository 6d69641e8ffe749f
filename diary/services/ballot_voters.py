"""Who may vote in the secret ballots of a rating meeting: those who are present."""

from sqlalchemy import func, select

from ..domain.ballots import Voters
from ..domain.errors import BadInput
from ..domain.evaluations import Attendance
from ..models.base import db
from ..models.evaluations import BallotVoter, Evaluation, MeetingAttendance, RatingMeeting, SecretBallot


def voters(meeting: RatingMeeting, concerned: int) -> list[int]:
    """The members present, by id; without the one concerned where the meeting says so."""
    here = (MeetingAttendance.meeting_id == meeting.id) & (MeetingAttendance.attendance == Attendance.PRESENT)
    present = db.session.execute(select(MeetingAttendance.member_id).where(here).order_by(MeetingAttendance.member_id)).scalars()
    return [member_id for member_id in present if not (meeting.abstains and member_id == concerned)]


def counted_voters(meeting: RatingMeeting, concerned: int) -> Voters:
    """How many are present, and how many of them vote on the one concerned."""
    here = (MeetingAttendance.meeting_id == meeting.id) & (MeetingAttendance.attendance == Attendance.PRESENT)
    present = db.session.execute(select(func.count()).where(here)).scalar_one()
    return Voters(present, len(voters(meeting, concerned)))


def seat_voters(meeting: RatingMeeting) -> None:
    """Let the voters of the open ballots be those present: who came later may vote too, who turned out to be absent may not.

    For a happening that changed the attendance. BadInput when someone marked absent has voted already.
    """
    opened = db.session.execute(
        select(SecretBallot.evaluation_id, Evaluation.member_id)
        .join(Evaluation, Evaluation.id == SecretBallot.evaluation_id)
        .where(SecretBallot.meeting_id == meeting.id, SecretBallot.open)
    ).all()
    for evaluation_id, concerned in opened:
        wanted = set(voters(meeting, concerned))
        seated = {
            row.member_id: row
            for row in db.session.execute(select(BallotVoter).where(BallotVoter.evaluation_id == evaluation_id)).scalars()
        }
        for member_id in sorted(seated.keys() - wanted):
            if seated[member_id].voted:
                raise BadInput("attendance", "Có người đã bỏ phiếu kín nên không ghi vắng mặt được. Hãy xem lại điểm danh.")
            db.session.delete(seated[member_id])
        db.session.add_all(
            [BallotVoter(evaluation_id=evaluation_id, member_id=member_id, voted=False) for member_id in sorted(wanted - seated.keys())]
        )
    db.session.flush()
