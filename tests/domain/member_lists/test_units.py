import pytest

from diary.domain.member_lists.spellings import Spellings, sentence_case
from diary.domain.member_lists.units import Above, Place, UnitCells, place_of_row, same_unit, unit_between_rows, units_of_titles

BLOC = ("ĐOÀN KHỐI CÁC CƠ QUAN TỈNH", None, "ĐOÀN TNCS HỒ CHÍ MINH")


@pytest.mark.parametrize(
    ("titles", "sheet_name", "place"),
    [
        ([BLOC, ("ĐOÀN CƠ SỞ BỆNH VIỆN",), ("DANH SÁCH ĐOÀN VIÊN NĂM 2012",)], "Sheet1", Place("ĐOÀN CƠ SỞ BỆNH VIỆN", "")),
        ([BLOC, ("CHI ĐOÀN KHO BẠC",)], "Sheet1", Place("CHI ĐOÀN KHO BẠC", "")),
        ([("ĐOÀN CƠ SỞ BỆNH VIỆN",), ("CHI ĐOÀN KHOA NỘI",)], "Sheet1", Place("ĐOÀN CƠ SỞ BỆNH VIỆN", "CHI ĐOÀN KHOA NỘI")),
        ([("BCH ĐOÀN TRƯỜNG CAO ĐẲNG",)], "DS", Place("ĐOÀN TRƯỜNG CAO ĐẲNG", "")),
        ([("Đơn vị:", "Đoàn Công ty Cấp nước")], "DS", Place("Đoàn Công ty Cấp nước", "")),
        ([("Chi đoàn: Khoa Nội",)], "DS", Place("", "Chi đoàn Khoa Nội")),
        ([("DANH SÁCH ĐOÀN VIÊN CHI ĐOÀN KHOA NỘI NĂM 2012",)], "DS", Place("", "CHI ĐOÀN KHOA NỘI")),
        ([("DANH SÁCH ĐOÀN VIÊN CHI ĐOÀN NĂM 2012",)], "DS", Place()),
        ([], "3. Đoàn cơ sở Bệnh viện", Place("Đoàn cơ sở Bệnh viện", "")),
        ([("ĐOÀN CƠ SỞ BỆNH VIỆN",)], "2-Chi đoàn Khoa Nội", Place("ĐOÀN CƠ SỞ BỆNH VIỆN", "Chi đoàn Khoa Nội")),
        ([], "Đoàn viên", Place()),
        ([("ĐOÀN VIÊN ƯU TÚ",)], "Trang tính1", Place()),
    ],
)
def test_titles_and_the_sheets_name_tell_the_unit(titles, sheet_name, place):
    assert units_of_titles(titles, sheet_name) == place


def test_nt_and_empty_cells_stand_for_the_cell_above():
    above = Above(Place())
    cells = [("Đoàn A", "Chi đoàn X"), ("nt", "nt"), ("", ""), ("-nt-", "Y"), ("″", "như trên"), ("Đoàn B", ""), ("", ""), ("", "CĐ Z")]
    places = [place_of_row(UnitCells(base, branch, None, None), above) for base, branch in cells]
    assert [(place.base, place.branch) for place in places] == [
        ("Đoàn A", "Chi đoàn X"),
        ("Đoàn A", "Chi đoàn X"),
        ("Đoàn A", "Chi đoàn X"),
        ("Đoàn A", "Chi đoàn Y"),
        ("Đoàn A", "Chi đoàn Y"),
        ("Đoàn B", ""),
        ("Đoàn B", ""),
        ("Đoàn B", "Chi đoàn Z"),
    ]


def test_nt_is_the_branch_above_even_where_the_base_is_written_out_but_an_empty_cell_is_none():
    above = Above(Place())
    places = [place_of_row(UnitCells("Đoàn A", branch, None, None), above) for branch in ("Chi đoàn X", "nt", "")]
    assert [place.branch for place in places] == ["Chi đoàn X", "Chi đoàn X", ""]


def test_a_chi_doan_that_is_the_sheets_own_unit_is_no_branch_of_itself():
    above = Above(Place("CHI ĐOÀN KHO BẠC"))
    assert place_of_row(UnitCells(None, "Chi đoàn Kho bạc", None, None), above) == Place("CHI ĐOÀN KHO BẠC", "")
    assert place_of_row(UnitCells(None, "nt", None, None), above) == Place("CHI ĐOÀN KHO BẠC", "")


