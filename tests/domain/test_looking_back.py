"""Looking back at a year: which year, and what may be added up."""

from datetime import date
from decimal import Decimal

import pytest

from diary.domain.looking_back import Sum, adds_up, summed, year_to_look_back, year_to_offer


@pytest.mark.parametrize(
    ("today", "years", "wanted"),
    [
        (date(2026, 12, 31), (2026, 2025), 2026),
        (date(2027, 1, 2), (2026,), 2026),
        (date(2027, 1, 2), (2025,), 2027),
        (date(2027, 2, 1), (2026,), 2027),
    ],
)
def test_january_looks_back_at_the_year_just_over_if_anything_was_written_in_it(today, years, wanted):
    assert year_to_look_back(today, years) == wanted


def test_looking_back_is_offered_from_november_to_january():
    days = (date(2026, 10, 31), date(2026, 11, 1), date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 1))
    assert [year_to_offer(day) for day in days] == [None, 2026, 2026, 2026, None]


@pytest.mark.parametrize("unit", ["", "%", "% hồ sơ đúng hạn", "điểm", "hồ sơ/ngày", "phần trăm", "độ", "lượt trung bình"])
def test_shares_averages_and_grades_make_no_sum(unit):
    assert not adds_up(unit)


def test_results_of_a_unit_are_added_up_whatever_its_capitals():
    results = [
        ("hồ sơ", Decimal(6), 2),
        ("Hồ sơ", Decimal("1.50"), 1),
        ("%", Decimal(90), 4),
        ("kWh", Decimal(30), 1),
        ("buổi", Decimal(0), 1),
    ]
    assert summed(results) == (Sum(Decimal("7.50"), "hồ sơ", 3), Sum(Decimal(30), "kWh", 1))
    assert [one.words for one in summed(results)] == ["7,5 hồ sơ", "30 kWh"]


def test_people_of_several_entries_are_counted_as_times_and_not_as_persons():
    assert [one.words for one in summed([("người", Decimal(5), 2), ("lượt người", Decimal(2000), 1)])] == ["2.005 lượt người"]
