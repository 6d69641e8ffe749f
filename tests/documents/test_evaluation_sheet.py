from dataclasses import replace
from datetime import date

import pytest
from reportlab.lib.units import mm

from diary.documents import evaluation_sheet
from diary.domain.evaluation_sheets import CriterionLine, Verdict
from diary.domain.papers import PaperNumber, officer_signer

from .reading import flowing_text, laid_out_rows, needs_pdftotext, page_count, page_texts, words
from .samples import EMPTY_SHEET, EXCELLENT, GOOD, LONG_TEXT, OLD_LEVELS, SHEET, verification

pytestmark = needs_pdftotext

EARLY = replace(
    SHEET,
    year=2012,
    letterhead=replace(SHEET.letterhead, issuer="Đoàn Trường | Y tế", number=PaperNumber(12, "PĐG", "ĐTYT"), day=date(2012, 12, 7)),
    levels=OLD_LEVELS,
    self_assessment=replace(SHEET.self_assessment, level=OLD_LEVELS[0]),
    proposal=replace(SHEET.proposal, level=OLD_LEVELS[1]),
    bloc=replace(SHEET.bloc, verdict=Verdict(OLD_LEVELS[1], "Quyết định số 02-QĐ/ĐK ngày 19/12/2012")),
    base=replace(SHEET.base, verdict=Verdict(OLD_LEVELS[1])),
)


def test_todays_letterhead_puts_the_date_on_the_line_of_the_number():
    rows = laid_out_rows(evaluation_sheet.render(SHEET))
    assert rows[:5] == [
        "ĐOÀN TRƯỜNG CAO ĐẲNG ĐOÀN TNCS HỒ CHÍ MINH",
        "Y TẾ BÌNH LẠC",
        "CHI ĐOÀN ĐIỀU DƯỠNG 2",
        "***",
        "Số: 07-PĐG/CĐĐD2 Bình Lạc, ngày 08 tháng 12 năm 2025",
    ]


def test_before_29_october_2013_the_letterhead_puts_the_date_on_the_line_of_the_issuing_body():
    rows = laid_out_rows(evaluation_sheet.render(EARLY))
    assert rows[:4] == [
        "ĐOÀN TNCS HỒ CHÍ MINH",
        "BCH ĐOÀN TRƯỜNG Y TẾ Bình Lạc, ngày 07 tháng 12 năm 2012",
        "***",
        "Số 12-PĐG/ĐTYT",
    ]


def test_a_long_name_without_break_marks_breaks_evenly():
    name = "Đoàn Sở Nông nghiệp và Phát triển nông thôn"
    rows = laid_out_rows(evaluation_sheet.render(replace(SHEET, letterhead=replace(SHEET.letterhead, superior=name))))
    assert rows[0] == "ĐOÀN SỞ NÔNG NGHIỆP VÀ ĐOÀN TNCS HỒ CHÍ MINH"
    assert rows[1] == "PHÁT TRIỂN NÔNG THÔN"


def test_the_levels_of_another_scheme_come_as_data():
    text = flowing_text(evaluation_sheet.render(EARLY))
    assert "4. Tự xếp loại: Xuất sắc. Xuất sắc Khá Trung bình Yếu" in text
    assert "3. Đề nghị: Khá. Khác mức tự xếp loại (Xuất sắc)." in text
    assert "Công nhận mức Khá (Quyết định số 02-QĐ/ĐK ngày 19/12/2012)." in text
    assert "Hoàn thành" not in text


def test_shares_of_votes_sum_to_a_hundred_by_largest_remainders():
    thirds = replace(SHEET.vote, counts=(1, 1, 1, 0))
    assert "Tỷ lệ (%) 33,4 33,3 33,3 0,0 100,0" in laid_out_rows(evaluation_sheet.render(replace(SHEET, vote=thirds)))


def test_a_vote_in_which_nobody_voted_has_no_shares():
    nobody = replace(SHEET.vote, counts=(0, 0, 0, 0))
    assert "Tỷ lệ (%) – – – – –" in laid_out_rows(evaluation_sheet.render(replace(SHEET, vote=nobody)))


def test_a_show_of_hands_counts_people_not_ballots():
    text = flowing_text(evaluation_sheet.render(replace(SHEET, vote=replace(SHEET.vote, secret=False))))
    assert "2. Biểu quyết bằng giơ tay, ngày 04/12/2025; có mặt 7, biểu quyết 7:" in text
    assert "Số người 1 5 1 0 7" in text


def test_a_proposal_equal_to_the_self_assessment_does_not_claim_to_differ():
    agreed = replace(SHEET, proposal=replace(SHEET.proposal, level=EXCELLENT, reason=""))
    assert "3. Đề nghị: Hoàn thành xuất sắc nhiệm vụ. TM. BAN CHẤP HÀNH" in flowing_text(evaluation_sheet.render(agreed))


