import pytest
from werkzeug.datastructures import MultiDict

from diary.domain.result_columns import DEFAULT_COLUMNS
from diary.web.results.forms import typed_columns

TWO = {"head-0": "Họ và tên", "field-0": "full_name", "text-0": "", "head-1": "Cấp", "field-1": "", "text-1": "Tỉnh"}


@pytest.mark.parametrize(
    ("act", "heads"),
    [
        ("up-1", ["Cấp", "Họ và tên"]),
        ("down-0", ["Cấp", "Họ và tên"]),
        ("up-0", ["Họ và tên", "Cấp"]),
        ("down-1", ["Họ và tên", "Cấp"]),
        ("drop-0", ["Cấp"]),
        ("drop-7", ["Họ và tên", "Cấp"]),
        ("drop-x", ["Họ và tên", "Cấp"]),
        ("add", ["Họ và tên", "Cấp", ""]),
        ("reset", [column.head for column in DEFAULT_COLUMNS]),
        ("save", ["Họ và tên", "Cấp"]),
    ],
)
def test_a_press_moves_drops_adds_or_resets_the_columns(act, heads):
    assert [column.head for column in typed_columns(MultiDict({**TWO, "act": act})).columns] == heads


def test_names_that_are_none_of_the_tables_are_passed_over_and_rows_keep_the_order_of_their_numbers():
    sent = {"head-10": "Mười", "head-2": "Hai", "head-x": "sai", "head-²": "sai", "text-9": "lạc"}
    assert [column.head for column in typed_columns(MultiDict(sent)).columns] == ["Hai", "Mười"]
