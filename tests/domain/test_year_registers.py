"""Fees and training as evidence beside a grade."""

from diary.domain.fees import FeeNote, FeeState, YearFees
from diary.domain.schemes import SCHEME_2011, SCHEME_2023
from diary.domain.training import TrainingResult, YearTraining
from diary.domain.year_registers import YearRegisters, from_body, short_of_training, to_body

FEES = YearFees({1: FeeNote(FeeState.PAID, 15_000), 2: FeeNote(FeeState.EXEMPT)})
GOOD, EXCELLENT = YearTraining(TrainingResult.GOOD), YearTraining(TrainingResult.EXCELLENT)


def test_both_are_told_in_short_and_what_is_not_noted_is_said_so():
    assert YearRegisters(FEES, GOOD).lines == ("Đoàn phí 2/4 quý", "Rèn luyện: Tốt")
    assert YearRegisters().lines == ("Đoàn phí chưa ghi", "Rèn luyện: chưa ghi")


def test_what_a_decision_keeps_comes_back_whole():
    for registers in (YearRegisters(), YearRegisters(FEES), YearRegisters(FEES, GOOD)):
        assert from_body(to_body(registers)) == registers


def test_only_a_noted_result_below_the_top_speaks_against_a_level_that_asks_for_it():
    assert "Hoàn thành tốt" in short_of_training(SCHEME_2023, "outstanding", YearRegisters(training=GOOD))
    assert short_of_training(SCHEME_2023, "outstanding", YearRegisters(training=EXCELLENT)) == ""
    assert short_of_training(SCHEME_2023, "outstanding", YearRegisters()) == "", "nothing is judged by what was not noted"
    assert short_of_training(SCHEME_2023, "good", YearRegisters(training=GOOD)) == ""
    assert short_of_training(SCHEME_2011, "excellent", YearRegisters(training=GOOD)) == ""
    assert short_of_training(SCHEME_2023, "no level", YearRegisters(training=GOOD)) == ""
