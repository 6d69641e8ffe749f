from dataclasses import replace
from datetime import date, timedelta

import pytest
from reportlab.lib.units import mm

from diary.documents import year_book
from diary.domain.papers import LevelName
from diary.domain.year_books import YearBook

from .reading import drawn_lines, flowing_text, laid_out_rows, needs_pdftotext, page_texts, pictures, words
from .samples import BOOK, ENTRY, LONG_TEXT, jpeg, with_photo

EMPTY = YearBook(2026, "Kim Sô Phi", "", BOOK.superior, BOOK.branch, "Bình Lạc")


def _many(count: int) -> tuple:
    days = (date(2025, 1, 1) + timedelta(days=(number * 7) % 365) for number in range(count))
    return tuple(replace(ENTRY, happened_on=day, written_on=day, done=f"Việc số {number}.") for number, day in enumerate(days))


@needs_pdftotext
def test_the_cover_names_the_organisation_the_book_and_its_owner():
    assert page_texts(year_book.render(BOOK))[0] == (
        "ĐOÀN TNCS HỒ CHÍ MINH ĐOÀN TRƯỜNG CAO ĐẲNG Y TẾ BÌNH LẠC CHI ĐOÀN ĐIỀU DƯỠNG 2 SỔ NHẬT KÝ LÀM THEO LỜI BÁC Năm 2025 "
        "“Trời có bốn mùa: Xuân, Hạ, Thu, Đông. Đất có bốn phương: Đông, Tây, Nam, Bắc. Người có bốn đức: Cần, Kiệm, Liêm, Chính.” "
        "Hồ Chí Minh, Cần Kiệm Liêm Chính, 1949 Lý Thị Mỹ Tiên Giáo vụ khoa Bình Lạc, 2025"
    )


@needs_pdftotext
def test_pledges_stand_with_what_came_of_them_and_both_signatures():
    assert page_texts(year_book.render(BOOK))[1] == (
        "Sổ nhật ký làm theo lời Bác 2 Năm 2025 Nội dung tôi đăng ký Bí thư duyệt ngày 12/01/2025 "
        "1 Cần hạn 31/12/2025 Mỗi tháng soạn một bộ câu hỏi. Cách làm Làm vào tối thứ Năm. Kết quả cần đạt 12 bộ "
        "Cuối năm 11 bộ: không hoàn thành "
        "2 Kiệm In hai mặt giấy. Kết quả cần đạt Bớt 05 ram giấy Cuối năm Bớt 06 ram: hoàn thành "
        "Vì sao tôi chọn những việc này: lớp đêm thiếu tài liệu. "
        "TM. BAN CHẤP HÀNH BÍ THƯ Phan Gia Huy NGƯỜI ĐĂNG KÝ Lý Thị Mỹ Tiên"
    )


@needs_pdftotext
def test_a_pledge_changed_in_mid_year_says_when():
    first, *others = BOOK.pledges
    text = flowing_text(year_book.render(replace(BOOK, pledges=(replace(first, changed_on=date(2025, 6, 5)), *others))))
    assert text.count("Đổi nội dung ngày 05/6/2025") == 1


def test_months_follow_each_other_with_their_deeds_by_day():
    text = flowing_text(year_book.render(BOOK))
    assert text.index("Tháng 2 01 việc, đã duyệt 01") < text.index("Tháng 5 02 việc, đã duyệt 01; 2/4 tuần có ghi")
    assert "03 thứ Hai Việc ngày 03/02 – ghi ngày 03/02 · Kiệm · với công việc · việc phát sinh Gom giấy in hỏng làm nháp." in text
    assert text.index("Tắt đèn các phòng học trống.") < text.index("Soạn xong bộ câu hỏi")


@needs_pdftotext
def test_a_deed_shows_both_days_and_everything_written_of_it():
    assert (
        "08 thứ Năm Việc ngày 08/5 – ghi ngày 20/5 · Cần · với công việc · nội dung 1 Soạn xong bộ câu hỏi ôn tập cho lớp đêm. "
        "Cho ai, cùng ai Cùng tổ giáo vụ Kết quả 40 câu hỏi; 28 học viên dùng Bài học Hỏi học viên trước khi soạn. "
        "Bí thư: Ghi chậm 12 ngày; việc tốt. (21/5)"
    ) in flowing_text(year_book.render(BOOK))


@needs_pdftotext
def test_days_of_two_years_are_written_with_their_years():
    late = replace(ENTRY, happened_on=date(2024, 12, 30), written_on=date(2025, 1, 2))
    text = flowing_text(year_book.render(replace(BOOK, entries=(late,))))
    assert "Tháng 12/2024" in text
    assert "Việc ngày 30/12/2024 – ghi ngày 02/01/2025" in text


