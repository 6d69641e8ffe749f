"""Pledges: what may be kept and sent when, what each sending leaves behind, and how one ends."""

from datetime import UTC, date, datetime

import pytest
import uuid_utils.compat as uuid_utils
from sqlalchemy import func, select

from diary.domain.actors import Post
from diary.domain.errors import BadInput, NotAllowed, NotFound, Stale, WrongMoment
from diary.domain.members import Standing
from diary.domain.pledges import PledgeDraft, PledgeState
from diary.domain.years import Activity
from diary.models.accounts import Account
from diary.models.base import db
from diary.models.counts import MemberYear
from diary.models.members import Member
from diary.models.pledges import Pledge, PledgeRevision
from diary.models.units import Virtue
from diary.models.years import Window, WorkYear
from diary.services import pledges
from tests import factories

TODAY = date(2026, 11, 23)
YEAR = 2026


def virtue(name="Cần"):
    return db.session.execute(select(Virtue.id).where(Virtue.name == name)).scalar_one()


def draft(**facts):
    return PledgeDraft(**({"virtue_id": virtue(), "title": "Trả lời hồ sơ trong ngày"} | facts))


def add(person, send=False, pledge_id=None, **facts):
    return pledges.add_pledge(person, pledge_id or uuid_utils.uuid7(), YEAR, draft(**facts), TODAY, send=send)


def row(pledge_id):
    db.session.expire_all()
    return db.session.get_one(Pledge, pledge_id)


def figures(person):
    states = [state.value for state in PledgeState]
    columns = [func.coalesce(func.sum(getattr(MemberYear, f"pledges_{state}")), 0) for state in states]
    values = db.session.execute(select(*columns).where(MemberYear.member_id == person.member_id)).one()
    return {state: value for state, value in zip(states, values, strict=True) if value}


def close_window(activity, closes_on=date(2026, 3, 31)):
    window = db.session.execute(select(Window).where(Window.activity == activity)).scalar_one()
    window.closes_on = closes_on
    db.session.commit()


def give_back(pledge_id):
    found = row(pledge_id)
    found.state, found.review_words = PledgeState.RETURNED, "Ghi rõ kết quả nhé."
    db.session.commit()


def test_a_draft_needs_only_words_and_is_counted_as_one(actor, cast):
    made = add(actor("member"), virtue_id=None, title="  Trả lời\nhồ sơ  ")
    assert (row(made).title, row(made).state, row(made).virtue_id) == ("Trả lời hồ sơ", PledgeState.DRAFT, None)
    assert figures(cast.member) == {"draft": 1}
    with pytest.raises(BadInput) as refused:
        add(actor("member"), title=" ")
    assert refused.value.field == "title" and figures(cast.member) == {"draft": 1}


def test_sending_needs_a_virtue_and_keeps_the_words_as_sent(actor, cast):
    with pytest.raises(BadInput) as refused:
        add(actor("member"), send=True, virtue_id=None)
    assert refused.value.field == "virtue_id" and figures(cast.member) == {}
    made = add(actor("member"), send=True, due_on=date(2026, 12, 1))
    revision = db.session.execute(select(PledgeRevision.number, PledgeRevision.body).where(PledgeRevision.pledge_id == made)).one()
    assert revision.number == 1
    assert revision.body == {"virtue": "Cần", "title": "Trả lời hồ sơ trong ngày", "how": "", "target": "", "due_on": "2026-12-01"}
    assert (row(made).state, row(made).review_unit_id) == (PledgeState.WAITING, cast.member.unit_id)
    assert figures(cast.member) == {"waiting": 1}


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 1, 1)])
def test_the_due_day_stands_within_the_year(actor, day):
    with pytest.raises(BadInput) as refused:
        add(actor("member"), due_on=day)
    assert refused.value.field == "due_on"


def test_a_virtue_of_another_unit_is_refused(actor, cast):
    foreign = Virtue(unit_id=cast.units["KB"], year=YEAR, position=1, name="Tận tụy")
    db.session.add(foreign)
    db.session.commit()
    with pytest.raises(BadInput) as refused:
        add(actor("member"), virtue_id=foreign.id)
    assert refused.value.field == "virtue_id"
    add(actor("stranger"), virtue_id=foreign.id, send=True)


