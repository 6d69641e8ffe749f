"""What each rule of the hints says, what makes two texts alike, and how long looking takes."""

import time
from datetime import date

import pytest

from diary.domain.hints import Earlier, HintKind, Index, already_there, concrete, hints, likeness, runs

DEED = "Sáng nay cùng chị Hoa quét dọn kho hồ sơ tầng hai, xếp lại 40 hộp."
OTHERS = "Lội bùn trồng đước ở Đất Mũi, phần em cắm bốn mươi trái, bị hàu cứa rách gót."


def kinds(text: str, *earlier: Earlier, days: int = 1) -> list[HintKind]:
    return [hint.kind for hint in hints(text, earlier, days)]


def test_a_slogan_is_vague_and_the_hint_says_what_to_add():
    (hint,) = hints("Luôn nêu cao tinh thần trách nhiệm, hoàn thành tốt nhiệm vụ được giao.")
    assert hint.kind is HintKind.VAGUE
    assert hint.words == (
        "Bài còn chung chung, những chữ như “tinh thần trách nhiệm” và “nhiệm vụ được giao” chưa nói rõ việc. "
        "Bạn kể thêm đã làm việc gì, ở đâu, cho ai, cùng ai nhé."
    )


def test_a_hint_quotes_the_text_as_it_was_typed():
    (hint,) = hints("hnay ht tot nv duoc giao, co tinh than trach nhiem")
    assert "“nv duoc giao” và “co tinh than”" in hint.words


def test_what_is_revered_is_never_quoted_as_empty():
    (hint,) = hints("Hôm nay em đã làm theo lời Bác, vì Tổ quốc, vì nhân dân.")
    assert "Bác" not in hint.words and "quốc" not in hint.words and "dân" not in hint.words


def test_where_nothing_can_be_quoted_the_hint_says_that_no_deed_is_seen():
    (hint,) = hints("Hôm nay cũng như mọi hôm thôi, không có gì.")
    assert hint.words.startswith("Bài còn chung chung, chưa thấy việc cụ thể.")


def test_a_vow_is_told_that_it_is_one():
    (hint,) = hints("Em hứa tuần sau sẽ dậy sớm tập thể dục, đọc sách và trồng cây.")
    assert hint.kind is HintKind.VAGUE and hint.words.startswith("Bài mới nói điều nghĩ, điều mong, điều sẽ làm.")


def test_feelings_alone_are_told_that_they_are():
    (hint,) = hints("Rất vui, rất tự hào, hạnh phúc, xúc động và biết ơn.")
    assert hint.kind is HintKind.VAGUE and hint.words.startswith("Bài mới nói cảm nghĩ.")


@pytest.mark.parametrize(
    "text",
    [
        "Hồi đầu năm em hứa giúp bạn: em đã chở Phúc đi học vì Phúc gãy chân.",
        "Em định bỏ thuốc lá, hôm nay là ngày thứ 40 không hút, bỏ ống heo được 800 ngàn.",
        "Luôn nêu cao tinh thần trách nhiệm, em xách nước lên tầng 4 cho bà Nhâm.",
    ],
)
def test_a_deed_after_a_vow_or_a_slogan_redeems_it(text):
    assert hints(text) == ()


def test_a_verb_inside_another_word_is_no_deed():
    assert concrete("Giao tiếp, ứng xử đúng mực.").acts == 0
    assert concrete("Giao hồ sơ cho bác.").acts == 1


def test_what_was_not_done_or_is_always_done_is_no_deed():
    assert concrete("Em không xách, chưa chở, luôn biếu, biết nhường.").acts == 0
    assert concrete("Em xách, em chở, em biếu, em nhường.").acts == 4


@pytest.mark.parametrize(
    ("text", "acts"), [("Em muốn chở bác.", 0), ("Xưởng muốn bỏ máy, em xin chở.", 3), ("Viện cần máu nên em chở bác.", 1)]
)
def test_a_vow_is_the_writers_own_and_of_something_to_be_done(text, acts):
    assert concrete(text).acts == acts


def test_a_writer_who_begins_anew_is_out_of_the_vow():
    assert concrete("Phải biết sẻ chia, em xách nước.").acts == 1
    assert concrete("Phải biết sẻ chia, em sẽ xách nước.").acts == 0


