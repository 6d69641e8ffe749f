from datetime import date

import pytest

from diary.domain.errors import BadInput
from diary.domain.leaves import LeaveDraft, LeaveKind, clean_leave, require_apart
from diary.domain.rhythm import Days, Look, joined_days, year_rhythm

TODAY = date(2026, 11, 23)


def leave(first, last, note=""):
    return LeaveDraft(date(*first), date(*last), LeaveKind.ANNUAL, note)


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (leave((2026, 3, 9), (2026, 3, 8)), "to_day"),
        (leave((2026, 1, 1), (2027, 1, 2)), "to_day"),
        (leave((2023, 12, 31), (2024, 1, 2)), "from_day"),
        (leave((2027, 11, 25), (2027, 11, 26)), "from_day"),
        (leave((2026, 3, 2), (2026, 3, 8), "x" * 201), "note"),
    ],
    ids=["the wrong way round", "longer than a year", "more than two years back", "more than a year ahead", "a long remark"],
)
def test_a_leave_is_refused_at_the_field_that_is_wrong(draft, field):
    with pytest.raises(BadInput) as refusal:
        clean_leave(draft, TODAY)
    assert refusal.value.field == field


@pytest.mark.parametrize("last", [(2024, 1, 1), (2024, 12, 31)])
def test_a_leave_of_a_day_up_to_a_leap_year_is_taken(last):
    assert clean_leave(leave((2024, 1, 1), last, "  về   quê "), TODAY).note == "về quê"


@pytest.mark.parametrize(
    ("first", "last", "taken"),
    [((2026, 3, 1), (2026, 3, 2), False), ((2026, 3, 8), (2026, 3, 9), False), ((2026, 3, 9), (2026, 3, 9), True)],
)
def test_a_day_counts_for_one_leave_only(first, last, taken):
    other = Days(date(2026, 3, 2), date(2026, 3, 8))
    if taken:
        require_apart(leave(first, last), [other])
    else:
        with pytest.raises(BadInput, match="02/03/2026 – 08/03/2026"):
            require_apart(leave(first, last), [other])


def test_a_week_covered_by_two_leaves_that_follow_one_another_is_a_week_of_leave():
    both = (Days(date(2026, 3, 5), date(2026, 3, 8)), Days(date(2026, 3, 2), date(2026, 3, 4)))
    assert joined_days(both) == (Days(date(2026, 3, 2), date(2026, 3, 8)),)
    looks = {square.monday: square.look for square in year_rhythm(2026, TODAY, {}, both).squares}
    assert looks[date(2026, 3, 2)] is Look.LEAVE
    assert looks[date(2026, 3, 9)] is Look.MISSED
