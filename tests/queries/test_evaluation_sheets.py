"""The sheet of a member's year: what the books know, what was said by each step, and blanks for the rest."""

from datetime import date

import pytest
from sqlalchemy import delete, select, update

from diary.domain.actors import Post
from diary.domain.errors import NotFound, WrongMoment
from diary.models.accounts import Appointment
from diary.models.base import db
from diary.models.counts import MemberWeek, MemberYear
from diary.models.evaluations import Evaluation
from diary.models.members import Member, Membership
from diary.models.noted_figures import MemberFigure
from diary.models.years import WorkYear
from diary.queries.evaluation_sheets import evaluation_sheet, evaluation_sheets_of
from diary.services import ballots, clock, meetings
from diary.services.evaluations import ensure_evaluations
from tests import papers, year_end
from tests.counting import counted
from tests.factories import YEAR, actor

TODAY = date(2026, 11, 23)


def sheet(cast, name="member"):
    return evaluation_sheet(getattr(cast, name).member_id, YEAR, TODAY)


def test_before_anything_was_said_everything_but_the_person_is_blank(session, cast):
    ensure_evaluations(cast.member.unit_id, YEAR)
    found = sheet(cast)
    assert found.member.name == "Thạch Thị Sa Rinh" and found.member.position == "Đoàn viên"
    assert found.member.branch == "Chi đoàn Khối Nội, Đoàn cơ sở Bệnh viện Đa khoa, từ 01/8/2020"
    assert (found.self_assessment, found.vote, found.proposal, found.remark) == (None, None, None, "")
    assert found.base.verdict is None and found.bloc.verdict is None
    assert str(found.letterhead.number) == "......-PĐG/BV-NOI" and found.letterhead.day is None


def test_a_self_assessment_that_was_not_sent_is_not_on_it(session, cast):
    year_end.self_assess("member", submit=False, strengths="Chưa muốn ai đọc")
    assert "Chưa muốn ai đọc" not in repr(sheet(cast))
    year_end.self_assess("member", strengths="Mọi người đọc được")
    assert sheet(cast).self_assessment.strengths == "Mọi người đọc được"


def test_a_self_assessment_given_back_is_off_it_again(session, cast):
    evaluation_id = year_end.self_assess("member")
    from diary.services.evaluations import return_self_assessment

    return_self_assessment(year_end.actor("secretary"), evaluation_id, "Ghi rõ hơn.", year_end.one("member").version)
    assert sheet(cast).self_assessment is None


def test_what_the_meeting_said_is_on_it_only_when_the_meeting_is_over(session, cast):
    meeting_id = year_end.open_meeting("secretary")
    year_end.vote("secretary", meeting_id, year_end.attend("secretary", meeting_id))
    assert (sheet(cast).vote, sheet(cast).remark) == (None, "")
    year_end.meetings.close_meeting(year_end.actor("secretary"), meeting_id)
    found = sheet(cast)
    assert (found.vote.counts, found.vote.handed_out, found.vote.secret) == ((0, 5, 0, 0), 5, False)
    assert found.remark == "Làm việc chắc chắn." and found.proposal is None


def test_each_step_adds_its_say(session, cast):
    papers.propose()
    proposed = sheet(cast)
    assert proposed.proposal.level.letters == "HTT" and proposed.base.verdict is None
    year_end.pass_on("base_secretary", cast.member.unit_id)
    assert sheet(cast).base.verdict.level.letters == "HTT" and sheet(cast).bloc.verdict is None
    year_end.decide("bloc_secretary", cast.member.unit_id)
    decided = sheet(cast)
    assert decided.base.verdict is not None
    assert decided.bloc.verdict.paper == "Quyết định số 21-QĐ/ĐTNK ngày 23/11/2026"
    signers = (decided.branch_signer.name, decided.base.signer.name, decided.bloc.signer.name)
    assert signers == ("Lâm Thanh Sang", "Huỳnh Lê Thảo Nguyên", "Trương Quốc Khải")


def test_a_branch_right_under_the_bloc_has_no_box_for_a_base(session, cast):
    papers.propose("lone_secretary")
    assert sheet(cast, "stranger").base is None


def test_the_books_fill_in_pledges_and_diary_and_the_rest_is_left_to_write(session, cast):
    ensure_evaluations(cast.member.unit_id, YEAR)
    counts = {"entries_approved": 20, "entries_returned": 1, "pledges_met": 2, "pledges_approved": 1}
    db.session.add(MemberYear(member_id=cast.member.member_id, year=YEAR, unit_id=cast.member.unit_id, **counts))
    db.session.add_all([MemberWeek(member_id=cast.member.member_id, monday=date(2026, 3, day), entries=1) for day in (2, 9)])
    db.session.commit()
    lines = {line.name: (line.evidence, line.figure, line.outcome) for line in sheet(cast).criteria}
    assert lines["Thực hiện nội dung đăng ký làm theo lời Bác"][1] == "2/3"
    evidence, figure, outcome = lines["Ghi Sổ nhật ký làm theo lời Bác"]
    assert "đã gửi 21 bài, được duyệt 20" in evidence and figure.startswith("2/") and figure.endswith("\xa0%") and outcome == ""
    assert lines["Đóng đoàn phí theo quý"] == ("", "", "")