def test_the_same_form_sent_twice_makes_one_pledge_and_one_revision(actor, cast):
    wanted = uuid_utils.uuid7()
    for _ in range(2):
        assert add(actor("member"), send=True, pledge_id=wanted) == wanted
    assert db.session.execute(select(func.count()).select_from(PledgeRevision)).scalar_one() == 1
    assert figures(cast.member) == {"waiting": 1}


def test_a_draft_kept_and_then_sent_from_the_same_form_keeps_the_newer_words(actor):
    wanted = uuid_utils.uuid7()
    add(actor("member"), pledge_id=wanted)
    add(actor("member"), pledge_id=wanted, title="Trả lời trong nửa ngày", send=True)
    assert (row(wanted).title, row(wanted).state) == ("Trả lời trong nửa ngày", PledgeState.WAITING)
    with pytest.raises(WrongMoment):
        add(actor("member"), pledge_id=wanted, title="Lời khác", send=True)


def test_the_id_of_another_s_pledge_is_not_found(actor, cast):
    wanted = factories.pledge(cast.member2, PledgeState.DRAFT).id
    with pytest.raises(NotFound):
        add(actor("member"), pledge_id=wanted)


def test_outside_the_days_of_registering_a_draft_is_kept_and_nothing_sent(actor, cast):
    close_window(Activity.REGISTERING)
    made = add(actor("member"))
    for send in (lambda: pledges.send_pledge(actor("member"), made, TODAY), lambda: add(actor("member"), send=True)):
        with pytest.raises(WrongMoment, match="31/03/2026"):
            send()
    assert figures(cast.member) == {"draft": 1}


def test_a_returned_pledge_is_sent_again_while_diaries_are_written(actor, cast):
    made = add(actor("member"), send=True)
    give_back(made)
    close_window(Activity.REGISTERING)
    pledges.edit_pledge(actor("member"), made, draft(target="30 hồ sơ"), row(made).version, TODAY, send=True)
    numbers = db.session.execute(select(PledgeRevision.number).order_by(PledgeRevision.number)).scalars().all()
    assert row(made).state is PledgeState.WAITING and numbers == [1, 2]
    give_back(made)
    close_window(Activity.WRITING)
    with pytest.raises(WrongMoment):
        pledges.send_pledge(actor("member"), made, TODAY)


def test_a_returned_pledge_never_loses_its_virtue(actor):
    made = add(actor("member"), send=True)
    give_back(made)
    with pytest.raises(BadInput):
        pledges.edit_pledge(actor("member"), made, draft(virtue_id=None), row(made).version, TODAY, send=False)


def test_nothing_is_kept_in_a_locked_year_or_one_that_was_never_opened(actor):
    made = add(actor("member"), send=True)
    found = row(made)
    db.session.get_one(WorkYear, YEAR).locked_at = datetime(2026, 11, 1, tzinfo=UTC)
    found.state = PledgeState.APPROVED
    db.session.commit()
    with pytest.raises(WrongMoment, match="khóa"):
        add(actor("member"))
    with pytest.raises(WrongMoment, match="khóa"):
        pledges.close_pledge(actor("member"), made, PledgeState.MET, "")
    with pytest.raises(WrongMoment, match="chưa được mở"):
        pledges.add_pledge(actor("member"), uuid_utils.uuid7(), 2027, draft(), TODAY, send=False)


def test_a_form_opened_before_the_last_change_is_stale(actor):
    made = add(actor("member"))
    seen = row(made).version
    pledges.edit_pledge(actor("member"), made, draft(how="Mỗi sáng"), seen, TODAY, send=False)
    with pytest.raises(Stale):
        pledges.edit_pledge(actor("member"), made, draft(how="Mỗi chiều"), seen, TODAY, send=False)
    assert row(made).how == "Mỗi sáng"


def test_what_waits_or_is_approved_is_not_its_author_s_to_change(actor, cast):
    for state in (PledgeState.WAITING, PledgeState.APPROVED, PledgeState.MET):
        made = factories.pledge(cast.member, state).id
        with pytest.raises(WrongMoment):
            pledges.edit_pledge(actor("member"), made, draft(), 1, TODAY, send=False)
        with pytest.raises(WrongMoment):
            pledges.send_pledge(actor("member"), made, TODAY)


