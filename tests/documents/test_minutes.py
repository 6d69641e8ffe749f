from dataclasses import replace
from time import process_time

import pytest

from diary.documents import minutes
from diary.documents.levels import column_head
from diary.domain.meeting_minutes import Presiding

from .meeting_samples import MINUTES, minutes_of
from .reading import flowing_text, fonts, laid_out_rows, metadata, needs_pdftotext, page_count, page_texts
from .samples import LEVELS, LONG_NAME, LONG_TEXT, OLD_LEVELS

pytestmark = needs_pdftotext

HEAD = (
    "ĐOÀN TRƯỜNG CAO ĐẲNG Y TẾ BÌNH LẠC CHI ĐOÀN ĐIỀU DƯỠNG 2 *** Số: 04-BB/CĐĐD2 ĐOÀN TNCS HỒ CHÍ MINH "
    "Bình Lạc, ngày 08 tháng 12 năm 2025 BIÊN BẢN Họp đánh giá, xếp loại đoàn viên năm 2025 "
)
THERE = (
    "Hôm nay, lúc …… giờ …… ngày 04 tháng 12 năm 2025, tại ……………………, Chi đoàn Điều dưỡng 2 họp đánh giá, xếp loại đoàn viên. "
    "I. THÀNH PHẦN 1. Tổng số đoàn viên 05, trong đó thuộc diện xếp loại 04. Có mặt 3/4 (75,0 %), quá nửa theo quy định; "
    "vắng 01: Mai Văn Tư (có phép). 2. Không thuộc diện xếp loại 01: Tạ Quốc Bảo (mới chuyển đến, chưa đủ 03 tháng). "
    "3. Chủ trì: Phan Gia Huy, Bí thư. Thư ký: Đỗ Minh An, Phó Bí thư. "
)
SAID = "II. NỘI DUNG 1. Bí thư nêu bộ tiêu chí và cách biểu quyết. 2. Kim Sô Phi đề nghị xét kỹ việc ghi chậm. "
VOTED = (
    "III. KẾT QUẢ BIỂU QUYẾT Biểu quyết bằng giơ tay, 03 đồng chí có mặt. Kết quả của mỗi người là mức được quá nửa số người có mặt "
    "(từ 02 phiếu). TT Họ và tên Số phiếu theo mức Kết quả Xuất sắc Tốt Hoàn thành Không HT 1 Đỗ Minh An 2 1 0 0 Hoàn thành xuất sắc "
    "2 Kim Sô Phi 0 3 0 0 Hoàn thành tốt 3 Lý Thị Mỹ Tiên 1 2 0 0 Hoàn thành tốt 4 Mai Văn Tư 0 1 1 1 Chưa quá nửa "
    "Cộng 03: hoàn thành xuất sắc 01 (33,3 %), hoàn thành tốt 02 (66,7 %), hoàn thành 0 (0,0 %), không hoàn thành 0 (0,0 %); "
    "chưa mức nào quá nửa 01. "
)
FOOT = "Mã văn bản: P8RC-64YN Kiểm tra:"


def test_the_minutes_say_who_was_there_what_was_said_and_how_hands_were_counted():
    text = flowing_text(minutes.render(MINUTES))
    assert text.startswith(HEAD + THERE + SAID + VOTED)
    assert "họp kết thúc lúc …… giờ …… cùng ngày. THƯ KÝ Đỗ Minh An CHỦ TRÌ Phan Gia Huy Mã văn bản" in text


def test_whom_hands_were_shown_for_in_a_meeting_that_went_over_to_secret_ballots_is_told():
    text = flowing_text(minutes.render(replace(MINUTES, secret=True, by_hands=(1,))))
    assert "III. KẾT QUẢ BIỂU QUYẾT" in text and "riêng TT 1 biểu quyết bằng giơ tay" in text.replace("\u00a0", " ")


