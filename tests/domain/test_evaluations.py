"""The rules of year-end: steps, votes, quorum, who is rated, what is odd, caps, and the words figures are put into."""

from datetime import date

import pytest

from diary.domain import evaluations as rules
from diary.domain import schemes, year_figures
from diary.domain.errors import BadInput, WrongMoment
from diary.domain.evaluations import EvaluationState
from diary.domain.schemes import SCHEME_2011, SCHEME_2023, Cap, Rounding
from diary.domain.year_figures import YearFigures

S = EvaluationState
OUT, GOOD, DONE = "outstanding", "good", "done"


# Steps


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("wanted", list(S))
@pytest.mark.parametrize("base", [True, False])
def test_only_the_next_step_may_be_taken_and_the_base_is_skipped_only_where_none_stands(state, wanted, base):
    allowed = {
        (S.NOT_STARTED, S.SELF_ASSESSED), (S.NOT_STARTED, S.MET), (S.SELF_ASSESSED, S.MET), (S.MET, S.PROPOSED),
        (S.PROPOSED, S.PASSED_ON if base else S.DECIDED), (S.PASSED_ON, S.DECIDED),
    }  # fmt: skip
    if (state, wanted) in allowed:
        assert rules.move(state, wanted, base) is wanted
    else:
        with pytest.raises(WrongMoment, match=rules.STATE_LABELS[state]):
            rules.move(state, wanted, base)


def test_a_return_goes_one_step_back_from_any_step_but_the_first_and_the_last():
    assert [rules.step_back(state) for state in (S.SELF_ASSESSED, S.MET, S.PROPOSED, S.PASSED_ON)] == [
        S.NOT_STARTED, S.SELF_ASSESSED, S.MET, S.PROPOSED
    ]  # fmt: skip
    for state in (S.NOT_STARTED, S.DECIDED):
        with pytest.raises(WrongMoment):
            rules.step_back(state)


def test_who_never_assessed_the_year_goes_back_to_before_that():
    assert rules.step_back(S.MET, self_assessed=False) is S.NOT_STARTED
    assert rules.step_back(S.PROPOSED, self_assessed=False) is S.MET


def test_a_state_is_shown_as_returned_while_it_stands_returned():
    assert rules.shown_state(S.MET, "") == "Đã họp" and rules.shown_state(S.MET, "Thiếu căn cứ") == "Trả lại"


@pytest.mark.parametrize(("path", "between"), [("1.", False), ("1.5.", False), ("1.5.12.", True), ("1.5.12.40.", True)])
def test_a_base_stands_between_a_branch_two_steps_below_the_bloc(path, between):
    assert rules.base_between(path) is between


def test_each_state_names_who_acts_next():
    assert rules.next_turn(S.PROPOSED, through_base=True) == "Đến lượt Đoàn cơ sở xét duyệt"
    assert (
        rules.next_turn(S.PROPOSED, through_base=False) == rules.next_turn(S.PASSED_ON, through_base=True) == "Đến lượt Đoàn Khối công nhận"
    )
    assert rules.next_turn(S.DECIDED, through_base=True) == ""


# The paper of a decision


@pytest.mark.parametrize(
    ("number", "day", "field"),
    [("", date(2026, 12, 20), "number"), ("1" * 41, date(2026, 12, 20), "number"), ("1", None, "decided_on"),
     ("1", date(2026, 12, 24), "decided_on"), ("1", date(2026, 12, 13), "decided_on")],
)  # fmt: skip
def test_a_decision_s_paper_has_a_number_and_a_day_between_the_meeting_and_today(number, day, field):
    with pytest.raises(BadInput) as refused:
        rules.check_decision_paper(number, day, date(2026, 12, 14), date(2026, 12, 23))
    assert refused.value.field == field


# Schemes


def test_years_without_a_scheme_are_not_rated_and_the_words_say_what_to_do():
    assert [year for year in range(2009, 2030) if schemes.for_year(year) is None] == [2009, 2010, 2019, 2020, 2021, 2022, 2028, 2029]
    with pytest.raises(WrongMoment, match=r"Năm 2020 chưa có bộ tiêu chí .* Năm công tác"):
        schemes.require_scheme(None, 2020)


