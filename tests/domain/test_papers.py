from datetime import date

import pytest

from diary.domain.papers import (
    Letterhead,
    LetterheadStyle,
    PaperNumber,
    Verification,
    letterhead_style,
    name_parts,
    officer_signer,
    plain_name,
)


@pytest.mark.parametrize(
    ("day", "style"),
    [
        (date(2012, 12, 7), LetterheadStyle.EARLY),
        (date(2013, 10, 28), LetterheadStyle.EARLY),
        (date(2013, 10, 29), LetterheadStyle.CURRENT),
        (date(2025, 12, 8), LetterheadStyle.CURRENT),
        (None, LetterheadStyle.CURRENT),
    ],
)
def test_the_letterhead_changed_on_29_october_2013(day, style):
    assert letterhead_style(day) is style
    assert Letterhead("Đoàn Khối", "Đoàn Trường", None, "Bình Lạc", day).style is style


def test_a_break_mark_parts_a_name_and_is_never_read():
    assert name_parts("Đoàn Bệnh viện | Đa khoa tỉnh") == ("Đoàn Bệnh viện", "Đa khoa tỉnh")
    assert plain_name("Đoàn Bệnh viện | Đa khoa tỉnh") == "Đoàn Bệnh viện Đa khoa tỉnh"
    assert name_parts(" | ") == ()
    assert plain_name("Chi đoàn 1") == "Chi đoàn 1"


def test_numbers_under_ten_have_a_leading_zero():
    assert str(PaperNumber(1, "BC", "KCCQ")) == "01-BC/KCCQ"
    assert str(PaperNumber(21, "PĐG", "CĐKN")) == "21-PĐG/CĐKN"
    assert str(PaperNumber(112, "DS", "ĐTNK")) == "112-DS/ĐTNK"


def test_a_number_not_issued_yet_leaves_room_for_a_hand():
    assert str(PaperNumber(None, "PĐG", "CĐKN")) == "......-PĐG/CĐKN"


def test_the_early_style_names_the_committee_of_the_unit_unless_the_unit_says_otherwise():
    letterhead = Letterhead("", "Đoàn Trường", None, "", None)
    assert letterhead.body_of_early_style == "BCH Đoàn Trường"
    assert Letterhead("", "Đoàn Khối", None, "", None, "BCH Khối các cơ quan").body_of_early_style == "BCH Khối các cơ quan"


def test_the_author_is_the_issuing_unit_and_the_body_above_it():
    assert Letterhead("Đoàn Trường | Y tế", "Chi đoàn 1", None, "", None).author == "Chi đoàn 1, Đoàn Trường Y tế"
    assert Letterhead("", "Đoàn Khối", None, "", None).author == "Đoàn Khối"


def test_codes_are_typed_in_at_the_address_before_the_code():
    assert Verification("AB12-CD34", "https://nhatky.example/xac-minh/AB12-CD34", date(2025, 1, 1)).page == "nhatky.example/xac-minh"


def test_a_deputy_signs_for_the_secretary():
    assert officer_signer("Phan Gia Huy").roles == ("TM. BAN CHẤP HÀNH", "BÍ THƯ")
    assert officer_signer(deputy=True).roles == ("TM. BAN CHẤP HÀNH", "KT. BÍ THƯ", "PHÓ BÍ THƯ")
    assert officer_signer(standing_committee=True).roles == ("TM. BAN THƯỜNG VỤ", "BÍ THƯ")