@pytest.mark.parametrize(
    ("text", "vowed"), [("Tuổi trẻ phải biết sẻ chia: xách nước lên tầng.", False), ("Kế hoạch tuần: xách nước lên tầng.", True)]
)
def test_a_colon_ends_a_vow_but_not_a_plan(text, vowed):
    assert (concrete(text).acts == 0) is vowed


def test_the_one_whose_lessons_one_follows_is_not_the_neighbour_called_the_same():
    assert concrete("Em nghe Bác rồi.").empty > concrete("Em nghe bác rồi.").empty == concrete("Em nghe Bác Tư rồi.").empty


def test_a_figure_of_a_directive_or_a_date_counts_nothing():
    assert not concrete("Chỉ thị 05, quý 3, tháng 9 năm 2024, 5 điều Bác dạy.").number
    assert concrete("Xếp lại 40 hộp.").number


def test_one_word_has_one_meaning_in_either_spelling():
    assert concrete("Xoá game, giữ kĩ hoá đơn.") == concrete("Xóa game, giữ kỹ hóa đơn.")


def test_a_short_text_asks_only_for_what_it_lacks():
    (hint,) = hints("Quét sân trường.")
    assert hint.kind is HintKind.SHORT and "đã làm việc gì" not in hint.words
    assert hints("Hiến máu lần 3 ở viện, 350ml.") == ()


@pytest.mark.parametrize(
    "copy",
    [
        DEED,
        DEED + " Vui.",
        "Sang nay cung chi Hoa quet don kho ho so tang hai, xep lai 40 hop",
        "Sáng nay cùng chị Lan quét dọn kho hồ sơ tầng ba, xếp lại 55 hộp.",
        "Xếp lại 40 hộp, sáng nay cùng chị Hoa quét dọn kho hồ sơ tầng hai.",
        "Học tập và làm theo lời Bác: sáng nay cùng chị Hoa quét dọn kho hồ sơ tầng hai, xếp lại 40 hộp.",
        f"{OTHERS} {DEED}",
    ],
)
def test_an_entry_like_an_earlier_one_is_told_so(copy):
    assert kinds(copy, Earlier(OTHERS + " Về mệt."), Earlier(DEED)) == [HintKind.LIKE_OTHERS]


def test_the_same_kind_of_deed_in_other_words_is_no_copy():
    assert hints("Chiều qua em với Tuấn dọn kho thuốc ở trạm, bỏ 6 hộp hết hạn, lau kệ.", [Earlier(DEED)]) == ()


def test_what_is_typed_short_reads_as_in_full():
    assert likeness(runs("Hnay e chở bn ra bv"), runs("Hôm nay em chở bệnh nhân ra bệnh viện")) == 1.0


def test_two_hints_at_most_the_most_telling_first():
    earlier = Earlier("Hoàn thành tốt nhiệm vụ được giao.", date(2026, 11, 2))
    assert kinds("Hoàn thành tốt nhiệm vụ được giao.", earlier, days=9) == [HintKind.COPIED, HintKind.VAGUE]


def test_what_is_good_already_is_said():
    assert already_there("Quét dọn cùng 3 em học sinh.") == "Đã có việc, người cùng làm và con số."


@pytest.mark.parametrize("text", ["", "...", "🌸", "?!", "5", "\n\n", "A" * 3000])
def test_a_text_without_words_never_breaks_the_rules(text):
    assert [hint.kind for hint in hints(text)] == [HintKind.SHORT]


def test_a_text_is_looked_at_beside_fifty_others_in_a_few_milliseconds():
    others = [f"Chiều thứ {number} chở bác Tư ra trạm y tế ấp {number}, đo huyết áp cho {number} cô chú rồi về." for number in range(50)]
    hints(DEED)

    def once() -> float:
        began = time.process_time()
        hints(DEED, [Earlier(text) for text in others])
        return time.process_time() - began

    assert min(once() for _ in range(5)) < 0.01


def test_a_text_is_compared_with_five_thousand_in_under_twenty_milliseconds():
    index = Index()
    for number in range(5_000):
        index.add(number, runs(f"Sáng nay quét dọn phòng {number} cùng {number % 7} bạn, xếp {number * 3} hộp hồ sơ lên giá gỗ."))
    asked = "Sáng nay quét dọn phòng 4321 cùng 2 bạn, xếp 12963 hộp hồ sơ lên giá gỗ."
    began = time.perf_counter()
    found = index.likest(runs(asked))
    assert time.perf_counter() - began < 0.02
    assert found is not None and found[1] > 0.7