def test_a_scheme_survives_being_kept_as_data():
    for scheme in schemes.SHIPPED:
        assert schemes.from_body(schemes.to_body(scheme)) == scheme


def test_levels_have_ranks_and_say_what_they_ask_for():
    assert [SCHEME_2023.rank(code) for code in (OUT, GOOD, "weak", "")] == [1, 2, 0, 0]
    assert SCHEME_2023.level(OUT).condition == "Cần tham gia từ 90 % và “hoàn thành xuất sắc” Chương trình rèn luyện đoàn viên."
    assert SCHEME_2023.level(GOOD).condition == "Cần tham gia từ 80 %." and SCHEME_2023.level("not_done").condition == ""


@pytest.mark.parametrize(
    ("cap", "counts", "allowed"),
    [
        (Cap(OUT, 20, of_level=GOOD), {OUT: 4, GOOD: 7, DONE: 2}, 2),  # 20 % of 11 is 2,2
        (Cap(OUT, 20), {OUT: 4, GOOD: 7, DONE: 2}, 2),  # 20 % of 13 is 2,6
        (Cap(OUT, 20, rounding=Rounding.HALF_UP), {OUT: 4, GOOD: 7, DONE: 2}, 3),
        (Cap(OUT, 20, rounding=Rounding.HALF_UP), {OUT: 1, GOOD: 1}, 0),
        (Cap(OUT, 50, rounding=Rounding.HALF_UP), {OUT: 3}, 2),
        (Cap(OUT, 20), {}, 0),
    ],
)
def test_a_cap_counts_over_its_denominator_with_its_rounding(cap, counts, allowed):
    assert schemes.allowed_by_cap(cap, SCHEME_2023, counts) == allowed


def test_a_passed_cap_is_told_with_its_figures():
    (warning,) = schemes.cap_warnings(SCHEME_2023, {OUT: 4, GOOD: 7, DONE: 2})
    assert warning.title == "Xuất sắc vượt mức 20 %"
    assert warning.words == "4 trên 11 người loại tốt trở lên là 36,4 %; mức của Đoàn Khối cho tối đa 2 người."
    assert schemes.cap_warnings(SCHEME_2023, {OUT: 2, GOOD: 8}) == () == schemes.cap_warnings(SCHEME_2011, {"excellent": 9})


# The figures in words


def test_a_good_year_fills_the_strengths_and_its_gaps_the_weaknesses():
    figures = YearFigures(45, 48, sent=68, approved=66, late=4, times_returned=2, pledges_met=3, pledges_confirmed=3)
    assert year_figures.strengths(figures) == "Giữ nhịp 45/48 tuần. Hoàn thành cả 3 nội dung đăng ký. Có 66 bài đã được duyệt."
    assert year_figures.weaknesses(figures) == "3 tuần chưa ghi. 2 lần bài phải bổ sung. 4 bài ghi chậm."


@pytest.mark.parametrize(
    ("met", "confirmed", "words"), [(1, 1, "Hoàn thành nội dung đăng ký."), (2, 3, "Hoàn thành 2/3 nội dung đăng ký."), (0, 3, "")]
)
def test_pledges_are_told_as_they_ended(met, confirmed, words):
    assert year_figures.strengths(YearFigures(pledges_met=met, pledges_confirmed=confirmed)) == words


def test_an_empty_year_fills_in_nothing():
    assert year_figures.strengths(YearFigures()) == year_figures.weaknesses(YearFigures()) == ""


def test_figures_survive_being_kept_as_data_and_forgive_what_is_missing():
    figures = YearFigures(45, 48, 68, 66, 4, 2, 3, 3)
    assert year_figures.from_body(year_figures.to_body(figures)) == figures
    assert year_figures.from_body({"weeks_kept": 3, "unknown": 9}) == YearFigures(weeks_kept=3)
