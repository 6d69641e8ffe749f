"""Lists of figures noted by hand, as offices keep them."""

import pytest

from diary.domain.figure_lists import FIGURES, cells_of
from diary.domain.noted_figures import NotedFigure
from tests.registers import read

HEAD = ("TT", "Họ và tên", "Dự sinh hoạt", "Số buổi đã họp", "Tham gia hoạt động", "Mô hình, công trình", "Khen thưởng", "Kỷ luật")


def _values(*cells: object) -> dict[str, object]:
    (row,) = read(FIGURES, HEAD, (1, "Lương Ngọc Diệp", *cells)).rows
    return dict(row.values)


def test_counts_wholes_and_words_are_read_from_their_columns():
    assert _values(10, 12, "8/9", 1, "Giấy khen của Đoàn cơ sở", "Không") == {
        "meetings": NotedFigure(10, 12),
        "activities": NotedFigure(8, 9),
        "initiatives": NotedFigure(1),
        "commendations": NotedFigure(1, None, "Giấy khen của Đoàn cơ sở"),
    }
    assert _values(None, 12, None, "x", None, None) == {"initiatives": NotedFigure(1)}


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ((13, 12, None, None, None, None), "Dự sinh hoạt: Ghi 13 nhưng chỉ có 12"),
        ((10, None, None, None, None, None), "Dự sinh hoạt: Hãy ghi số buổi sinh hoạt chi đoàn đã họp."),
        (("nhiều", 12, None, None, None, None), "Dự sinh hoạt: Hãy ghi một số"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_with_the_reason(cells, reason):
    found = read(FIGURES, HEAD, (1, "Lương Ngọc Diệp", *cells))
    assert not found.rows and reason in found.refused[0].reason


def test_the_clean_list_reads_as_it_was_written():
    noted = {"meetings": NotedFigure(10, 12), "commendations": NotedFigure(2, None, "Giấy khen"), "discipline": NotedFigure(0)}
    (row,) = read(FIGURES, FIGURES.header, ("Lương Ngọc Diệp", None, None, None, 2026, *cells_of(noted))).rows
    assert (row.year, dict(row.values)) == (2026, {"meetings": noted["meetings"], "commendations": noted["commendations"]} | _zero(row))
    assert FIGURES.words("commendations", noted["commendations"]) == "2 lần, Giấy khen"
    assert FIGURES.words("meetings", noted["meetings"]) == "10/12"


def _zero(row) -> dict[str, object]:
    """A count of 0 may be left out: none noted counts as none."""
    return {"discipline": NotedFigure(0)} if "discipline" in row.values else {}
