from dataclasses import replace
from datetime import date

import pytest

from diary.documents import month_sheet
from diary.domain.month_sheets import MonthSheet, day_to_begin, first_of

from .reading import flowing_text, needs_pdftotext, page_texts, words
from .samples import LONG_NAME

SHEET = MonthSheet(
    "Lý Thị Mỹ Tiên",
    "Chi đoàn Điều dưỡng 2",
    date(2026, 5, 1),
    ("Cần", "Kiệm", "Liêm", "Chính", "Chí công vô tư"),
    "https://nhatky.example/",
)


def draw(*sheets: MonthSheet) -> bytes:
    return month_sheet.render(sheets or (SHEET,), "Phiếu ghi tay tháng 05/2026", "Chi đoàn Điều dưỡng 2")


@needs_pdftotext
def test_a_sheet_has_room_for_three_deeds_of_its_member_and_month():
    text = flowing_text(draw())
    assert text.startswith("PHIẾU GHI TAY Tháng 5 năm 2026 Lý Thị Mỹ Tiên Chi đoàn Điều dưỡng 2 Viết bằng mực xanh hoặc đen")
    for number in (1, 2, 3):
        assert f"Việc {number} Ngày làm / Nội dung đăng ký số hoặc việc phát sinh" in text
    assert text.count("cần kiệm liêm chính chí công vô tư") == text.count("bản thân công việc cộng đồng") == 3
    assert text.count("Việc đã làm Cho ai, cùng ai Kết quả cụ thể Bài học") == 3
    assert text.endswith("Nhận xét của bí thư nhatky.example/nhat-ky/moi · tháng 05/2026")


def test_the_address_behind_the_qr_names_the_month_and_nobody():
    assert SHEET.address == replace(SHEET, name="Kim Sô Phi", unit="").address == "https://nhatky.example/nhat-ky/moi?thang=2026-05"


@needs_pdftotext
def test_long_names_and_many_virtues_stay_within_the_sheet():
    many = (*SHEET.virtues, "Đúng giờ, đúng hẹn với người dân", "Không nói xấu đồng nghiệp", "Nói đi đôi với làm ở mọi nơi")
    pdf = draw(replace(SHEET, name=LONG_NAME, unit=LONG_NAME, virtues=many), replace(SHEET, virtues=()))
    assert max(word.right for word in words(pdf)) < 195 / 25.4 * 72 + 1 and len(page_texts(pdf)) == 2
    assert page_texts(pdf)[0].count("Chuẩn mực với bản thân") == 3  # written in, where a row cannot hold them all


@pytest.mark.parametrize(
    ("month", "today", "day"),
    [
        ("2026-11", date(2026, 11, 23), date(2026, 11, 23)),
        ("2026-05", date(2026, 11, 23), date(2026, 5, 31)),
        ("2026-02", date(2026, 11, 23), date(2026, 2, 28)),
        ("2026-12", date(2026, 11, 23), date(2026, 11, 23)),
        ("", date(2026, 11, 23), date(2026, 11, 23)),
        ("2026-13", date(2026, 11, 23), date(2026, 11, 23)),
        ("9999-01", date(2026, 11, 23), date(2026, 11, 23)),
    ],
)
def test_a_form_opened_from_a_sheet_begins_in_its_month(month, today, day):
    assert day_to_begin(month, today) == day


def test_only_a_month_is_a_month():
    assert first_of("2026-05") == date(2026, 5, 1)
    assert [first_of(text) for text in ("2026-5", "05-2026", "2026-00", "2026-05-01", "1899-12")] == [None] * 5
