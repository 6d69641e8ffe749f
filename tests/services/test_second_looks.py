"""Second looks: who may ask, until when, who answers, and what stays of a result that was replaced."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from diary.domain.errors import BadInput, NotAllowed, NotFound, Stale, WrongMoment
from diary.models.base import db, new_id
from diary.models.evaluations import Evaluation, PastResult, SecondLook
from diary.models.years import WorkYear
from diary.queries.second_looks import own_look, waiting_looks
from diary.services import clock, second_looks
from tests import year_end
from tests.factories import YEAR, actor

WORDS = "Tôi có 48 tuần đều, xin xem lại."


@pytest.fixture
def decided(session, cast):
    """The branch's levels are decided as proposed: everyone "good"."""
    year_end.meet("secretary")
    year_end.propose("secretary")
    year_end.pass_on("base_secretary", cast.secretary.unit_id)
    year_end.decide("bloc_secretary", cast.secretary.unit_id)
    return year_end.one("member").id


def asked(evaluation_id, name="member", words=WORDS):
    return second_looks.ask(actor(name), evaluation_id, new_id(), words)


def answered(look_id, level="outstanding", words="Đã xem lại các bài trong năm.", name="bloc_secretary"):
    db.session.expire_all()
    version = db.session.execute(
        select(Evaluation.version).join(SecondLook, SecondLook.evaluation_id == Evaluation.id).where(SecondLook.id == look_id)
    ).scalar_one()
    second_looks.answer(actor(name), look_id, level, words, version)


def test_a_member_asks_once_and_the_same_form_again_is_the_same_request(decided):
    look_id = new_id()
    assert second_looks.ask(actor("member"), decided, look_id, WORDS) == second_looks.ask(actor("member"), decided, look_id, WORDS)
    with pytest.raises(WrongMoment, match="đã xin phúc tra"):
        asked(decided)
    assert [one.id for one in waiting_looks(actor("bloc_secretary"))] == [look_id]


def test_nobody_asks_for_another_and_nobody_before_there_is_a_result(session, cast, decided):
    with pytest.raises(NotFound):
        asked(decided, "member2")
    with pytest.raises(NotFound):
        asked(decided, "administrator")
    with pytest.raises(BadInput):
        asked(decided, words="")


def test_the_seventh_day_is_the_last(decided, time):
    time.shift(timedelta(days=7))
    assert own_look(decided, clock.today()).last_day == clock.today()
    time.shift(timedelta(days=1))
    assert own_look(decided, clock.today()).last_day is None
    with pytest.raises(WrongMoment, match="30/11/2026"):
        asked(decided)


def test_a_locked_year_still_takes_second_looks_and_answers(decided):
    db.session.get_one(WorkYear, YEAR).locked_at = clock.now()
    db.session.commit()
    answered(asked(decided), "good")
    assert year_end.one("member").decided_level == "good"


def test_an_answer_that_changes_the_level_keeps_the_one_before_with_its_evidence(decided):
    before = year_end.one("member").snapshot
    answered(asked(decided))
    assert year_end.one("member").decided_level == "outstanding"
    past = db.session.execute(select(PastResult)).scalars().one()
    assert (past.level, past.snapshot, past.reason) == ("good", before, "Đã xem lại các bài trong năm.")
    look = own_look(decided, clock.today()).look
    assert (look.state, look.level_before, look.level_after) == ("Đã trả lời phúc tra", "good", "outstanding")


def test_an_answer_that_keeps_the_level_leaves_no_second_result(decided):
    answered(asked(decided), "good")
    assert db.session.execute(select(PastResult)).first() is None


def test_an_answer_needs_a_level_and_reasons_and_comes_once(decided):
    look_id = asked(decided)
    with pytest.raises(BadInput):
        answered(look_id, "khong-co")
    with pytest.raises(BadInput):
        answered(look_id, words="")
    with pytest.raises(Stale):
        second_looks.answer(actor("bloc_secretary"), look_id, "good", "Giữ nguyên.", 0)
    answered(look_id)
    with pytest.raises(WrongMoment, match="đã được trả lời"):
        answered(look_id)


@pytest.mark.parametrize(
    ("name", "error"),
    [("secretary", NotAllowed), ("base_secretary", NotAllowed), ("inspector", NotAllowed), ("stranger", NotFound), ("member", NotAllowed)],
)
def test_only_the_bloc_answers(decided, name, error):
    with pytest.raises(error):
        answered(asked(decided), name=name)


def test_a_result_opened_again_waits_for_the_bloc_and_stays_on_record(decided):
    version = year_end.one("member").version
    with pytest.raises(BadInput):
        second_looks.reopen_result(actor("bloc_secretary"), decided, "", version)
    second_looks.reopen_result(actor("bloc_secretary"), decided, "Nhầm tên trong quyết định.", version)
    row = year_end.one("member")
    assert (row.state, row.decided_level, row.decision_id) == ("passed_on", "", None)
    assert own_look(decided, clock.today()).past[0].level == "good"
    with pytest.raises(WrongMoment):
        second_looks.reopen_result(actor("bloc_secretary"), decided, "Lần nữa.", row.version)


def test_a_result_under_a_second_look_is_not_opened_again(decided):
    asked(decided)
    with pytest.raises(WrongMoment, match="phúc tra"):
        second_looks.reopen_result(actor("bloc_secretary"), decided, "Nhầm.", year_end.one("member").version)


def test_a_new_decision_may_be_asked_about_again(decided, cast):
    answered(asked(decided), "good")
    second_looks.reopen_result(actor("bloc_secretary"), decided, "Xét lại.", year_end.one("member").version)
    year_end.decide("bloc_secretary", cast.secretary.unit_id)
    asked(decided)
    assert len(waiting_looks(actor("bloc_secretary"))) == 1
