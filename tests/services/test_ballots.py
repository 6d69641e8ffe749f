"""Secret ballots: who may vote, what a vote leaves behind, and what is told when."""

from collections import Counter

import pytest
from sqlalchemy import select, text

from diary.domain.errors import BadInput, NotFound, WrongMoment
from diary.domain.evaluations import Attendance
from diary.models.base import db
from diary.models.evaluations import BallotVoter, MeetingAttendance, RatingMeeting, SecretBallot, VoteTally
from diary.queries.ballots import own_hall, turnout
from diary.queries.evaluations.tables import votes_of
from diary.services import ballots, meetings
from tests import year_end
from tests.factories import actor

LEVEL = "good"


@pytest.fixture
def sitting(session, cast):
    """A meeting by secret ballot where 4 of 5 are present; its id, and the evaluations by name."""
    meeting_id = year_end.open_meeting("secretary")
    year_end.attend("secretary", meeting_id, absent=1)
    ballots.set_manner(actor("secretary"), meeting_id, secret=True)
    return meeting_id


def present(meeting_id):
    here = (MeetingAttendance.meeting_id == meeting_id) & (MeetingAttendance.attendance == Attendance.PRESENT)
    return set(db.session.execute(select(MeetingAttendance.member_id).where(here)).scalars())


def names_present(meeting_id, cast):
    return [
        name for name in ("secretary", "deputy", "member", "member2", "new_member") if getattr(cast, name).member_id in present(meeting_id)
    ]


def opened(meeting_id, name="member"):
    key = year_end.one(name).id
    ballots.open_ballots(actor("secretary"), meeting_id, [key])
    return key


def dump():
    """Every row of every table, as text."""
    rows = Counter()
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(select(table)):
            rows[table.name, tuple(map(str, row))] += 1
    db.session.rollback()
    return rows


def test_a_closed_ballot_does_not_tell_in_its_rows_who_voted_when(sitting, cast):
    key = opened(sitting)
    names = names_present(sitting, cast)
    for name in sorted(names, key=lambda name: -getattr(cast, name).member_id)[:-1]:
        ballots.vote(actor(name), key, LEVEL)
    counted = dump()
    ballots.close_ballots(actor("secretary"), sitting, [key])
    place = "ctid" if db.engine.dialect.name == "postgresql" else "rowid"
    members = list(db.session.execute(text(f"SELECT member_id FROM ballot_voters ORDER BY {place}")).scalars())
    assert members == sorted(members) and len(members) == len(names)
    if place == "ctid":
        written = db.session.execute(text("SELECT CAST(xmin AS TEXT) FROM ballot_voters UNION SELECT CAST(xmin AS TEXT) FROM vote_tallies"))
        assert len(written.all()) == 1, "no row names the transaction of a vote"
    assert {"ballot_voters", "vote_tallies"}.isdisjoint(table for table, _ in dump() - counted), "what they say is the same"


def test_a_vote_changes_the_voter_s_flag_and_one_count_and_nothing_else(sitting, cast):
    key = opened(sitting)
    voter = actor(names_present(sitting, cast)[0])
    before = dump()
    ballots.vote(voter, key, LEVEL)
    after = dump()
    gone, come = before - after, after - before
    assert sorted(table for table, _ in come) == ["ballot_voters", "vote_tallies"] == sorted(table for table, _ in gone)
    (flag,) = (row for table, row in come if table == "ballot_voters")
    assert flag == (str(key), str(voter.member_id), "True")
    (tally,) = (row for table, row in come if table == "vote_tallies")
    assert tally == (str(sitting), str(key), LEVEL, "1")


def test_nobody_is_told_the_counts_before_the_ballot_is_closed(sitting, cast):
    key = opened(sitting)
    for name in names_present(sitting, cast):
        ballots.vote(actor(name), key, LEVEL)
    assert key not in votes_of(sitting)
    assert (turnout(sitting)[key].voted, turnout(sitting)[key].voters) == (4, 4)
    ballots.close_ballots(actor("secretary"), sitting, [key])
    assert votes_of(sitting)[key][LEVEL] == 4
    voted = db.session.execute(select(BallotVoter.voted).where(BallotVoter.evaluation_id == key)).scalars()
    assert sum(votes_of(sitting)[key].values()) == sum(voted)


def test_a_second_vote_is_refused_and_not_counted(sitting, cast):
    key, voter = opened(sitting), actor(names_present(sitting, cast)[0])
    ballots.vote(voter, key, LEVEL)
    with pytest.raises(WrongMoment, match="đã bỏ phiếu"):
        ballots.vote(voter, key, "done")
    ballots.close_ballots(actor("secretary"), sitting, [key])
    assert sum(votes_of(sitting)[key].values()) == 1


def test_an_unknown_level_is_refused_and_the_voter_may_vote_again(sitting, cast):
    key, voter = opened(sitting), actor(names_present(sitting, cast)[0])
    with pytest.raises(BadInput):
        ballots.vote(voter, key, "khong-co")
    ballots.vote(voter, key, LEVEL)


@pytest.mark.parametrize("name", ["other_secretary", "stranger", "administrator", "base_secretary"])
def test_who_is_not_of_the_branch_has_no_ballot(sitting, cast, name):
    with pytest.raises(NotFound):
        ballots.vote(actor(name), opened(sitting), LEVEL)


