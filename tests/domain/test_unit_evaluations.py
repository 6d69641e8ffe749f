"""The rules of a unit's year-end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.errors import BadInput, WrongMoment
from diary.domain.evaluations import EvaluationState
from diary.domain.measures import UNIT_MEASURES, Measured
from diary.domain.permissions import Action
from diary.domain.proposals import Choice
from diary.domain.schemes import SCHEME_2023
from diary.domain.unit_evaluations import (
    Expected,
    Levels,
    UnitProposal,
    applicable,
    awaited,
    check_proposal,
    choice_faults,
    measures_from_body,
    measures_to_body,
    next_turn,
    oddities,
    require_unit_scheme,
    step_back,
    step_label,
    suggestion_of,
    unit_rank,
)

S = EvaluationState
FULL = {
    "meetings_held": Measured(12), "registered": Measured(10, 10), "rated_well": Measured(9, 10), "topics": Measured(4),
    "initiatives": Measured(1),
}  # fmt: skip


@pytest.mark.parametrize(
    ("state", "through_base", "action", "turn"),
    [
        (S.NOT_STARTED, True, Action.EVALUATION_PROPOSE, "Đến lượt bí thư đơn vị đề nghị"),
        (S.PROPOSED, True, Action.EVALUATION_PASS_ON, "Đến lượt Đoàn cơ sở xét duyệt"),
        (S.PROPOSED, False, Action.EVALUATION_DECIDE, "Đến lượt Đoàn Khối công nhận"),
        (S.PASSED_ON, True, Action.EVALUATION_DECIDE, "Đến lượt Đoàn Khối công nhận"),
        (S.DECIDED, True, None, ""),
    ],
)
def test_each_step_names_who_acts_next(state, through_base, action, turn):
    assert awaited(state, through_base) is action and next_turn(state, through_base) == turn


def test_a_return_goes_one_step_and_a_decision_is_not_returned():
    assert step_back(S.PASSED_ON) is S.PROPOSED and step_back(S.PROPOSED) is S.NOT_STARTED
    for state in (S.DECIDED, S.NOT_STARTED):
        with pytest.raises(WrongMoment):
            step_back(state)


def test_moves_read_as_what_they_are():
    assert step_label(S.NOT_STARTED, S.PROPOSED) == "Đã đề nghị"
    assert step_label(S.PASSED_ON, S.PROPOSED) == "Trả lại" and step_label(S.DECIDED, S.PASSED_ON) == "Mở lại"


@pytest.mark.parametrize(
    ("figures", "level"),
    [
        ({}, "strongest"),
        ({"meetings_held": Measured(11)}, "strong"),
        ({"registered": Measured(85, 100)}, "fair"),
        ({"rated_well": Measured(4, 10)}, "average"),
        ({"meetings_held": Measured(2)}, "weak"),
        ({"topics": Measured()}, ""),
    ],
)
def test_a_unit_s_figures_speak_for_a_level(figures, level):
    assert suggestion_of(SCHEME_2023, FULL | figures).level == level


def test_a_condition_that_does_not_apply_to_the_unit_is_skipped():
    without = {code: one for code, one in FULL.items() if code != "topics"}
    assert suggestion_of(SCHEME_2023, without).level == "strongest"
    assert all(condition.measure != "topics" for level in applicable(SCHEME_2023, without).unit_levels for condition in level.conditions)


counts = st.one_of(st.none(), st.integers(0, 30))
figures = st.fixed_dictionaries(
    {
        code: st.builds(Measured, counts, st.one_of(st.none(), st.just(30)) if one.unit != "%" else st.just(30))
        for code, one in UNIT_MEASURES.items()
    }
)


@given(figures, st.sets(st.sampled_from(sorted(UNIT_MEASURES))))
def test_what_is_suggested_is_a_level_of_units_and_never_above_what_is_open(found, left_out):
    found = {code: one for code, one in found.items() if code not in left_out}
    suggestion = suggestion_of(SCHEME_2023, found)
    assert unit_rank(SCHEME_2023, suggestion.at_most)
    assert suggestion.level in ("", suggestion.at_most)


@given(figures, st.sampled_from(["meetings_held", "topics", "initiatives"]), st.integers(1, 10))
def test_more_of_a_good_figure_never_lowers_what_is_open(found, code, more):
    before = found[code]
    if before.count is None or before.of is not None:
        return
    better = suggestion_of(SCHEME_2023, found | {code: Measured(before.count + more)})
    assert unit_rank(SCHEME_2023, better.at_most) <= unit_rank(SCHEME_2023, suggestion_of(SCHEME_2023, found).at_most)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Levels(), ()),
        (Levels("strong", "strong"), ()),
        (Levels("fair", "strong"), ("Đề nghị khác gợi ý theo số liệu",)),
        (Levels("", "strong"), ("Chưa đủ số liệu để gợi ý mức",)),
        (Levels("strong", "strong", "fair"), ("Đoàn cơ sở xếp khác đề nghị",)),
    ],
)
def test_what_should_be_looked_at_twice(said, words):
    assert oddities(said) == words


def test_a_level_stands_ready_only_where_the_base_agrees_with_the_proposal():
    assert Levels("", "strong").agreed == "strong" and Levels("", "strong", "strong").agreed == "strong"
    assert Levels("", "strong", "fair").agreed == ""


def test_a_proposal_that_departs_from_the_figures_says_why():
    check_proposal(SCHEME_2023, UnitProposal("strong", "Cả năm đều đặn."), "strong")
    with pytest.raises(BadInput) as refused:
        check_proposal(SCHEME_2023, UnitProposal("strongest", "Cả năm đều đặn."), "strong")
    assert refused.value.field == "reason"
    check_proposal(SCHEME_2023, UnitProposal("strongest", "Cả năm đều đặn.", "Có công trình lớn."), "strong")
    check_proposal(SCHEME_2023, UnitProposal("strongest", "Cả năm đều đặn."), "")


def test_levels_chosen_above_need_a_reason_where_they_differ():
    units = {7: Expected("Chi đoàn Kho bạc", "strong")}
    assert choice_faults(SCHEME_2023, units, {7: Choice("strong")}, "công nhận") == {}
    assert set(choice_faults(SCHEME_2023, units, {7: Choice("fair")}, "công nhận")) == {"reason-7"}
    assert set(choice_faults(SCHEME_2023, units, {7: Choice("")}, "công nhận")) == {"level-7"}
    assert set(choice_faults(SCHEME_2023, units, {7: Choice("fair", "x" * 1001)}, "công nhận")) == {"reason-7"}


def test_a_scheme_without_levels_of_units_rates_none():
    from dataclasses import replace

    with pytest.raises(WrongMoment, match="không có mức xếp loại tổ chức"):
        require_unit_scheme(replace(SCHEME_2023, unit_levels=()), 2026)


def test_figures_kept_with_a_decision_come_back_as_they_were():
    assert measures_from_body(measures_to_body(FULL)) == FULL
