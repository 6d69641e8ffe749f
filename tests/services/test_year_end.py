"""Year-end from the self-assessment to the decision: each move by the right person, by a wrong one, and at a wrong moment."""

from datetime import date, datetime

import pytest
from sqlalchemy import func, select

from diary.domain.entries import EntryState
from diary.domain.errors import BadInput, NotAllowed, NotFound, Stale, WrongMoment
from diary.domain.evaluations import Attendance, EvaluationState
from diary.domain.proposals import BadChoices, Choice
from diary.domain.years import Activity
from diary.models.audit import AuditLine
from diary.models.base import db, new_id
from diary.models.evaluations import BestEntry, Decision, Evaluation, EvaluationStep, MeetingAttendance, Proposal, VoteTally
from diary.models.members import Member, Membership
from diary.models.notices import Notice
from diary.models.years import Window, WorkYear
from diary.services import decisions, evaluations, meetings
from tests import factories, year_end
from tests.factories import VIETNAM, YEAR

pytestmark = pytest.mark.usefixtures("session")


def states(unit_id, year=YEAR):
    db.session.expire_all()
    return {row.state for row in year_end.rows(unit_id, year).values()}


def notices_of(name):
    account = factories.actor(name).account_id
    return list(db.session.execute(select(Notice.text).where(Notice.account_id == account)).scalars())


def close_window(activity):
    row = db.session.execute(select(Window).where(Window.activity == activity, Window.year == YEAR)).scalar_one()
    row.closes_on = date(YEAR, 6, 1)
    db.session.commit()


# The whole way


@pytest.mark.parametrize(("year", "day"), [(2026, date(2026, 12, 14)), (2015, date(2015, 12, 14))])
def test_a_branch_below_a_base_goes_through_every_step(time, year, day):
    year_end.in_2015()
    time.move_to(datetime(day.year, day.month, day.day, 9, tzinfo=VIETNAM))
    unit_id = year_end.branch_of("secretary")
    for name in ("member", "member2", "secretary", "deputy", "new_member"):
        year_end.self_assess(name, year=year)
    assert states(unit_id, year) == {EvaluationState.SELF_ASSESSED}
    year_end.meet("secretary", year)
    assert states(unit_id, year) == {EvaluationState.MET}
    assert year_end.propose("secretary", year) == 5
    assert year_end.pass_on("base_secretary", unit_id, year) == 5
    decision_id = year_end.decide("bloc_secretary", unit_id, year)
    row = year_end.one("member", year)
    second = year_end.LEVELS[year][1]
    assert (row.state, row.decided_level, row.decision_id) == (EvaluationState.DECIDED, second, decision_id)
    assert row.snapshot["votes"] == {second: 5} and row.snapshot["proposed"] == second and row.snapshot["figures"]["weeks_due"] > 40
    moves = db.session.execute(select(EvaluationStep.to_state).where(EvaluationStep.evaluation_id == row.id).order_by(EvaluationStep.at))
    assert [state.value for state in moves.scalars()] == ["self_assessed", "met", "proposed", "passed_on", "decided"]
    assert any("Đã có kết quả xếp loại" in text for text in notices_of("member"))


@pytest.mark.parametrize(("year", "day"), [(2026, date(2026, 12, 14)), (2015, date(2015, 12, 14))])
def test_a_branch_without_a_base_goes_straight_to_the_bloc_and_its_officers_own_rows_to_each_other(time, year, day):
    year_end.in_2015()
    time.move_to(datetime(day.year, day.month, day.day, 9, tzinfo=VIETNAM))
    unit_id = year_end.branch_of("lone_secretary")
    year_end.self_assess("stranger", year=year)
    year_end.meet("lone_secretary", year)
    year_end.propose("lone_secretary", year)
    year_end.decide("bloc_secretary", unit_id, year)
    assert year_end.one("stranger", year).state is EvaluationState.DECIDED
    assert year_end.one("bloc_secretary", year).state is EvaluationState.PROPOSED
    with pytest.raises(NotAllowed, match="của chính bạn"):
        year_end.decide("bloc_secretary", unit_id, year)
    year_end.decide("bloc_deputy", unit_id, year)
    assert year_end.one("bloc_secretary", year).state is EvaluationState.DECIDED
    assert db.session.execute(select(func.count()).select_from(Decision)).scalar_one() == 2


# The self-assessment


