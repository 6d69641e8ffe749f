"""The level the figures speak for, and how each reason reads."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.measures import MEMBER_MEASURES, UNIT_MEASURES, Measured
from diary.domain.schemes import SCHEME_2011, SCHEME_2023, SCHEME_POINTS, SHIPPED, Condition, Criterion, Scheme
from diary.domain.suggestions import AGAINST, Points, ReasonKind, joined, suggest, suggest_unit, thin_diary, unknown_measures

FULL = {
    "participation": Measured(28, 30),
    "pledges": Measured(3, 3),
    "rhythm": Measured(44, 46),
    "fees": Measured(4, 4),
    "training": Measured(4),
    "initiatives": Measured(2),
}


def _year(**other: Measured) -> dict[str, Measured]:
    return FULL | other


@pytest.mark.parametrize(
    ("participation", "training", "level", "at_most"),
    [
        (Measured(90, 100), Measured(4), "outstanding", "outstanding"),
        (Measured(899, 1000), Measured(4), "good", "good"),
        (Measured(80, 100), Measured(3), "good", "good"),
        (Measured(799, 1000), Measured(4), "done", "done"),
        (Measured(50, 100), Measured(1), "done", "done"),
        (Measured(49, 100), Measured(4), "not_done", "not_done"),
        (Measured(95, 100), Measured(3), "good", "good"),
        (Measured(95, 100), Measured(), "", "outstanding"),
        (Measured(), Measured(4), "", "outstanding"),
        (Measured(0, 0), Measured(3), "", "good"),
        (Measured(85, 100), Measured(), "good", "good"),
    ],
)
def test_the_level_is_the_highest_whose_conditions_are_known_and_met(participation, training, level, at_most):
    found = suggest(SCHEME_2023, _year(participation=participation, training=training))
    assert (found.level, found.at_most) == (level, at_most)


def test_each_reason_says_the_figure_and_the_bound():
    found = suggest(SCHEME_2023, _year(participation=Measured(26, 30), training=Measured(3)))
    assert joined(found.reasons) == (
        "tham gia 86,7 % (26/30), đạt mức Tốt (từ 80 %); tham gia 86,7 % (26/30), mức Xuất sắc cần từ 90 %; "
        "Chương trình rèn luyện đoàn viên “hoàn thành tốt”, mức Xuất sắc cần “hoàn thành xuất sắc”"
    )
    assert [reason.kind for reason in found.reasons] == [ReasonKind.MET, ReasonKind.FAILED, ReasonKind.FAILED]


def test_a_figure_that_closes_several_levels_is_told_at_the_nearest_only():
    found = suggest(SCHEME_2011, _year(participation=Measured(2, 30)))
    assert joined(found.reasons) == "tham gia 6,7 % (2/30), mức Trung bình cần từ 50 %"
    assert found.level == "weak"


def test_a_figure_nobody_noted_is_said_to_be_missing_and_named():
    found = suggest(SCHEME_2023, _year(participation=Measured()))
    assert "chưa có số liệu “Tham gia sinh hoạt, hoạt động”, mức Xuất sắc cần từ 90 %" in joined(found.reasons)
    assert unknown_measures(found) == {"participation"}


def _asking(*conditions: Condition) -> Scheme:
    top = replace(SCHEME_2011.levels[0], conditions=conditions)
    return replace(SCHEME_2011, levels=(top, *SCHEME_2011.levels[1:]))


def test_what_nobody_notes_when_there_is_none_counts_as_none():
    asks_for_none = _asking(Condition("discipline", most=0))
    assert suggest(asks_for_none, {}).at_most == "excellent"
    assert joined(suggest(asks_for_none, {}).reasons) == "bị kỷ luật 0 lần, đạt mức Xuất sắc (không có lần nào)"
    found = suggest(asks_for_none, _year(discipline=Measured(1)))
    assert found.level == "good"
    assert "bị kỷ luật 1 lần, mức Xuất sắc cần không có lần nào" in joined(found.reasons)


def test_bounds_below_and_above_read_as_one():
    both = _asking(Condition("late", least=1, most=3))
    assert joined(suggest(both, {"late": Measured(2)}).reasons) == "có 2 bài ghi chậm, đạt mức Xuất sắc (từ 1 bài và không quá 3 bài)"
    ranked = _asking(Condition("training", least=3))
    assert "cần “hoàn thành tốt” trở lên" in joined(suggest(ranked, _year(training=Measured(2))).reasons)


@pytest.mark.parametrize(("days", "level"), [(0, "outstanding"), (179, "outstanding"), (180, "good"), (365, "good")])
def test_long_sick_leave_keeps_one_from_the_levels_above_the_one_it_names(days, level):
    found = suggest(SCHEME_2023, FULL, days)
    assert found.level == found.at_most == level
    limited = found.of_kind(ReasonKind.LIMITED)
    assert [reason.words for reason in limited] == (
        [f"nghỉ ốm {days} ngày trong năm, từ 180 ngày thì xếp cao nhất là mức Tốt"] if days >= 180 else []
    )


def test_long_sick_leave_says_nothing_where_the_scheme_has_no_such_rule():
    assert suggest(replace(SCHEME_2023, long_leave_days=0), FULL, 365).level == "outstanding"
    assert suggest(replace(SCHEME_2023, long_leave_level=""), FULL, 365).level == "outstanding"


def test_points_are_given_by_share_by_count_and_lost_by_what_should_not_be():
    found = suggest(SCHEME_POINTS, _year(participation=Measured(26, 30), rhythm=Measured(23, 46), initiatives=Measured(1)))
    assert found.points == (
        Points("conduct", Decimal("10.0"), 10),
        Points("participation", Decimal("26.0"), 30),
        Points("pledges", Decimal("25.0"), 25),
        Points("diary", Decimal("7.5"), 15),
        Points("fees", Decimal("10.0"), 10),
        Points("initiatives", Decimal("5.0"), 10),
    )
    assert found.total == Decimal("83.5")
    assert found.level == "good"
    assert joined(found.reasons) == "được 83,5 điểm, đạt mức Khá (từ 70 điểm); được 83,5 điểm, mức Xuất sắc cần từ 90 điểm"
    assert suggest(SCHEME_POINTS, _year(discipline=Measured(1))).points[0].given == 0


@pytest.mark.parametrize(
    ("hundredths", "level"), [(8994, "good"), (8995, "excellent"), (9000, "excellent"), (6994, "average"), (6995, "good")]
)
def test_points_are_rounded_to_one_decimal_half_up_before_they_are_held_against_the_level(hundredths, level):
    only = replace(SCHEME_POINTS, criteria=(Criterion("all", "Tất cả", "participation", points=100),))
    assert suggest(only, {"participation": Measured(hundredths, 10_000)}).level == level


def test_points_that_are_not_known_leave_the_level_open_only_where_they_could_change_it():
    some = suggest(SCHEME_POINTS, _year(participation=Measured()))
    assert (some.level, some.at_most, some.total) == ("", "excellent", None)
    assert "được 69,3 điểm, còn 30 điểm chưa có số liệu, mức Xuất sắc cần từ 90 điểm" in joined(some.reasons)
    sure = suggest(SCHEME_POINTS, _year(initiatives=Measured(2), fees=Measured(), participation=Measured(0, 30)))
    assert (sure.level, sure.at_most) == ("average", "average"), "59,3 to 69,3 points are the same level"
    low = suggest(SCHEME_POINTS, {"participation": Measured(0, 30), "pledges": Measured(0, 3), "fees": Measured()})
    assert low.level == low.at_most == "weak"


def test_a_criterion_that_people_judge_keeps_the_total_open():
    by_people = replace(SCHEME_POINTS, criteria=(*SCHEME_POINTS.criteria, Criterion("said", "Ý kiến chi đoàn", points=5)))
    assert suggest(by_people, FULL).total is None


def test_a_ranked_result_earns_nothing_at_its_lowest_step_and_all_at_its_highest():
    ranked = replace(SCHEME_POINTS, criteria=(Criterion("training", "Rèn luyện", "training", points=30),))
    assert [suggest(ranked, {"training": Measured(step)}).total for step in (1, 2, 3, 4)] == [0, 10, 20, 30]


def test_units_are_held_against_the_levels_of_units():
    measures = {"meetings_held": Measured(10), "registered": Measured(19, 20), "rated_well": Measured(15, 20), "topics": Measured(2)}
    found = suggest_unit(SCHEME_2023, measures)
    assert found.level == found.at_most == "strong"
    assert "tổ chức 10 buổi sinh hoạt, mức Vững mạnh xuất sắc cần từ 12 buổi" in joined(found.reasons)
    assert suggest_unit(replace(SCHEME_2023, unit_levels=()), measures).level == ""


def test_a_thin_diary_is_pointed_out_only_below_the_bound_and_where_weeks_were_due():
    assert thin_diary(SCHEME_2023, {"rhythm": Measured(12, 46)}) == "Nhật ký mỏng: giữ nhịp 12/46 tuần"
    assert thin_diary(SCHEME_2023, {"rhythm": Measured(23, 46)}) == ""
    assert thin_diary(SCHEME_2023, {"rhythm": Measured(0, 0)}) == ""
    assert thin_diary(SCHEME_2023, {}) == ""
    assert thin_diary(replace(SCHEME_2023, thin_rhythm=0), {"rhythm": Measured(0, 46)}) == ""


_SHARES = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: Measured(min(pair), max(pair)))
_COUNTS = st.integers(0, 20).map(Measured)


def _some(code: str) -> st.SearchStrategy[Measured]:
    measure = MEMBER_MEASURES.get(code) or UNIT_MEASURES[code]
    known = st.integers(1, 4).map(Measured) if measure.names else _SHARES if measure.unit == "%" else _COUNTS
    return st.one_of(st.just(Measured()), known)


_YEARS = st.fixed_dictionaries({}, optional={code: _some(code) for code in MEMBER_MEASURES})
_UNIT_YEARS = st.fixed_dictionaries({}, optional={code: _some(code) for code in UNIT_MEASURES})


@given(st.sampled_from(SHIPPED), _YEARS, st.integers(0, 366))
def test_a_suggestion_is_a_level_of_the_scheme_or_none_and_never_above_what_nothing_speaks_against(scheme, measures, days):
    found = suggest(scheme, measures, days)
    assert found.level == "" or scheme.holds(found.level)
    assert scheme.holds(found.at_most)
    assert found.level in {"", found.at_most}
    assert all(reason.words and scheme.holds(reason.level) for reason in found.reasons)
    above = [reason for reason in found.reasons if reason.kind in AGAINST]
    assert all(scheme.rank(reason.level) < scheme.rank(found.at_most) for reason in above)
    assert bool(above) == (found.at_most != scheme.levels[0].code)


@given(st.sampled_from(SHIPPED), _UNIT_YEARS)
def test_a_suggestion_for_a_unit_is_a_level_of_units_or_none(scheme, measures):
    found = suggest_unit(scheme, measures)
    codes = {level.code for level in scheme.unit_levels}
    assert found.at_most in codes and found.level in {"", found.at_most}


@given(st.sampled_from(SHIPPED), _YEARS, st.sampled_from(sorted(MEMBER_MEASURES)), st.integers(1, 30), st.integers(0, 366))
def test_more_of_what_is_good_never_lowers_the_suggestion(scheme, measures, code, more, days):
    before = measures.get(code, Measured())
    if before.count is None or before.of == 0:
        return
    count = before.count - more if MEMBER_MEASURES[code].adverse else before.count + more
    most = before.of if before.of is not None else 4 if MEMBER_MEASURES[code].names else 50
    after = measures | {code: replace(before, count=min(max(count, 0), most))}
    lower, higher = suggest(scheme, measures, days), suggest(scheme, after, days)
    assert scheme.rank(higher.at_most) <= scheme.rank(lower.at_most)
    if lower.level and higher.level:
        assert scheme.rank(higher.level) <= scheme.rank(lower.level)


def test_reasons_of_a_unit_call_the_members_levels_by_the_year_s_names():
    said = joined(suggest_unit(SCHEME_2023, {"rated_well": Measured(1, 10), "rated_low": Measured(9, 10)}).reasons)
    assert "Tốt trở lên" in said and "mức thứ hai" not in said and "mức thấp nhất" not in said
