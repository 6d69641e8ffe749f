"""Hints against formality, judged on labelled entries and on what each rule says."""

import time
from pathlib import Path

from diary.domain.hints import Earlier, HintKind, Index, already_there, hints, runs


def marked(name: str) -> list[bool]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return [bool(hints(line, [Earlier(before) for before in lines[:at]])) for at, line in enumerate(lines)]


def test_nine_of_ten_thin_entries_are_marked_and_at_most_one_of_twenty_good_ones():
    thin, good = marked("labelled_thin.txt"), marked("labelled_good.txt")
    assert len(thin) == len(good) == 100
    assert sum(thin) >= 90
    assert sum(good) <= 5


def test_a_slogan_is_vague_and_the_hint_says_what_to_add():
    (hint,) = hints("Luôn nêu cao tinh thần trách nhiệm, hoàn thành tốt nhiệm vụ được giao.")
    assert hint.kind is HintKind.VAGUE and "đã làm việc gì" in hint.words


def test_an_entry_like_an_earlier_one_is_told_so():
    text = "Sáng nay cùng chị Hoa quét dọn kho hồ sơ tầng hai, xếp lại 40 hộp."
    assert [hint.kind for hint in hints(text + " Vui.", [Earlier(text)])] == [HintKind.LIKE_OTHERS]


def test_what_is_good_already_is_said():
    assert already_there("Quét dọn cùng 3 em học sinh.") == "Đã có việc, người cùng làm và con số."


def test_a_text_is_compared_with_five_thousand_in_under_twenty_milliseconds():
    index = Index()
    for number in range(5_000):
        index.add(number, runs(f"Sáng nay quét dọn phòng {number} cùng {number % 7} bạn, xếp {number * 3} hộp hồ sơ lên giá gỗ."))
    asked = "Sáng nay quét dọn phòng 4321 cùng 2 bạn, xếp 12963 hộp hồ sơ lên giá gỗ."
    began = time.perf_counter()
    found = index.likest(runs(asked))
    assert time.perf_counter() - began < 0.02
    assert found is not None and found[1] > 0.7