def test_a_draft_is_kept_and_changed_until_it_is_sent():
    year_end.self_assess("member", submit=False, level="", strengths="")
    year_end.self_assess("member", submit=False, strengths="Làm đều")
    row = year_end.one("member")
    assert (row.state, row.strengths, row.self_level) == (EvaluationState.NOT_STARTED, "Làm đều", "good")
    year_end.self_assess("member")
    with pytest.raises(WrongMoment, match="Đã tự đánh giá"):
        year_end.self_assess("member")


@pytest.mark.parametrize(("wrong", "field"), [({"strengths": ""}, "strengths"), ({"level": ""}, "level"), ({"level": "khá"}, "level")])
def test_a_sent_self_assessment_names_strengths_and_a_level_of_the_scheme(wrong, field):
    with pytest.raises(BadInput) as refused:
        year_end.self_assess("member", **wrong)
    assert refused.value.field == field


def test_a_self_assessment_outside_its_window_is_refused():
    close_window(Activity.SELF_ASSESSMENT)
    with pytest.raises(WrongMoment, match="hết hạn"):
        year_end.self_assess("member")


def test_a_year_without_a_scheme_refuses_and_says_what_to_do():
    db.session.get_one(WorkYear, YEAR).scheme_code = None
    db.session.commit()
    with pytest.raises(WrongMoment, match="chọn bộ tiêu chí"):
        year_end.self_assess("member")


def test_someone_who_is_no_member_has_nothing_to_assess():
    with pytest.raises(NotAllowed):
        evaluations.save_self_assessment(factories.actor("administrator"), YEAR, None, [], 0)


def test_a_self_assessment_changed_elsewhere_is_stale(actor):
    year_end.self_assess("member", submit=False)
    year_end.self_assess("member", submit=False, strengths="Mới hơn")
    said = evaluations.SelfAssessment("a", "b", "c", "good")
    with pytest.raises(Stale):
        evaluations.save_self_assessment(actor("member"), YEAR, said, [], 2)


def test_only_own_approved_entries_of_the_year_stand_for_it_and_at_most_five(cast):
    good = [factories.entry(cast.member, EntryState.APPROVED).id for _ in range(6)]
    other = factories.entry(cast.member2, EntryState.APPROVED).id
    waiting = factories.entry(cast.member).id
    for wrong in (other, waiting):
        with pytest.raises(NotFound):
            year_end.self_assess("member", best=[wrong], submit=False)
    with pytest.raises(BadInput, match="5 bài"):
        year_end.self_assess("member", best=good, submit=False)
    year_end.self_assess("member", best=good[:5])
    assert db.session.execute(select(func.count()).select_from(BestEntry)).scalar_one() == 5


def test_the_branch_returns_a_self_assessment_with_words_and_the_member_sends_it_again(actor):
    evaluation_id = year_end.self_assess("member")
    version = year_end.one("member").version
    with pytest.raises(BadInput):
        evaluations.return_self_assessment(actor("secretary"), evaluation_id, "", version)
    evaluations.return_self_assessment(actor("deputy"), evaluation_id, "Ghi rõ hạn chế", version)
    row = year_end.one("member")
    assert (row.state, row.return_words, row.self_level) == (EvaluationState.NOT_STARTED, "Ghi rõ hạn chế", "good")
    assert any("trả lại" in text for text in notices_of("member"))
    year_end.self_assess("member")
    assert year_end.one("member").return_words == ""


@pytest.mark.parametrize(
    ("name", "refusal"), [("stranger", NotFound), ("other_secretary", NotFound), ("member2", NotFound), ("member", NotAllowed),
                          ("base_secretary", NotAllowed), ("inspector", NotAllowed)]
)  # fmt: skip
def test_only_the_branch_s_officers_return_a_self_assessment(actor, name, refusal):
    evaluation_id = year_end.self_assess("member")
    with pytest.raises(refusal):
        evaluations.return_self_assessment(actor(name), evaluation_id, "Viết lại", 2)


def test_a_self_assessment_goes_along_with_a_member_who_moves_before_the_meeting(cast):
    year_end.self_assess("member")
    new_home = cast.units["BV-DUOC"]
    db.session.get_one(Member, cast.member.member_id).unit_id = new_home
    old = db.session.execute(select(Membership).where(Membership.member_id == cast.member.member_id)).scalar_one()
    old.to_day = date(2026, 11, 1)
    db.session.flush()
    db.session.add(Membership(member_id=cast.member.member_id, unit_id=new_home, from_day=date(2026, 11, 1)))
    db.session.commit()
    assert evaluations.ensure_evaluations(new_home, YEAR) == 0
    assert year_end.one("member").unit_id == new_home


