"""The votes of a rating meeting: quorum, counts, the level they give, and the words they are put into."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain import ballots
from diary.domain.ballots import tally
from diary.domain.errors import BadInput, WrongMoment
from diary.domain.schemes import SCHEME_2023

OUT, GOOD = "outstanding", "good"


@pytest.mark.parametrize(("members", "needed"), [(0, 1), (1, 1), (2, 2), (3, 2), (13, 7), (14, 8), (25, 13)])
def test_a_quorum_is_more_than_half(members, needed):
    assert ballots.needed_for_quorum(members) == needed
    with pytest.raises(WrongMoment):
        ballots.require_quorum(needed - 1, members)
    ballots.require_quorum(needed, members)


@pytest.mark.parametrize(
    ("votes", "present", "level"),
    [
        ({OUT: 6, GOOD: 5}, 11, OUT),
        ({OUT: 5, GOOD: 5}, 10, ""),  # exactly half is not more than half
        ({OUT: 5, GOOD: 4}, 10, ""),  # more than half of those who voted, not of those present
        ({}, 5, ""),
        ({GOOD: 1}, 1, GOOD),
    ],
)
def test_the_vote_s_level_has_more_than_half_of_those_present(votes, present, level):
    assert ballots.vote_level(votes, present) == level


@given(st.lists(st.integers(0, 40), min_size=4, max_size=4), st.integers(1, 40), st.booleans())
def test_counts_fit_exactly_when_none_is_negative_and_together_they_are_at_most_those_who_vote(counts, present, left_out):
    votes, voters = (
        dict(zip((level.code for level in SCHEME_2023.levels), counts, strict=True)),
        ballots.voters_on(present, left_out=left_out),
    )
    if sum(counts) <= present - left_out:
        ballots.check_votes(SCHEME_2023, votes, voters)
    else:
        with pytest.raises(BadInput, match="người được biểu quyết" if left_out else "người có mặt"):
            ballots.check_votes(SCHEME_2023, votes, voters)


@pytest.mark.parametrize(
    ("votes", "left_out", "after"),
    [
        ({OUT: 0, GOOD: 0}, False, {OUT: 0, GOOD: 11}),  # nobody raised a hand yet: all do
        ({OUT: 2, GOOD: 1}, False, {OUT: 2, GOOD: 9}),  # the others
        ({OUT: 11, GOOD: 0}, False, {OUT: 0, GOOD: 11}),  # everyone has voted: all of them anew
        ({OUT: 0, GOOD: 0}, True, {OUT: 0, GOOD: 10}),  # without the one concerned
        ({OUT: 0, GOOD: 10}, True, {OUT: 0, GOOD: 10}),
    ],
)
def test_one_press_lets_the_rest_vote_for_a_level(votes, left_out, after):
    assert ballots.with_the_rest(votes, GOOD, ballots.voters_on(11, left_out=left_out)) == after


def test_the_tally_is_told_in_words():
    eleven, ten = ballots.voters_on(11, left_out=False), ballots.voters_on(10, left_out=False)
    assert tally(SCHEME_2023, {OUT: 9, GOOD: 2}, eleven).words == "Xuất sắc 81,8 %, quá nửa"
    assert tally(SCHEME_2023, {OUT: 5, GOOD: 5}, ten).words == "Chưa mức nào quá nửa"
    some = tally(SCHEME_2023, {OUT: 3}, ten)
    assert some.words == "Còn 7 người chưa giơ tay" and some.counted == "3/10 phiếu."


def test_where_the_one_concerned_does_not_vote_the_share_is_still_of_those_present():
    said = tally(SCHEME_2023, {OUT: 10}, ballots.voters_on(11, left_out=True))
    assert said.counted == "10/10 phiếu." and said.words == "Xuất sắc 90,9 % số người có mặt, quá nửa"
    assert not tally(SCHEME_2023, {OUT: 5}, ballots.voters_on(10, left_out=True)).settled, "5 of 9 hands are not more than half of 10"