def test_nobody_changes_another_s_pledge_and_only_readers_learn_that_it_is_there(actor, cast):
    waiting, hidden = factories.pledge(cast.member).id, factories.pledge(cast.member, PledgeState.DRAFT).id
    for name, pledge_id, refusal in (
        ("secretary", waiting, NotAllowed),
        ("secretary", hidden, NotFound),
        ("member2", waiting, NotFound),
        ("base_secretary", waiting, NotFound),
        ("bloc_secretary", waiting, NotFound),
    ):
        with pytest.raises(refusal):
            pledges.delete_pledge(actor(name), pledge_id)


def test_only_active_members_promise(actor, cast):
    with pytest.raises(NotAllowed):
        add(actor("administrator"))
    db.session.get_one(Member, cast.member.member_id).standing = Standing.MATURED
    db.session.commit()
    with pytest.raises(NotAllowed):
        add(actor("member"))


def test_a_secretary_alone_in_the_branch_sends_to_the_unit_above(actor, cast):
    made = add(actor("lone_secretary"), send=True)
    assert row(made).review_unit_id == cast.units["KHOI"]
    account = db.session.execute(select(Account).where(Account.username == "stranger")).scalar_one()
    unit = db.session.get_one(factories.Unit, cast.units["KB"])
    factories.appoint(account, unit, Post.DEPUTY_SECRETARY)
    db.session.commit()
    assert row(add(actor("lone_secretary"), send=True)).review_unit_id == cast.units["KB"]


def test_a_mover_s_draft_is_sent_in_the_new_branch_and_counted_there(actor, cast):
    made = add(actor("member"))
    db.session.get_one(Member, cast.member.member_id).unit_id = cast.units["BV-NGOAI"]
    db.session.commit()
    pledges.send_pledge(actor("member"), made, TODAY)
    found = db.session.execute(select(MemberYear.unit_id, MemberYear.pledges_draft, MemberYear.pledges_waiting)).all()
    assert {tuple(one) for one in found} == {(cast.units["BV-NOI"], 0, 0), (cast.units["BV-NGOAI"], 0, 1)}
    assert row(made).unit_id == row(made).review_unit_id == cast.units["BV-NGOAI"]


def test_a_draft_is_deleted_and_what_was_sent_is_not(actor, cast):
    made = add(actor("member"))
    pledges.delete_pledge(actor("member"), made)
    assert db.session.get(Pledge, made) is None and figures(cast.member) == {}
    with pytest.raises(WrongMoment):
        pledges.delete_pledge(actor("member"), add(actor("member"), send=True))


def test_a_draft_that_an_entry_serves_stays(actor, cast):
    made = add(actor("member"))
    factories.entry(cast.member, pledge_id=made)
    with pytest.raises(WrongMoment, match="bài nhật ký"):
        pledges.delete_pledge(actor("member"), made)


def test_an_approved_pledge_ends_one_way_or_the_other_and_may_be_taken_back(actor, cast):
    made = factories.pledge(cast.member, PledgeState.APPROVED).id
    steps = (
        (PledgeState.MET, "", {"met": 1}),
        (PledgeState.NOT_MET, "Đi học ba tháng.", {"not_met": 1}),
        (PledgeState.APPROVED, "", {"approved": 1}),
    )
    for outcome, words, counted in steps:
        pledges.close_pledge(actor("member"), made, outcome, words)
        assert (row(made).state, row(made).outcome_words, figures(cast.member)) == (outcome, words, counted)


def test_not_met_says_why_and_only_an_approved_pledge_ends(actor, cast):
    approved, waiting = factories.pledge(cast.member, PledgeState.APPROVED).id, factories.pledge(cast.member).id
    with pytest.raises(BadInput) as refused:
        pledges.close_pledge(actor("member"), approved, PledgeState.NOT_MET, "  ")
    assert refused.value.field == "words"
    with pytest.raises(WrongMoment):
        pledges.close_pledge(actor("member"), waiting, PledgeState.MET, "")
    with pytest.raises(BadInput):
        pledges.close_pledge(actor("member"), approved, PledgeState.WAITING, "")
    with pytest.raises(NotAllowed):
        pledges.close_pledge(actor("secretary"), approved, PledgeState.MET, "")
