"""Registration, petition, base list and decision: word for word, empty, long, in many rows."""

from dataclasses import replace
from datetime import date

import pytest

from diary.documents import base_list, decision, petition, registration
from diary.domain.petitions import AskedBranch, counted

from .meeting_samples import BASE_LIST, DECISION, NOBODY, PETITION, REGISTRATION, decision_of
from .reading import flowing_text, needs_pdftotext, page_texts, words
from .samples import EXCELLENT, GOOD, LEVELS, LONG_NAME, LONG_TEXT

pytestmark = needs_pdftotext


def test_a_registration_holds_what_how_measure_and_day_by_virtue_and_the_branch_s_word():
    assert (
        "BẢN ĐĂNG KÝ Nội dung làm theo lời Bác năm 2025 Họ và tên Lý Thị Mỹ Tiên Chức vụ Đoàn viên "
        "Sinh hoạt tại Chi đoàn Điều dưỡng 2, Đoàn Trường Cao đẳng Y tế Bình Lạc Công việc Giáo vụ khoa "
        "Năm 2025, tôi đăng ký thực hiện 03 nội dung sau: TT Nội dung làm theo Cách làm Kết quả cần đạt Hạn hoàn thành "
        "Cần 1 Mỗi tháng soạn một bộ câu hỏi. Làm vào tối thứ Năm. 12 bộ 31/12/2025 Kiệm 2 In hai mặt giấy. Bớt 05 ram giấy Trong năm "
        "3 Gom giấy in hỏng làm nháp. Để một khay cạnh máy in. Trong năm Chi đoàn xác nhận 03 nội dung đăng ký trên, duyệt xong ngày "
        "12/01/2025, và theo dõi việc thực hiện trong năm. TM. BAN CHẤP HÀNH BÍ THƯ Phan Gia Huy NGƯỜI ĐĂNG KÝ Lý Thị Mỹ Tiên"
    ) in flowing_text(registration.render(REGISTRATION))


def test_what_still_waits_for_the_secretary_is_said_and_not_confirmed():
    pledges = tuple(replace(pledge, approved=False) for pledge in REGISTRATION.pledges)
    text = flowing_text(registration.render(replace(REGISTRATION, pledges=pledges, approved_on=None)))
    assert "soạn một bộ câu hỏi. (chờ bí thư duyệt)" in text and "Chi đoàn xác nhận: ……" in text


def test_a_year_without_pledges_says_so():
    empty = replace(REGISTRATION, pledges=(), approved_on=None, position="", job="", signer=NOBODY, verification=None)
    text = flowing_text(registration.render(empty))
    assert "Năm 2025 chưa đăng ký nội dung làm theo." in text and "Công việc ………………" in text


def test_a_pledge_changed_in_mid_year_says_when():
    first, *others = REGISTRATION.pledges
    changed = replace(REGISTRATION, pledges=(replace(first, changed_on=date(2025, 6, 5)), *others))
    text = flowing_text(registration.render(changed))
    assert "Mỗi tháng soạn một bộ câu hỏi. (đổi ngày 05/6/2025)" in text and text.count("đổi ngày") == 1


def test_pledges_longer_than_a_page_are_whole():
    pledges = tuple(replace(pledge, how=LONG_TEXT[:2000], content=LONG_TEXT[:300]) for pledge in REGISTRATION.pledges)
    text = flowing_text(registration.render(replace(REGISTRATION, name=LONG_NAME, pledges=pledges)))
    assert text.count("<b>ghi</b>") == sum((p.how + p.content).count("<b>ghi</b>") for p in pledges)


def test_a_petition_asks_for_each_branch_by_levels_and_names_who_is_missing():
    text = flowing_text(petition.render(PETITION))
    assert (
        "TỜ TRÌNH Đề nghị công nhận kết quả đánh giá, xếp loại đoàn viên năm 2025 "
        "Kính gửi: Ban Thường vụ Đoàn Khối các cơ quan tỉnh Bình Lạc. Thực hiện Hướng dẫn số 25-HD/TWĐTN-BTC, Ban Chấp hành Đoàn "
        "Trường Cao đẳng Y tế Bình Lạc đã hướng dẫn các chi đoàn họp đánh giá, xếp loại đoàn viên năm 2025 và xem xét đề nghị của từng "
        "chi đoàn. Ban Chấp hành Đoàn Trường Cao đẳng Y tế Bình Lạc đề nghị công nhận kết quả của 03 đoàn viên thuộc 02 chi đoàn như "
        "sau: TT Chi đoàn Được xếp loại HTXS HTT HT KHT 1 Chi đoàn Điều dưỡng 2 2 1 1 0 0 2 Chi đoàn Dược 1 0 0 1 0 Cộng 3 1 1 1 0 "
        "Tỷ lệ (%) 100,0 33,4 33,3 33,3 0,0 Mẫu số: 03 đoàn viên được đề nghị của 02 chi đoàn. HTXS:"
    ) in text
    assert "Còn 01 chi đoàn trình sau: Chi đoàn Y học. Kính đề nghị" in text
    assert "- Như kính gửi; - Lưu ĐTYT. TM. BAN CHẤP HÀNH BÍ THƯ Võ Kim Chi" in text