def test_a_base_union_that_sees_it_otherwise_proposes_and_says_why():
    other = replace(SHEET.base, verdict=Verdict(EXCELLENT, "Tờ trình số 04-TTr/ĐTYT ngày 10/12/2025", "Đã khắc phục"))
    text = flowing_text(evaluation_sheet.render(replace(SHEET, base=other)))
    assert "Đề nghị mức Hoàn thành xuất sắc nhiệm vụ (Tờ trình số 04-TTr/ĐTYT ngày 10/12/2025). Lý do: Đã khắc phục." in text


def test_a_reason_too_long_for_a_box_stands_before_it():
    other = replace(SHEET.bloc, verdict=Verdict(GOOD, "", LONG_TEXT))
    text = flowing_text(evaluation_sheet.render(replace(SHEET, bloc=other)))
    assert text.index("Đoàn Khối quyết định, lý do: Đã làm & <b>ghi</b> lại") < text.index("IV. ĐOÀN CƠ SỞ XEM XÉT")
    assert "Lý do ghi ở trên." in text


def test_a_branch_directly_under_the_bloc_has_no_box_of_a_base_union():
    text = flowing_text(evaluation_sheet.render(replace(SHEET, base=None)))
    assert "ĐOÀN CƠ SỞ XEM XÉT" not in text
    assert "IV. ĐOÀN KHỐI QUYẾT ĐỊNH Công nhận mức" in text
    assert "Võ Kim Chi" not in text


def test_steps_not_reached_are_blanks_to_fill_by_hand():
    pdf = evaluation_sheet.render(EMPTY_SHEET)
    text = flowing_text(pdf)
    assert "Số: ......-PĐG/CĐĐD2" in text
    assert "Bình Lạc, ngày ..... tháng ..... năm ........" in text
    assert "1. Ưu điểm: 2. Hạn chế: 3. Hướng khắc phục:" in text
    assert "4. Tự xếp loại: (đánh dấu một ô) Hoàn thành xuất sắc" in text
    assert "2. Biểu quyết bằng ……, ngày ……/……/……; phát ……, thu ……, hợp lệ ……:" in text
    assert "3. Đề nghị: TM. BAN CHẤP HÀNH BÍ THƯ" in text
    assert "IV. ĐOÀN CƠ SỞ XEM XÉT Mức: (Tờ trình số …… ngày ……/……/……)" in text
    assert "V. ĐOÀN KHỐI QUYẾT ĐỊNH Mức: (Quyết định số …… ngày ……/……/……)" in text
    assert page_count(pdf) == 2


def test_a_sheet_without_number_leaves_the_line_out():
    rows = laid_out_rows(evaluation_sheet.render(replace(SHEET, letterhead=replace(SHEET.letterhead, number=None))))
    assert not any(row.startswith("Số:") for row in rows)


def test_a_birth_year_serves_where_the_day_is_not_known():
    member = replace(SHEET.member, born_on=None, birth_year=1999)
    assert "Họ và tên Lý Thị Mỹ Tiên Ngày sinh 1999" in laid_out_rows(evaluation_sheet.render(replace(SHEET, member=member)))


@pytest.mark.parametrize("sentences", range(60))
def test_a_signature_never_stands_on_a_page_without_the_text_it_signs(sentences):
    text = "Việc này tôi đã làm xong từ tháng trước. " * sentences + "Hết lời."
    proposal = replace(SHEET.proposal, reason=text)
    sheet = replace(SHEET, self_assessment=replace(SHEET.self_assessment, strengths=text), proposal=proposal)
    pages = page_texts(evaluation_sheet.render(sheet))
    own = next(page for page in pages if "NGƯỜI TỰ ĐÁNH GIÁ" in page)
    assert "4. Tự xếp loại:" in own
    assert "NGƯỜI TỰ ĐÁNH GIÁ Lý Thị Mỹ Tiên" in own
    branch = next(page for page in pages if "Phan Gia Huy" in page)
    assert "Hết lời. TM. BAN CHẤP HÀNH BÍ THƯ Phan Gia Huy" in branch
    assert any("III. CHI ĐOÀN NHẬN XÉT, BIỂU QUYẾT VÀ ĐỀ NGHỊ 1. Nhận xét:" in page for page in pages)


