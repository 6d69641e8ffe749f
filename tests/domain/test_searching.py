"""Looking for words: nearness, the hits marked, the part of a long text that holds them."""

import pytest

from diary.domain.searching import excerpt, holds, nearest, nearness, pieces, sought
from diary.domain.vietnamese import fold


def near(text, typed):
    return nearness(text, fold(text), sought(typed))


def shown(text, typed, **how):
    return "".join(f"[{piece.text}]" if piece.hit else piece.text for piece in pieces(text, sought(typed), **how))


def test_the_very_marks_come_before_other_marks_and_whole_words_before_parts():
    assert [near(text, "lá") for text in ("Quét lá sân trường.", "Đó là việc nhỏ.", "Chữ lán trại.", "Làm vệ sinh.")] == [0, 1, 2, 3]


def test_parts_of_words_are_found_only_where_no_whole_word_is():
    assert nearest([("là", 1), ("lán", 2), ("lá", 0), ("la", 1)]) == [("lá", 0), ("là", 1), ("la", 1)]
    assert nearest([("làm", 3), ("lán", 2)]) == [("lán", 2), ("làm", 3)]


def test_capitals_make_no_difference():
    assert near("ĐIỆN tắt rồi", "điện") == near("Tắt Điện", "ĐIỆN") == 0


def test_all_the_words_typed_count():
    assert near("tắt đèn, điện", "tắt điện") == 0 and near("tắt đèn, diện", "tắt điện") == 1


@pytest.mark.parametrize(
    ("text", "typed", "wanted"),
    [
        ("Quét lá, đó là việc nhỏ", "lá", "Quét [lá], đó là việc nhỏ"),
        ("Đó là việc nhỏ", "lá", "Đó [là] việc nhỏ"),
        ("Làm vệ sinh", "la", "[Là]m vệ sinh"),
        ("In hai mặt, tắt điện sau 17 giờ", "dien tat", "In hai mặt, [tắt điện] sau 17 giờ"),
        ("ĐIỆN tắt", "điện", "[ĐIỆN] tắt"),
        ("Đạt 100% (rõ)", "100%", "Đạt [100%] (rõ)"),
        ("Dọn kho", "cây", "Dọn kho"),
        ("", "cây", ""),
    ],
)
def test_what_was_looked_for_is_marked_in_its_nearest_kind(text, typed, wanted):
    assert shown(text, typed) == wanted
    assert holds(text, sought(typed)) == ("[" in wanted)


def test_parts_of_words_are_left_unmarked_where_whole_words_were_found():
    assert shown("Làm vệ sinh", "la", parts=False) == "Làm vệ sinh" and not holds("Làm", sought("la"), parts=False)


def test_signs_that_fold_to_none_or_two_keep_their_places():
    assert shown("ﬁ\u200d cỏ xanh", "co") == "ﬁ\u200d [cỏ] xanh"


def test_a_long_text_is_shown_around_its_first_hit():
    text = "mở đầu " * 80 + "rồi quét lá ngoài sân " + "sau cùng " * 80
    part = excerpt(text, sought("quet"), 200)
    assert part.startswith("…") and part.endswith("…") and "quét lá" in part and len(part) < 210
    assert excerpt("Quét lá.", sought("la"), 200) == "Quét lá."
    assert excerpt(text, sought("mo"), 200).startswith("mở đầu")
