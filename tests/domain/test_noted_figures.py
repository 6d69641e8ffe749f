"""What is typed of figures noted by hand."""

import pytest

from diary.domain.errors import BadInput
from diary.domain.measures import MEMBER_MEASURES
from diary.domain.noted_figures import NOTED, SHARES, SHORT_LABELS, WHOLE_LABELS, NotedFigure, TypedFigure, read_figure, read_whole


@pytest.mark.parametrize(
    ("code", "typed", "whole", "wanted"),
    [
        ("meetings", TypedFigure("10"), 12, NotedFigure(10, 12)),
        ("meetings", TypedFigure("3", "4"), 12, NotedFigure(3, 4)),
        ("meetings", TypedFigure(" 5/6 "), 12, NotedFigure(5, 6)),
        ("activities", TypedFigure("0"), 0, NotedFigure(0, 0)),
        ("meetings", TypedFigure(), 12, None),
        ("commendations", TypedFigure("1", words=" Giấy khen   năm 2026 "), None, NotedFigure(1, None, "Giấy khen năm 2026")),
        ("discipline", TypedFigure("0"), None, NotedFigure(0)),
        ("initiatives", TypedFigure(), None, None),
    ],
)
def test_a_figure_reads_as_it_was_meant(code, typed, whole, wanted):
    assert read_figure(code, typed, whole) == wanted


@pytest.mark.parametrize(
    ("code", "typed", "whole", "words"),
    [
        ("meetings", TypedFigure("13"), 12, "Ghi 13 nhưng chỉ có 12 buổi sinh hoạt chi đoàn đã họp."),
        ("activities", TypedFigure("3"), None, "Hãy ghi số hoạt động chi đoàn đã tổ chức."),
        ("meetings", TypedFigure("", "4"), 12, "Hãy ghi con số, hoặc để trống cả ô."),
        ("commendations", TypedFigure("", words="Giấy khen"), None, "Hãy ghi con số, hoặc để trống cả ô."),
        ("commendations", TypedFigure("hai"), None, "Hãy ghi một số từ 0 đến 10.000."),
        ("commendations", TypedFigure("-1"), None, "Hãy ghi một số từ 0 đến 10.000."),
        ("commendations", TypedFigure("10001"), None, "Hãy ghi một số từ 0 đến 10.000."),
        ("commendations", TypedFigure("٣"), None, "Hãy ghi một số từ 0 đến 10.000."),
        ("meetings", TypedFigure("1/2/3"), 12, "Hãy ghi một số từ 0 đến 10.000."),
        ("commendations", TypedFigure("1", words="x" * 201), None, "Ghi chú dài quá 200 ký tự; hãy rút ngắn lại."),
    ],
)
def test_what_makes_no_sense_is_said_at_its_measure(code, typed, whole, words):
    with pytest.raises(BadInput) as refused:
        read_figure(code, typed, whole)
    assert (refused.value.field, str(refused.value)) == (code, words)


def test_the_whole_may_be_left_open():
    assert read_whole("meetings", "") is None and read_whole("meetings", "12") == 12
    with pytest.raises(BadInput):
        read_whole("meetings", "mười hai")


def test_everything_noted_by_hand_has_its_labels():
    assert set(SHORT_LABELS) == set(NOTED) and set(WHOLE_LABELS) == set(SHARES) <= set(NOTED)
    assert all(MEMBER_MEASURES[code].unit == "%" for code in SHARES)
