"""The criteria on a member's sheet, each with the measure that feeds it."""

from diary.domain.criterion_lines import criterion_lines, points_note
from diary.domain.evidence_sheets import EvidenceSheet
from diary.domain.measures import Measured
from diary.domain.schemes import SCHEME_2023, SCHEME_POINTS
from diary.domain.suggestions import suggest

MEASURES = {
    "participation": Measured(26, 30, "Dự sinh hoạt chi đoàn 10/12; tham gia hoạt động 16/18"),
    "pledges": Measured(2, 3, "Nội dung hoàn thành trên nội dung đã được duyệt"),
    "rhythm": Measured(40, 46, "Tuần có ghi trên tuần phải ghi"),
    "entries": Measured(20, words="Đã gửi 21 bài, được duyệt 20"),
    "fees": Measured(3, 4, "Quý I, II, III đã đóng"),
    "training": Measured(3),
    "initiatives": Measured(1, words="Hộp thư góp ý khoa"),
}


def _lines(scheme, measures):
    evidence = EvidenceSheet(measures, suggestion=suggest(scheme, measures))
    return [(line.evidence, line.figure, line.points) for line in criterion_lines(scheme, evidence)]


def test_each_criterion_shows_the_figure_of_the_measure_that_feeds_it():
    assert _lines(SCHEME_2023, MEASURES) == [
        ("Không ghi nhận kỷ luật", "0 lần", ""),
        ("Dự sinh hoạt chi đoàn 10/12; tham gia hoạt động 16/18", "26/30\n86,7\xa0%", ""),
        ("Nội dung hoàn thành trên nội dung đã được duyệt", "2/3", ""),
        ("Tuần có ghi trên tuần phải ghi; đã gửi 21 bài, được duyệt 20", "40/46\n87,0\xa0%", ""),
        ("Sổ đoàn phí: quý I, II, III đã đóng", "3/4 quý", ""),
        ("Kết quả chi đoàn ghi trong sổ rèn luyện", "Hoàn thành tốt", ""),
    ]


def test_what_the_books_do_not_know_is_left_to_be_written_in():
    lines = criterion_lines(SCHEME_2023, EvidenceSheet({}))
    assert [(line.evidence, line.figure) for line in lines[1:]] == [("", "")] * 5
    assert [line.unsaid for line in lines[1:]] == ["Chưa có số liệu"] * 3 + ["Chưa ghi"] * 2


def test_a_scheme_of_points_says_what_each_criterion_earned_and_the_sum():
    assert [points for _, _, points in _lines(SCHEME_POINTS, MEASURES)] == ["10,0/10", "26,0/30", "16,7/25", "13,0/15", "7,5/10", "5,0/10"]
    evidence = EvidenceSheet(MEASURES, suggestion=suggest(SCHEME_POINTS, MEASURES))
    assert points_note(evidence) == "Cộng 78,2/100 điểm."
    some = EvidenceSheet({}, suggestion=suggest(SCHEME_POINTS, {}))
    assert points_note(some) == "Cộng 10,0/100 điểm, còn 80 điểm chưa có số liệu."
    assert _lines(SCHEME_POINTS, {})[1] == ("", "", "…/30")
    assert points_note(EvidenceSheet({}, suggestion=suggest(SCHEME_2023, {}))) == ""


def test_discipline_is_told_in_the_words_of_the_branch():
    told = _lines(SCHEME_2023, MEASURES | {"discipline": Measured(1, words="Khiển trách, tháng 5")})
    assert told[0] == ("Khiển trách, tháng 5", "1 lần", "")
