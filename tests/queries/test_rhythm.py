"""The rhythm of members as their rows tell it."""

from datetime import date

from diary.domain.rhythm import Look
from diary.models.counts import Leave, MemberWeek
from diary.models.members import Membership
from diary.queries.rhythm import rhythm_of, rhythms_of
from tests.counting import counted

TODAY = date(2026, 11, 23)


def looks(rhythm):
    return {square.monday: square.look for square in rhythm.squares}


def test_weeks_leaves_and_the_day_of_joining_make_the_year(session, cast):
    me = cast.member.member_id
    session.query(Membership).filter_by(member_id=me).update({"from_day": date(2026, 10, 19)})
    session.add(MemberWeek(member_id=me, monday=date(2026, 10, 19), entries=2))
    session.add(MemberWeek(member_id=me, monday=date(2026, 10, 26), nothing_to_do=True))
    session.add(Leave(member_id=me, from_day=date(2026, 11, 2), to_day=date(2026, 11, 15)))
    session.commit()
    rhythm = rhythm_of(me, 2026, TODAY)
    wanted = (Look.TWO, Look.NOTHING_TO_DO, Look.LEAVE, Look.LEAVE, Look.MISSED, Look.NOW)
    assert tuple(square.look for square in rhythm.so_far) == wanted and (rhythm.kept, rhythm.due) == (2, 3)


def test_who_moved_between_branches_keeps_the_rhythm_of_the_whole_year(session, cast):
    me = cast.member.member_id
    session.query(Membership).filter_by(member_id=me).update({"from_day": None, "to_day": date(2026, 8, 1)})
    session.add(Membership(member_id=me, unit_id=cast.units["BV-NGOAI"], from_day=date(2026, 8, 2)))
    session.commit()
    assert rhythm_of(me, 2026, TODAY).due == 47


def test_another_s_weeks_and_another_year_s_are_left_alone(session, cast):
    session.add(MemberWeek(member_id=cast.member2.member_id, monday=date(2026, 11, 16), entries=1))
    session.add(MemberWeek(member_id=cast.member.member_id, monday=date(2025, 11, 17), entries=1))
    session.commit()
    assert rhythm_of(cast.member.member_id, 2026, TODAY).kept == 0
    assert looks(rhythm_of(cast.member2.member_id, 2026, TODAY))[date(2026, 11, 16)] is Look.ONE


def test_many_members_are_asked_for_in_as_many_statements_as_one(app, session, cast):
    with counted(app) as one:
        rhythm_of(cast.member.member_id, 2026, TODAY)
    everyone = [getattr(cast, name).member_id for name in cast.all if getattr(cast, name).member_id]
    with counted(app) as many:
        found = rhythms_of(everyone, 2026, TODAY)
    assert len(one) == len(many) == 3 and set(found) == set(everyone)
