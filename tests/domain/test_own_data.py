"""The archive of one's own data: names of files, and the note beside them."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from diary.domain.own_data import PARTS, note, readable_names


def test_files_of_one_name_get_numbers_before_the_ending():
    wanted = [("a", "ảnh.jpg"), ("a", "ẢNH.jpg"), ("b", "ảnh.jpg"), ("a", "ảnh.jpg"), ("a", "khong-duoi"), ("a", "khong-duoi")]
    names = ["a/ảnh.jpg", "a/ẢNH (2).jpg", "b/ảnh.jpg", "a/ảnh (3).jpg", "a/khong-duoi", "a/khong-duoi (2)"]
    assert readable_names(wanted) == names


@given(st.lists(st.text(max_size=30), max_size=12))
def test_no_name_leaves_its_folder_and_none_comes_twice(names):
    found = readable_names(("minh-chung", name) for name in names)
    assert len({name.casefold() for name in found}) == len(names)
    for name in found:
        folder, _, rest = name.partition("/")
        assert folder == "minh-chung" and rest and "/" not in rest and "\\" not in rest and rest not in {".", ".."}


def test_the_note_names_the_parts_there_are_and_how_much_of_each():
    body = {"account": {"username": "x"}, "entries": [{}] * 1200}
    text = note("Lương Ngọc Diệp", date(2026, 11, 3), body)
    assert text.startswith("DỮ LIỆU CỦA Lương Ngọc Diệp\r\nLấy ra ngày 03/11/2026")
    assert "- account: tài khoản\r\n" in text and f"- entries: {PARTS['entries']} (1.200 mục)\r\n" in text and "- pledges" not in text
    assert "không còn trong kho" not in text
    assert "- minh-chung/a.jpg" in note("A", date(2026, 11, 3), body, ["minh-chung/a.jpg"])
