"""A unit's own year-end: proposed, looked at by the base, decided many at once, returned, taken back."""

from datetime import date

import pytest
from sqlalchemy import select

from diary.domain.actors import Post
from diary.domain.errors import BadInput, NotAllowed, NotFound, Stale, WrongMoment
from diary.domain.evaluations import EvaluationState
from diary.domain.proposals import BadChoices
from diary.models.accounts import Account
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.noted_figures import UnitFigure
from diary.models.notices import Notice
from diary.models.unit_evaluations import UnitEvaluationStep
from diary.models.units import Unit
from diary.models.years import Window, WorkYear
from diary.queries.unit_evaluations import unit_page
from diary.services import unit_evaluations
from tests import factories
from tests import unit_year_ends as play
from tests.factories import YEAR

S = EvaluationState


@pytest.fixture(autouse=True)
def _context(app, cast):
    with app.app_context():
        yield


def told(name):
    mine = select(Notice.text).join(Account, Account.id == Notice.account_id).where(Account.username == name)
    return " | ".join(db.session.execute(mine).scalars())


def test_a_branch_s_proposal_goes_over_its_base_to_the_bloc(cast):
    play.propose("secretary", "BV-NOI")
    assert play.row("BV-NOI").state is S.PROPOSED and "đề nghị xếp loại đơn vị" in told("base_secretary")
    play.pass_on("base_secretary", "BV-NOI")
    assert play.row("BV-NOI").state is S.PASSED_ON and "chuyển lên" in told("bloc_secretary")
    play.decide("bloc_secretary", "BV-NOI")
    row = play.row("BV-NOI")
    assert (row.state, row.decided_level, row.decision_number) == (S.DECIDED, "strong", "22-QĐ/ĐTNK")
    assert "công nhận" in told("secretary")
    assert [step.level for step in db.session.execute(select(UnitEvaluationStep).order_by(UnitEvaluationStep.id)).scalars()] == [
        "strong"
    ] * 3


def test_a_base_branch_and_a_base_go_straight_to_the_bloc():
    play.propose("lone_secretary", "KB")
    play.propose("base_secretary", "BV", "fair")
    assert "Kho bạc" in told("bloc_secretary") and "Bệnh viện" in told("bloc_secretary")
    assert play.decide("bloc_secretary", "KB") == 1
    assert play.decide("bloc_deputy", "BV", level="fair") == 1


def test_many_units_are_decided_under_one_number_and_day():
    play.propose("lone_secretary", "KB")
    play.propose("base_secretary", "BV")
    assert play.decide("bloc_secretary", "KB", "BV") == 2
    assert {play.row(code).decision_number for code in ("KB", "BV")} == {"22-QĐ/ĐTNK"}


def test_a_decision_freezes_the_figures_it_rested_on():
    play.note("lone_secretary", "KB", meetings_held=9)
    play.propose("lone_secretary", "KB")
    play.decide("bloc_secretary", "KB")
    db.session.get_one(UnitFigure, (play.unit("KB"), YEAR, "meetings_held")).count = 3
    db.session.commit()
    kept = play.row("KB").snapshot
    assert kept["measures"]["meetings_held"]["count"] == 9 and kept["number"] == "22-QĐ/ĐTNK" and kept["proposed"] == "strong"


def test_the_same_decision_sent_twice_is_one_decision():
    play.propose("lone_secretary", "KB")
    seen = play.version("KB")
    for _ in range(2):
        choices = {play.unit("KB"): play.Choice("strong", "", seen)}
        unit_evaluations.decide(factories.actor("bloc_secretary"), unit_evaluations.UnitDecision(YEAR, "22", date(YEAR, 11, 20), choices))
    assert len(db.session.execute(select(UnitEvaluationStep).where(UnitEvaluationStep.to_state == S.DECIDED)).all()) == 1


def test_who_proposed_a_unit_s_level_does_not_decide_it(cast):
    account = db.session.execute(select(Account).where(Account.username == "bloc_secretary")).scalar_one()
    factories.appoint(account, db.session.get_one(Unit, play.unit("KB")), Post.DEPUTY_SECRETARY)
    db.session.commit()
    play.propose("bloc_secretary", "KB")
    with pytest.raises(NotAllowed):
        play.decide("bloc_secretary", "KB")
    with pytest.raises(NotAllowed):
        play.send_back("bloc_secretary", "KB")
    assert play.decide("bloc_deputy", "KB") == 1


@pytest.mark.sqlite
@pytest.mark.parametrize("name", ["member", "base_secretary", "bloc_secretary", "inspector", "other_secretary"])
def test_only_the_unit_s_own_officers_propose_it(name):
    with pytest.raises((NotAllowed, NotFound)):
        play.propose(name, "BV-NOI")


@pytest.mark.sqlite
def test_the_bloc_itself_is_not_rated():
    with pytest.raises(NotAllowed):
        play.propose("bloc_secretary", "KHOI")
    with pytest.raises(NotFound):
        unit_page(factories.actor("bloc_secretary"), play.unit("KHOI"), YEAR, date(YEAR, 11, 23))


def test_only_a_base_over_the_unit_passes_it_on():
    play.propose("secretary", "BV-NOI")
    for name in ("secretary", "bloc_secretary"):
        with pytest.raises(NotAllowed):
            play.pass_on(name, "BV-NOI")
    with pytest.raises(WrongMoment):
        play.decide("bloc_secretary", "BV-NOI")


