"""Worked examples: what the rules make of a made-up person and a made-up branch."""

from dataclasses import replace
from decimal import Decimal

import pytest

from diary.domain.schemes import SCHEME_2011, SCHEME_2023, SCHEME_POINTS, SHIPPED, Cap
from diary.domain.worked_examples import Example, asked_measures, usual_example, work_out


def test_only_the_figures_that_levels_or_points_rest_on_are_asked_for():
    assert [one.code for one in asked_measures(SCHEME_2023)] == ["participation", "training"]
    assert [one.code for one in asked_measures(SCHEME_2011)] == ["participation"]
    assert {one.code for one in asked_measures(SCHEME_POINTS)} == {
        "participation",
        "pledges",
        "rhythm",
        "fees",
        "initiatives",
        "discipline",
    }


@pytest.mark.parametrize("scheme", SHIPPED, ids=lambda scheme: scheme.code)
def test_the_usual_example_comes_to_a_level_and_a_branch_of_25(scheme):
    worked = work_out(scheme, usual_example(scheme), 2026)
    assert worked.suggestion.level and worked.eligibility.rated and worked.people == 25
    assert sum(one.share for one in worked.levels) == 100


def test_months_in_the_branch_count_to_the_last_days_of_the_year():
    for months, rated in ((0, False), (2, False), (3, True), (600, True)):
        assert work_out(SCHEME_2023, Example(months=months), 2026).eligibility.rated is rated
    assert "28/10/2026" in work_out(SCHEME_2023, Example(months=2), 2026).eligibility.reason


def test_a_cap_tells_its_base_what_it_allows_and_what_a_secretary_would_be_told():
    example = Example(counts={"outstanding": 4, "good": 6, "done": 5})
    worked = work_out(SCHEME_2023, example, 2026)
    (cap,) = worked.caps
    assert (cap.words, cap.allowed, cap.passed) == ("Xuất sắc: 20 % của 10 người loại tốt trở lên", 2, True)
    assert "hãy ghi lý do" in worked.fault
    refusing = replace(SCHEME_2023, caps=(Cap("outstanding", 20, of_level="good", refuses=True),))
    assert "không cho vượt" in work_out(refusing, example, 2026).fault
    assert [one.share for one in worked.levels] == [Decimal("26.7"), Decimal("40.0"), Decimal("33.3"), Decimal("0.0")]


def test_a_branch_of_nobody_has_no_shares():
    worked = work_out(SCHEME_2023, Example(), 2026)
    assert worked.people == 0 and {one.share for one in worked.levels} == {None} and worked.fault == ""
