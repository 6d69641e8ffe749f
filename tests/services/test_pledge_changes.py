"""Wishes to change an approved pledge: who may ask, when, and what the answer does."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from diary.domain.entries import EntryState
from diary.domain.errors import BadInput, NotAllowed, NotFound, Stale, WrongMoment
from diary.domain.members import Standing
from diary.domain.pledges import ChangeState, PledgeDraft, PledgeState
from diary.domain.reviews import Kind, Verdict
from diary.models.audit import AuditLine
from diary.models.base import db, new_id
from diary.models.counts import MemberYear
from diary.models.notices import Notice
from diary.models.pledges import PledgeChange, PledgeRevision
from diary.models.years import Window
from diary.queries import reviews as queue
from diary.services import clock, members, pledge_changes, pledges, reviews, years
from diary.services.units import merging
from tests import factories

YES, NO = Verdict.APPROVED, Verdict.RETURNED
TODAY = date(2026, 11, 23)
WHY = "Tôi đổi ca trực nên không trả lời trong ngày được."


@pytest.fixture
def promised(cast):
    return factories.pledge(cast.member, PledgeState.APPROVED, how="Mỗi chiều một lượt", target="30 hồ sơ mỗi tháng")


def wish(row, **other):
    fields = {name: getattr(row, name) for name in ("virtue_id", "title", "how", "target", "due_on")}
    return PledgeDraft(**(fields | {"title": "Trả lời hồ sơ trong hai ngày"} | other))


def ask(who, row, **other):
    return pledge_changes.ask_change(who, new_id(), row.id, wish(row, **other), WHY, row.version, TODAY)


def answer(who, change_id, verdict=YES, words="", version=1):
    reviews.review_change(who, change_id, verdict, words, version)


def again(row):
    db.session.expire_all()
    return db.session.get_one(type(row), row.id)


def change(change_id):
    return db.session.get_one(PledgeChange, change_id, populate_existing=True)


def told(person):
    return list(db.session.execute(select(Notice.text).where(Notice.account_id == person.account_id)).scalars())


def revisions(row):
    query = select(PledgeRevision.number, PledgeRevision.body).where(PledgeRevision.pledge_id == row.id).order_by(PledgeRevision.number)
    return [(number, body["title"]) for number, body in db.session.execute(query)]


def approved(person):
    return db.session.get_one(MemberYear, (person.member_id, factories.YEAR, person.unit_id), populate_existing=True).pledges_approved


def test_a_wish_waits_and_the_pledge_stays_approved_and_as_it_was(actor, cast, promised):
    asked = ask(actor("member"), promised)
    row = again(promised)
    assert (row.state, row.title, row.version) == (PledgeState.APPROVED, "Trả lời hồ sơ trong ngày", 2)
    found = change(asked)
    assert (found.state, found.reason, found.body["title"]) == (ChangeState.WAITING, WHY, "Trả lời hồ sơ trong hai ngày")
    line = db.session.execute(select(AuditLine).where(AuditLine.action == "pledge_change_ask")).scalars().one()
    assert line.fields == ["title"]
    factories.entry(cast.member, EntryState.WAITING, pledge_id=row.id)


def test_the_card_shows_old_and_new_side_by_side_and_the_reason(actor, promised):
    ask(actor("member"), promised)
    card = queue.queue(actor("secretary"), clock.now())[0]
    assert (card.kind, card.reason) == (Kind.CHANGE, WHY)
    assert [(side.before, side.after) for side in card.sides if side.changed] == [
        ("Trả lời hồ sơ trong ngày", "Trả lời hồ sơ trong hai ngày")
    ]
    assert {side.label for side in card.sides} == {"Chuẩn mực", "Nội dung làm theo", "Cách làm", "Kết quả cần đạt"}
    assert queue.waiting_count(actor("secretary"), clock.now()) == 1
    assert not queue.queue(actor("member"), clock.now())


def test_an_approved_wish_puts_the_new_text_in_force_and_keeps_the_old_one(actor, cast, promised):
    answer(actor("secretary"), ask(actor("member"), promised), words="Hợp lý.")
    row = again(promised)
    assert (row.state, row.title, row.how) == (PledgeState.APPROVED, "Trả lời hồ sơ trong hai ngày", "Mỗi chiều một lượt")
    assert revisions(row) == [(1, "Trả lời hồ sơ trong ngày"), (2, "Trả lời hồ sơ trong hai ngày")]
    assert approved(cast.member) == 1
    assert len(told(cast.member)) == 1
    assert queue.queue_figures(actor("secretary"), clock.now()) == queue.QueueFigures(0, 0, 1)


def test_a_wish_sent_back_needs_words_and_leaves_the_pledge(actor, cast, promised):
    asked = ask(actor("member"), promised)
    with pytest.raises(BadInput, match="lý do"):
        answer(actor("secretary"), asked, NO)
    answer(actor("secretary"), asked, NO, "Nội dung cũ vẫn làm được.")
    found, row = change(asked), again(promised)
    assert (found.state, found.answer, found.answered_by) == (ChangeState.DECLINED, "Nội dung cũ vẫn làm được.", cast.secretary.account_id)
    assert (row.title, len(revisions(row)), len(told(cast.member))) == ("Trả lời hồ sơ trong ngày", 1, 1)
    ask(actor("member"), row, title="Trả lời hồ sơ trong một ngày rưỡi")  # and may be asked again


@pytest.mark.parametrize(("verdict", "words"), [(YES, ""), (NO, "Chưa rõ.")])
def test_an_answer_can_be_taken_back_and_the_wish_waits_again(actor, cast, promised, verdict, words):
    asked, who = ask(actor("member"), promised), actor("secretary")
    answer(who, asked, verdict, words)
    assert queue.undo_offer(who, Kind.CHANGE, asked, clock.now()).verdict is verdict
    assert reviews.undo_review(who, Kind.CHANGE, asked) == 3
    found, row = change(asked), again(promised)
    assert (found.state, found.answer, found.answered_by, found.answered_at) == (ChangeState.WAITING, "", None, None)
    assert (row.title, len(revisions(row)), row.state) == ("Trả lời hồ sơ trong ngày", 1, PledgeState.APPROVED)
    assert told(cast.member) == []
    answer(who, asked, version=3)
    assert again(promised).title == "Trả lời hồ sơ trong hai ngày"


def test_an_answer_stays_once_its_author_went_on(actor, promised):
    asked, who = ask(actor("member"), promised), actor("secretary")
    answer(who, asked)
    pledges.close_pledge(actor("member"), promised.id, PledgeState.MET, "")
    with pytest.raises(WrongMoment, match="thay đổi sau"):
        reviews.undo_review(who, Kind.CHANGE, asked)


def test_another_wish_after_one_sent_back_keeps_that_answer(actor, promised):
    asked, who = ask(actor("member"), promised), actor("secretary")
    answer(who, asked, NO, "Chưa rõ.")
    ask(actor("member"), again(promised))
    with pytest.raises(WrongMoment):
        reviews.undo_review(who, Kind.CHANGE, asked)


def test_one_wish_waits_at_a_time_and_the_same_form_twice_is_one(actor, promised):
    who, wanted = actor("member"), new_id()
    for _ in range(2):
        assert pledge_changes.ask_change(who, wanted, promised.id, wish(promised), WHY, 1, TODAY) == wanted
    with pytest.raises(WrongMoment, match="đang có"):
        ask(who, again(promised))
    pledge_changes.withdraw_change(who, promised.id)
    assert change(wanted).state is ChangeState.WITHDRAWN
    assert queue.waiting_count(actor("secretary"), clock.now()) == 0
    with pytest.raises(WrongMoment):
        pledge_changes.withdraw_change(who, promised.id)
    with pytest.raises(WrongMoment, match="không còn chờ"):
        answer(actor("secretary"), wanted, version=2)
    ask(who, again(promised))


def test_who_may_ask_and_who_may_answer(actor, cast, promised):
    for stranger in ("member2", "stranger"):
        with pytest.raises(NotFound):
            ask(actor(stranger), promised)
    with pytest.raises(NotAllowed):
        ask(actor("secretary"), promised)
    asked = ask(actor("member"), promised)
    for who, refusal in (("member", NotAllowed), ("member2", NotFound), ("other_secretary", NotFound), ("base_secretary", NotFound)):
        with pytest.raises(refusal):
            answer(actor(who), asked)
    with pytest.raises(NotFound):
        pledge_changes.ask_change(
            actor("member"), asked, factories.pledge(cast.member, PledgeState.APPROVED).id, wish(promised), WHY, 1, TODAY
        )
    with pytest.raises(NotFound):
        pledge_changes.withdraw_change(actor("member2"), promised.id)


def test_the_secretary_s_own_wish_is_not_hers_to_answer(actor, cast):
    own = factories.pledge(cast.secretary, PledgeState.APPROVED)
    asked = ask(actor("secretary"), own)
    with pytest.raises(NotAllowed):
        answer(actor("secretary"), asked)
    answer(actor("deputy"), asked)


def test_a_wish_that_waits_too_long_may_be_answered_by_the_base(actor, cast, promised):
    asked = ask(actor("member"), promised)
    long_ago = datetime.now(factories.VIETNAM) - timedelta(days=9)
    db.session.execute(update(PledgeChange).values(asked_at=long_ago))
    db.session.commit()
    assert [card.id for card in queue.queue(actor("base_secretary"), clock.now())] == [asked]
    answer(actor("base_secretary"), asked)
    assert again(promised).title == "Trả lời hồ sơ trong hai ngày"


@pytest.mark.parametrize("state", [state for state in PledgeState if state is not PledgeState.APPROVED])
def test_only_an_approved_pledge_is_asked_to_change(actor, cast, state):
    with pytest.raises(WrongMoment):
        ask(actor("member"), factories.pledge(cast.member, state))


def test_what_is_asked_says_something_new_is_complete_and_has_a_reason(actor, promised):
    who = actor("member")
    for wrong, field in (
        ({"title": promised.title}, "title"),
        ({"title": " "}, "title"),
        ({"virtue_id": None}, "virtue_id"),
        ({"virtue_id": 999}, "virtue_id"),
    ):
        with pytest.raises(BadInput) as refusal:
            ask(who, promised, **wrong)
        assert refusal.value.field == field
    with pytest.raises(BadInput) as refusal:
        pledge_changes.ask_change(who, new_id(), promised.id, wish(promised), "  ", 1, TODAY)
    assert refusal.value.field == "reason"
    with pytest.raises(Stale):
        pledge_changes.ask_change(who, new_id(), promised.id, wish(promised), WHY, 7, TODAY)


def test_it_is_asked_while_diaries_are_written_and_not_after(actor, promised):
    db.session.execute(update(Window).where(Window.activity == "writing").values(closes_on=TODAY - timedelta(days=1)))
    db.session.execute(update(Window).where(Window.activity == "registering").values(closes_on=TODAY - timedelta(days=1)))
    db.session.commit()
    with pytest.raises(WrongMoment, match="hết hạn"):
        ask(actor("member"), promised)


def test_a_locked_year_lets_the_wish_lapse(actor, promised):
    asked = ask(actor("member"), promised)
    years.lock_year(actor("bloc_secretary"), factories.YEAR, "Hết năm.")
    assert change(asked).state is ChangeState.WITHDRAWN
    with pytest.raises(WrongMoment, match="khóa sổ"):
        ask(actor("member"), again(promised))


@pytest.mark.parametrize("end", [PledgeState.MET, PledgeState.NOT_MET])
def test_saying_how_a_pledge_ended_takes_its_wish_back(actor, promised, end):
    asked = ask(actor("member"), promised)
    pledges.close_pledge(actor("member"), promised.id, end, "Đổi việc.")
    assert change(asked).state is ChangeState.WITHDRAWN


def test_who_goes_to_another_branch_or_leaves_takes_the_wish_back(actor, cast, promised):
    asked = ask(actor("member"), promised)
    members.move_member(actor("base_secretary"), cast.member.member_id, cast.other_secretary.unit_id, TODAY)
    assert change(asked).state is ChangeState.WITHDRAWN
    with pytest.raises(WrongMoment, match="đơn vị trước"):
        ask(actor("member"), again(promised))
    second = factories.pledge(cast.member2, PledgeState.APPROVED)
    asked = ask(actor("member2"), second)
    members.end_standing(actor("secretary"), cast.member2.member_id, Standing.LEFT, TODAY)
    assert change(asked).state is ChangeState.WITHDRAWN
    with pytest.raises(NotAllowed):
        ask(actor("member2"), again(second))


def test_of_a_branch_that_goes_into_another_the_wish_goes_along(actor, cast, promised):
    asked = ask(actor("member"), promised)
    merging.merge_units(actor("base_secretary"), cast.member.unit_id, cast.units["BV-NGOAI"], TODAY)
    assert change(asked).state is ChangeState.WAITING
    assert [card.id for card in queue.queue(actor("other_secretary"), clock.now())] == [asked]
    answer(actor("other_secretary"), asked)
    row = again(promised)
    assert row.title == "Trả lời hồ sơ trong hai ngày"
    assert ask(actor("member"), row, title="Trả lời hồ sơ trong ba ngày")
