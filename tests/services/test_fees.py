"""Noting Đoàn phí: who may, what is written, taken back, brought in from lists."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from diary.domain.errors import BadInput, NotAllowed, NotFound, WrongMoment
from diary.domain.fees import AMOUNT_LIMIT, FeeNote, FeeState
from diary.domain.member_lists.import_plan import Outcome
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.fees import Fee
from diary.models.members import Member, Membership
from diary.models.years import WorkYear
from diary.services import clock, fees
from diary.services.fees import Tick
from tests import factories
from tests import registers as lists
from tests.registers import YEAR, fee_row

PAID, EXEMPT = FeeNote(FeeState.PAID, 15_000), FeeNote(FeeState.EXEMPT)
NGOAI = "Chi đoàn Khối Ngoại"


def noted(cast, name="member", year=YEAR):
    """quarter -> (state, amount, branch) as the books have it."""
    db.session.expire_all()
    rows = db.session.execute(select(Fee).where(Fee.member_id == getattr(cast, name).member_id, Fee.year == year)).scalars()
    return {row.quarter: (row.state.value, row.amount, row.unit_id) for row in rows}


def lines():
    return [(row.action, row.fields) for row in db.session.execute(select(AuditLine).order_by(AuditLine.id)).scalars()]


def lock(year=YEAR):
    db.session.get_one(WorkYear, year).locked_at = clock.now()
    db.session.commit()


def move(cast, name, code, day):
    """`name` goes to another branch on `day`."""
    who = getattr(cast, name)
    old = db.session.execute(select(Membership).where(Membership.member_id == who.member_id, Membership.to_day.is_(None))).scalar_one()
    old.to_day = day - timedelta(days=1)
    db.session.flush()
    db.session.add(Membership(member_id=who.member_id, unit_id=cast.units[code], from_day=day))
    db.session.get_one(Member, who.member_id).unit_id = cast.units[code]
    db.session.commit()


def test_the_branch_s_officers_and_those_above_note_quarters_and_a_line_tells_which_changed(session, cast, actor):
    for name in ("secretary", "deputy", "base_secretary", "bloc_secretary"):
        fees.note_member(actor(name), cast.member.member_id, YEAR, {1: PAID, 2: EXEMPT})
        assert noted(cast) == {1: ("paid", 15_000, cast.member.unit_id), 2: ("exempt", 0, cast.member.unit_id)}
    assert lines() == [("fees_note", [YEAR, "quarter_1", "quarter_2"])], "the same again writes nothing"
    assert fees.note_member(actor("secretary"), cast.member.member_id, YEAR, {1: None, 2: PAID}) == 2
    assert noted(cast) == {2: ("paid", 15_000, cast.member.unit_id)}


@pytest.mark.parametrize(
    ("name", "refusal"), [("member", NotAllowed), ("inspector", NotAllowed), ("other_secretary", NotFound), ("administrator", NotFound)]
)
def test_nobody_else_notes_anything(session, cast, actor, name, refusal):
    with pytest.raises(refusal):
        fees.note_member(actor(name), cast.member.member_id, YEAR, {1: PAID})
    for call in (fees.note_branch, lambda *who: fees.tick_branch(*who[:3], 1000, [Tick(cast.member.member_id, 1, False, True)])):
        with pytest.raises((NotAllowed, NotFound)):
            call(actor(name), cast.member.unit_id, YEAR, 1, 1000)
    assert noted(cast) == {}


def test_a_locked_year_takes_nothing(session, cast, actor):
    lock()
    who = actor("secretary")
    with pytest.raises(WrongMoment, match="khóa sổ"):
        fees.note_member(who, cast.member.member_id, YEAR, {1: PAID})
    with pytest.raises(WrongMoment):
        fees.note_branch(who, cast.member.unit_id, YEAR, 1, 1000)
    with pytest.raises(WrongMoment, match="chưa được mở"):
        fees.note_member(who, cast.member.member_id, 2031, {1: PAID})


def test_a_quarter_or_an_amount_there_is_not_is_refused(session, cast, actor):
    for notes in ({5: PAID}, {1: FeeNote(FeeState.PAID, AMOUNT_LIMIT + 1)}, {1: FeeNote(FeeState.PAID, -1)}):
        with pytest.raises(BadInput):
            fees.note_member(actor("secretary"), cast.member.member_id, YEAR, notes)
    assert noted(cast) == {}


def test_ticks_write_only_what_this_person_changed(session, cast, actor):
    who, member, other = actor("secretary"), cast.member.member_id, cast.member2.member_id
    fees.note_member(who, member, YEAR, {1: PAID, 2: EXEMPT})
    ticks = [
        Tick(member, 1, True, True), Tick(member, 2, False, True), Tick(member, 3, False, True),
        Tick(other, 1, False, True), Tick(other, 4, True, True),
    ]  # fmt: skip
    assert fees.tick_branch(who, cast.member.unit_id, YEAR, 6_000, ticks) == 2
    assert noted(cast) == {
        1: ("paid", 15_000, cast.member.unit_id), 2: ("exempt", 0, cast.member.unit_id), 3: ("paid", 6_000, cast.member.unit_id),
    }  # fmt: skip
    assert fees.tick_branch(who, cast.member.unit_id, YEAR, 6_000, [Tick(member, 1, True, False), Tick(member, 2, True, False)]) == 1
    assert sorted(noted(cast)) == [2, 3], "an exemption is not cleared by a tick"


def test_ticks_of_people_of_another_branch_are_passed_over(session, cast, actor):
    assert fees.tick_branch(actor("secretary"), cast.member.unit_id, YEAR, 6_000, [Tick(cast.stranger.member_id, 1, False, True)]) == 0
    assert noted(cast, "stranger") == {}


def test_the_whole_branch_is_noted_at_once_and_taken_back_but_for_what_was_changed_since(session, cast, actor, time):
    who, unit = actor("secretary"), cast.member.unit_id
    fees.note_member(who, cast.member.member_id, YEAR, {1: EXEMPT})
    people = session.execute(select(func.count()).where(Member.unit_id == unit)).scalar_one()
    done = fees.note_branch(who, unit, YEAR, 1, 15_000)
    assert done.count == people - 1 and noted(cast)[1][0] == "exempt" and noted(cast, "member2") == {1: ("paid", 15_000, unit)}
    assert fees.note_branch(who, unit, YEAR, 1, 15_000).count == 0
    fees.note_member(actor("deputy"), cast.member2.member_id, YEAR, {1: FeeNote(FeeState.PAID, 9_000)})
    assert fees.undo_branch(who, unit, YEAR, 1, done.at) == people - 2
    assert noted(cast, "member2") == {1: ("paid", 9_000, unit)} and noted(cast, "new_member") == {}
    with pytest.raises(WrongMoment, match="đã được hoàn tác"):
        fees.undo_branch(who, unit, YEAR, 1, done.at)
    again = fees.note_branch(who, unit, YEAR, 2, 15_000)
    with pytest.raises(WrongMoment):
        fees.undo_branch(actor("deputy"), unit, YEAR, 2, again.at)
    time.shift(11 * 60)
    with pytest.raises(WrongMoment, match="10 phút"):
        fees.undo_branch(who, unit, YEAR, 2, again.at)


def test_a_mover_s_old_quarters_are_the_old_branch_s_and_the_year_counts_across(session, cast, actor):
    fees.note_member(actor("secretary"), cast.member.member_id, YEAR, {1: PAID})
    move(cast, "member", "BV-NGOAI", date(YEAR, 5, 1))
    new = actor("other_secretary")
    with pytest.raises(NotAllowed, match="chi đoàn cũ"):
        fees.note_member(new, cast.member.member_id, YEAR, {1: EXEMPT})
    fees.note_member(new, cast.member.member_id, YEAR, {2: PAID})
    assert noted(cast) == {1: ("paid", 15_000, cast.units["BV-NOI"]), 2: ("paid", 15_000, cast.units["BV-NGOAI"])}
    fees.note_member(actor("base_secretary"), cast.member.member_id, YEAR, {1: EXEMPT})
    assert noted(cast)[1] == ("exempt", 0, cast.units["BV-NOI"]), "who reaches both may set it right; it stays the old branch's"


def bring(*rows, who=None, year=None):
    return fees.import_fees(who, lists.fees(*rows), year)


def counts(plan):
    return tuple(plan.counts[outcome] for outcome in Outcome)


def test_a_list_is_brought_in_and_the_same_list_again_changes_nothing(session, cast):
    rows = [fee_row("Thạch Thị Sa Rinh", 15000, "x", "Miễn"), fee_row("Võ Quốc Huy", None, "20.000"), fee_row("Sơn Ngọc Rạch Thi")]
    assert counts(bring(*rows)) == (2, 0, 1, 0)
    unit = cast.member.unit_id
    assert noted(cast) == {1: ("paid", 15_000, unit), 2: ("paid", 0, unit), 3: ("exempt", 0, unit)}
    assert counts(bring(*rows)) == (0, 0, 3, 0)
    assert lines() == [("fees_import", [YEAR, "new:2", "changed:0", "same:1", "refused:0"])]


def test_an_empty_cell_never_erases_and_what_gives_way_leaves_a_line_with_the_names_of_its_fields(session, cast):
    bring(fee_row("Thạch Thị Sa Rinh", 15000, "x", "Miễn"))
    plan = bring(fee_row("Thạch Thị Sa Rinh", None, 20000, "chưa đóng", 9000))
    assert counts(plan) == (0, 1, 0, 0) and "giữ như trong sổ" in plan.taken[0].notes[0]
    assert {quarter: row[:2] for quarter, row in noted(cast).items()} == {
        1: ("paid", 15_000), 2: ("paid", 20_000), 3: ("exempt", 0), 4: ("paid", 9_000),
    }  # fmt: skip
    assert lines()[-1] == ("fees_note", [YEAR, "quarter_2"])


def test_whoever_is_unknown_elsewhere_or_doubtful_is_refused_with_words(session, cast):
    plan = bring(
        fee_row("Mai Gia Linh", 1000),
        fee_row("Võ Quốc Huy", 1000, branch=NGOAI),
        fee_row("Võ Quốc Huy", 1000, born=date(1990, 1, 1)),
        fee_row("Thạch Thị Sa Rinh", 1000, branch="Chi đoàn Không Có"),
    )
    assert counts(plan) == (0, 0, 0, 4)
    said = [row.reason for row in plan.refused]
    assert "Không tìm thấy đoàn viên này ở Chi đoàn Khối Nội" in said[0] and "đang sinh hoạt ở Chi đoàn Khối Nội" in said[1]
    assert "Không tìm thấy" in said[2] and "Chi đoàn Không Có" in said[3]


def test_two_of_the_same_name_need_their_day_of_birth(session, cast):
    home = session.get_one(factories.Unit, cast.member.unit_id)
    factories.member("Võ Quốc", "Huy", home, born_on=date(2001, 2, 3))
    session.commit()
    plan = bring(fee_row("Võ Quốc Huy", 1000, born=None), fee_row("Võ Quốc Huy", 2000, born=date(2001, 2, 3)))
    assert [row.reason for row in plan.refused] == ["Có 2 người cùng họ tên ở Chi đoàn Khối Nội; hãy ghi ngày sinh."]
    assert noted(cast, "member2") == {} and counts(plan) == (1, 0, 0, 1)


def test_the_same_person_year_and_quarter_twice_in_one_list_is_taken_once(session, cast):
    plan = bring(fee_row("Võ Quốc Huy", 1000), fee_row("Võ Quốc Huy", None, 2000), fee_row("Võ Quốc Huy", 3000))
    assert counts(plan) == (2, 0, 0, 1)
    assert "Trùng với dòng 2" in plan.refused[0].reason
    assert {quarter: row[1] for quarter, row in noted(cast, "member2").items()} == {1: 1000, 2: 2000}


def test_a_list_without_units_is_matched_by_name_and_full_day_of_birth_alone(session, cast, actor):
    nowhere = {"base": None, "branch": None}
    plan = bring(fee_row("Võ Quốc Huy", 1000, **nowhere), fee_row("Thạch Thị Sa Rinh", 1000, born=None, **nowhere))
    assert counts(plan) == (1, 0, 0, 1) and noted(cast, "member2") != {}
    mine = bring(fee_row("Thạch Thị Sa Rinh", 1000, born=None, **nowhere), who=actor("secretary"))
    assert counts(mine) == (1, 0, 0, 0), "the secretary of one branch keeps the list of that branch"


def test_rows_without_a_year_take_the_one_chosen_and_none_where_none_was(session, cast):
    row = fee_row("Võ Quốc Huy", 1000, year=None)
    assert "Danh sách không ghi năm" in bring(row).refused[0].reason
    assert counts(bring(row, year=YEAR)) == (1, 0, 0, 0)


def test_a_locked_or_unopened_year_refuses_its_rows(session, cast):
    lock()
    plan = bring(fee_row("Võ Quốc Huy", 1000), fee_row("Võ Quốc Huy", 1000, year=2031))
    assert "khóa sổ" in plan.refused[0].reason and "chưa được mở" in plan.refused[1].reason


def test_an_officer_s_list_reaches_no_other_branch_and_overwrites_no_other_branch_s_note(session, cast, actor):
    fees.note_member(actor("secretary"), cast.member.member_id, YEAR, {1: PAID})
    move(cast, "member", "BV-NGOAI", date(YEAR, 5, 1))
    plan = bring(fee_row("Thạch Thị Sa Rinh", 9999, 9000, branch=NGOAI), fee_row("Võ Quốc Huy", 1000), who=actor("other_secretary"))
    assert counts(plan) == (0, 1, 0, 1) and "Bạn không phụ trách" in plan.refused[0].reason
    assert "do chi đoàn khác ghi" in plan.taken[0].notes[0] and noted(cast)[1][1] == 15_000 and noted(cast)[2][1] == 9_000
    late = bring(fee_row("Thạch Thị Sa Rinh", None, None, 5000), who=actor("secretary"))
    assert counts(late) == (0, 1, 0, 0) and noted(cast)[3] == ("paid", 5000, cast.units["BV-NOI"]), (
        "the old branch notes its part of the year"
    )