def test_a_base_that_passed_nothing_on_says_so_on_both_papers():
    empty = replace(PETITION, branches=(), missing=(), guidance="")
    assert "Chưa có chi đoàn nào được chuyển lên. Kính đề nghị" in flowing_text(petition.render(empty))
    text = flowing_text(base_list.render(empty))
    assert "Chưa có chi đoàn nào được chuyển lên." in text and "Tỷ lệ (%) – – – – –" in text


def test_a_base_s_list_stands_by_branch_with_running_numbers():
    assert (
        "Chi đoàn Điều dưỡng 2 (02) 1 Đỗ Minh An 1998 Phó Bí thư HTXS HTXS HTXS 2 Kim Sô Phi Đoàn viên – – HTT Chưa mức nào quá nửa "
        "Chi đoàn Dược (01) 3 Thạch Ngọc Yến 2001 Đoàn viên HTT HT HT Tổng hợp"
    ) in flowing_text(base_list.render(BASE_LIST))


@pytest.mark.parametrize("rows", [1, 13, 14, 25, 60])
def test_the_signature_stands_with_the_summary_it_signs(rows):
    one = PETITION.branches[0].rows[0]
    branch = AskedBranch("Chi đoàn Dược", tuple(replace(one, name=f"Người thứ {n}") for n in range(rows)))
    pages = page_texts(base_list.render(replace(BASE_LIST, branches=(branch,))))
    assert "Tổng hợp" in pages[-1] and "BÍ THƯ Võ Kim Chi" in pages[-1]
    assert all(any(f"Người thứ {n} 1998" in page for page in pages) for n in range(rows))


def test_a_decision_stands_in_articles_with_the_number_and_day_it_was_given():
    pages = page_texts(decision.render(DECISION))
    assert "*** Số: 21-QĐ/ĐTNK ĐOÀN TNCS HỒ CHÍ MINH Bình Lạc, ngày 19 tháng 12 năm 2025 QUYẾT ĐỊNH Công nhận kết quả" in pages[0]
    assert (
        "Điều 1. Công nhận kết quả đánh giá, xếp loại năm 2025 của 03 đoàn viên thuộc 02 chi đoàn (phụ lục kèm theo): "
        "hoàn thành xuất sắc 01 (33,3 %), hoàn thành tốt 02 (66,7 %), hoàn thành 0 (0,0 %), không hoàn thành 0 (0,0 %). Điều 2."
    ) in pages[0]
    assert "TM. BAN THƯỜNG VỤ BÍ THƯ Trần Bá Lộc" in pages[0]
    assert pages[1].startswith(
        "2 PHỤ LỤC I Tổng hợp kết quả xếp loại đoàn viên năm 2025 (Kèm theo Quyết định số 21-QĐ/ĐTNK, ngày 19/12/2025)"
    )
    assert "1 Chi đoàn Điều dưỡng 2 Đoàn Trường Cao đẳng Y tế Bình Lạc 2 1 1 0 0 2 Chi đoàn Sở Nội vụ 1 0 1 0 0 Cộng 3 1 2 0 0" in pages[1]
    assert "Chi đoàn Sở Nội vụ (01) 1 Mai Văn Tư 1996 Hoàn thành tốt nhiệm vụ" in pages[2]


def test_the_counts_of_a_decision_lie_on_their_side_and_its_names_stand_upright():
    pdf = decision.render(DECISION)
    right = {page: max(word.right for word in words(pdf) if word.page == page) for page in (1, 2, 3)}
    assert right[1] < 545 and right[3] < 545 and right[2] > 700


def test_a_decision_on_many_branches_has_every_name_and_its_total():
    pdf = decision.render(decision_of(30, 25))
    text = flowing_text(pdf)
    assert "750 đoàn viên thuộc 30 chi đoàn" in text and "Cộng 750 210 360 180 0" in text
    assert text.count("25 Tạ Quốc Bảo 25") == 30


def test_levels_are_counted_in_their_order():
    assert counted(LEVELS, [GOOD, EXCELLENT, GOOD]) == (1, 2, 0, 0)