def test_a_base_that_sees_it_differently_says_why():
    play.propose("secretary", "BV-NOI")
    with pytest.raises(BadChoices, match="ghi lý do"):
        play.pass_on("base_secretary", "BV-NOI", "fair")
    play.pass_on("base_secretary", "BV-NOI", "fair", "Ba tháng không sinh hoạt.")
    assert (play.row("BV-NOI").base_level, play.row("BV-NOI").base_words) == ("fair", "Ba tháng không sinh hoạt.")


def test_the_bloc_says_why_it_departs_from_what_came_up():
    play.propose("lone_secretary", "KB")
    with pytest.raises(BadChoices) as refused:
        play.decide("bloc_secretary", "KB", level="fair")
    assert f"reason-{play.unit('KB')}" in refused.value.faults
    with pytest.raises(BadChoices, match="Hãy chọn mức"):
        play.decide("bloc_secretary", "KB", level="good")  # a level of members
    play.decide("bloc_secretary", "KB", level="fair", reason="Chưa đóng đủ đoàn phí.")


@pytest.mark.sqlite
@pytest.mark.parametrize("given", [{"number": ""}, {"decided_on": None}, {"decided_on": date(2099, 1, 1)}])
def test_a_decision_needs_its_number_and_a_day_that_has_come(given):
    play.propose("lone_secretary", "KB")
    with pytest.raises(BadInput):
        play.decide("bloc_secretary", "KB", **given)
    assert play.row("KB").state is S.PROPOSED


@pytest.mark.sqlite
def test_a_proposal_needs_words_a_level_and_a_reason_where_it_departs_from_the_figures():
    with pytest.raises(BadInput) as refused:
        play.propose("lone_secretary", "KB", words="")
    assert refused.value.field == "words"
    with pytest.raises(BadInput) as refused:
        play.propose("lone_secretary", "KB", level="outstanding")
    assert refused.value.field == "level"


def test_returns_go_one_step_with_words():
    play.propose("secretary", "BV-NOI")
    play.pass_on("base_secretary", "BV-NOI")
    play.send_back("bloc_secretary", "BV-NOI", "Xem lại số buổi.")
    assert play.row("BV-NOI").state is S.PROPOSED and play.row("BV-NOI").return_words == "Xem lại số buổi."
    play.send_back("base_secretary", "BV-NOI")
    assert play.row("BV-NOI").state is S.NOT_STARTED and "bị trả lại" in told("secretary")
    play.propose("secretary", "BV-NOI", "fair")
    assert play.row("BV-NOI").return_words == "" and play.row("BV-NOI").base_level == ""
    with pytest.raises(BadInput):
        play.send_back("base_secretary", "BV-NOI", "")


def test_a_result_taken_back_leaves_both_versions():
    play.propose("lone_secretary", "KB")
    play.decide("bloc_secretary", "KB")
    with pytest.raises(BadInput):
        play.reopen("bloc_secretary", "KB", "")
    play.reopen("bloc_secretary", "KB")
    row = play.row("KB")
    assert (row.state, row.decided_level, row.decision_number, row.snapshot) == (S.PROPOSED, "", "", None)
    play.decide("bloc_deputy", "KB", level="fair", reason="Đúng số liệu.", number="23-QĐ/ĐTNK")
    steps = db.session.execute(select(UnitEvaluationStep).order_by(UnitEvaluationStep.id)).scalars().all()
    assert [step.level for step in steps] == ["strong", "strong", "strong", "fair"]
    assert steps[2].snapshot["number"] == "22-QĐ/ĐTNK" and steps[2].words == "Ghi nhầm mức."


def test_a_form_older_than_the_row_is_stale():
    play.propose("lone_secretary", "KB")
    choices = {play.unit("KB"): play.Choice("strong", "", 1)}
    with pytest.raises(Stale):
        unit_evaluations.decide(factories.actor("bloc_secretary"), unit_evaluations.UnitDecision(YEAR, "22", date(YEAR, 11, 20), choices))


def test_nothing_is_proposed_or_decided_outside_the_window():
    play.propose("secretary", "BV-NOI")
    for window in db.session.execute(select(Window)).scalars():
        window.closes_on = date(YEAR, 1, 2)
    db.session.commit()
    for act in (lambda: play.propose("lone_secretary", "KB"), lambda: play.pass_on("base_secretary", "BV-NOI")):
        with pytest.raises(WrongMoment, match="hết hạn"):
            act()


def test_figures_are_noted_until_the_level_is_proposed():
    assert play.note("secretary", "BV-NOI", meetings_held=10, topics=3) == 2
    assert play.note("secretary", "BV-NOI", meetings_held=10, topics=None) == 1
    line = db.session.execute(select(AuditLine).where(AuditLine.action == "unit_figures_note")).scalars().first()
    assert line.fields == [YEAR, "meetings_held", "topics"]
    play.propose("secretary", "BV-NOI")
    with pytest.raises(WrongMoment):
        play.note("secretary", "BV-NOI", meetings_held=12)


@pytest.mark.sqlite
@pytest.mark.parametrize(("code", "count"), [("meetings_held", -1), ("topics", 10_001), ("rhythm", 3)])
def test_a_figure_that_cannot_be_is_refused_at_its_field(code, count):
    with pytest.raises(BadInput) as refused:
        play.note("secretary", "BV-NOI", **{code: count})
    assert refused.value.field == code


@pytest.mark.sqlite
def test_a_locked_year_takes_no_figures():
    db.session.get_one(WorkYear, YEAR).locked_at = factories.datetime.now(factories.VIETNAM)
    db.session.commit()
    with pytest.raises(WrongMoment, match="khóa sổ"):
        play.note("secretary", "BV-NOI", meetings_held=1)
