"""What two texts have in common, as a reviewer sees them side by side."""

from diary.domain.hints.same import Part, same_parts

MINE = "Sáng nay, cùng chị Hoa dọn kho thuốc; ghi hạn dùng."


def marked(text: str, other: str) -> list[str]:
    return [part.text for part in same_parts(text, other) if part.same]


def test_runs_of_three_words_both_hold_are_the_same_whatever_their_marks_and_points():
    assert marked(MINE, "Chiều qua cùng Chị Hoa dọn kho sách.") == ["cùng chị Hoa dọn kho"]
    assert marked("CÙNG CHI HOA, don kho sách", MINE) == ["CÙNG CHI HOA, don kho"]


def test_the_parts_put_together_are_the_text():
    for other in ("", MINE, "cùng chị Hoa dọn. ghi hạn dùng", "Sáng nay cùng chị", "khác hẳn hết cả"):
        for text in (MINE, f"“{MINE}”", f" {MINE} (xong)"):
            assert "".join(part.text for part in same_parts(text, other)) == text


def test_a_text_is_all_the_same_as_itself_and_nothing_is_in_common_with_another():
    assert same_parts("Dọn kho thuốc", "Dọn kho thuốc") == (Part("Dọn kho thuốc", same=True),)
    assert same_parts(MINE, "Chở gạo tới nhà bác Năm") == (Part(MINE, same=False),)
    assert same_parts("", MINE) == ()


def test_of_texts_shorter_than_a_run_all_words_must_be_the_same():
    assert marked("Dọn kho", "dọn kho.") == ["Dọn kho"]
    assert marked("Dọn kho", "dọn kho thuốc ở tầng hai") == []
