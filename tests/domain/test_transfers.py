"""Transfers: what may follow what, what is said of a stay before, and since when someone counts as being in a branch."""

from datetime import date

import pytest

from diary.domain.errors import BadInput, WrongMoment
from diary.domain.transfers import EarlierStay, Stay, TransferState, clean_answer, clean_comment, in_branch_since, move

HERE, MERGED, ELSEWHERE = 1, 2, 3


def test_only_what_waits_is_answered():
    assert move(TransferState.WAITING, TransferState.DONE) is TransferState.DONE
    for ended in (TransferState.DONE, TransferState.DECLINED, TransferState.WITHDRAWN):
        with pytest.raises(WrongMoment, match="đã xong"):
            move(ended, TransferState.DONE)


def test_a_comment_is_clean_not_too_long_and_not_about_oneself():
    assert clean_comment("  Chăm  việc.\r\n") == "Chăm  việc." and clean_comment("", of_oneself=True) == ""
    for words, own in (("x" * 1001, False), ("Tốt.", True)):
        with pytest.raises(BadInput):
            clean_comment(words, of_oneself=own)


def test_declining_says_why():
    assert clean_answer(" Chưa có quyết định. ") == "Chưa có quyết định."
    for words in ("", " \n ", "x" * 501):
        with pytest.raises(BadInput):
            clean_answer(words)


def test_a_stay_before_is_told_in_one_sentence_with_what_the_branch_said():
    stay = EarlierStay("Chi đoàn Khối Nội", date(2026, 1, 1), date(2026, 6, 14), "Việc nhận thì làm\ntới nơi.")
    assert stay.words == "Từ 01/01 đến 14/6/2026 sinh hoạt tại Chi đoàn Khối Nội; nhận xét: Việc nhận thì làm tới nơi."
    assert EarlierStay("Chi đoàn A", date(2026, 3, 5), date(2026, 12, 2)).words == "Từ 05/3 đến 02/12/2026 sinh hoạt tại Chi đoàn A"


@pytest.mark.parametrize(
    ("stays", "since"),
    [
        ((Stay(HERE, date(2026, 6, 15), None),), date(2026, 6, 15)),
        ((Stay(HERE, None, None),), None),
        ((Stay(HERE, date(2026, 6, 15), None), Stay(ELSEWHERE, date(2020, 1, 1), date(2026, 6, 14))), date(2026, 6, 15)),
        ((Stay(HERE, date(2026, 11, 20), None), Stay(MERGED, date(2024, 5, 2), date(2026, 11, 19), HERE)), date(2024, 5, 2)),
        ((Stay(HERE, date(2026, 11, 20), None), Stay(MERGED, None, date(2026, 11, 19), HERE)), None),
        ((Stay(HERE, date(2026, 11, 20), None), Stay(MERGED, date(2024, 5, 2), date(2026, 3, 1), HERE)), date(2026, 11, 20)),
        (
            (
                Stay(HERE, date(2026, 9, 1), None),
                Stay(ELSEWHERE, date(2025, 1, 1), date(2026, 8, 31)),
                Stay(HERE, date(2020, 1, 1), date(2024, 12, 31)),
            ),
            date(2026, 9, 1),
        ),
        ((Stay(ELSEWHERE, date(2026, 9, 1), None),), None),
    ],
)  # fmt: skip
def test_months_in_the_branch_count_from_the_last_coming_and_through_a_merger(stays, since):
    assert in_branch_since(HERE, stays) == since
