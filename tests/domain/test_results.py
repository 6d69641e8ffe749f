from decimal import Decimal

import pytest

from diary.domain.eligibility import Eligibility
from diary.domain.evaluations import EvaluationState
from diary.domain.results import Turn, UnitResult, Unrated, turn_of, unrated_of


@pytest.mark.parametrize(
    ("state", "through_base", "turn"),
    [
        (EvaluationState.NOT_STARTED, True, Turn.MEMBER),
        (EvaluationState.SELF_ASSESSED, True, Turn.MEETING),
        (EvaluationState.MET, False, Turn.SECRETARY),
        (EvaluationState.PROPOSED, True, Turn.BASE),
        (EvaluationState.PROPOSED, False, Turn.BLOC),
        (EvaluationState.PASSED_ON, True, Turn.BLOC),
        (EvaluationState.DECIDED, True, None),
    ],
)
def test_what_is_not_decided_waits_for_somebody(state, through_base, turn):
    assert turn_of(state, through_base) is turn


def test_the_shares_of_2012_come_out_of_its_counts():
    whole = UnitResult(1, "Khối", (5154, 796, 78, 0), {}, {}, ())
    assert whole.rated == 6028
    assert whole.shares == tuple(map(Decimal, ("85.5", "13.2", "1.3", "0.0")))


def test_where_nobody_is_rated_there_are_no_shares():
    none = UnitResult(1, "Khối", (0, 0, 0, 0), {Turn.MEMBER: 3}, {Unrated.PARTY: 2}, ())
    assert none.shares == none.shares_before == ()
    assert (none.rated, none.waits, none.people) == (0, 3, 5)


def test_who_is_not_rated_is_so_for_a_reason():
    assert unrated_of(Eligibility(True)) is None
    assert unrated_of(Eligibility(False, "Đảng viên", commented_only=True)) is Unrated.PARTY
    assert unrated_of(Eligibility(False, "Mới về")) is Unrated.TOO_NEW
