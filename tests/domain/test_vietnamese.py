import sqlite3
import unicodedata
from contextlib import closing
from string import ascii_letters

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.vietnamese import clean_line, clean_text, fold, like_pattern, nfc

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
TONED = [nfc(vowel + tone) for vowel in "aăâeêioôơuưy" for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")]
vietnamese_texts = st.text("".join(LETTERS + LETTERS.upper() + "".join(TONED) + "".join(TONED).upper()) + " .,-0123456789\n")


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def test_text_is_stored_composed() -> None:
    assert nfc(nfd("Nguyễn Thị Ngọc Ánh")) == "Nguyễn Thị Ngọc Ánh"


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("  Trần   Kim \t Ngân \n", "Trần Kim Ngân"),
        ("Trần\u00a0Kim\u2003Ngân", "Trần Kim Ngân"),
        ("\ufeffTrần\u200b Kim\x00 Ng\u00adân\u202e", "Trần Kim Ngân"),
        ("một\r\nhai\u2028ba\x85bốn", "một hai ba bốn"),
        (nfd("Đặng Hữu Phước"), "Đặng Hữu Phước"),
        ("Nga\u200b\u0302n", "Ngân"),
        ("hỏng \ud83d nửa chữ", "hỏng nửa chữ"),
        ("\u200d", ""),
        ("", ""),
    ],
)
def test_a_line_is_composed_single_spaced_and_free_of_what_cannot_be_seen(typed: str, clean: str) -> None:
    assert clean_line(typed) == clean


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("một\r\nhai\rba\u2028bốn\u2029năm\x0bsáu\x0cbảy\x85tám", "một\nhai\nba\nbốn\nnăm\nsáu\nbảy\ntám"),
        ("một   \nhai\t\n", "một\nhai"),
        ("\n \n\t\nmột\n\nhai\n\n", "một\n\nhai"),
        ("tên\tsố lượng\u00a0cây", "tên số lượng cây"),
        ("a\x00b\x07c\u200bd\x7f", "abcd"),
        (nfd("Tưới cây,\nquét sân"), "Tưới cây,\nquét sân"),
        ("- ý một\n  - ý hai", "- ý một\n  - ý hai"),
        ("cả nhà \U0001f468\u200d\U0001f469\u200d\U0001f467", "cả nhà \U0001f468\u200d\U0001f469\u200d\U0001f467"),
        (" \n ", ""),
    ],
)
def test_a_text_keeps_its_lines_and_nothing_that_cannot_be_seen(typed: str, clean: str) -> None:
    assert clean_text(typed) == clean


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đoàn Khối các cơ quan ĐẢNG", "doan khoi cac co quan dang"),
        ("Ủy ban nhân dân  huyện\nThới Lai", "uy ban nhan dan huyen thoi lai"),
        ("Ưu, Ơn, Ăn, Ân, Êm, Ôn", "uu, on, an, an, em, on"),
        ("Ðặng", "dang"),
        ("ƀuôn Niê Čư Êban", "buon nie cu eban"),
        ("hoà = hòa", "hoa = hoa"),
        ("“Tuổi trẻ” – 100\u00a0m²…", "“tuoi tre” – 100 m2..."),
        ("cà\u200bphê\x00", "caphe"),
        ("ab\x00c", "abc"),
        ("ab\x7fc", "abc"),
        ("İI", "ii"),
        ("សុខ", "សុខ"),
        ("", ""),
    ],
)
def test_folding_drops_case_marks_and_spare_spaces_and_takes_dj_for_d(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_every_vietnamese_letter_with_every_tone_folds_to_a_plain_letter() -> None:
    for letter in [*LETTERS, *TONED]:
        for form in (letter, letter.upper(), nfd(letter), nfd(letter.upper())):
            assert fold(form) in ascii_letters.lower(), letter
            assert len(fold(form)) == 1


@given(vietnamese_texts)
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    assert fold(nfd(text)) == fold(text) == fold(nfc(text))


@given(vietnamese_texts)
def test_vietnamese_text_folds_to_ascii_whatever_its_case(text: str) -> None:
    assert fold(text).isascii()
    assert fold(text.upper()) == fold(text) == fold(text.lower())


@given(st.text() | vietnamese_texts)
def test_cleaning_or_folding_twice_changes_nothing_more(text: str) -> None:
    for function in (clean_line, clean_text, fold):
        once = function(text)
        assert function(once) == once


@given(st.text(st.characters()))
def test_any_input_comes_out_composed_writable_and_without_control_characters(text: str) -> None:
    for clean in (clean_line(text), clean_text(text)):
        clean.encode("utf-8")
        assert unicodedata.is_normalized("NFC", clean)
        assert not [c for c in clean if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} and c != "\n"]
    assert "\n" not in clean_line(text)
    assert "\x00" not in fold(text)


@given(st.text(st.characters(categories=["L", "N", "P", "Z"])))
def test_cleaning_does_not_change_what_a_search_finds(text: str) -> None:
    assert fold(clean_line(text)) == fold(text)


def like(text: str, folded: str) -> bool:
    with closing(sqlite3.connect(":memory:")) as connection:
        return bool(connection.execute(r"SELECT ? LIKE ? ESCAPE '\'", (text, like_pattern(folded))).fetchone()[0])


@pytest.mark.parametrize("wanted", ["50%", "a_b", "c\\d", "%", "_", "\\", "kế hoạch"])
def test_a_search_takes_the_signs_of_like_as_they_are(wanted: str) -> None:
    assert like(f"trước {wanted} sau", wanted)
    assert not like("trước 50 axb cd sau", wanted)


@given(st.text(r"ab%_\ ", min_size=1, max_size=4), st.text(r"ab%_\ ", max_size=12))
def test_a_pattern_finds_exactly_what_contains_the_text(wanted: str, text: str) -> None:
    assert like(text, wanted) == (wanted in text)