@pytest.mark.parametrize(
    ("unit", "sheet", "place"),
    [
        ("Chi đoàn Khoa Nội", Place("Đoàn cơ sở Bệnh viện"), Place("Đoàn cơ sở Bệnh viện", "Chi đoàn Khoa Nội")),
        ("Đoàn cơ sở Bệnh viện", Place(), Place("Đoàn cơ sở Bệnh viện", "")),
        ("Chi đoàn Khoa Nội", Place(), Place("", "Chi đoàn Khoa Nội")),
        ("Phòng Tổ chức", Place("Đoàn A", "Chi đoàn Sở Nội vụ"), Place("Đoàn A", "Chi đoàn Sở Nội vụ")),
    ],
)
def test_a_column_don_vi_means_what_its_cells_say(unit, sheet, place):
    assert place_of_row(UnitCells(None, None, unit, None), Above(sheet)) == place


def test_don_vi_beside_chi_doan_is_the_base():
    assert place_of_row(UnitCells(None, "Chi đoàn X", "Đoàn trường Y", None), Above(Place())) == Place("Đoàn trường Y", "Chi đoàn X")


def test_a_line_between_rows_names_a_unit_only_when_it_says_so():
    assert unit_between_rows("II. CHI ĐOÀN KHOA NỘI") == "CHI ĐOÀN KHOA NỘI"
    assert unit_between_rows("1) Liên chi đoàn Khoa Tự nhiên:") == "Liên chi đoàn Khoa Tự nhiên"
    for person in ("Đoàn Trường Sơn", "Đoàn Chi", "Đoàn Thị Khoa"):
        assert unit_between_rows(person) == ""


def test_units_in_capitals_take_the_spelling_the_file_has_elsewhere():
    spellings = Spellings(["CHI ĐOÀN KHOA NỘI", "Chi đoàn Khoa Nội", "Chi đoàn khoa nội", "Chi đoàn Khoa Nội"], ["DS"])
    assert spellings.best("CHI ĐOÀN KHOA NỘI") == "Chi đoàn Khoa Nội"
    assert spellings.best("Chi đoàn khoa nội") == "Chi đoàn Khoa Nội"
    assert spellings.best("") is None
    assert Spellings(["CHI ĐOÀN A1 BÉ", "CHI ĐOÀN A1 BÉ", "Chi đoàn A1 Bé"], []).best("CHI ĐOÀN A1 BÉ") == "Chi đoàn A1 Bé"
    assert Spellings(["CHI ĐOÀN NĂM CĂN", "CHI ĐOÀN NĂM CĂN", "Chi đoàn Năm Căn"], []).best("CHI ĐOÀN NĂM CĂN") == "Chi đoàn Năm Căn"


def test_a_sheets_name_cut_at_31_characters_is_completed_from_the_file():
    cut = "4. Chi đoàn Sở Tài nguyên và Mô"
    assert len(cut) == 31
    assert (
        Spellings(["Chi đoàn Sở Tài nguyên và Môi trường"], [cut]).best("Chi đoàn Sở Tài nguyên và Mô")
        == "Chi đoàn Sở Tài nguyên và Môi trường"
    )
    title = "CHI ĐOÀN SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG"
    assert Spellings([title], [cut]).best(title) == "Chi đoàn Sở Tài nguyên và Môi trường"


@pytest.mark.parametrize(
    "name",
    [
        "Đoàn cơ sở Sở Văn hóa, Thể thao và Du lịch", "Chi đoàn Văn phòng UBND tỉnh", "Đoàn Trường Cao đẳng Nghề",
        "Liên chi đoàn Khoa Tự nhiên", "Chi đoàn Kho bạc Nhà nước", "Chi đoàn Lớp 10A1", "Chi đoàn Khối Hành chính - Quản trị",
    ],
)  # fmt: skip
def test_capitals_alone_become_the_usual_case(name):
    assert sentence_case(name.upper()) == name


def test_spellings_that_differ_in_case_or_tone_place_are_one_unit():
    assert same_unit("Chi đoàn Thuỷ lợi", "CHI ĐOÀN THỦY LỢI")
    assert same_unit("Chi đoàn Hoà Bình", "Chi đoàn Hòa Bình")
    assert not same_unit("Chi đoàn Thủy lợi", "Chi đoàn Thủy lời")
    assert not same_unit("", "")
