import unicodedata
from datetime import date

import pytest

from diary.domain.member_lists import read_member_list
from diary.domain.sheets import Sheet
from diary.files.encodings import decode_bytes, guess_encoding, repair_encoding, repair_sheets
from diary.files.syllables import count_vietnamese, is_vietnamese

HEAD = ("Họ và tên", "Ngày sinh", "Giới tính", "Chi đoàn", "Số điện thoại")
ROWS = (
    ("Lý Phước Mẫu", "01/10/1996", "Nữ", "Chi đoàn Khoa Thử", "0912345678"),
    ("Trương Ngọc Thử", "11/09/1991", "Nam", "Chi đoàn Sở Mẫu và Đường bộ", "0912345679"),
)
# The same cells as fonts of before Unicode keep them.
TCVN3 = (
    ("Hä vµ tªn", "Ngµy sinh", "Giíi tÝnh", "Chi ®oµn", "Sè ®iÖn tho¹i"),
    ("Lý Ph\xadíc MÉu", "01/10/1996", "N÷", "Chi ®oµn Khoa Thö", "0912345678"),
    ("Tr\xad¬ng Ngäc Thö", "11/09/1991", "Nam", "Chi ®oµn Së MÉu vµ §\xadêng bé", "0912345679"),
)
VNI = (
    ("Hoï vaø teân", "Ngaøy sinh", "Giôùi tính", "Chi ñoaøn", "Soá ñieän thoaïi"),
    ("Lyù Phöôùc Maãu", "01/10/1996", "Nöõ", "Chi ñoaøn Khoa Thöû", "0912345678"),
    ("Tröông Ngoïc Thöû", "11/09/1991", "Nam", "Chi ñoaøn Sôû Maãu vaø Ñöôøng boä", "0912345679"),
)
TEXT = "\r\n".join(";".join(row) for row in (HEAD, *ROWS))


def windows_1258(text):
    out = b""
    for letter in text:
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", letter)
            tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
            shape = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark not in tones))
            out += (shape + "".join(tones)).encode("cp1258")
    return out


@pytest.mark.parametrize(("rows", "encoding"), [(TCVN3, "TCVN3"), (VNI, "VNI"), ((HEAD, *ROWS), "Unicode")])
def test_the_encoding_of_a_sheet_is_told_and_repaired(rows, encoding):
    repaired, found = repair_encoding(Sheet("DS", rows))
    assert found == repaired.encoding == encoding
    assert repaired.rows == (HEAD, *ROWS)


@pytest.mark.parametrize(("rows", "encoding"), [(TCVN3, "TCVN3"), (VNI, "VNI")])
def test_one_row_is_enough_to_tell(rows, encoding):
    repaired, found = repair_encoding(Sheet("DS", rows[1:2]))
    assert found == encoding and repaired.rows == ROWS[:1]


def test_a_unicode_head_over_old_rows_stays():
    repaired, _ = repair_encoding(Sheet("DS", (HEAD, *TCVN3[1:] * 2)))
    assert repaired.rows[0] == HEAD and repaired.rows[1] == ROWS[0]


def test_columns_of_different_fonts_are_repaired_each_by_itself():
    mixed = tuple((old[0], *new[1:]) for old, new in zip((*VNI, *VNI[1:]), (HEAD, *ROWS, *ROWS), strict=True))
    repaired, found = repair_encoding(Sheet("DS", mixed))
    assert repaired.rows == (HEAD, *ROWS, *ROWS) and found == "VNI"


def test_one_old_column_in_a_sheet_of_unicode_is_repaired():
    names = ("Leâ Vaên Moät", "Leâ Thò Hai", "Leâ Vaên Ba")
    rows = tuple((name, "Chi đoàn Khoa Thử của Trường Cao đẳng Mẫu", "Nguyễn Thị Diễm") for name in names)
    repaired, found = repair_encoding(Sheet("DS", (HEAD[:3], *rows, *[(None, f"Đường số {n}", "Trần Thị Mẫu") for n in range(30)])))
    assert [row[0] for row in repaired.rows[1:4]] == ["Lê Văn Một", "Lê Thị Hai", "Lê Văn Ba"]
    assert repaired.rows[1][1:] == rows[0][1:] and found == "VNI"


def test_a_unicode_column_beside_an_old_one_stays():
    rows = tuple((name, TCVN3[1][3]) for name in ("Lê Nam", "Lê Thanh", "Lê An"))
    assert repair_encoding(Sheet("DS", rows))[0].rows == tuple((name, ROWS[0][3]) for name, _ in rows)


