"""Fees and training as evidence beside a grade."""

from diary.domain.fees import FeeNote, FeeState, YearFees
from diary.domain.training import TrainingResult, YearTraining
from diary.domain.year_registers import YearRegisters, from_body, to_body

FEES = YearFees({1: FeeNote(FeeState.PAID, 15_000), 2: FeeNote(FeeState.EXEMPT)})
GOOD = YearTraining(TrainingResult.GOOD)


def test_both_are_told_in_short_and_what_is_not_noted_is_said_so():
    assert YearRegisters(FEES, GOOD).lines == ("Đoàn phí 2/4 quý", "Rèn luyện: Tốt")
    assert YearRegisters().lines == ("Đoàn phí chưa ghi", "Rèn luyện: chưa ghi")


def test_what_a_decision_keeps_comes_back_whole():
    for registers in (YearRegisters(), YearRegisters(FEES), YearRegisters(FEES, GOOD)):
        assert from_body(to_body(registers)) == registers
