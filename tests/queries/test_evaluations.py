"""Reads of year-end: the branch's table, and what waits above."""

from datetime import date

import pytest
from sqlalchemy import select

from diary.domain import schemes
from diary.domain.entries import EntryState
from diary.domain.errors import NotFound
from diary.domain.evaluations import EvaluationState
from diary.models.base import db
from diary.models.members import Membership
from diary.models.units import Unit
from diary.queries import evaluations as queries
from diary.queries.evaluation_persons import person_page
from diary.queries.evaluations import queues
from diary.queries.figures import year_figures
from tests import factories, year_end
from tests.counting import counted
from tests.factories import YEAR

pytestmark = pytest.mark.usefixtures("session")
TODAY = date(2026, 11, 23)


def table(unit_id):
    db.session.expire_all()
    return queries.branch_table(queries.load_branch(factories.actor("bloc_secretary"), "evaluation_read", unit_id, YEAR), TODAY)


def queue(name, page=1):
    db.session.expire_all()
    return queries.queue(factories.actor(name), YEAR, schemes.SCHEME_2023, TODAY, page)


def row_of(name, unit_id, page=1):
    return next(row for row in queue(name, page).rows if row.unit_id == unit_id)


def test_figures_come_from_the_summary_rows(cast):
    factories.entry(cast.member, EntryState.APPROVED)
    factories.entry(cast.member, EntryState.RETURNED)
    factories.entry(cast.member, EntryState.DRAFT)
    found = year_figures([cast.member.member_id, cast.member2.member_id], YEAR, TODAY)
    mine = found[cast.member.member_id]
    assert (mine.approved, mine.sent) == (1, 2) and mine.weeks_due > 40 and found[cast.member2.member_id].sent == 0


def test_the_branch_table_holds_everyone_active_with_no_row_made_for_them(cast):
    found = table(cast.member.unit_id)
    assert [row.person.name for row in found.rows] == [
        "Phan Thị Mỹ Duyên", "Võ Quốc Huy", "Sơn Ngọc Rạch Thi", "Thạch Thị Sa Rinh", "Lâm Thanh Sang"
    ]  # fmt: skip
    assert {row.person.state for row in found.rows} == {EvaluationState.NOT_STARTED} and not year_end.rows(cast.member.unit_id)


def test_odd_cases_stand_on_top_with_their_reasons(cast):
    year_end.keep_books(cast.member.unit_id)
    for name in ("member", "member2", "secretary", "deputy", "new_member"):
        year_end.self_assess(name, level="outstanding" if name == "secretary" else None)
    year_end.meet("secretary")
    found = table(cast.member.unit_id)
    assert found.rows[0].person.name == "Lâm Thanh Sang" and found.rows[0].odd == ("Tự xếp cao hơn biểu quyết",)
    assert found.odd_count == 1 and found.rows[0].winning_votes == 5 and found.present == 5


def test_who_came_too_late_is_not_rated_and_the_reason_is_told(cast):
    row = db.session.execute(select(Membership).where(Membership.member_id == cast.member.member_id)).scalar_one()
    row.from_day = date(2026, 10, 5)
    db.session.commit()
    assert [one.eligibility.reason for one in table(cast.member.unit_id).unrated] == ["Về chi đoàn từ 05/10/2026, chưa đủ 3 tháng"]


def test_shares_stand_beside_those_of_sister_branches(cast):
    year_end.meet("other_secretary")
    year_end.propose("other_secretary")
    beside = table(cast.member.unit_id).beside
    assert [(bar.label, bar.counts) for bar in beside] == [("1 chi đoàn bạn", (0, 2, 0, 0))]


def test_the_base_sees_its_branches_and_the_bloc_all_those_waiting_first(cast):
    units = cast.units
    year_end.meet("secretary")
    year_end.propose("secretary")
    assert {row.unit_id for row in queue("base_secretary").rows} == {units["BV-NOI"], units["BV-NGOAI"]}
    assert queue("base_secretary").rows[0].waiting == 5 and queue("base_secretary").rows[0].odd == 5
    assert row_of("bloc_secretary", units["BV-NOI"]).waiting == 0
    year_end.pass_on("base_secretary", units["BV-NOI"])
    first = queue("bloc_secretary").rows[0]
    assert (first.unit_id, first.waiting, first.counts) == (units["BV-NOI"], 5, (0, 5, 0, 0))
    assert row_of("base_secretary", units["BV-NOI"]).waiting == 0


def test_what_is_one_s_own_waits_for_the_colleague_only(cast):
    year_end.meet("lone_secretary")
    year_end.propose("lone_secretary")
    unit_id = cast.units["KB"]
    assert row_of("bloc_secretary", unit_id).waiting == 4 and row_of("bloc_deputy", unit_id).waiting == 4
    year_end.decide("bloc_secretary", unit_id)
    assert row_of("bloc_secretary", unit_id).waiting == 0 and row_of("bloc_deputy", unit_id).waiting == 1


def test_the_only_officer_of_a_base_goes_to_the_bloc_at_once(cast):
    year_end.meet("other_secretary")
    year_end.propose("other_secretary")
    unit_id = cast.units["BV-NGOAI"]
    assert row_of("base_secretary", unit_id).waiting == 1 and row_of("bloc_secretary", unit_id).waiting == 1


def test_the_queue_is_paged(monkeypatch, cast):
    monkeypatch.setattr(queues, "PAGE", 2)
    pages = [queue("bloc_secretary", page) for page in (1, 2, 99)]
    assert pages[0].pages == 2 and [len(page.rows) for page in pages] == [2, 1, 1]


def test_reads_cost_the_same_for_few_people_and_for_many(app, cast):
    who = factories.actor("secretary")

    def cost():
        with counted(app) as sent:
            queries.branch_table(queries.load_branch(who, "evaluation_propose", cast.member.unit_id, YEAR), TODAY)
            queries.queue(factories.actor("bloc_secretary"), YEAR, schemes.SCHEME_2023, TODAY)
        return len(sent)

    before = cost()
    home = db.session.get_one(Unit, cast.member.unit_id)
    for number in range(25):
        factories.member("Trần Văn", f"Số {number}", home)
    db.session.commit()
    year_end.evaluations.ensure_evaluations(home.id, YEAR)
    assert cost() == before


def test_a_person_s_page_tells_officers_the_steps_and_returns_and_the_member_none_of_them(cast):
    evaluation_id = year_end.self_assess("member")
    year_end.meet("secretary")
    year_end.propose("secretary")
    row = year_end.one("member")
    base = factories.actor("base_secretary")
    year_end.decisions.send_back(base, cast.member.unit_id, YEAR, {str(row.id): row.version}, "Thiếu căn cứ")
    shown = person_page(factories.actor("secretary"), evaluation_id, TODAY)
    assert [step.state for step in shown.steps] == ["Đã tự đánh giá", "Đã họp", "Đã đề nghị", "Trả lại"]
    assert shown.steps[-1].words == shown.return_words == "Thiếu căn cứ" and shown.shown_state == "Trả lại"
    assert person_page(factories.actor("member"), evaluation_id, TODAY).steps == ()
    for name in ("member2", "stranger", "administrator"):
        with pytest.raises(NotFound):
            person_page(factories.actor(name), evaluation_id, TODAY)