@pytest.mark.parametrize("rows", range(1, 30, 4))
def test_the_vote_never_parts_from_its_table_nor_a_heading_from_its_text(rows):
    sheet = replace(SHEET, criteria=tuple(CriterionLine(f"Tiêu chí {row}", "Đủ", "1/1", "Đạt") for row in range(rows)))
    pages = page_texts(evaluation_sheet.render(sheet))
    assert any("2. Biểu quyết" in page and "Tỷ lệ (%)" in page for page in pages)
    assert any("II. ĐOÀN VIÊN TỰ ĐÁNH GIÁ 1. Ưu điểm:" in page for page in pages)
    assert any("III. CHI ĐOÀN NHẬN XÉT, BIỂU QUYẾT VÀ ĐỀ NGHỊ 1. Nhận xét:" in page for page in pages)


def test_there_is_room_to_sign():
    found = words(evaluation_sheet.render(SHEET))
    role = next(word for word in found if word.text == "GIÁ" and word.top > 100 * mm and word.left > 120 * mm and word.page == 1)
    name = next(word for word in found if word.text == "Tiên" and word.top > role.bottom)
    assert name.top - role.bottom >= 16 * mm


def test_notes_stand_under_the_table():
    sheet = replace(SHEET, notes=("Nghỉ thai sản từ 01/3 đến 31/8/2025: không tính vào số tuần phải ghi.",))
    text = flowing_text(evaluation_sheet.render(sheet))
    assert "4/4 Đạt Nghỉ thai sản từ 01/3 đến 31/8/2025: không tính vào số tuần phải ghi. II. ĐOÀN VIÊN" in text


def test_a_batch_holds_the_sheets_one_after_the_other_each_with_its_own_pages():
    names = ["Đỗ Minh An", "Kim Sô Phi", "Lý Thị Mỹ Tiên"]
    sheets = [
        replace(SHEET, member=replace(SHEET.member, name=name), verification=verification(f"AAAA-000{n}")) for n, name in enumerate(names)
    ]
    pages = page_texts(evaluation_sheet.render_batch(iter(sheets))[0])
    assert len(pages) == 6
    for number, name in enumerate(names):
        front, back = pages[2 * number : 2 * number + 2]
        assert f"Họ và tên {name} Ngày sinh" in front
        assert f"Mã văn bản: AAAA-000{number}" in front
        assert front.endswith("Trang 1/2")
        assert back.startswith("2 ")
        assert back.endswith("Trang 2/2")


def test_a_batch_reads_as_its_sheets_do_alone():
    other = replace(EARLY, branch_signer=officer_signer("Kim Sô Phi", deputy=True))
    content, many = evaluation_sheet.render_batch([SHEET, other, EMPTY_SHEET])
    batch = page_texts(content)
    assert many == len(batch)
    assert batch == [page for sheet in (SHEET, other, EMPTY_SHEET) for page in page_texts(evaluation_sheet.render(sheet))]


def test_a_batch_of_nothing_is_refused():
    with pytest.raises(ValueError, match="no sheets"):
        evaluation_sheet.render_batch([])


def test_a_mover_s_sheet_says_where_they_were_before_and_the_whole_of_what_was_said_there():
    short = "Từ 01/01 đến 14/6/2025 sinh hoạt tại Chi đoàn Dược; nhận xét: Chăm việc."
    long = f"Từ 15/6 đến 02/9/2025 sinh hoạt tại Chi đoàn Nhi; nhận xét: {LONG_TEXT[:985]} Hết lời."
    sheet = replace(SHEET, member=replace(SHEET.member, earlier=(short, long)))
    text = " ".join(page_texts(evaluation_sheet.render(sheet)))
    assert f"Trong năm {short}" in text and "Hết lời." in text and text.index("Sinh hoạt tại") < text.index(short) < text.index("Công việc")
    assert "Trong năm" not in " ".join(page_texts(evaluation_sheet.render(SHEET))).replace("Minh chứng trong năm", "")
    assert page_count(evaluation_sheet.render(sheet)) <= page_count(evaluation_sheet.render(SHEET)) + 1


@pytest.mark.parametrize("said", [SHEET.self_assessment, None])
def test_who_is_not_rated_has_a_remark_and_the_reason_and_neither_levels_nor_votes_nor_boxes(said):
    unrated = replace(SHEET, unrated="Đảng viên: chi đoàn chỉ nhận xét, không xếp loại", self_assessment=said, vote=None, proposal=None)
    text = flowing_text(evaluation_sheet.render(unrated))
    assert "III. CHI ĐOÀN NHẬN XÉT 1. Nhận xét: Việc nào cũng có người làm chứng." in text
    assert "2. Không xếp loại. Đảng viên: chi đoàn chỉ nhận xét, không xếp loại. TM. BAN CHẤP HÀNH BÍ THƯ Phan Gia Huy" in text
    assert not any(word in text for word in ("Tự xếp loại", "Biểu quyết", "Đề nghị", "ĐOÀN KHỐI", "Hoàn thành tốt"))
