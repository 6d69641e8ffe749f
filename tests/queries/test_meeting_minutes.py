"""What the minutes of a rating meeting hold: who was there, who was not and why, what was said, how votes fell."""

from datetime import date

import pytest
from sqlalchemy import update

from diary.domain.errors import WrongMoment
from diary.domain.evaluations import Attendance
from diary.models.base import db
from diary.models.evaluations import RatingMeeting
from diary.models.members import Membership
from diary.queries.meeting_minutes import meeting_minutes
from diary.services import ballots, meetings
from tests import year_end
from tests.factories import YEAR, actor

TODAY = date(2026, 11, 23)


def test_minutes_tell_who_was_there_who_was_not_and_how_votes_fell(session, cast):
    new = Membership.member_id == cast.new_member.member_id
    db.session.execute(update(Membership).where(new).values(from_day=date(2026, 11, 1)))
    db.session.commit()
    meeting_id = year_end.open_meeting("secretary")
    here = (cast.secretary, cast.deputy, cast.member)
    marks = {one.member_id: Attendance.PRESENT for one in here} | {cast.member2.member_id: Attendance.EXCUSED}
    meetings.save_attendance(actor("secretary"), meeting_id, marks)
    rated = [member_id for member_id in year_end.rows(cast.member.unit_id) if member_id in marks]
    for member_id in rated:
        row = year_end.rows(cast.member.unit_id)[member_id]
        votes = {"good": 2, "done": 1} if member_id != cast.member2.member_id else {"good": 1, "done": 1}
        meetings.save_ballot(actor("secretary"), meeting_id, meetings.Ballot(row.id, votes, "Chắc chắn.", row.version))
    db.session.get_one(RatingMeeting, meeting_id).abstains = True
    db.session.commit()
    with pytest.raises(WrongMoment, match="Kết thúc họp"):
        meeting_minutes(cast.member.unit_id, YEAR, TODAY)
    meetings.close_meeting(actor("secretary"), meeting_id)

    found = meeting_minutes(cast.member.unit_id, YEAR, TODAY)
    assert (found.present, found.needed, found.majority, found.secret, found.abstains) == (3, 3, 2, False, True)
    assert [(one.name, one.words) for one in found.absent] == [("Võ Quốc Huy", "có phép")]
    assert [one.name for one in found.unrated] == ["Sơn Ngọc Rạch Thi"] and found.unrated[0].words.startswith("về chi đoàn từ 01/11/2026")
    levels = {row.name: (row.votes, row.level and row.level.letters) for row in found.rows}
    assert levels["Thạch Thị Sa Rinh"] == ((0, 2, 1, 0), "HTT")
    assert levels["Võ Quốc Huy"] == ((0, 1, 1, 0), None)


def test_minutes_know_whom_hands_were_shown_for_when_the_meeting_went_over_to_secret_ballots(session, cast):
    meeting_id = year_end.open_meeting("secretary")
    present = year_end.attend("secretary", meeting_id)
    year_end.vote("secretary", meeting_id, present)
    ballots.set_manner(actor("secretary"), meeting_id, secret=True)
    key = year_end.one("member").id
    ballots.open_ballots(actor("secretary"), meeting_id, [key])
    ballots.vote(actor("member"), key, "good")
    ballots.close_ballots(actor("secretary"), meeting_id, [key])
    meetings.close_meeting(actor("secretary"), meeting_id)
    found = meeting_minutes(cast.member.unit_id, YEAR, TODAY)
    secret = {row.name for number, row in enumerate(found.rows, 1) if number not in found.by_hands}
    assert found.secret and len(found.by_hands) == len(found.rows) - 1 and secret == {"Thạch Thị Sa Rinh"}
