"""What registers tell: sums across movers, the evidence beside a grade, what goes out and comes back, how often the database is asked."""

from datetime import date

import pytest
from sqlalchemy import insert

from diary.domain.fee_lists import FEES
from diary.domain.fees import FeeNote, FeeState
from diary.domain.member_lists.import_plan import Outcome
from diary.domain.registers import read_register
from diary.domain.sheets import Sheet
from diary.domain.training import TrainingResult, YearTraining
from diary.domain.training_lists import TRAINING
from diary.models.base import db
from diary.models.fees import Fee
from diary.models.members import Member
from diary.queries import fees, training
from diary.queries.evaluation_sheets import evaluation_sheet
from diary.queries.year_registers import year_registers
from diary.services import clock
from diary.services import fees as fee_services
from diary.services import training as training_services
from diary.services.evaluations import ensure_evaluations
from tests import papers
from tests.counting import counted
from tests.registers import TODAY, YEAR

PAID, EXEMPT = FeeNote(FeeState.PAID, 15_000), FeeNote(FeeState.EXEMPT)


def pay(actor, person, notes, by="secretary"):
    fee_services.note_member(actor(by), person.member_id, YEAR, notes)


def train(actor, person, result=TrainingResult.EXCELLENT, note="", by="secretary"):
    training_services.note_member(actor(by), person.member_id, YEAR, YearTraining(result, note))


def test_people_are_counted_where_they_are_and_money_where_it_was_taken_in(session, cast, actor):
    pay(actor, cast.member, {1: PAID, 2: EXEMPT})
    db.session.get_one(Member, cast.member.member_id).unit_id = cast.units["BV-NGOAI"]
    session.commit()
    old, new = (fees.fee_page(actor("base_secretary"), cast.units[code], YEAR).sums for code in ("BV-NOI", "BV-NGOAI"))
    assert [(one.settled, one.money) for one in old[:2]] == [(0, 15_000), (0, 0)]
    assert [(one.paid, one.exempt, one.money) for one in new[:2]] == [(1, 0, 0), (0, 1, 0)]
    whole = fees.fee_page(actor("bloc_secretary"), cast.units["KHOI"], YEAR).sums
    assert (whole[0].settled, whole[0].money, whole[0].members) == (1, 15_000, 12)
    assert year_registers([cast.member.member_id], YEAR)[cast.member.member_id].fee_figure == "2/4 quý", "the year counts across"


def test_the_sheet_shows_fees_and_training_with_where_they_come_from_and_leaves_blanks_where_nothing_is_noted(session, cast, actor):
    papers.decide()
    lines = {line.name: line for line in evaluation_sheet(cast.member2.member_id, YEAR, TODAY).criteria}
    fee, result = lines["Đóng đoàn phí theo quý"], lines["Kết quả Chương trình rèn luyện đoàn viên"]
    assert (fee.evidence, fee.figure, fee.unsaid) == (result.evidence, result.figure, result.unsaid) == ("", "", "Chưa ghi")


def test_a_sheet_that_is_not_decided_shows_the_registers_as_they_stand(session, cast, actor):
    ensure_evaluations(cast.member.unit_id, YEAR)
    pay(actor, cast.member, {1: PAID, 3: EXEMPT})
    train(actor, cast.member)
    lines = {line.name: (line.evidence, line.figure) for line in evaluation_sheet(cast.member.member_id, YEAR, TODAY).criteria}
    assert lines["Đóng đoàn phí theo quý"] == ("Sổ đoàn phí: quý I đã đóng; quý III được miễn", "2/4 quý")
    assert lines["Kết quả Chương trình rèn luyện đoàn viên"] == ("Kết quả chi đoàn ghi trong sổ rèn luyện", "Hoàn thành xuất sắc")


def test_a_decision_keeps_the_registers_it_rested_on(session, cast, actor):
    pay(actor, cast.member, {1: PAID})
    train(actor, cast.member, TrainingResult.GOOD)
    papers.decide()
    before = evaluation_sheet(cast.member.member_id, YEAR, TODAY).criteria
    pay(actor, cast.member, {1: None, 2: PAID})
    train(actor, cast.member, TrainingResult.NOT_COMPLETED)
    assert evaluation_sheet(cast.member.member_id, YEAR, TODAY).criteria == before
    assert "1/4 quý" in {line.figure for line in before} and "Hoàn thành tốt" in {line.figure for line in before}


@pytest.mark.parametrize("name", ["secretary", "base_secretary", "bloc_secretary", None])
def test_what_goes_out_comes_back_and_changes_nothing(session, cast, actor, name):
    pay(actor, cast.member, {1: PAID, 2: EXEMPT, 3: FeeNote(FeeState.PAID)})
    train(actor, cast.member, TrainingResult.COMPLETED, "Chăm chỉ")
    who = actor(name) if name else None
    for register, rows, plan in (
        (FEES, fees.export_rows(who, YEAR), fees.plan_import),
        (TRAINING, training.export_rows(who, [YEAR]), training.plan_import),
    ):
        listed = read_register([Sheet("DS", (register.header, *map(tuple, rows)))], register, TODAY)
        found = plan(who, listed, None)
        assert found.counts[Outcome.SAME] == len(rows) == found.rows_read and not found.changes_something


def test_an_import_asks_as_often_for_two_people_as_for_forty(app, session, cast):
    def planned(count):
        rows = tuple((f"Trần Văn N{n}", date(1999, 1, 1), None, "Chi đoàn Khối Nội", YEAR, 15000) for n in range(count))
        listed = read_register([Sheet("DS", (FEES.header, *rows))], FEES, TODAY)
        with counted(app) as sent:
            fees.plan_import(None, listed, None)
        return len(sent)

    assert planned(2) == planned(40)


def test_the_evidence_of_two_people_takes_as_many_questions_as_that_of_many(app, session, cast):
    session.execute(insert(Fee), [_fee(cast.member), _fee(cast.member2)])
    session.commit()
    asked = []
    for ids in ([cast.member.member_id], list(range(1, 3000))):
        with counted(app) as sent:
            year_registers(ids, YEAR)
        asked.append(len(sent))
    assert asked == [2, 2]


def _fee(person):
    return {"member_id": person.member_id, "unit_id": person.unit_id, "year": YEAR, "quarter": 1, "state": "paid", "noted_at": clock.now()}