def test_a_decided_sheet_shows_the_figures_the_decision_rested_on(session, cast):
    papers.decide()
    before = sheet(cast).criteria
    db.session.add(MemberYear(member_id=cast.member.member_id, year=YEAR, unit_id=cast.member.unit_id, entries_approved=99, pledges_met=9))
    db.session.commit()
    assert sheet(cast).criteria == before


def test_a_decided_sheet_keeps_the_evidence_and_what_it_suggested(session, cast):
    papers.decide()
    before = sheet(cast).evidence
    assert before.suggestion is not None and before.suggestion.level == "" and "participation" not in before.measures
    facts = {"member_id": cast.member.member_id, "unit_id": cast.member.unit_id, "year": YEAR, "measure": "meetings"}
    db.session.add(MemberFigure(**facts, count=12, of=12, noted_by=cast.secretary.account_id, noted_at=clock.now()))
    db.session.commit()
    assert sheet(cast).evidence == before
    assert sheet(cast, "member2").evidence.suggestion == before.suggestion, "what was not noted then is still not known"


def test_posts_in_the_branch_are_named(session, cast):
    row = Appointment(account_id=cast.member.account_id, unit_id=cast.member.unit_id, post=Post.COMMITTEE_MEMBER, from_day=date(2026, 1, 1))
    db.session.add(row)
    db.session.commit()
    ensure_evaluations(cast.member.unit_id, YEAR)
    assert [sheet(cast, name).member.position for name in ("secretary", "deputy", "member")] == ["Bí thư", "Phó Bí thư", "Ủy viên BCH"]


def test_who_is_not_rated_is_told_why_until_a_meeting_voted_on_them(session, cast):
    def came(day):
        mine = Membership.member_id == cast.member.member_id
        db.session.execute(update(Membership).where(mine).values(from_day=day))
        db.session.commit()

    ensure_evaluations(cast.member.unit_id, YEAR)
    assert sheet(cast).unrated == ""
    came(date(2026, 11, 1))
    assert sheet(cast).unrated.startswith("Về chi đoàn từ 01/11/2026, chưa đủ")
    came(date(2020, 1, 1))
    papers.propose()
    came(date(2026, 11, 1))
    assert sheet(cast).unrated == ""


def test_a_membership_that_began_after_the_year_is_not_written(session, cast):
    ensure_evaluations(cast.member.unit_id, YEAR)
    db.session.execute(select(Membership).where(Membership.member_id == cast.member.member_id)).scalar_one().from_day = date(2027, 1, 5)
    db.session.commit()
    assert "từ" not in sheet(cast).member.branch


def test_no_evaluation_no_sheet_and_no_scheme_no_sheet(session, cast):
    with pytest.raises(NotFound):
        sheet(cast)
    ensure_evaluations(cast.member.unit_id, YEAR)
    db.session.get_one(WorkYear, YEAR).scheme_code = None
    db.session.commit()
    with pytest.raises(WrongMoment, match="bộ tiêu chí"):
        sheet(cast)
    assert db.session.execute(select(Evaluation.id)).first() is not None


def test_a_secret_ballot_stands_on_the_sheet_as_one(session, cast):
    meeting_id = year_end.open_meeting("secretary")
    year_end.attend("secretary", meeting_id)
    officer = actor("secretary")
    ballots.set_manner(officer, meeting_id, secret=True)
    keys = [row.id for row in year_end.rows(cast.secretary.unit_id).values()]
    ballots.open_ballots(officer, meeting_id, keys)
    for key in keys:
        for name in ("deputy", "member", "member2"):
            ballots.vote(actor(name), key, "good")
    ballots.close_ballots(officer, meeting_id, keys)
    meetings.close_meeting(officer, meeting_id)
    vote = evaluation_sheet(cast.member.member_id, 2026, TODAY).vote
    assert (vote.secret, vote.handed_out, vote.collected, vote.counts) == (True, 5, 3, (0, 3, 0, 0))


def test_the_sheets_of_a_branch_are_those_of_each_of_its_members_by_name(session, cast):
    papers.decide()
    found = evaluation_sheets_of(cast.member.unit_id, YEAR, TODAY)
    assert len(found) > 2 and found == {member_id: evaluation_sheet(member_id, YEAR, TODAY) for member_id in found}
    by_name = select(Member.id).where(Member.id.in_(found)).order_by(Member.sort_key, Member.id)
    assert list(found) == session.execute(by_name).scalars().all()
    assert evaluation_sheets_of(cast.stranger.unit_id, 2020, TODAY) == {}


def test_the_sheets_of_a_branch_are_read_with_the_same_statements_for_any_number(app, session, cast):
    ensure_evaluations(cast.member.unit_id, YEAR)
    with counted(app) as for_all:
        many = evaluation_sheets_of(cast.member.unit_id, YEAR, TODAY)
    session.execute(delete(Evaluation).where(Evaluation.member_id != cast.member.member_id))
    with counted(app) as for_one:
        assert len(evaluation_sheets_of(cast.member.unit_id, YEAR, TODAY)) == 1 < len(many)
    assert len(for_all) == len(for_one)
