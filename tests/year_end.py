"""A branch's year-end played step by step, for tests that begin in the middle of it. Every step needs an application context."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from diary.domain.dates import year_weeks
from diary.domain.evaluations import Attendance, SelfAssessment
from diary.domain.proposals import Choice
from diary.models.accounts import Account
from diary.models.base import db, new_id
from diary.models.counts import MemberWeek
from diary.models.evaluations import Evaluation, RatingMeeting
from diary.models.members import Member
from diary.models.noted_figures import MemberFigure
from diary.models.units import Unit
from diary.services import clock, decisions, evaluations, meetings
from tests.factories import YEAR, actor

LEVELS = {2015: ("excellent", "good", "average", "weak"), 2026: ("outstanding", "good", "done", "not_done")}


def branch_of(name):
    return actor(name).place.unit_id


def rows(unit_id, year=YEAR):
    """The branch's evaluations by member id."""
    found = db.session.execute(select(Evaluation).where(Evaluation.unit_id == unit_id, Evaluation.year == year)).scalars()
    return {row.member_id: row for row in found}


def one(name, year=YEAR):
    """One person's evaluation, read anew."""
    mine = select(Evaluation).where(Evaluation.member_id == actor(name).member_id, Evaluation.year == year)
    return db.session.execute(mine.execution_options(populate_existing=True)).scalar_one()


def members(unit_id):
    return list(db.session.execute(select(Member.id).where(Member.unit_id == unit_id).order_by(Member.sort_key)).scalars())


def keep_books(unit_id, year=YEAR, took_part=25):
    """Everyone of the branch wrote in every week so far and took part in so many of 30: nothing about the figures is odd at "good"."""
    writer = db.session.execute(select(Account.id).limit(1)).scalar_one()
    for member_id in members(unit_id):
        db.session.add_all(MemberWeek(member_id=member_id, monday=day, entries=1) for day in year_weeks(year) if day <= clock.today())
        share = {"count": took_part, "of": 30, "noted_by": writer, "noted_at": clock.now()}
        db.session.add(MemberFigure(member_id=member_id, unit_id=unit_id, year=year, measure="activities", **share))
    db.session.commit()


def self_assess(name, level=None, year=YEAR, submit=True, best=(), **texts):
    said = {"strengths": "Giữ nhịp 45/48 tuần.", "weaknesses": "3 tuần chưa ghi.", "remedies": "Ghi ngay trong ngày."} | texts
    said["level"] = LEVELS[year][1] if level is None else level
    who = actor(name)
    before = db.session.execute(select(Evaluation.version).where(Evaluation.member_id == who.member_id, Evaluation.year == year)).scalar()
    return evaluations.save_self_assessment(who, year, SelfAssessment(**said), list(best), before or 0, submit=submit)


def open_meeting(officer, year=YEAR, unit_id=None, held_on=None):
    who = actor(officer)
    unit_id = unit_id or who.place.unit_id
    chair, clerk = members(unit_id)[:2]
    draft = meetings.MeetingDraft(new_id(), unit_id, year, held_on or clock.today(), chair, clerk)
    return meetings.open_meeting(who, draft)


def attend(officer, meeting_id, absent=0):
    """Everyone is present but the last `absent`, who are excused."""
    meeting = db.session.get_one(RatingMeeting, meeting_id)
    ids = members(meeting.unit_id)
    here = len(ids) - absent
    marks = {member_id: Attendance.PRESENT if n < here else Attendance.EXCUSED for n, member_id in enumerate(ids)}
    meetings.save_attendance(actor(officer), meeting_id, marks)
    return here


def vote(officer, meeting_id, present, levels=None, year=YEAR):
    """Everyone gets all hands for the second level, or for what `levels` says by member id."""
    meeting = db.session.get_one(RatingMeeting, meeting_id)
    for member_id, row in rows(meeting.unit_id, year).items():
        level = (levels or {}).get(member_id, LEVELS[year][1])
        meetings.save_ballot(actor(officer), meeting_id, meetings.Ballot(row.id, {level: present}, "Làm việc chắc chắn.", row.version))


def meet(officer, year=YEAR, levels=None):
    """A whole meeting, from opening to closing."""
    meeting_id = open_meeting(officer, year)
    present = attend(officer, meeting_id)
    vote(officer, meeting_id, present, levels, year)
    meetings.close_meeting(actor(officer), meeting_id)
    return meeting_id


def seen(unit_id, year=YEAR, states=("proposed", "passed_on"), without=()):
    db.session.expire_all()
    return {str(row.id): row.version for row in rows(unit_id, year).values() if row.state in states and row.member_id not in without}


def propose(officer, year=YEAR, cap_reason="", **levels):
    """Propose what the meeting voted, or the level given by evaluation id under `levels`; a reason stands by each."""
    who = actor(officer)
    unit_id = who.place.unit_id
    db.session.expire_all()
    waiting = [row for row in rows(unit_id, year).values() if row.state == "met"]
    choices = {str(row.id): Choice(levels.get(str(row.id), row.vote_level), "Theo biểu quyết của chi đoàn", row.version) for row in waiting}
    return decisions.propose(who, unit_id, year, choices, cap_reason)


def pass_on(officer, unit_id, year=YEAR):
    own = {actor(officer).member_id}
    return decisions.pass_on(actor(officer), unit_id, year, seen(unit_id, year, ("proposed",), own), "Nhất trí với chi đoàn.")


def decide(officer, unit_id, year=YEAR, changes=None, day=None, decision_id=None) -> UUID:
    """Decide what waits, as proposed, or with the Choice given by evaluation id in `changes`."""
    who = actor(officer)
    db.session.expire_all()
    mine = [r for r in rows(unit_id, year).values() if r.state in ("proposed", "passed_on") and r.member_id != who.member_id]
    choices = {str(r.id): (changes or {}).get(str(r.id)) or Choice(r.proposed_level, "", r.version) for r in mine}
    choices = {
        key: Choice(choice.level, choice.reason, next(r.version for r in mine if str(r.id) == key)) for key, choice in choices.items()
    }
    draft = decisions.DecisionDraft(decision_id or new_id(), unit_id, year, "21-QĐ/ĐTNK", day or clock.today(), choices)
    return decisions.decide(who, draft)


def unit(code):
    return db.session.execute(select(Unit.id).where(Unit.code == code)).scalar_one()


def in_2015():
    """The cast as if they had been there in 2015, and that year opened under its own scheme."""
    from diary.models.accounts import Appointment
    from diary.models.members import Membership
    from tests.factories import work_year

    for row in db.session.execute(select(Membership)).scalars():
        row.from_day = date(2010, 1, 1)
    for post in db.session.execute(select(Appointment)).scalars():
        post.from_day = date(2010, 1, 1)
    work_year(2015, db.session.execute(select(Unit).where(Unit.code == "KHOI")).scalar_one(), "2011-2018")
    db.session.commit()
