import unicodedata

import pytest

from diary.domain.member_lists import Gender
from diary.domain.member_lists.values import (
    CellError,
    is_as_above,
    read_email,
    read_ethnicity,
    read_gender,
    read_name,
    read_phone,
    read_post,
    text_of,
)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("NGUYỄN THỊ HOA", "Nguyễn Thị Hoa"),
        ("nguyễn thị hoa", "Nguyễn Thị Hoa"),
        ("Nguyễn thị Hoa", "Nguyễn Thị Hoa"),
        ("NGUYễN THị HOA", "Nguyễn Thị Hoa"),
        ("12. Nguyễn Thị Hoa", "Nguyễn Thị Hoa"),
        ("Đ/c Nguyễn Thị Hoa", "Nguyễn Thị Hoa"),
        ("Nguyễn Thị Hoa (nghỉ sinh)", "Nguyễn Thị Hoa"),
        ("Y-BHAM NIÊ", "Y-Bham Niê"),
        ("H'Hen Niê", "H'Hen Niê"),
        ("LÝ Ý", "Lý Ý"),
    ],
)
def test_names_come_out_in_the_usual_case_without_trimmings(written, name):
    assert read_name(written) == name


@pytest.mark.parametrize("written", ["12345", "Nguyễn Văn 2", "a@b.vn", "Cộng: 3", "A" * 61, "Nguyễn_Văn_An", ""])
def test_what_holds_digits_or_signs_is_no_name(written):
    with pytest.raises(CellError):
        read_name(written)


@pytest.mark.parametrize(
    "written",
    [
        "0912345678", "912345678", "0912 345 678", "0912.345.678", "0912-345-678", "+84912345678", "+84 (0) 912 345 678", "84912345678",
        "0084912345678", "0912345678 / 0987654321", "0912345678; 0987654321", "'0912345678",
    ],
)  # fmt: skip
def test_a_phone_is_ten_digits_from_0_however_it_is_written(written):
    assert read_phone(written) == "0912345678"


def test_eleven_digit_mobile_numbers_of_before_2018_get_their_new_prefix():
    assert read_phone("0123 4567 890") == "0834567890"
    assert read_phone("1689123456") == "0389123456"


@pytest.mark.parametrize("written", ["12345", "091234567", "09123456789", "abc", "8.37E+08", "1912345678"])
def test_a_phone_that_cannot_be_read_is_refused(written):
    with pytest.raises(CellError, match="10 chữ số"):
        read_phone(written)


@pytest.mark.parametrize("written", ["", "-", "không", "Chưa có", "x", "0"])
def test_a_cell_that_says_there_is_none_is_none(written):
    assert read_phone(written) is None
    assert read_email(written) is None
    assert read_post(written) is None
    assert read_gender(written) is None
    assert read_ethnicity(written) is None


def test_genders_in_many_spellings():
    assert {read_gender(text) for text in ("Nam", "NAM", "nam", "M", "Male", "Ông")} == {Gender.MALE}
    assert {read_gender(text) for text in ("Nữ", "NỮ", "nu", "F", "Female", "nư\u0303")} == {Gender.FEMALE}
    with pytest.raises(CellError, match="Nam hoặc Nữ"):
        read_gender("Kinh")


def test_addresses_are_known_by_their_shape():
    assert read_email("an.nv@soctrang.example") == "an.nv@soctrang.example"
    assert read_email("mailto:AN@SOCTRANG.EXAMPLE") == "an@soctrang.example"
    for wrong in ("an@", "an@soctrang", "an soctrang.example", "an@@x.vn", "ân@x.vn"):
        with pytest.raises(CellError, match="email"):
            read_email(wrong)


def test_ethnic_groups_come_out_with_capitals():
    assert [read_ethnicity(text) for text in ("KINH", "kinh", "Khơ-me", "KHMER", "Ê ĐÊ", "Chăm")] == [
        "Kinh",
        "Kinh",
        "Khmer",
        "Khmer",
        "Ê Đê",
        "Chăm",
    ]


@pytest.mark.parametrize(
    ("post", "spellings"),
    [
        ("Bí thư", ["Bí thư", "BÍ THƯ", "BT", "bt", "Bí thư chi đoàn", "BTCĐ", "B\u00ed th\u01b0 Đoàn trường"]),
        ("Phó Bí thư", ["Phó Bí thư", "P.BT", "PBT", "P. Bí thư", "Phó bí thư thường trực", "Phó BT", "PBT chi đoàn"]),
        (
            "Ủy viên BCH",
            ["Ủy viên BCH", "Uỷ viên BCH", "UV BCH", "UVBCH", "UV", "Ủy viên", "UV.BCH", "Ủy viên Ban Chấp hành", "UVBCH Chi đoàn"],
        ),
        ("Ủy viên BTV", ["Ủy viên BTV", "UVBTV", "Ủy viên Ban Thường vụ"]),
        (None, ["Đoàn viên", "ĐV", "đoàn viên"]),
    ],
)
def test_posts_come_out_under_one_name(post, spellings):
    assert {read_post(text) for text in spellings} == {post}


def test_posts_of_other_kinds_stay_as_written():
    assert read_post("Chủ nhiệm câu lạc bộ") == "Chủ nhiệm câu lạc bộ"
    assert read_post("Bí thư Chi bộ") == "Bí thư Chi bộ"


@pytest.mark.parametrize("written", ["nt", "NT", "-nt-", "n.t", "như trên", "Như trên", "″", '"'])
def test_dittos_in_many_spellings(written):
    assert is_as_above(written)


def test_text_of_a_cell_is_one_composed_line():
    assert text_of(unicodedata.normalize("NFD", "  Nguyễn \n  Ái ")) == "Nguyễn Ái"
    assert text_of(912345678.0) == text_of(912345678) == "912345678"
    assert text_of(None) == ""
