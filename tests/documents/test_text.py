import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.documents import fonts
from diary.documents.styles import CELL, FORM
from diary.documents.text import bold, drawable, paragraph, paragraphs


def test_the_faces_have_every_vietnamese_letter_and_the_currency_sign():
    vowels, tones = "aăâeêioôơuưy", "\u0300\u0301\u0303\u0309\u0323"
    letters = {unicodedata.normalize("NFC", vowel + tone) for vowel in vowels for tone in ("", *tones)} | {"đ"}
    both_cases = letters | {letter.upper() for letter in letters}
    assert len(both_cases) == 146
    assert {letter for letter in both_cases | set("₫“”–…·√×") if ord(letter) not in fonts.covered()} == set()


def test_vietnamese_text_is_composed_and_otherwise_left_alone():
    assert drawable(unicodedata.normalize("NFD", "Nguyễn Thị Ánh\nđã ký")) == "Nguyễn Thị Ánh\nđã ký"


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("Vui quá 😀 nhé", "Vui quá nhé"),
        ("Gia đình 👨‍👩‍👧 ấm áp 😀", "Gia đình ấm áp"),
        ("😀😀", "[biểu tượng]"),
        ("tiếng ភាសាខ្មែរ ខ្ញុំ ở xã", "tiếng [chữ Khmer] ở xã"),
        ("漢字", "[chữ Hán]"),
        ("ابن", "[chữ khác]"),
        ("xong ✓", "xong √"),
        ("\uf0b7 một", "• một"),
        ("𝐂𝐡𝐢 đ𝐨𝐚̀𝐧", "Chi đoàn"),
        ("Ａ１", "A1"),
    ],
)
def test_what_the_faces_lack_is_named_replaced_or_left_out(written, drawn):
    assert unicodedata.normalize("NFC", drawable(written)) == drawn


@given(st.text())
def test_whatever_is_typed_can_be_drawn(text):
    assert {char for char in drawable(text) if char != "\n" and ord(char) not in fonts.covered()} == set()


def test_markup_in_a_text_is_text():
    drawn = paragraph(FORM, bold("<b>1 & 2</b>"), " <i>x</i> &amp; </para>")
    drawn.wrap(400, 400)
    assert "".join(part.text for line in drawn.blPara.lines for part in line.words) == "<b>1 & 2</b> <i>x</i> &amp; </para>"


def test_each_line_of_a_text_is_a_paragraph_and_empty_ones_are_not():
    assert [part.frags[-1].text for part in paragraphs(FORM, "một\n\n  \nhai")] == ["một", "hai"]
    assert len(paragraphs(FORM, "")) == 1


def test_only_a_word_wider_than_the_line_breaks_inside():
    ordinary, address = paragraph(CELL, "Hoàn thành xuất sắc"), paragraph(CELL, "https://nhatky.example/rat-dai/va-khong-co-cho-nghi")
    for text in (ordinary, address):
        text.wrap(60, 400)
    assert [" ".join(words) for _, words in ordinary.blPara.lines] == ["Hoàn thành", "xuất sắc"]
    assert all(fonts.width(" ".join(words), fonts.REGULAR, 12) <= 60 for _, words in address.blPara.lines)
