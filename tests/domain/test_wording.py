"""What changed between two texts."""

import time

import pytest

from diary.domain.wording import Sort, changes, without_reasons


def whole(pieces, without):
    return "".join(piece.text for piece in pieces if piece.sort is not without)


def test_the_same_text_has_no_changes():
    assert changes("Dọn kho", "Dọn kho") == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "Dọn kho"), ("Dọn kho", ""), ("nộp hồ sơ trên mạng", "nộp 6 hồ sơ trên Cổng dịch vụ công"), ("a\nb", "a\n\nb c")],
)
def test_a_short_change_holds_both_texts_whole(before, after):
    pieces = changes(before, after)
    assert whole(pieces, Sort.ADDED) == before and whole(pieces, Sort.REMOVED) == after


def test_words_change_whole():
    pieces = changes("giúp hai hộ", "giúp ba hộ")
    assert [(p.sort, p.text) for p in pieces if p.sort is not Sort.SAME] == [(Sort.REMOVED, " hai"), (Sort.ADDED, " ba")]


def test_what_stayed_far_from_a_change_is_left_out():
    long = " ".join(f"từ{n}" for n in range(200))
    pieces = changes(long + " cuối", long + " hết")
    assert pieces[0].text.startswith("… ") and pieces[0].text.endswith(" từ199") and len(pieces[0].text) < 200
    middle = changes("đầu " + long + " cuối", "mở " + long + " hết")
    same = next(piece.text for piece in middle if piece.sort is Sort.SAME)
    assert " … " in same and same.startswith(" từ0") and same.endswith(" từ199")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (" ".join(f"a{n % 97}" for n in range(1200)), " ".join(f"b{n % 97}" for n in range(1200))),
        ("a " * 2500, "b " + "a " * 2400 + "c"),
        (" ".join(f"{n % 41}" for n in range(490)), " ".join(f"{n * 7 % 41}" for n in range(490))),
    ],
)
def test_two_long_texts_are_compared_in_good_time(before, after):
    start = time.process_time_ns()
    pieces = changes(before, after)
    assert time.process_time_ns() - start < 2_000_000_000
    assert pieces


def test_a_text_rewritten_from_end_to_end_is_shown_whole():
    before, after = (" ".join(f"{mark}{n}" for n in range(600)) for mark in "ab")
    assert [piece.sort for piece in changes(before, after)] == [Sort.REMOVED, Sort.ADDED]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Thiếu số; Chưa rõ\nGhi thêm nhé.", ("Thiếu số; Chưa rõ", "Ghi thêm nhé.")),
        ("Thiếu số", ("Thiếu số", "")),
        ("Thiếu số nhé em\nGhi thêm.", ("", "Thiếu số nhé em\nGhi thêm.")),
        ("", ("", "")),
    ],
)
def test_ready_reasons_are_told_from_what_was_written(words, wanted):
    assert without_reasons(words, ("Thiếu số", "Chưa rõ")) == wanted
