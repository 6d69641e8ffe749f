"""Documents: numbers, states, codes, names of files."""

import pytest

from diary.domain.documents import (
    REASON_LIMIT,
    About,
    DocumentKind,
    DocumentState,
    clean_reason,
    file_name,
    move,
    numbered,
    read_code,
    verification_url,
)
from diary.domain.errors import BadInput, WrongMoment


@pytest.mark.parametrize(("number", "written"), [(1, "01-DS/ĐTNK"), (9, "09-DS/ĐTNK"), (10, "10-DS/ĐTNK"), (123, "123-DS/ĐTNK")])
def test_numbers_under_ten_carry_a_zero(number, written):
    assert numbered(number, DocumentKind.PROPOSAL_LIST, "ĐTNK") == written


def test_only_what_is_reserved_becomes_valid_and_only_what_is_valid_is_replaced_or_withdrawn():
    allowed = {("reserved", "valid"), ("valid", "replaced"), ("valid", "withdrawn")}
    for state in DocumentState:
        for wanted in DocumentState:
            if (state, wanted) in allowed:
                assert move(state, wanted) is wanted
            else:
                with pytest.raises(WrongMoment):
                    move(state, wanted)


def test_a_withdrawal_says_why_in_words_of_bearable_length():
    assert clean_reason("  Ghi sai năm sinh. \n") == "Ghi sai năm sinh."
    for words in ("", " \n ", "a" * (REASON_LIMIT + 1)):
        with pytest.raises(BadInput) as refused:
            clean_reason(words)
        assert refused.value.field == "reason"


@pytest.mark.parametrize("typed", ["K7Q4-M2XD", "k7q4m2xd", " K7Q4 M2XD ", "K7Q4–M2XD"])
def test_a_code_is_read_as_people_type_it(typed):
    assert read_code(typed) == "K7Q4M2XD"


@pytest.mark.parametrize("typed", ["", "K7Q4", "K7Q4-M2XD-A", "K7Q4-M2X0", "xác minh", "../../etc"])
def test_what_cannot_be_a_code_is_none(typed):
    assert read_code(typed) == ""


def test_the_address_behind_the_qr_holds_the_code_as_it_is_printed():
    assert verification_url("https://nhatky.example/", "K7Q4M2XD") == "https://nhatky.example/xac-minh/K7Q4-M2XD"


def test_a_title_names_kind_and_year_once():
    assert About(DocumentKind.YEAR_BOOK, 1, 2026, 7).title == "Sổ nhật ký năm 2026"
    assert About(DocumentKind.EVALUATION_SHEET, 1, 2026, 7).title == "Phiếu đánh giá, xếp loại đoàn viên năm 2026"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Phiếu đánh giá 03-PĐG/CĐKN", "phieu-danh-gia-03-pdg-cdkn.pdf"),
        ('a"b\r\nc; d', "a-b-c-d.pdf"),
        ("../../x", "x.pdf"),
        ("…", "van-ban.pdf"),
    ],
)
def test_a_file_s_name_is_plain_ascii(words, name):
    assert file_name(words) == name
