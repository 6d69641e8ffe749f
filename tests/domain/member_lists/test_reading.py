from datetime import date

from diary.domain.member_lists import CLEAN_HEADER, Column, Gender, read_member_list
from diary.domain.member_lists.choices import SheetChoice
from diary.domain.sheets import Sheet

TODAY = date(2026, 11, 23)
HEAD = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Chi đoàn", "Chức vụ", "ĐT")


def read(*rows, name="DS", **more):
    return read_member_list([Sheet(name, tuple(rows))], TODAY, **more)


def named(people):
    return [f"{each.family_name} {each.given_name}" for each in people]


def test_a_clean_list_is_taken_whole():
    row = (
        "Lý Thị Mẫu",
        date(1995, 3, 8),
        "Nữ",
        "Hoa",
        "Đoàn Trường Mẫu",
        "Chi đoàn Khoa Mẫu",
        "Bí thư",
        date(2010, 3, 26),
        "0912345678",
        "mau@x.example",
    )
    found = read(CLEAN_HEADER, row, ("Trần Văn Thử", "01/02/1990", "Nam", None, "Chi đoàn Cơ quan Mẫu", None, None, None, None, None))
    first, second = found.people
    assert (first.family_name, first.given_name, first.born_on, first.birth_year) == ("Lý Thị", "Mẫu", date(1995, 3, 8), 1995)
    assert (first.gender, first.ethnicity, first.post) == (Gender.FEMALE, "Hoa", "Bí thư")
    assert (first.base_name, first.branch_name) == ("Đoàn Trường Mẫu", "Chi đoàn Khoa Mẫu")
    assert (first.joined_union_on, first.phone, first.email) == (date(2010, 3, 26), "0912345678", "mau@x.example")
    assert (second.base_name, second.branch_name, second.post, second.phone) == ("Chi đoàn Cơ quan Mẫu", None, None, None)
    assert (found.rows_read, found.refused, found.unread_sheets) == (2, (), ())
    assert found.columns == {"DS": dict(enumerate(list(Column)[:10]))}
    assert found.encodings == {"DS": "Unicode"}


def test_titles_totals_and_signatures_are_no_people():
    found = read(
        ("ĐOÀN KHỐI CÁC CƠ QUAN", None, None, None, "ĐOÀN TNCS HỒ CHÍ MINH"),
        ("ĐOÀN CƠ SỞ SỞ Y TẾ",),
        (None, "DANH SÁCH ĐOÀN VIÊN NĂM 2012"),
        (),
        HEAD,
        (1, 2, 3, 4, 5, 6, 7),
        (1, "Lý Mẫu", "1/1/1990", "Nữ", "Chi đoàn A", "Bí thư", None),
        (2, None, None, None, None, None, None),
        (3, "Trần Thử", None, None, None, "Bí thư", None),
        (None, "Tổng cộng: 2 đoàn viên"),
        (None, "Trong đó: nữ 1", None, None, None),
        (None, None, None, None, "Sóc Trăng, ngày 08 tháng 5 năm 2012"),
        (None, "NGƯỜI LẬP BIỂU", None, None, "TM. BAN CHẤP HÀNH"),
        (None, None, None, None, "BÍ THƯ"),
        (None, "Lý Thị Ký", None, None, "Trần Văn Tên"),
        (3, "Võ Thêm", None, None, None, None, None),
        (None, "Võ Sau", "1/1/1990", None, None, None, None),
    )
    assert named(found.people) == ["Lý Mẫu", "Trần Thử", "Võ Thêm", "Võ Sau"]
    assert [each.row for each in found.people] == [7, 9, 16, 17]
    assert {each.base_name for each in found.people} == {"Đoàn cơ sở Sở Y tế"}
    assert found.refused == () and found.rows_read == 4


def test_lines_between_rows_put_people_into_their_units():
    found = read(
        HEAD[:4],
        ("I", "Chi đoàn Khoa Nội"),
        (1, "Lý Mẫu", "1/1/1990", "Nữ"),
        (None, "Cộng: 1"),
        ("II. CHI ĐOÀN KHOA NGOẠI", None, None, "2 đoàn viên"),
        (1, "Trần Thử", "1/1/1991", "Nam"),
        (2, "Đoàn Trường Thử", None, None),
        name="1. Đoàn cơ sở Bệnh viện",
    )
    assert [(each.base_name, each.branch_name) for each in found.people] == [
        ("Đoàn cơ sở Bệnh viện", "Chi đoàn Khoa Nội"),
        ("Đoàn cơ sở Bệnh viện", "Chi đoàn Khoa Ngoại"),
        ("Đoàn cơ sở Bệnh viện", "Chi đoàn Khoa Ngoại"),
    ]


