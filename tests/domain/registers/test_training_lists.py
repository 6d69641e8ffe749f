"""Results of the Chương trình rèn luyện in their many spellings."""

import pytest

from diary.domain.member_lists.values import CellError
from diary.domain.training import RESULT_LABELS, TrainingResult
from diary.domain.training_lists import TRAINING, read_result
from tests.registers import read

R = TrainingResult


@pytest.mark.parametrize(
    ("result", "texts"),
    [
        (
            R.EXCELLENT,
            ["Hoàn thành xuất sắc", "HTXS", "xuất sắc", "XS", "HT xuất sắc", "hoàn thành xuất sắc nhiệm vụ", "HOÀN THÀNH XUẤT SẮC"],
        ),
        (R.GOOD, ["Hoàn thành tốt", "HTT", "Tốt", "HT tốt", "khá", "hoàn thành tốt nhiệm vụ"]),
        (R.COMPLETED, ["Hoàn thành", "HT", "Đạt", "đạt yêu cầu", "Hoàn thành chương trình", "Trung bình"]),
        (R.NOT_COMPLETED, ["Không hoàn thành", "KHT", "chưa hoàn thành", "không đạt", "ko hoàn thành", "Không HT", "yếu"]),
        (None, ["", "-", ".", "0"]),
    ],
)
def test_a_result_is_read_however_it_is_written(result, texts):
    assert {text: read_result(text) for text in texts} == dict.fromkeys(texts, result)


@pytest.mark.parametrize("text", ["chưa", "rất giỏi", "A", "9,5"])
def test_what_is_no_result_is_refused_with_the_words_that_are_taken(text):
    with pytest.raises(CellError, match="Hoàn thành xuất sắc, Hoàn thành tốt"):
        read_result(text)


@pytest.mark.parametrize("result", R)
def test_a_result_comes_out_of_the_clean_list_as_it_went_in(result):
    assert read_result(RESULT_LABELS[result]) is result


@pytest.mark.parametrize(
    "head",
    ["Kết quả", "Kết quả rèn luyện", "Kết quả thực hiện Chương trình rèn luyện đoàn viên", "Xếp loại", "Xếp loại rèn luyện",
     "KQ rèn luyện 2025",
     "Chương trình rèn luyện đoàn viên", "Rèn luyện", "Mức độ hoàn thành", "Đánh giá", "CT rèn luyện đoàn viên năm 2025"],
)  # fmt: skip
def test_the_heads_of_the_result_are_known(head):
    (row,) = read(TRAINING, ("TT", "Họ và tên", head, "Ghi chú"), (1, "Lương Ngọc Diệp", "HTXS", "Đạt giải")).rows
    assert row.values == {"result": R.EXCELLENT, "note": "Đạt giải"}


def test_a_column_to_tick_for_each_result_is_read_and_two_ticks_are_refused():
    listed = read(
        TRAINING,
        ("TT", "Họ và tên", "Kết quả rèn luyện", None, None, None),
        (None, None, "Xuất sắc", "Tốt", "Hoàn thành", "Không hoàn thành"),
        (1, "Lương Ngọc Diệp", None, "x", None, None),
        (2, "Đỗ Hà My", None, None, None, "x"),
        (3, "Mai Gia Linh", None, "x", "x", None),
        (4, "Trần An Nhiên", None, None, None, None),
    )
    assert [row.values.get("result") for row in listed.rows] == [R.GOOD, R.NOT_COMPLETED, None]
    assert [row.name for row in listed.refused] == ["Mai Gia Linh"]


def test_a_remark_alone_has_nothing_to_stand_on():
    assert "chưa có kết quả" in TRAINING.lacking({"note": "Đạt giải"})
    assert TRAINING.lacking({"note": "Đạt giải", "result": R.GOOD}) == ""
