import random
import re
import sqlite3
import unicodedata
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.names import full_name, initials, sort_key, split_full_name, username_base

# In the order ICU's collator for CLDR's `vi` puts these in; the list comes from there, so that it checks our key.
_NAMES = """
An Anh Ành Ảnh Ánh Ạnh Ăn Ẵn Ắng Ân Ẩn Ấn Binh Bình Bỉnh Bính Châu Chi Cúc Dung Dũng Dụng Đan Đào Đạt Đắc Đăng Em Én Êm
Giang Giàng Hoa Hoà Hòa Hỏa Hóa Họa Jang Khánh Lan Lân Lọc Long Lộc Lợi Lương Mai Mãi My Mỷ Mỹ Ngàn Ngạn Ngân Oanh On Ôn
Ơn Phi Phúc Quy Quỳ Quý Son Sơn Thu Thủ Thụ Thư Thừ Thử Thứ Tú Tùng Tư Từ Tử Tữ Tứ Tự Út Ưng Vân Vy Wa Xuân Yên Yến Zen
"""
GIVEN_NAMES = _NAMES.split()
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
name_texts = st.text("aăâàảãáạbdđeêgh iklmnoôơờợtuưựyz-'0 ÂĐ", max_size=8)


def in_list_order(people: list[tuple[str, str]]) -> list[tuple[str, str]]:
    shuffled = random.Random(1).sample(people, len(people))
    return sorted(shuffled, key=lambda person: sort_key(*person))


@pytest.mark.parametrize(
    ("full", "family", "given_name"),
    [
        ("Trần Thị Ngọc Ngân", "Trần Thị Ngọc", "Ngân"),
        ("  Lê \t An ", "Lê", "An"),
        ("Ngân", "", "Ngân"),
        ("", "", ""),
        (unicodedata.normalize("NFD", "Đỗ Hữu Phước"), "Đỗ Hữu", "Phước"),
    ],
)
def test_the_last_word_of_a_full_name_is_the_given_name(full: str, family: str, given_name: str) -> None:
    assert split_full_name(full) == (family, given_name)


@given(st.text())
def test_a_split_name_joins_to_the_same_name(full: str) -> None:
    assert full_name(*split_full_name(full)) == full_name("", full)


def test_a_full_name_is_one_clean_line() -> None:
    assert full_name(" Thạch ", "Sóc  Kha") == "Thạch Sóc Kha"
    assert full_name("", "Ngân") == "Ngân"
    assert full_name("Ngân", "") == "Ngân"


def test_given_names_stand_in_the_order_of_the_vietnamese_collation() -> None:
    assert in_list_order([("Lê", name) for name in GIVEN_NAMES]) == [("Lê", name) for name in GIVEN_NAMES]


def test_letters_stand_in_the_order_of_the_vietnamese_alphabet() -> None:
    assert in_list_order([("", letter) for letter in ALPHABET]) == [("", letter) for letter in ALPHABET]


