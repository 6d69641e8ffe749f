"""Đoàn phí: quarters, words, what a note may be."""

from datetime import date

import pytest

from diary.domain.errors import BadInput
from diary.domain.fees import AMOUNT_LIMIT, FeeNote, FeeState, YearFees, fee_note, quarter_label, quarter_of, require_quarter

PAID, EXEMPT = FeeNote(FeeState.PAID, 20_000), FeeNote(FeeState.EXEMPT)


def test_a_quarter_is_three_months():
    assert [quarter_of(date(2026, month, 1)) for month in range(1, 13)] == [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]
    assert [quarter_label(quarter) for quarter in (1, 2, 3, 4)] == ["Quý I", "Quý II", "Quý III", "Quý IV"]


def test_a_year_is_told_by_what_was_paid_then_by_what_was_exempt():
    assert YearFees({1: PAID, 2: PAID, 3: EXEMPT}).words == "Quý I, II đã đóng; quý III được miễn"
    assert YearFees({4: EXEMPT}).words == "Quý IV được miễn"
    assert YearFees().words == "" and YearFees().settled == 0


def test_a_note_reads_with_its_amount_where_one_is_known():
    assert (PAID.words, EXEMPT.words, FeeNote(FeeState.PAID).words) == ("Đã đóng 20.000 đồng", "Được miễn", "Đã đóng")


def test_who_is_exempt_pays_nothing_and_amounts_stay_sensible():
    assert fee_note(FeeState.EXEMPT, 5_000) == EXEMPT
    for amount in (-1, AMOUNT_LIMIT + 1):
        with pytest.raises(BadInput):
            fee_note(FeeState.PAID, amount)
    for quarter in (0, 5):
        with pytest.raises(BadInput):
            require_quarter(quarter)