def test_nobody_who_came_after_the_year_is_given_an_evaluation_of_it(cast):
    open_one = db.session.execute(select(Membership).where(Membership.member_id == cast.member.member_id)).scalar_one()
    open_one.from_day = date(2027, 1, 5)
    db.session.commit()
    assert evaluations.ensure_evaluations(cast.member.unit_id, YEAR) == 4


# The meeting


def test_one_id_opens_one_meeting_and_a_second_meeting_is_refused(actor, cast):
    draft = meetings.MeetingDraft(
        new_id(), cast.secretary.unit_id, YEAR, date(2026, 11, 23), cast.secretary.member_id, cast.deputy.member_id
    )
    assert meetings.open_meeting(actor("secretary"), draft) == meetings.open_meeting(actor("secretary"), draft) == draft.id
    with pytest.raises(WrongMoment, match="đã mở họp"):
        year_end.open_meeting("deputy")


@pytest.mark.parametrize(("name", "refusal"), [("member", NotFound), ("base_secretary", NotAllowed), ("stranger", NotFound)])
def test_only_the_branch_s_officers_open_its_meeting(actor, cast, name, refusal):
    unit_id = cast.secretary.unit_id
    draft = meetings.MeetingDraft(new_id(), unit_id, YEAR, date(2026, 11, 23), cast.secretary.member_id, cast.deputy.member_id)
    with pytest.raises(refusal):
        meetings.open_meeting(actor(name), draft)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"held_on": date(2026, 11, 24)}, "held_on"), ({"held_on": date(2025, 12, 31)}, "held_on"),
        ({"chair_id": 0}, "chair_id"), ({"clerk_id": 0}, "clerk_id"),
    ],
)  # fmt: skip
def test_a_meeting_has_a_day_that_came_and_a_chair_and_clerk_of_the_branch(actor, cast, wrong, field):
    facts = {"id": new_id(), "unit_id": cast.secretary.unit_id, "year": YEAR, "held_on": date(2026, 11, 23)}
    facts |= {"chair_id": cast.secretary.member_id, "clerk_id": cast.deputy.member_id} | wrong
    with pytest.raises(BadInput) as refused:
        meetings.open_meeting(actor("secretary"), meetings.MeetingDraft(**facts))
    assert refused.value.field == field


def test_hands_never_exceed_those_present(actor):
    meeting_id = year_end.open_meeting("secretary")
    present = year_end.attend("secretary", meeting_id, absent=2)
    row = year_end.one("member")

    def count(**votes):
        meetings.save_ballot(actor("secretary"), meeting_id, meetings.Ballot(row.id, votes, "", row.version))

    with pytest.raises(BadInput, match="Có 3 người"):
        count(good=present + 1)
    with pytest.raises(BadInput, match="Cộng lại 4 phiếu"):
        count(good=2, done=2)
    with pytest.raises(BadInput, match="âm"):
        count(good=-1)
    with pytest.raises(BadInput, match="không có trong bộ tiêu chí"):
        count(khá=1)
    count(good=2, done=1)


def test_attendance_cannot_fall_below_the_hands_counted(actor, cast):
    meeting_id = year_end.open_meeting("secretary")
    present = year_end.attend("secretary", meeting_id)
    year_end.vote("secretary", meeting_id, present)
    with pytest.raises(BadInput, match="Đã ghi 5 phiếu"):
        meetings.save_attendance(actor("secretary"), meeting_id, {cast.member.member_id: Attendance.ABSENT})
    db.session.rollback()
    assert Attendance.ABSENT not in set(db.session.execute(select(MeetingAttendance.attendance)).scalars())


def test_a_meeting_cannot_end_without_a_quorum_or_with_someone_not_voted_on(actor):
    meeting_id = year_end.open_meeting("secretary")
    year_end.attend("secretary", meeting_id, absent=3)
    with pytest.raises(WrongMoment, match="2/5 người có mặt, cần từ 3"):
        meetings.close_meeting(actor("secretary"), meeting_id)
    year_end.attend("secretary", meeting_id, absent=2)
    with pytest.raises(WrongMoment, match="Còn 5 người chưa biểu quyết"):
        meetings.close_meeting(actor("secretary"), meeting_id)