def test_who_is_absent_has_no_ballot_until_they_come(sitting, cast):
    key = opened(sitting)
    late = next(name for name in ("secretary", "deputy", "member", "member2", "new_member") if name not in names_present(sitting, cast))
    with pytest.raises(NotFound):
        ballots.vote(actor(late), key, LEVEL)
    ballots.come_in(actor(late), sitting)
    ballots.come_in(actor(late), sitting)
    ballots.vote(actor(late), key, LEVEL)
    assert turnout(sitting)[key].voters == 5


def test_who_voted_cannot_be_marked_absent_and_who_did_not_loses_the_ballot(sitting, cast):
    key = opened(sitting)
    first, second, *_ = names_present(sitting, cast)
    ballots.vote(actor(first), key, LEVEL)
    with pytest.raises(BadInput, match="đã bỏ phiếu kín"):
        meetings.save_attendance(actor("secretary"), sitting, {getattr(cast, first).member_id: Attendance.ABSENT})
    meetings.save_attendance(actor("secretary"), sitting, {getattr(cast, second).member_id: Attendance.ABSENT})
    assert turnout(sitting)[key].voters == 3


def test_where_the_meeting_says_so_nobody_votes_on_themselves(sitting, cast):
    name = names_present(sitting, cast)[0]
    db.session.get_one(RatingMeeting, sitting).abstains = True
    db.session.commit()
    key = opened(sitting, name)
    with pytest.raises(NotFound):
        ballots.vote(actor(name), key, LEVEL)
    assert turnout(sitting)[key].voters == 3


def test_a_closed_ballot_takes_no_vote_and_one_without_a_vote_does_not_close(sitting, cast):
    key = opened(sitting)
    first, second, *_ = names_present(sitting, cast)
    with pytest.raises(WrongMoment, match="Chưa ai bỏ phiếu"):
        ballots.close_ballots(actor("secretary"), sitting, [key])
    ballots.vote(actor(first), key, LEVEL)
    ballots.close_ballots(actor("secretary"), sitting, [key])
    with pytest.raises(WrongMoment, match="không mở"):
        ballots.vote(actor(second), key, LEVEL)


def test_a_ballot_given_anew_starts_from_nothing(sitting, cast):
    key, voter = opened(sitting), actor(names_present(sitting, cast)[0])
    ballots.vote(voter, key, LEVEL)
    ballots.close_ballots(actor("secretary"), sitting, [key])
    opened(sitting)
    assert turnout(sitting)[key].voted == 0
    ballots.vote(voter, key, "done")
    ballots.close_ballots(actor("secretary"), sitting, [key])
    assert votes_of(sitting)[key] == {"outstanding": 0, "good": 0, "done": 1, "not_done": 0}


def test_no_ballot_opens_without_a_quorum_or_while_hands_are_counted(session, cast):
    meeting_id = year_end.open_meeting("secretary")
    key = year_end.one("member").id
    ballots.set_manner(actor("secretary"), meeting_id, secret=True)
    with pytest.raises(WrongMoment, match="quá nửa"):
        ballots.open_ballots(actor("secretary"), meeting_id, [key])
    year_end.attend("secretary", meeting_id)
    ballots.set_manner(actor("secretary"), meeting_id, secret=False)
    with pytest.raises(WrongMoment, match="giơ tay"):
        ballots.open_ballots(actor("secretary"), meeting_id, [key])


def test_the_meeting_does_not_end_over_an_open_ballot_and_takes_the_level_of_closed_ones(sitting, cast):
    keys = [row.id for row in year_end.rows(cast.secretary.unit_id).values()]
    ballots.open_ballots(actor("secretary"), sitting, keys)
    for key in keys:
        for name in names_present(sitting, cast)[:3]:
            ballots.vote(actor(name), key, LEVEL)
    with pytest.raises(WrongMoment, match="chưa biểu quyết"):
        meetings.close_meeting(actor("secretary"), sitting)
    ballots.close_ballots(actor("secretary"), sitting, keys)
    meetings.close_meeting(actor("secretary"), sitting)
    assert {row.vote_level for row in year_end.rows(cast.secretary.unit_id).values()} == {LEVEL}


def test_a_remark_leaves_the_secret_counts_as_they_are(sitting, cast):
    key = opened(sitting)
    ballots.vote(actor(names_present(sitting, cast)[0]), key, LEVEL)
    ballots.close_ballots(actor("secretary"), sitting, [key])
    version = year_end.one("member").version
    meetings.save_ballot(actor("secretary"), sitting, meetings.Ballot(key, None, "Chăm chỉ.", version))
    assert votes_of(sitting)[key][LEVEL] == 1 and year_end.one("member").branch_words == "Chăm chỉ."


def test_hands_are_not_counted_over_an_open_ballot(sitting, cast):
    key = opened(sitting)
    with pytest.raises(WrongMoment, match="Đang mở phiếu kín"):
        meetings.save_ballot(actor("secretary"), sitting, meetings.Ballot(key, {LEVEL: 3}, "", year_end.one("member").version))
    assert db.session.get_one(SecretBallot, key).open
    assert db.session.execute(select(VoteTally.votes).where(VoteTally.evaluation_id == key)).scalars().all() == [0, 0, 0, 0]


def test_a_phone_sees_the_ballots_it_has_not_given(sitting, cast):
    name = names_present(sitting, cast)[0]
    key = opened(sitting)
    assert [paper.evaluation_id for paper in own_hall(actor(name)).papers] == [key]
    ballots.vote(actor(name), key, LEVEL)
    hall = own_hall(actor(name))
    assert (hall.papers, hall.voted) == ((), 1)
    assert own_hall(actor("stranger")) is None and own_hall(actor("administrator")) is None