def test_a_sheet_may_hold_several_tables_each_with_its_head():
    found = read(
        ("Chi đoàn Một",),
        ("TT", "Họ và tên", "Năm sinh"),
        (1, "Lý Mẫu", 1990),
        ("Người lập",),
        ("CHI ĐOÀN HAI",),
        ("TT", "Năm sinh", "Họ đệm", "Tên"),
        (1, 1991, "Trần Văn", "Thử"),
    )
    assert [(*named([each]), each.birth_year, each.branch_name) for each in found.people] == [
        ("Lý Mẫu", 1990, "Chi đoàn Một"),
        ("Trần Văn Thử", 1991, "Chi đoàn Hai"),
    ]


def test_a_chi_doan_sheet_beside_sheets_of_bases_is_a_base_of_its_own():
    rows = (("Họ và tên", "Năm sinh"), ("Lý Mẫu", 1990))
    other = (("Họ và tên", "Năm sinh"), ("Lý Thử", 1990))
    found = read_member_list([Sheet("1. Đoàn trường Mẫu", rows), Sheet("2. Chi đoàn Kho bạc Mẫu", other)], TODAY)
    assert [(each.base_name, each.branch_name) for each in found.people] == [("Đoàn trường Mẫu", None), ("Chi đoàn Kho bạc Mẫu", None)]


def test_a_sheets_cut_name_and_the_full_one_in_its_rows_are_one_unit():
    name = "2. Chi đoàn Sở Tài nguyên và Mô"
    rows = (("Họ và tên", "Chi đoàn"), ("Lý Mẫu", "Chi đoàn Sở Tài nguyên và Môi trường"), ("Lý Thử", "nt"))
    found = read_member_list([Sheet("1. Đoàn trường Mẫu", (("Họ và tên", "ĐT"), ("Lý Ba", None))), Sheet(name, rows)], TODAY)
    assert {(each.base_name, each.branch_name) for each in found.people[1:]} == {("Chi đoàn Sở Tài nguyên và Môi trường", None)}


def test_names_whose_head_was_joined_over_two_columns_are_put_together():
    rows = (("TT", "Họ và tên", None, "Năm sinh"), (1, "Lý Thị", "Mẫu", 1990), (2, "Trần Văn", "Thử", 1991), (3, "Võ", "Ý", 1992))
    found = read(*rows)
    assert named(found.people) == ["Lý Thị Mẫu", "Trần Văn Thử", "Võ Ý"]


def test_gender_may_be_a_mark_or_the_column_of_the_birth():
    marks = read(("Họ và tên", "Năm sinh", "Nữ"), ("Lý Mẫu", 1990, "x"), ("Trần Thử", 1991, None))
    assert [each.gender for each in marks.people] == [Gender.FEMALE, Gender.MALE]
    births = read(
        ("Họ và tên", "Năm sinh", None), (None, "Nam", "Nữ"), ("Lý Mẫu", None, "1/2/90"), ("Trần Thử", 1991, None), ("Lâm Cả", 1990, 1990)
    )
    assert [(each.gender, each.birth_year) for each in births.people] == [(Gender.FEMALE, 1990), (Gender.MALE, 1991)]
    assert "cả nam lẫn nữ" in births.refused[0].reason


def test_what_cannot_be_read_is_refused_with_every_reason():
    found = read(
        HEAD,
        (1, "Lý Mẫu", "31/02/1990", "Nữ", "Chi đoàn A", None, "123"),
        (2, "12345", "1/1/1990", None, None, None, None),
        (3, None, "1/1/1990", "Nam", None, None, None),
        (4, "Mẫu", "1/1/1990", "Nam", None, None, None),
    )
    assert found.people == () and found.rows_read == 4
    first, digits, nameless, short = found.refused
    assert (first.sheet, first.row, first.name) == ("DS", 2, "Lý Mẫu")
    assert "31/02/1990" in first.reason and "123" in first.reason
    assert first.original == ("1", "Lý Mẫu", "31/02/1990", "Nữ", "Chi đoàn A", "", "123")
    assert "12345" in digits.reason and "Thiếu họ và tên" in nameless.reason and "chưa đủ họ và tên" in short.reason


def test_a_person_named_twice_is_taken_once_even_over_sheets_and_marks():
    head, row = ("Họ và tên", "Ngày sinh", "Chi đoàn"), ("Lý Mẫu", "1/1/1990", "Chi đoàn A")
    sheets = [Sheet("Một", (head, row, ("LÝ  MẪU", "01.01.1990", None))), Sheet("Hai", (head, ("Ly Mau", 32874, "Chi đoàn B")))]
    found = read_member_list(sheets, TODAY)
    assert len(found.people) == 1
    assert [(each.sheet, each.reason.split(":")[0]) for each in found.refused] == [
        ("Một", "Trùng với dòng 2"),
        ("Hai", "Trùng với dòng 2 của trang “Một”"),
    ]