@needs_pdftotext
def test_the_secretarys_remark_on_a_month_closes_it():
    assert "Nhận xét tháng 5 của bí thư Tháng này ghi đều hơn. Phan Gia Huy, ngày 03/6/2025" in flowing_text(year_book.render(BOOK))


@needs_pdftotext
def test_the_years_figures_are_counted_from_the_book_itself():
    pdf = year_book.render(BOOK)
    text = flowing_text(pdf)
    assert "Một năm nhìn lại Số liệu đến ngày 01/12/2025 3 việc đã ghi 2/3 việc bí thư đã duyệt" in text
    assert "42/46 tuần có ghi (91,3 %) 1/2 nội dung hoàn thành" in text
    rows = laid_out_rows(pdf)
    assert "Cần 1 33,3 40 câu hỏi" in rows
    assert "Kiệm 2 66,7" in rows
    assert "Cộng 3 100,0" in rows
    assert "Hai tuần nghỉ ốm không tính." in rows
    assert "08/5 Lớp đêm có bộ câu hỏi đầu tiên." in rows


@needs_pdftotext
def test_the_level_page_tells_the_steps_and_leaves_room_to_sign():
    last = page_texts(year_book.render(BOOK))[-1]
    assert "Kết quả xếp loại Quyết định số 21-QĐ/ĐK ngày 19/12/2025 Năm 2025, đoàn viên Lý Thị Mỹ Tiên HOÀN THÀNH TỐT NHIỆM VỤ" in last
    assert "Bộ tiêu chí 2023–2027 Bước Ngày Mức Ai Tự xếp loại 01/12/2025 Hoàn thành xuất sắc Lý Thị Mỹ Tiên" in last
    assert "Lời tôi viết cho năm sau Năm sau rủ thêm hai bạn cùng soạn. NGƯỜI GIỮ SỔ Lý Thị Mỹ Tiên" in last


@needs_pdftotext
def test_the_footer_stands_on_the_last_page_only_and_counts_the_pages():
    pages = page_texts(year_book.render(BOOK))
    assert not any("Mã văn bản" in page for page in pages[:-1])
    assert "Mã văn bản: S5NR-28KA" in pages[-1]
    assert pages[-1].endswith(
        f"Sổ khóa ngày 22/12/2025, {len(pages)} trang. Sổ là của người viết; không ai khác được công bố khi chưa đồng ý."
    )


@needs_pdftotext
def test_the_inner_margin_changes_sides():
    found = [word for word in words(year_book.render(replace(BOOK, entries=_many(60)))) if word.page > 1]
    left = {page: min(word.left for word in found if word.page == page) for page in {word.page for word in found}}
    assert {round(x / mm) for page, x in left.items() if page % 2 == 0} == {20}
    assert {round(x / mm) for page, x in left.items() if page % 2 == 1} == {30}


@needs_pdftotext
def test_a_year_with_nothing_in_it_is_still_a_book():
    pages = page_texts(year_book.render(EMPTY))
    assert len(pages) == 5
    assert "Năm 2026 chưa đăng ký nội dung làm theo." in pages[1]
    assert "Năm 2026 chưa ghi việc nào." in pages[2]
    assert "0 việc đã ghi – việc bí thư đã duyệt – tuần có ghi – nội dung hoàn thành" in pages[3]
    assert "CHƯA CÓ QUYẾT ĐỊNH" in pages[4]


@needs_pdftotext
def test_four_hundred_deeds_are_all_there_in_order():
    text = flowing_text(year_book.render(replace(BOOK, entries=_many(400))))
    assert all(f"Việc số {number}." in text for number in range(400))
    assert text.index("Việc số 0.") < text.index("Việc số 1.") < text.index("Việc số 50.")


