"""Who is rated: months in the branch, movers with and without a comment, party members, and the day that counts."""

from datetime import date

import pytest

from diary.domain import schemes
from diary.domain.eligibility import Arrival, arrival, eligibility, long_leave_words, rated_on, rules_in_words
from diary.domain.schemes import SCHEME_2011, SCHEME_2023
from diary.domain.transfers import Stay


@pytest.mark.parametrize(
    ("since", "on_day", "rated"),
    [
        (None, date(2026, 12, 14), True),  # since before the records
        (date(2026, 9, 14), date(2026, 12, 14), True),
        (date(2026, 9, 15), date(2026, 12, 14), False),
        (date(2026, 10, 5), date(2026, 12, 31), False),
        (date(2020, 8, 1), date(2026, 12, 31), True),
    ],
)
def test_a_member_is_rated_after_three_months_in_the_branch(since, on_day, rated):
    assert eligibility(SCHEME_2023, Arrival(since), False, on_day).rated is rated


def test_the_reason_for_not_rating_is_told():
    assert (
        eligibility(SCHEME_2023, Arrival(date(2026, 10, 5)), False, date(2026, 12, 14)).reason
        == "Về chi đoàn từ 05/10/2026, chưa đủ 3 tháng"
    )


def test_a_scheme_may_leave_party_members_to_the_party():
    scheme = schemes.from_body(schemes.to_body(SCHEME_2011) | {"rates_party_members": False})
    assert not eligibility(scheme, Arrival(), True, date(2015, 12, 1)).rated
    assert eligibility(scheme, Arrival(), False, date(2015, 12, 1)).rated


@pytest.mark.parametrize(
    ("held", "today", "day"),
    [
        (date(2026, 12, 14), date(2027, 1, 5), date(2026, 12, 14)),
        (None, date(2026, 11, 23), date(2026, 11, 23)),
        (None, date(2027, 1, 5), date(2026, 12, 31)),
        (date(2027, 1, 9), date(2027, 1, 9), date(2026, 12, 31)),
    ],
)
def test_membership_counts_up_to_the_meeting_and_never_past_the_year(held, today, day):
    assert rated_on(2026, held, today) == day


HERE, BEFORE, MERGED = 1, 2, 3
CAME, MET = date(2026, 10, 5), date(2026, 12, 14)


def test_a_mover_with_the_old_branchs_comment_is_rated_whatever_the_months():
    found = eligibility(SCHEME_2023, Arrival(CAME, moved=True, commented=True), False, MET)
    assert found.rated and not found.reason
    assert found.note == "Về chi đoàn từ 05/10/2026, chưa đủ 3 tháng; xếp loại có xét nhận xét của nơi chuyển đi"


def test_a_mover_without_a_comment_waits_for_the_months_and_is_told_why():
    found = eligibility(SCHEME_2023, Arrival(CAME, moved=True), False, MET)
    assert found.reason == "Về chi đoàn từ 05/10/2026, chưa đủ 3 tháng và chưa có nhận xét của nơi chuyển đi"


def test_a_scheme_without_the_rule_of_movers_takes_no_account_of_the_comment():
    scheme = schemes.from_body(schemes.to_body(SCHEME_2023) | {"movers_with_comment": False})
    assert not eligibility(scheme, Arrival(CAME, moved=True, commented=True), False, MET).rated


@pytest.mark.parametrize(
    ("stays", "came"),
    [
        ((), Arrival()),
        ((Stay(HERE, CAME, None, moved_in=True, commented=True), Stay(BEFORE, None, date(2026, 10, 4))), Arrival(CAME, True, True)),
        ((Stay(HERE, CAME, None, moved_in=True), Stay(BEFORE, None, date(2026, 10, 4))), Arrival(CAME, True, False)),
        ((Stay(HERE, CAME, None),), Arrival(CAME)),
        (  # the branch one had moved to was merged into this one: that move counts
            (Stay(HERE, date(2026, 11, 20), None), Stay(MERGED, CAME, date(2026, 11, 19), HERE, moved_in=True, commented=True)),
            Arrival(CAME, True, True),
        ),
        ((Stay(HERE, None, None, moved_in=True),), Arrival()),
    ],
)
def test_how_one_came_is_read_from_the_stay_the_time_in_the_branch_began_with(stays, came):
    assert arrival(HERE, stays) == came


def test_the_rules_are_told_in_words():
    assert rules_in_words(SCHEME_2023) == (
        "Xét người sinh hoạt tại chi đoàn từ 3 tháng.",
        "Người chuyển đến chưa đủ số tháng vẫn được xét khi nơi chuyển đi có nhận xét.",
        "Đoàn viên là đảng viên cũng được xếp loại.",
        "Người nghỉ ốm từ 180 ngày trong năm: gợi ý cao nhất là “Hoàn thành tốt nhiệm vụ”.",
    )
    nothing = schemes.from_body(schemes.to_body(SCHEME_2023) | {"minimum_months": 0, "long_leave_days": 0, "rates_party_members": False})
    assert rules_in_words(nothing) == ("Xét mọi đoàn viên của chi đoàn.", "Đoàn viên là đảng viên chỉ được nhận xét.")
    assert long_leave_words(nothing) == ""