def test_the_vote_s_level_has_more_than_half_of_those_present_else_there_is_none(actor):
    meeting_id = year_end.open_meeting("secretary")
    year_end.attend("secretary", meeting_id, absent=1)
    year_end.vote("secretary", meeting_id, 4)
    row = year_end.one("member")
    meetings.save_ballot(actor("secretary"), meeting_id, meetings.Ballot(row.id, {"good": 2, "done": 2}, "", row.version))
    meetings.close_meeting(actor("secretary"), meeting_id)
    assert year_end.one("member").vote_level == "" and year_end.one("member2").vote_level == "good"


def test_the_same_ballot_again_changes_nothing_and_an_older_one_is_stale(actor):
    meeting_id = year_end.open_meeting("secretary")
    year_end.attend("secretary", meeting_id)
    row = year_end.one("member")
    ballot = meetings.Ballot(row.id, {"good": 3}, "Tốt", row.version)
    first = meetings.save_ballot(actor("secretary"), meeting_id, ballot)
    assert meetings.save_ballot(actor("secretary"), meeting_id, ballot) == first
    with pytest.raises(Stale):
        meetings.save_ballot(actor("deputy"), meeting_id, meetings.Ballot(row.id, {"good": 4}, "", ballot.version))


def test_notes_are_kept_and_an_older_page_s_are_stale(actor):
    meeting_id = year_end.open_meeting("secretary")
    assert meetings.save_notes(actor("secretary"), meeting_id, "Góp ý thẳng thắn", 1) == 2
    assert meetings.save_notes(actor("secretary"), meeting_id, "Góp ý thẳng thắn", 1) == 2
    with pytest.raises(Stale):
        meetings.save_notes(actor("deputy"), meeting_id, "Khác", 1)


def test_a_closed_meeting_takes_nothing_more_until_it_is_opened_again_with_words(actor):
    year_end.self_assess("member")
    meeting_id = year_end.meet("secretary")
    row = year_end.one("member")
    with pytest.raises(WrongMoment, match="đã kết thúc"):
        meetings.save_ballot(actor("secretary"), meeting_id, meetings.Ballot(row.id, {"good": 1}, "", row.version))
    with pytest.raises(BadInput):
        meetings.reopen_meeting(actor("secretary"), meeting_id, "")
    meetings.reopen_meeting(actor("secretary"), meeting_id, "Đếm lại phiếu")
    assert year_end.one("member").state is EvaluationState.SELF_ASSESSED and year_end.one("member2").state is EvaluationState.NOT_STARTED
    meetings.close_meeting(actor("secretary"), meeting_id)
    assert year_end.one("member").vote_level == "good"


def test_a_meeting_whose_results_were_sent_up_is_not_opened_again(actor):
    meeting_id = year_end.meet("secretary")
    year_end.propose("secretary")
    with pytest.raises(WrongMoment, match="cấp trên trả lại"):
        meetings.reopen_meeting(actor("secretary"), meeting_id, "Đếm lại")


def test_someone_who_came_less_than_three_months_ago_is_not_voted_on(actor, cast):
    row = db.session.execute(select(Membership).where(Membership.member_id == cast.new_member.member_id)).scalar_one()
    row.from_day = date(2026, 10, 5)
    db.session.commit()
    meeting_id = year_end.open_meeting("secretary")
    with pytest.raises(NotFound):
        meetings.save_attendance(actor("secretary"), meeting_id, {cast.new_member.member_id: Attendance.PRESENT})


# The proposal


def test_a_proposal_waits_for_the_end_of_the_meeting():
    year_end.open_meeting("secretary")
    with pytest.raises(WrongMoment, match="Còn 5 người chưa được chi đoàn họp xét"):
        year_end.propose("secretary")


def test_every_missing_level_and_reason_is_told_at_once(actor, cast):
    year_end.self_assess("member", level="outstanding")
    year_end.meet("secretary")
    choices = {str(row.id): Choice("good", "", row.version) for row in year_end.rows(cast.member.unit_id).values()}
    without = str(year_end.one("member2").id)
    choices[without] = Choice("", "", choices[without].version)
    with pytest.raises(BadChoices) as refused:
        decisions.propose(actor("secretary"), cast.member.unit_id, YEAR, choices)
    assert set(refused.value.faults) == {f"reason-{year_end.one('member').id}", f"level-{without}"}