@pytest.mark.parametrize("vowel", "aăâeêioôơuưy")
def test_tones_stand_in_the_order_none_huyen_hoi_nga_sac_nang(vowel: str) -> None:
    toned = [("", unicodedata.normalize("NFC", f"b{vowel}{tone}n")) for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")]
    assert in_list_order(toned) == toned


def test_people_sort_by_given_name_then_middle_name_then_family_name() -> None:
    people = [
        ("Võ Thị", "An"),
        ("Lê Văn", "An"),
        ("Đỗ Ngọc", "Ân"),
        ("Bùi Thị", "Ân"),
        ("Trần Thị", "Ân"),
        ("An Thị Bích", "Ân"),
        ("Bùi", "Bình"),
        ("Võ", "Bình"),
        ("Bùi Anh", "Bình"),
    ]
    assert in_list_order(people) == people


def test_tones_of_the_given_name_count_before_letters_of_the_middle_name() -> None:
    people = [("Lê Xuân", "Hoa"), ("Lê An", "Hòa"), ("Lê Bích", "Hòa"), ("Lê An", "Hóa")]
    assert in_list_order(people) == people


def test_within_one_field_all_letters_count_before_any_tone() -> None:
    people = [("", "Minh Án"), ("", "Minh Anh"), ("", "Mình Anh"), ("", "Minh Ba")]
    assert in_list_order(people) == people


def test_two_word_given_names_sort_by_their_first_word() -> None:
    people = [("Thạch", "Sóc"), ("Thạch", "Soc Kha"), ("Thạch", "Sóc Kha"), ("Thạch", "Sóc-Kha"), ("Thạch", "Socan"), ("Lê", "Sơ")]
    assert in_list_order(people) == people


def test_rare_signs_and_foreign_letters_have_their_place() -> None:
    people = [("", name) for name in ("", "A", "A B", "A'B", "A-B", "A1", "AB", "Ba", "Bä", "Ƀă", "D", "Đ", "E", "Z", "Ж", "ខ")]
    assert in_list_order(people) == people


def test_case_and_the_form_of_the_text_do_not_change_the_order() -> None:
    assert sort_key("TRẦN THỊ", "ẤN") == sort_key("Trần Thị", "Ấn") == sort_key(unicodedata.normalize("NFD", " trần  thị"), "ấn ")
    assert sort_key("Ðặng", "An") == sort_key("Đặng", "An")


@given(st.text(), st.text())
def test_a_key_holds_only_what_every_collation_sorts_alike(family: str, given_name: str) -> None:
    assert re.fullmatch("[0-9a-z]+", sort_key(family, given_name))


@given(name_texts, name_texts, name_texts)
def test_different_given_names_decide_whatever_the_family_names(first: str, second: str, family: str) -> None:
    if sort_key("", first) < sort_key("", second):
        assert sort_key("Võ " + family, first) < sort_key("An An", second)


@given(name_texts, name_texts)
def test_a_name_comes_before_what_it_begins(name: str, more: str) -> None:
    name, longer = full_name("", name), full_name("", f"{name} {more}")
    assert sort_key("", name) <= sort_key("", longer)


def test_a_database_sorts_as_python_does() -> None:
    keys = [sort_key("Lê", name) for name in GIVEN_NAMES]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE person (key TEXT)")
        connection.executemany("INSERT INTO person VALUES (?)", [(key,) for key in reversed(keys)])
        assert [row[0] for row in connection.execute("SELECT key FROM person ORDER BY key")] == keys
        assert [row[0] for row in connection.execute("SELECT key FROM person ORDER BY key COLLATE NOCASE")] == keys


@pytest.mark.parametrize(
    ("family", "given_name", "username"),
    [
        ("Trần Kim", "Ngân", "ngan.tk"),
        ("Đỗ Ưng Ái", "Ơn", "on.dua"),
        ("", "Ngân", "ngan"),
        ("Thạch", "Sóc Kha", "sockha.t"),
        ("Công-Tằng Tôn Nữ", "Ánh", "anh.cttn"),
        ("Nguyễn2", "H'Hen 3", "hhen.n"),
        ("Ðặng", "Ðức", "duc.d"),
        ("Trần", "", "t"),
        ("", "", "doanvien"),
        ("សុខ", "ខា", "doanvien"),
        ("12", "34", "doanvien"),
    ],
)
def test_a_username_is_the_folded_given_name_a_dot_and_initials(family: str, given_name: str, username: str) -> None:
    assert username_base(family, given_name) == username


@given(st.text(), st.text())
def test_a_username_is_short_and_has_letters_a_to_z_only(family: str, given_name: str) -> None:
    assert re.fullmatch(r"[a-z]{1,24}(\.[a-z]{1,6})?", username_base(family, given_name))


def test_a_long_name_gives_a_username_of_at_most_31_characters() -> None:
    assert username_base("an " * 40, "Ngân" * 20) == "ngan" * 6 + ".aaaaaa"


@pytest.mark.parametrize(
    ("family", "given_name", "letters"),
    [
        ("Võ Quốc", "Huy", "QH"),
        ("Võ", "Huy", "VH"),
        ("Nguyễn Thị Ánh", "Đào", "ÁĐ"),
        ("nguyễn đức", "ân", "ĐÂ"),
        ("", "Huy", "H"),
        ("Võ", "", "V"),
        ("Y", "'Hen 2", "YH"),
        ("", "123", "?"),
        ("", "", "?"),
    ],
)
def test_avatar_letters_are_those_of_the_last_middle_name_and_the_given_name(family: str, given_name: str, letters: str) -> None:
    assert initials(family, given_name) == letters


@given(st.text(), st.text())
def test_an_avatar_has_one_or_two_letters(family: str, given_name: str) -> None:
    assert 1 <= len(initials(family, given_name)) <= 2
