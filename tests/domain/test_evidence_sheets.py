"""The evidence a decision rests on, kept with it."""

import json
from decimal import Decimal

from diary.domain.evidence_sheets import EvidenceSheet, from_body, kept_evidence, to_body, without_words
from diary.domain.fees import FeeNote, FeeState, YearFees
from diary.domain.measures import Measured
from diary.domain.schemes import SCHEME_2023, SCHEME_POINTS
from diary.domain.suggestions import suggest
from diary.domain.training import TrainingResult, YearTraining
from diary.domain.year_figures import YearFigures
from diary.domain.year_figures import to_body as figures_to_body
from diary.domain.year_registers import YearRegisters
from diary.domain.year_registers import to_body as registers_to_body

MEASURES = {
    "participation": Measured(26, 30, "Dự sinh hoạt chi đoàn 10/12; tham gia hoạt động 16/18"),
    "pledges": Measured(2, 3),
    "commendations": Measured(1, words="Giấy khen của Đoàn cơ sở"),
}
MONTHS = (1, 0, 2, 3, 0, 0, 0, 0, 1, 0, 0, 4)


def test_evidence_comes_back_whole_from_the_json_it_was_kept_in():
    for scheme in (SCHEME_2023, SCHEME_POINTS):
        sheet = EvidenceSheet(MEASURES, MONTHS, suggest(scheme, MEASURES, 200))
        assert from_body(json.loads(json.dumps(to_body(sheet)))) == sheet
    assert from_body(to_body(EvidenceSheet({}))) == EvidenceSheet({})


def test_points_of_a_criterion_are_found_by_its_code():
    sheet = EvidenceSheet(MEASURES, MONTHS, suggest(SCHEME_POINTS, MEASURES))
    assert sheet.points["participation"].given == Decimal("26.0")
    assert EvidenceSheet(MEASURES).points == {}


def test_erased_evidence_keeps_figures_and_no_words():
    kept = from_body(without_words(to_body(EvidenceSheet(MEASURES, MONTHS))))
    assert kept.measures["commendations"] == Measured(1) and kept.months == MONTHS


def test_a_decision_from_before_sheets_were_kept_shows_its_figures_and_registers():
    registers = YearRegisters(YearFees({1: FeeNote(FeeState.PAID)}), YearTraining(TrainingResult.GOOD))
    old = {"figures": figures_to_body(YearFigures(weeks_kept=40, weeks_due=46)), "registers": registers_to_body(registers)}
    kept = kept_evidence(old)
    assert kept and kept.suggestion is None
    assert (kept.measures["rhythm"].value or 0) > 86 and kept.measures["fees"].count == 1 and kept.measures["training"].count == 3
    assert kept_evidence({"figures": old["figures"]}) is not None
    assert kept_evidence({"figures": {"sent": 3}}) is None
    assert kept_evidence({}) is None


def test_every_measure_is_a_line_and_what_participation_is_made_of_only_where_it_is_known():
    codes = [line.measure.code for line in EvidenceSheet(MEASURES).lines]
    assert codes[:3] == ["participation", "pledges", "rhythm"]
    lines = EvidenceSheet(MEASURES | {"meetings": Measured(10, 12)}).lines
    assert (lines[0].figure, lines[1].figure, lines[3].figure) == ("86,7 % (26/30)", "83,3 % (10/12)", "")
