"""Requests about one's own data: who may ask when, what is said, and how long one may think again."""

from datetime import date

import pytest

from diary.domain import data_requests as rules
from diary.domain.data_requests import RequestKind, RequestState
from diary.domain.errors import BadInput, WrongMoment
from diary.domain.members import GIVEN_LIMIT, Standing
from diary.domain.names import full_name

ASKED = date(2026, 11, 23)


def test_only_what_waits_is_answered_or_taken_back():
    rules.require_waiting(RequestState.WAITING)
    for state in (RequestState.DONE, RequestState.REFUSED, RequestState.WITHDRAWN):
        with pytest.raises(WrongMoment, match=rules.STATE_LABELS[state].lower()):
            rules.require_waiting(state)


def test_only_who_has_left_asks_for_erasure():
    for standing in (Standing.MATURED, Standing.LEFT):
        rules.require_left(standing)
    with pytest.raises(WrongMoment, match="đang sinh hoạt"):
        rules.require_left(Standing.ACTIVE)


def test_erasure_waits_three_days_and_says_from_when():
    for today in (ASKED, date(2026, 11, 25)):
        with pytest.raises(WrongMoment, match="26/11/2026"):
            rules.require_thought_over(ASKED, today)
    rules.require_thought_over(ASKED, date(2026, 11, 26))


def test_a_correction_says_something_and_not_too_much():
    assert rules.clean_words("  Ngày sinh\r\nsai ") == "Ngày sinh\nsai"
    for words in ("", " \n ", "a" * 1001):
        with pytest.raises(BadInput) as refused:
            rules.clean_words(words)
        assert refused.value.field == "words"


def test_a_refusal_gives_its_reason_and_a_yes_need_not():
    assert rules.clean_answer("", needed=False) == ""
    for words, needed in (("", True), ("a" * 501, False)):
        with pytest.raises(BadInput) as refused:
            rules.clean_answer(words, needed=needed)
        assert refused.value.field == "answer"


@pytest.mark.parametrize(
    ("kind", "state", "today", "turn"),
    [
        (RequestKind.CORRECTION, RequestState.WAITING, ASKED, "Đến lượt bí thư chi đoàn"),
        (RequestKind.ERASURE, RequestState.WAITING, ASKED, "Đoàn Khối xóa từ ngày 26/11/2026; trước đó bạn vẫn rút lại được"),
        (RequestKind.ERASURE, RequestState.WAITING, date(2026, 11, 26), "Đến lượt Đoàn Khối"),
        (RequestKind.ERASURE, RequestState.REFUSED, ASKED, ""),
    ],
)
def test_each_state_names_who_acts_next(kind, state, today, turn):
    assert rules.next_turn(kind, state, ASKED, today) == turn


def test_the_mark_reads_as_a_name_and_fits_its_fields():
    assert full_name(*rules.ERASED_NAME) == "Đoàn viên đã xóa dữ liệu" and len(rules.ERASED_NAME[1]) <= GIVEN_LIMIT