def test_a_cap_asks_for_a_reason_but_does_not_refuse(cast):
    year_end.meet("secretary", levels=dict.fromkeys((cast.member.member_id, cast.member2.member_id), "outstanding"))
    with pytest.raises(BadInput) as refused:
        year_end.propose("secretary")
    assert refused.value.field == "cap_reason"
    year_end.propose("secretary", cap_reason="Hai bạn cùng làm bàn dịch vụ công")
    kept = db.session.get_one(Proposal, (cast.member.unit_id, YEAR))
    assert kept.cap_reason and any("đề nghị xếp loại 5 người" in text for text in notices_of("base_secretary"))


def test_a_second_proposal_is_refused():
    year_end.meet("secretary")
    year_end.propose("secretary")
    with pytest.raises(WrongMoment, match="đã đề nghị"):
        year_end.propose("deputy")


@pytest.mark.parametrize(("name", "refusal"), [("base_secretary", NotAllowed), ("bloc_secretary", NotAllowed), ("stranger", NotFound)])
def test_only_the_branch_proposes(actor, cast, name, refusal):
    with pytest.raises(refusal):
        decisions.propose(actor(name), cast.member.unit_id, YEAR, {})


# The base


def test_the_bloc_waits_for_the_base_where_one_stands_between(cast):
    year_end.meet("secretary")
    year_end.propose("secretary")
    with pytest.raises(WrongMoment, match="Không còn đánh giá nào"):
        year_end.decide("bloc_secretary", cast.member.unit_id)


@pytest.mark.parametrize(
    ("name", "refusal"), [("secretary", NotAllowed), ("inspector", NotAllowed), ("other_secretary", NotFound), ("stranger", NotFound)]
)
def test_others_neither_pass_on_nor_decide_nor_return(actor, cast, name, refusal):
    year_end.meet("secretary")
    year_end.propose("secretary")
    seen = year_end.seen(cast.member.unit_id)
    with pytest.raises(refusal):
        decisions.pass_on(actor(name), cast.member.unit_id, YEAR, seen)
    with pytest.raises(refusal):
        decisions.send_back(actor(name), cast.member.unit_id, YEAR, seen, "Xem lại")
    with pytest.raises(refusal):
        year_end.decide(name, cast.member.unit_id)


def test_a_page_older_than_the_rows_is_stale(actor, cast):
    year_end.meet("secretary")
    year_end.propose("secretary")
    seen = year_end.seen(cast.member.unit_id)
    key = next(iter(seen))
    for wrong in (seen | {key: seen[key] - 1}, {key: seen[key]}):
        with pytest.raises(Stale):
            decisions.pass_on(actor("base_secretary"), cast.member.unit_id, YEAR, wrong)


def test_the_base_returns_chosen_people_to_the_branch_and_the_branch_proposes_them_again(actor, cast):
    year_end.meet("secretary")
    year_end.propose("secretary")
    row = year_end.one("member")
    decisions.send_back(actor("base_secretary"), cast.member.unit_id, YEAR, {str(row.id): row.version}, "Thiếu căn cứ")
    assert year_end.one("member").state is EvaluationState.MET and year_end.one("member").return_words == "Thiếu căn cứ"
    assert any("bị trả lại" in text for text in notices_of("secretary"))
    year_end.pass_on("base_secretary", cast.member.unit_id)
    assert year_end.propose("secretary") == 1
    assert year_end.one("member").return_words == ""


def test_the_bloc_returns_to_the_base_and_straight_to_a_branch_without_one(actor, cast):
    for officer in ("secretary", "lone_secretary"):
        year_end.meet(officer)
        year_end.propose(officer)
    year_end.pass_on("base_secretary", cast.member.unit_id)
    bloc = actor("bloc_secretary")
    decisions.send_back(bloc, cast.member.unit_id, YEAR, year_end.seen(cast.member.unit_id), "Xem lại tỷ lệ")
    assert states(cast.member.unit_id) == {EvaluationState.PROPOSED}
    others = year_end.seen(cast.stranger.unit_id, without={bloc.member_id})
    decisions.send_back(bloc, cast.stranger.unit_id, YEAR, others, "Xem lại tỷ lệ")
    assert year_end.one("stranger").state is EvaluationState.MET