def test_a_cell_that_makes_sense_only_as_it_stands_is_left():
    rows = (("Tên", "Lý lịch"), ("MÉu", "Chi ®oµn Khoa Thö"), ("Thö", "Chi ®oµn Khoa Néi"), ("Ngäc", "Chi ®oµn Gi¸o viªn"))
    assert repair_encoding(Sheet("DS", rows))[0].rows[:2] == (("Tên", "Lý lịch"), ("Mẫu", "Chi đoàn Khoa Thử"))


def test_capitals_typed_in_an_old_font_come_out_as_capitals():
    repaired, _ = repair_encoding(Sheet("DS", (("NGUYÔN THÞ MÉU",), ("TRÇN V¡N THö",), ("§Æng",))))
    assert [row[0] for row in repaired.rows] == ["NGUYỄN THỊ MẪU", "TRẦN VĂN THỬ", "Đặng"]


def test_vni_has_all_letters():
    repaired, _ = repair_encoding(Sheet("DS", (("Thaúng", "Ñöùc", "Chuùng", "taûng"),)))
    assert repaired.rows == (("Thẳng", "Đức", "Chúng", "tảng"),)


def test_decomposed_text_is_composed_and_other_cells_stay():
    cells = (unicodedata.normalize("NFD", "Nguyễn Thị Mẫu"), 12, None, 1.5, "Email")
    assert repair_sheets([Sheet("DS", (cells,))])[0].rows == (("Nguyễn Thị Mẫu", *cells[1:]),)


def test_nothing_to_tell_is_unicode():
    assert guess_encoding(["Nam", "Chi Lan"]) == guess_encoding([]) == "Unicode"
    assert guess_encoding(["Café Müller", "señor"]) == "Unicode"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(), TEXT.encode("utf-8-sig"), TEXT.encode("utf-16"), b"\xfe\xff" + TEXT.encode("utf-16-be"), TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"), windows_1258(TEXT),
    ],
    ids=["UTF-8", "UTF-8 BOM", "UTF-16", "UTF-16 BE BOM", "UTF-16 LE bare", "UTF-16 BE bare", "Windows-1258"],
)  # fmt: skip
def test_bytes_of_every_unicode_and_windows_1258_are_read(content):
    assert unicodedata.normalize("NFC", decode_bytes(content)) == TEXT


@pytest.mark.parametrize("rows", [TCVN3, VNI])
def test_bytes_of_old_fonts_are_left_for_the_repair(rows):
    text = decode_bytes("\n".join(";".join(row) for row in rows).encode("latin-1"))
    assert repair_encoding(Sheet("DS", tuple(tuple(line.split(";")) for line in text.split("\n"))))[0].rows == (HEAD, *ROWS)


def test_words_are_known_by_their_spelling():
    assert all(map(is_vietnamese, ["Nguyễn", "Quyên", "khuỷu", "giường", "nghiêng", "xoong", "Gì", "Ý", "uống", "thuở", "quý"]))
    assert not any(map(is_vietnamese, ["Khmer", "straße", "ngịy", "vng", "àá", "fđ"]))
    assert count_vietnamese("Nguyễn Văn An, Trần") == 3


def test_a_font_of_capitals_and_capitals_typed_in_a_small_font_make_the_same_name():
    rows = (
        ("hä vµ tªn", "ngµy sinh", "chi ®oµn"),
        ("nguyÔn thÞ ¸nh", "1/2/1990", "chi ®oµn khoa néi"),
        ("NGUYÔN THÞ ¸NH", "3/2/1990", "nt"),
    )
    found = read_member_list(repair_sheets([Sheet("DS", rows)]), date(2026, 11, 23))
    assert [(each.family_name, each.given_name, each.branch_name) for each in found.people] == [
        ("Nguyễn Thị", "Ánh", "Chi đoàn Khoa Nội"),
        ("Nguyễn Thị", "Ánh", "Chi đoàn Khoa Nội"),
    ]


@pytest.mark.parametrize(("old", "new", "rows"), [("S§T", "SĐT", TCVN3), ("SÑT", "SĐT", VNI), ("§V", "ĐV", TCVN3)])
def test_abbreviations_follow_the_font_of_their_sheet(old, new, rows):
    repaired, _ = repair_encoding(Sheet("DS", ((old, *rows[0]), *(("", *row) for row in rows[1:]))))
    assert repaired.rows[0][0] == new


def test_an_encoding_someone_named_is_believed():
    ambiguous = (("Hä vµ tªn",), ("TrÇn An",))
    repaired, found = repair_encoding(Sheet("DS", ambiguous), "TCVN3")
    assert found == "TCVN3" and repaired.rows == (("Họ và tên",), ("Trần An",))
    (kept,) = repair_sheets([Sheet("DS", TCVN3)], {"DS": "Unicode"})
    assert kept.encoding == "Unicode" and kept.rows[0][0] == "Hä vµ tªn"