def test_two_hundred_photos_go_in_as_they_are():
    photos = [jpeg(160 + number, 120) for number in range(200)]
    entries = tuple(
        replace(with_photo(*photos[start : start + 4]), happened_on=date(2025, 1 + start // 20, 1)) for start in range(0, 200, 4)
    )
    assert sorted(pictures(year_book.render(replace(BOOK, entries=entries)))) == sorted(photos)


def test_a_photo_shown_twice_is_stored_once():
    photo = jpeg(200, 150)
    assert pictures(year_book.render(replace(BOOK, entries=(with_photo(photo, photo), with_photo(photo))))) == [photo]


@needs_pdftotext
@pytest.mark.parametrize("content", [b"", b"no photo", b"\xff\xd8\xff", jpeg(40, 30)[:60], b"\x89PNG\r\n\x1a\n"])
def test_a_photo_that_cannot_be_read_leaves_a_frame_that_says_so(content):
    pdf = year_book.render(replace(BOOK, entries=(with_photo(content),)))
    assert pictures(pdf) == []
    assert "Không đọc được ảnh Ảnh 1" in flowing_text(pdf)


@pytest.mark.parametrize("size", [(4000, 30), (30, 4000), (1, 1)])
def test_photos_of_any_shape_find_room(size):
    assert len(pictures(year_book.render(replace(BOOK, entries=(with_photo(jpeg(*size)),))))) == 1


@needs_pdftotext
@pytest.mark.parametrize("sentences", range(0, 60, 4))
def test_the_owner_never_signs_on_a_page_without_words(sentences):
    words_ = "Năm nay tôi học được nhiều điều từ việc nhỏ. " * sentences + "Hết lời."
    pages = page_texts(year_book.render(replace(BOOK, entries=(), own_words=words_, reason=words_)))
    assert any("Hết lời. NGƯỜI GIỮ SỔ Lý Thị Mỹ Tiên" in page for page in pages)
    assert any("Hết lời. TM. BAN CHẤP HÀNH BÍ THƯ Phan Gia Huy NGƯỜI ĐĂNG KÝ" in page for page in pages)


@needs_pdftotext
def test_a_deed_longer_than_a_page_goes_on_with_its_facts_at_the_end():
    entry = replace(ENTRY, done=LONG_TEXT * 6)
    text = flowing_text(year_book.render(replace(BOOK, entries=(entry,))))
    assert text.count(" & ") == 240
    assert text.index("Hỏi học viên trước khi soạn.") > text.rindex(" & ")


@needs_pdftotext
def test_running_heads_name_the_month_that_begins_or_goes_on():
    pages = page_texts(year_book.render(replace(BOOK, entries=_many(200))))
    assert len(pages) > 30
    for number, page in enumerate(pages[2:-2], 3):
        month = page.split("Việc ngày ")[1].split(" ")[0].split("/")[1].lstrip("0")
        head = (
            f"Lý Thị Mỹ Tiên {number} Tháng {month} năm 2025"
            if number % 2 == 0
            else f"Tháng {month} năm 2025 {number} Chi đoàn Điều dưỡng 2"
        )
        assert page.startswith(head)


@pytest.mark.parametrize("day", [date(1950, 1, 1), date(2099, 12, 31)])
def test_a_day_far_from_the_year_does_not_stretch_the_charts(day):
    entry = replace(ENTRY, happened_on=day, written_on=day)
    assert len(year_book.render(replace(BOOK, entries=(ENTRY, entry)))) < 400_000


@needs_pdftotext
@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Hoàn thành xuất sắc nhiệm vụ", ["HOÀN THÀNH XUẤT SẮC", "NHIỆM VỤ"]),
        ("Không hoàn thành nhiệm vụ", ["KHÔNG HOÀN THÀNH", "NHIỆM VỤ"]),
        ("Hoàn thành tốt nhiệm vụ", ["HOÀN THÀNH TỐT NHIỆM VỤ"]),
        ("Xuất sắc", ["XUẤT SẮC"]),
    ],
)
def test_a_long_level_breaks_by_sense(name, lines):
    drawn = drawn_lines(year_book.render(replace(BOOK, level=LevelName(name, name, "X"))))
    start = next(place for place, line in enumerate(drawn) if line == lines[0])
    assert drawn[start : start + len(lines)] == lines and drawn[start + len(lines)] == BOOK.scheme


@needs_pdftotext
def test_an_entry_with_a_photo_stays_whole_and_its_photo_shrinks_rather_than_leave_the_page_empty():
    def book(entries):
        text = "Soạn xong bộ câu hỏi ôn tập cho lớp đêm. "
        days = [replace(ENTRY, happened_on=date(2025, 5, n + 1), done=text * 3, remark=None) for n in range(entries)]
        last = replace(with_photo(jpeg(800, 600)), happened_on=date(2025, 5, 28), done="Chụp lại buổi ôn.", remark=ENTRY.remark)
        return year_book.render(replace(BOOK, entries=(*days, last)))

    heights = set()
    for entries in range(1, 9):
        drawn = words(book(entries))
        place = {word.text: word for word in drawn if word.text in {"Chụp", "chậm"}}
        assert place["Chụp"].page == place["chậm"].page
        heights.add(round(place["chậm"].top - place["Chụp"].top))
    assert max(heights) - min(heights) > 20