def test_a_base_officer_s_own_level_is_passed_on_by_a_colleague_or_goes_to_the_bloc_at_once(actor, cast):
    """base_secretary is a member of BV-NGOAI and alone on the base's committee."""
    unit_id = cast.units["BV-NGOAI"]
    year_end.meet("other_secretary")
    year_end.propose("other_secretary")
    assert year_end.pass_on("base_secretary", unit_id) == 1
    assert year_end.one("base_secretary").state is EvaluationState.PROPOSED
    with pytest.raises(WrongMoment):
        decisions.pass_on(actor("base_secretary"), unit_id, YEAR, {})
    year_end.decide("bloc_secretary", unit_id)
    assert states(unit_id) == {EvaluationState.DECIDED}


def test_a_colleague_on_the_base_s_committee_passes_the_officer_s_own_level_on(actor, cast):
    from diary.domain.actors import Post
    from diary.models.accounts import Account
    from diary.models.units import Unit

    account = db.session.execute(select(Account).where(Account.username == "deputy")).scalar_one()
    factories.appoint(account, db.session.get_one(Unit, cast.units["BV"]), Post.COMMITTEE_MEMBER)
    db.session.commit()
    unit_id = cast.units["BV-NGOAI"]
    year_end.meet("other_secretary")
    year_end.propose("other_secretary")
    year_end.pass_on("base_secretary", unit_id)
    with pytest.raises(NotAllowed, match="của chính bạn"):
        decisions.pass_on(actor("base_secretary"), unit_id, YEAR, year_end.seen(unit_id, states=("proposed",)))
    assert year_end.pass_on("deputy", unit_id) == 1


# The decision


def ready(cast):
    year_end.meet("secretary")
    year_end.propose("secretary")
    year_end.pass_on("base_secretary", cast.member.unit_id)
    return cast.member.unit_id


def test_one_decision_id_is_one_decision(cast, actor):
    unit_id, decision_id = ready(cast), new_id()
    assert year_end.decide("bloc_secretary", unit_id, decision_id=decision_id) == decision_id
    assert year_end.decide("bloc_secretary", unit_id, decision_id=decision_id) == decision_id
    with pytest.raises(NotFound):
        year_end.decide("bloc_deputy", unit_id, decision_id=decision_id)


def test_a_level_other_than_proposed_asks_for_a_reason(cast):
    unit_id = ready(cast)
    key = str(year_end.one("member").id)
    with pytest.raises(BadChoices) as refused:
        year_end.decide("bloc_secretary", unit_id, changes={key: Choice("done")})
    assert list(refused.value.faults) == [f"reason-{key}"]
    year_end.decide("bloc_secretary", unit_id, changes={key: Choice("done", "Có 1 nội dung chưa hoàn thành")})
    row = year_end.one("member")
    assert (row.proposed_level, row.decided_level, row.snapshot["decision_reason"]) == ("good", "done", "Có 1 nội dung chưa hoàn thành")


@pytest.mark.parametrize("day", [date(2026, 11, 24), date(2026, 11, 22)])
def test_a_decision_s_day_is_neither_ahead_nor_before_the_meeting(cast, day):
    with pytest.raises(BadInput) as refused:
        year_end.decide("bloc_secretary", ready(cast), day=day)
    assert refused.value.field == "decided_on"


def test_who_proposed_a_level_is_not_its_final_approver(cast):
    unit_id = ready(cast)
    for row in year_end.rows(unit_id).values():
        row.proposed_by = cast.bloc_secretary.account_id
    db.session.commit()
    with pytest.raises(NotAllowed, match="chính bạn đề nghị"):
        year_end.decide("bloc_secretary", unit_id)
    year_end.decide("bloc_deputy", unit_id)


def test_deciding_outside_its_window_is_refused(cast):
    unit_id = ready(cast)
    close_window(Activity.DECIDING)
    with pytest.raises(WrongMoment, match="hết hạn"):
        year_end.decide("bloc_secretary", unit_id)


def test_audit_lines_hold_no_words_of_the_year_end(cast):
    year_end.self_assess("member", strengths="Rất kín đáo")
    year_end.decide("bloc_secretary", ready(cast))
    lines = [str(fields) for fields in db.session.execute(select(AuditLine.fields)).scalars()]
    assert lines and not any("kín đáo" in line or "Làm việc chắc chắn" in line or "Nhất trí" in line for line in lines)
    assert db.session.execute(select(func.count()).select_from(VoteTally)).scalar_one() == 5
    assert db.session.execute(select(func.count()).select_from(Evaluation)).scalar_one() == 5