def test_a_secret_ballot_is_called_one():
    text = flowing_text(minutes.render(replace(MINUTES, secret=True)))
    assert "III. KẾT QUẢ BỎ PHIẾU KÍN Bỏ phiếu kín, 03 đồng chí có mặt." in text and "giơ tay" not in text


def test_that_whoever_was_voted_on_did_not_vote_is_said():
    assert "(từ 02 phiếu). Người được xét không biểu quyết về mình. TT" in flowing_text(minutes.render(replace(MINUTES, abstains=True)))


def test_a_branch_of_25_has_its_whole_table_and_both_names_on_the_second_page():
    pages = page_texts(minutes.render(minutes_of(25)))
    assert len(pages) == 2
    assert pages[1].startswith("2 III. KẾT QUẢ BIỂU QUYẾT") and "CHỦ TRÌ Phan Gia Huy" in pages[1]


@pytest.mark.parametrize("count", [1, 2, 9, 24, 28, 29, 60])
def test_every_row_is_there_once_and_the_names_stand_with_the_last_words(count):
    pages = page_texts(minutes.render(minutes_of(count)))
    rows = [row for row in laid_out_rows(minutes.render(minutes_of(count))) if row.endswith("Hoàn thành tốt")]
    assert [row.split(" ")[0] for row in rows] == [str(n) for n in range(1, count + 1)]
    assert "cùng ngày. THƯ KÝ Đỗ Minh An CHỦ TRÌ Phan Gia Huy" in pages[-1]


def test_the_head_of_a_long_table_stands_on_each_of_its_pages():
    pages = page_texts(minutes.render(minutes_of(60)))
    assert all("Số phiếu theo mức" in page for page in pages)


def test_what_is_not_known_is_left_to_be_written_in():
    empty = replace(MINUTES, rows=(), absent=(), unrated=(), chair=Presiding(), clerk=Presiding(), notes="", present=0, verification=None)
    text = flowing_text(minutes.render(empty))
    assert "Có mặt 0/0 (–). 2. Mọi đoàn viên đều thuộc diện xếp loại. 3. Chủ trì: ……………………. Thư ký: ……………………." in text
    assert "II. NỘI DUNG ………" in text and "Không có đoàn viên thuộc diện xếp loại." in text and "Cộng" not in text
    assert "Bản nháp, chưa phát hành" in text


def test_long_names_and_long_words_stay_whole():
    rows = tuple(replace(row, name=LONG_NAME[:120]) for row in minutes_of(30).rows)
    pdf = minutes.render(replace(minutes_of(30), rows=rows, notes=LONG_TEXT, chair=Presiding(LONG_NAME, "Bí thư")))
    text = flowing_text(pdf)
    assert text.count("<b>ghi</b>") == LONG_TEXT.count("<b>ghi</b>")
    assert page_count(pdf) < 9


def test_the_same_minutes_give_the_same_bytes_with_their_faces_inside():
    pdf = minutes.render(MINUTES)
    assert pdf == minutes.render(MINUTES)
    assert all(fonts(pdf).values())
    assert metadata(pdf) == {
        "title": "Biên bản họp xét xếp loại năm 2025",
        "author": "Chi đoàn Điều dưỡng 2, Đoàn Trường Cao đẳng Y tế Bình Lạc",
        "lang": "vi",
    }


def test_columns_are_headed_without_what_levels_share():
    assert [column_head(level) for level in LEVELS] == ["Xuất sắc", "Tốt", "Hoàn thành", "Không HT"]
    assert [column_head(level) for level in OLD_LEVELS] == ["Xuất sắc", "Khá", "Trung bình", "Yếu"]


def test_minutes_of_25_are_drawn_in_60_ms():
    paper = minutes_of(25)
    minutes.render(paper)
    best = min(_taken(paper) for _ in range(5))
    assert best < 0.06, f"{best * 1000:.0f} ms"


def _taken(paper) -> float:
    began = process_time()
    minutes.render(paper)
    return process_time() - began