def test_twins_and_namesakes_are_not_repeats():
    head = ("Họ và tên", "Ngày sinh", "Chi đoàn", "ĐT")
    twins = read(head, ("Lý Minh Hà", "1/1/1990", "Chi đoàn A", None), ("Lý Minh Hạ", "1/1/1990", "Chi đoàn A", None))
    born_apart = read(head, ("Lý Mẫu", "1/1/1990", "Chi đoàn A", None), ("Lý Mẫu", "2/1/1990", "Chi đoàn A", None))
    elsewhere = read(head, ("Lý Mẫu", None, "Chi đoàn A", None), ("Lý Mẫu", None, "Chi đoàn B", None))
    by_phone = read(head, ("Lý Mẫu", None, "Chi đoàn A", "0912345678"), ("Lý Mẫu", None, "Chi đoàn A", "0912345679"))
    assert [len(found.people) for found in (twins, born_apart, elsewhere, by_phone)] == [2, 2, 2, 2]
    moved = read(head, ("Lý Mẫu", "1/1/1990", "Chi đoàn A", "0912345678"), ("Lý Mẫu", "1/1/1990", "Chi đoàn B", "0912345679"))
    assert len(moved.refused) == 1
    assert len(read(head, ("Lý Mẫu", None, "Chi đoàn A", None), ("Lý Mẫu", None, "Chi đoàn A", None)).refused) == 1


def test_nt_outside_the_unit_columns_counts_only_where_it_is_written():
    found = read(
        ("Họ và tên", "Dân tộc", "Chức vụ", "Ngày vào Đoàn"),
        ("Lý Mẫu", "Hoa", "UV BCH", "26/3/2005"),
        ("Trần Thử", "nt", "nt", "nt"),
        ("Võ Ba",),
    )
    assert [(each.ethnicity, each.post, each.joined_union_on) for each in found.people] == [
        ("Hoa", "Ủy viên BCH", date(2005, 3, 26)),
        ("Hoa", "Ủy viên BCH", date(2005, 3, 26)),
        (None, None, None),
    ]


def test_what_is_read_in_part_is_noted():
    found = read(("Họ và tên", "Năm sinh", "Vào Đoàn"), ("Lý Mẫu", 1990, 2005))
    assert (found.people[0].born_on, found.people[0].birth_year, found.people[0].joined_union_on) == (None, 1990, None)
    assert len(found.people[0].notes) == 2


def test_columns_may_be_told():
    rows = (("Danh tính", "Số"), ("Lý Mẫu", "0912345678"))
    assert read(*rows).unread_sheets == ("DS",)
    found = read(*rows, told={"DS": SheetChoice(columns={0: Column.FULL_NAME, 1: Column.PHONE})})
    assert [(*named([each]), each.phone) for each in found.people] == [("Lý Mẫu", "0912345678")]
    changed = read(
        ("Họ và tên", "Ghi chú", "ĐT"), ("Lý Mẫu", "Hoa", "x"), told={"DS": SheetChoice(columns={0: Column.FULL_NAME, 1: Column.ETHNICITY})}
    )
    assert changed.people[0].ethnicity == "Hoa"


def test_a_list_without_a_head_is_known_by_what_it_holds():
    found = read(("Lý Thị Mẫu", "1/1/1990", "Nữ", "0912345678"), ("Trần Văn Thử", "2/1/1990", "Nam", "0912345679"))
    assert named(found.people) == ["Lý Thị Mẫu", "Trần Văn Thử"]
    assert found.people[0].phone == "0912345678"


def test_dt_without_marks_is_the_phone_when_phones_stand_under_it():
    found = read(("Ho va ten", "DT"), ("Ly Mau", "0912345678"), ("Tran Thu", 912345679))
    assert [each.phone for each in found.people] == ["0912345678", "0912345679"]


def test_sheets_that_hold_no_list_are_named():
    sheets = [Sheet("Hướng dẫn", (("Cách điền mẫu này",), ("Mỗi người một dòng", "Không để trống"))), Sheet("Trống", ())]
    found = read_member_list(sheets, TODAY)
    assert found.unread_sheets == ("Hướng dẫn", "Trống") and found.rows_read == 0


def test_the_first_row_of_a_sheet_counts_from_where_the_file_says():
    found = read_member_list([Sheet("DS", (("Họ và tên", "Năm sinh"), ("Lý Mẫu", 1990)), first_row=5)], TODAY)
    assert found.people[0].row == 6
