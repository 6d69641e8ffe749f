"""Transfers: asked by the old branch, answered by the new one, and what goes along with the member."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from diary.domain.actors import Post
from diary.domain.entries import EntryState
from diary.domain.errors import BadInput, NotAllowed, NotFound, WrongMoment
from diary.domain.evaluations import EvaluationState
from diary.domain.members import Standing
from diary.domain.permissions import Action
from diary.domain.pledges import PledgeState
from diary.domain.transfers import TransferState
from diary.models.accounts import Appointment
from diary.models.audit import AuditLine
from diary.models.base import db, new_id
from diary.models.counts import MemberYear
from diary.models.entries import Entry
from diary.models.evaluations import BallotVoter, Evaluation, MeetingAttendance, RatingMeeting, SecretBallot, VoteTally
from diary.models.members import Member, Membership
from diary.models.notices import Notice
from diary.models.pledges import Pledge
from diary.models.transfers import Transfer
from diary.models.units import Unit
from diary.queries.evaluation_persons import person_page
from diary.queries.evaluations.branches import load_branch, people
from diary.services import ballots, evaluations, members, transfers
from diary.services.recounting import recount
from tests import factories, year_end

TODAY = date(2026, 11, 23)
YESTERDAY = TODAY - timedelta(days=1)


def ask(actor, cast, who="member", to="BV-NGOAI", comment="Chăm việc.", by="secretary"):
    transfer_id = new_id()
    transfers.ask_transfer(actor(by), transfer_id, getattr(cast, who).member_id, cast.units[to], comment, TODAY)
    return transfer_id


def row(transfer_id):
    db.session.expire_all()
    return db.session.get_one(Transfer, transfer_id)


def home(person):
    db.session.expire_all()
    return db.session.get_one(Member, person.member_id).unit_id


def told(person):
    return db.session.execute(select(Notice.text).where(Notice.account_id == person.account_id).order_by(Notice.id)).scalars().all()


def test_a_secretary_asks_and_nothing_moves_until_the_receiving_branch_takes_the_member_in(actor, cast):
    asked = ask(actor, cast)
    assert row(asked).state is TransferState.WAITING and home(cast.member) == cast.units["BV-NOI"]
    assert "đang chờ nơi nhận" in told(cast.member)[0] and "Thạch Thị Sa Rinh" in told(cast.other_secretary)[0]
    transfers.accept_transfer(actor("other_secretary"), asked, TODAY)
    assert (row(asked).state, row(asked).moved_on) == (TransferState.DONE, TODAY) and home(cast.member) == cast.units["BV-NGOAI"]
    assert "sinh hoạt ở Chi đoàn Khối Ngoại" in told(cast.member)[-1] and "đã tiếp nhận" in told(cast.secretary)[-1]
    actions = db.session.execute(select(AuditLine.action).order_by(AuditLine.id)).scalars().all()
    assert actions == ["transfer_ask", "member_move"]


def test_a_member_moved_elsewhere_meanwhile_waits_for_nobody_any_more(actor, cast):
    asked = ask(actor, cast, to="KB")
    members.move_member(actor("base_secretary"), cast.member.member_id, cast.units["BV-NGOAI"], TODAY)
    assert row(asked).state is TransferState.WITHDRAWN and row(asked).answered_at is not None


def test_who_leads_both_units_moves_at_once_and_the_comment_stays(actor, cast):
    asked = ask(actor, cast, by="base_secretary")
    assert row(asked).state is TransferState.DONE and home(cast.member) == cast.units["BV-NGOAI"] and row(asked).comment == "Chăm việc."
    assert recount(mend=False) == ()


def test_the_same_form_twice_asks_once_and_another_one_waits_its_turn(actor, cast):
    asked = ask(actor, cast)
    transfers.ask_transfer(actor("secretary"), asked, cast.member.member_id, cast.units["BV-NGOAI"], "Chăm việc.", TODAY)
    with pytest.raises(WrongMoment, match="đang chờ nơi khác"):
        ask(actor, cast, to="KB")
    with pytest.raises(NotFound):
        transfers.ask_transfer(actor("lone_secretary"), asked, cast.member.member_id, cast.units["KB"], "", TODAY)


def test_a_declined_transfer_says_why_and_changes_nothing(actor, cast):
    asked = ask(actor, cast)
    with pytest.raises(BadInput) as refused:
        transfers.decline_transfer(actor("other_secretary"), asked, "  ")
    assert refused.value.field == "answer"
    transfers.decline_transfer(actor("other_secretary"), asked, "Chưa có quyết định điều động.")
    assert (row(asked).state, row(asked).answer) == (TransferState.DECLINED, "Chưa có quyết định điều động.")
    assert home(cast.member) == cast.units["BV-NOI"] and "không nhận" in told(cast.secretary)[-1]
    for act in (transfers.accept_transfer, lambda a, i, d: transfers.decline_transfer(a, i, "Không.")):
        with pytest.raises(WrongMoment, match="không nhận"):
            act(actor("other_secretary"), asked, TODAY)


def test_what_was_asked_is_taken_back_while_it_waits_and_never_after(actor, cast):
    asked = ask(actor, cast)
    transfers.withdraw_transfer(actor("deputy"), asked)
    assert row(asked).state is TransferState.WITHDRAWN
    with pytest.raises(WrongMoment, match="đã rút lại"):
        transfers.accept_transfer(actor("other_secretary"), asked, TODAY)
    again = ask(actor, cast)
    transfers.accept_transfer(actor("other_secretary"), again, TODAY)
    with pytest.raises(WrongMoment):
        transfers.withdraw_transfer(actor("base_secretary"), again)


@pytest.mark.parametrize(
    ("who", "accepting", "withdrawing"),
    [
        ("secretary", NotAllowed, None),
        ("other_secretary", None, NotAllowed),
        ("member", NotAllowed, NotAllowed),
        ("inspector", NotAllowed, NotAllowed),
        ("stranger", NotFound, NotFound),
        ("lone_secretary", NotFound, NotFound),
        ("bloc_secretary", None, None),
    ],
)
def test_each_end_does_its_part_and_no_other(actor, cast, who, accepting, withdrawing):
    for act, error in ((transfers.withdraw_transfer, withdrawing), (transfers.accept_transfer, accepting)):
        asked = ask(actor, cast)
        arguments = (actor(who), asked, TODAY) if act is transfers.accept_transfer else (actor(who), asked)
        if error is None:
            act(*arguments)
        else:
            with pytest.raises(error):
                act(*arguments)
            transfers.withdraw_transfer(actor("secretary"), asked)


@pytest.mark.parametrize(("to", "field"), [("KHOI", "unit_id"), ("BV-NOI", "unit_id")])
def test_a_place_that_takes_nobody_is_refused_at_its_field(actor, cast, to, field):
    with pytest.raises(BadInput) as refused:
        ask(actor, cast, to=to)
    assert refused.value.field == field


def test_nobody_comments_on_themselves_and_nobody_asks_for_a_stranger(actor, cast):
    with pytest.raises(BadInput) as refused:
        ask(actor, cast, who="secretary")
    assert refused.value.field == "comment"
    ask(actor, cast, who="secretary", comment="")
    with pytest.raises(NotFound):
        ask(actor, cast, who="stranger")
    with pytest.raises(NotAllowed):
        ask(actor, cast, by="member")


def test_a_closed_unit_and_one_who_left_are_no_matter_of_transfers(actor, cast):
    asked = ask(actor, cast)
    members.end_standing(actor("secretary"), cast.member.member_id, Standing.LEFT, TODAY)
    assert row(asked).state is TransferState.WITHDRAWN
    with pytest.raises(WrongMoment, match="đang sinh hoạt"):
        ask(actor, cast)
    waiting = ask(actor, cast, who="member2")
    db.session.get_one(Unit, cast.units["BV-NGOAI"]).closed_on = TODAY
    db.session.commit()
    with pytest.raises(WrongMoment, match="đã đóng"):
        transfers.accept_transfer(actor("other_secretary"), waiting, TODAY)


def test_what_was_sent_stays_and_drafts_go_along_with_their_figures(actor, cast):
    sent, approved = factories.entry(cast.member), factories.entry(cast.member, EntryState.APPROVED)
    old_draft = factories.entry(cast.member, EntryState.DRAFT, happened_on=YESTERDAY)
    draft = factories.entry(cast.member, EntryState.DRAFT)
    waiting, running = factories.pledge(cast.member), factories.pledge(cast.member, PledgeState.APPROVED)
    promise = factories.pledge(cast.member, PledgeState.DRAFT)
    recount()
    transfers.accept_transfer(actor("other_secretary"), ask(actor, cast), TODAY)
    db.session.expire_all()
    old, new = cast.units["BV-NOI"], cast.units["BV-NGOAI"]
    places = [db.session.get_one(Entry, one.id).unit_id for one in (sent, approved, old_draft, draft)]
    assert places == [old, old, old, new]
    assert [db.session.get_one(Pledge, one.id).unit_id for one in (waiting, running, promise)] == [old, old, new]
    assert db.session.get_one(MemberYear, (cast.member.member_id, 2026, new)).pledges_draft == 1
    assert recount(mend=False) == ()


def test_posts_end_where_the_member_no_longer_belongs(actor, cast):
    factories.appoint(
        db.session.get_one(factories.Account, cast.deputy.account_id), db.session.get_one(Unit, cast.units["BV"]), Post.COMMITTEE_MEMBER
    )
    db.session.commit()
    ask(actor, cast, who="deputy", to="BV-NGOAI", by="bloc_secretary")

    def held():
        query = select(Appointment.unit_id).where(Appointment.account_id == cast.deputy.account_id, Appointment.to_day.is_(None))
        return db.session.execute(query).scalars().all()

    assert held() == [cast.units["BV"]], "a post above both units goes along"
    ask(actor, cast, who="deputy", to="KB", by="bloc_secretary")
    assert held() == []


def test_who_was_not_voted_on_is_rated_by_the_new_branch_and_out_of_the_old_meeting(actor, cast):
    year_end.self_assess("member")
    meeting_id = year_end.open_meeting("secretary")
    year_end.attend("secretary", meeting_id)
    ask(actor, cast, by="base_secretary")
    db.session.expire_all()
    mine = select(Evaluation).where(Evaluation.member_id == cast.member.member_id)
    assert db.session.execute(mine).scalar_one().unit_id == cast.units["BV-NGOAI"]
    marks = select(MeetingAttendance.member_id).where(MeetingAttendance.meeting_id == meeting_id)
    assert cast.member.member_id not in db.session.execute(marks).scalars().all()
    year_end.vote("secretary", meeting_id, 4)
    year_end.meetings.close_meeting(actor("secretary"), meeting_id)
    assert db.session.get_one(RatingMeeting, meeting_id).closed_at is not None


def test_the_new_branch_does_not_read_why_the_old_one_gave_a_self_assessment_back(actor, cast, time):
    year_end.self_assess("member")
    mine = year_end.one("member")
    evaluations.return_self_assessment(actor("secretary"), mine.id, "Ghi rõ số hồ sơ.", mine.version)
    time.move_to(datetime(2026, 11, 25, 9, tzinfo=factories.VIETNAM))
    transfers.ask_transfer(actor("base_secretary"), new_id(), cast.member.member_id, cast.units["BV-NGOAI"], "", date(2026, 11, 25))
    page = person_page(actor("other_secretary"), mine.id, date(2026, 11, 25))
    assert page.return_words == "" and [step.words for step in page.steps] == ["", ""]
    with pytest.raises(NotFound):
        person_page(actor("secretary"), mine.id, date(2026, 11, 25))


def test_who_sat_in_the_meeting_while_others_were_voted_on_stays_among_those_present(actor, cast):
    meeting_id = year_end.open_meeting("secretary")
    year_end.vote("secretary", meeting_id, year_end.attend("secretary", meeting_id))
    ask(actor, cast, by="base_secretary")
    tallies = select(VoteTally.evaluation_id).join(Evaluation, Evaluation.id == VoteTally.evaluation_id)
    assert db.session.execute(tallies.where(Evaluation.member_id == cast.member.member_id)).first() is None
    marks = select(MeetingAttendance.member_id).where(MeetingAttendance.meeting_id == meeting_id)
    assert cast.member.member_id in db.session.execute(marks).scalars().all()
    year_end.meetings.close_meeting(actor("secretary"), meeting_id)
    assert year_end.one("member").state is EvaluationState.NOT_STARTED and year_end.one("member2").state is EvaluationState.MET


def test_nobody_s_secret_ballot_waits_for_who_moved_nor_is_on_them(actor, cast):
    meeting_id = year_end.open_meeting("secretary")
    year_end.attend("secretary", meeting_id)
    ballots.set_manner(actor("secretary"), meeting_id, secret=True)
    everyone = [evaluation.id for evaluation in year_end.rows(cast.units["BV-NOI"]).values()]
    ballots.open_ballots(actor("secretary"), meeting_id, everyone)
    ask(actor, cast, by="base_secretary")
    on = select(Evaluation.member_id).join(SecretBallot, SecretBallot.evaluation_id == Evaluation.id)
    assert cast.member.member_id not in db.session.execute(on).scalars().all()
    voters = select(BallotVoter.member_id).distinct()
    assert cast.member.member_id not in db.session.execute(voters).scalars().all()


def test_who_was_voted_on_stays_with_the_branch_that_voted(actor, cast):
    year_end.meet("secretary")
    ask(actor, cast, by="base_secretary")
    mine = year_end.one("member")
    assert (mine.unit_id, mine.state) == (cast.units["BV-NOI"], EvaluationState.MET)


def test_many_are_moved_at_once_in_as_many_statements_as_few(app, actor, cast):
    from tests.counting import counted

    base, new = actor("base_secretary"), cast.units["BV-NGOAI"]
    with counted(app) as few:
        assert transfers.move_members(base, [cast.member.member_id], new, TODAY) == 1
    unit = db.session.get_one(Unit, cast.units["BV-NOI"])
    people = [factories.member("Trần Văn", f"Số{n}", unit)[0].id for n in range(60)]
    db.session.commit()
    with counted(app) as many:
        assert transfers.move_members(base, people, new, TODAY) == 60
    assert len(many) <= len(few) + 2 and recount(mend=False) == ()
    memberships = select(Membership.unit_id, Membership.from_day).where(Membership.member_id == people[0], Membership.to_day.is_(None))
    assert db.session.execute(memberships).one() == (new, TODAY)


def test_many_are_moved_only_by_who_leads_all_of_them(actor, cast):
    with pytest.raises(NotFound):
        transfers.move_members(actor("base_secretary"), [cast.member.member_id, cast.stranger.member_id], cast.units["BV-NGOAI"], TODAY)
    assert home(cast.member) == cast.units["BV-NOI"]
    with pytest.raises(BadInput):
        transfers.move_members(actor("base_secretary"), [], cast.units["BV-NGOAI"], TODAY)
    with pytest.raises(WrongMoment, match="trực tiếp"):
        transfers.move_members(actor("bloc_secretary"), [cast.member.member_id], cast.units["KHOI"], TODAY)


def test_who_moves_after_the_year_s_end_is_rated_for_it_by_the_branch_they_were_in(actor, cast, time):
    time.move_to(datetime(2027, 1, 5, 9, tzinfo=factories.VIETNAM))
    day = date(2027, 1, 5)
    transfers.ask_transfer(actor("base_secretary"), new_id(), cast.member.member_id, cast.units["BV-NGOAI"], "", day)
    for name, rates in (("secretary", True), ("other_secretary", False)):
        branch = load_branch(actor(name), Action.EVALUATION_PROPOSE, cast.units["BV-NOI" if rates else "BV-NGOAI"], 2026)
        assert (cast.member.member_id in {person.member_id for person in people(branch, None, day)}) is rates
    year_end.self_assess("member")
    assert year_end.one("member").unit_id == cast.units["BV-NOI"]
    year_end.meet("secretary")
    assert year_end.one("member").state is EvaluationState.MET
