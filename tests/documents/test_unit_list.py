"""The list of units with their levels, word for word."""

from dataclasses import replace
from datetime import date

from diary.documents import unit_list
from diary.documents.outlines import xlsx
from diary.domain.papers import EarlierYear, GivenNumber, Letterhead, LevelName, PaperNumber, officer_signer
from diary.domain.unit_lists import UnitLine, UnitList

from .reading import drawn_lines, flowing_text, needs_pdftotext, page_count

pytestmark = needs_pdftotext

LEVELS = tuple(
    LevelName(name, name, letters)
    for name, letters in (("Vững mạnh xuất sắc", "VMXS"), ("Vững mạnh", "VM"), ("Khá", "K"), ("Trung bình", "TB"), ("Yếu", "Y"))
)
BEST, STRONG, FAIR, _, _ = LEVELS
LIST = UnitList(
    year=2025,
    letterhead=Letterhead("", "Đoàn Khối các cơ quan tỉnh", PaperNumber(None, "DS", "ĐTNK"), "Phước Châu", None),
    levels=LEVELS,
    lines=(
        UnitLine("Đoàn cơ sở Bệnh viện Đa khoa", "", STRONG, None, STRONG, "Số 22-QĐ/ĐTNK"),
        UnitLine("Chi đoàn Khối Nội", "Đoàn cơ sở Bệnh viện Đa khoa", BEST, STRONG, STRONG, "Số 22-QĐ/ĐTNK"),
        UnitLine("Chi đoàn Kho bạc Nhà nước", "", FAIR, None, None, "Đã đề nghị"),
        UnitLine("Chi đoàn Sở Nội vụ", "", None, None, None, "Chưa đề nghị"),
    ),
    signer=officer_signer("Tạ Gia Huy", standing_committee=True),
    recipients=("Lưu ĐTNK",),
    earlier=EarlierYear(2024, (1, 2, 0, 0, 0)),
)


def test_a_whole_list_reads_row_by_row_word_for_word():
    lines = drawn_lines(unit_list.render(LIST))
    assert lines[lines.index("DANH SÁCH") : lines.index("Nơi nhận:")] == [
        "DANH SÁCH",
        "Xếp loại tổ chức Đoàn năm 2025",
        "TT Tổ chức Đoàn Trực thuộc Tự đề nghị Đoàn cơ sở Công nhận Ghi chú",
        "1 Đoàn cơ sở Bệnh viện Đa khoa VM – VM Số 22-QĐ/ĐTNK",
        "2 Chi đoàn Khối Nội Đoàn cơ sở Bệnh viện Đa khoa VMXS VM VM Số 22-QĐ/ĐTNK",
        "3 Chi đoàn Kho bạc Nhà nước K – – Đã đề nghị",
        "4 Chi đoàn Sở Nội vụ – – – Chưa đề nghị",
        "Tổng hợp",
        "Vững mạnh xuất",
        "sắc",
        "Vững mạnh Khá Trung bình Yếu Cộng",
        "Số đơn vị 0 2 1 0 0 3",
        "Tỷ lệ (%) 0,0 66,7 33,3 0,0 0,0 100,0",
        "Năm 2024 (%) 33,3 66,7 0,0 0,0 0,0 100,0",
        "Mẫu số: 03 đơn vị đã có mức trên 04 đơn vị; năm 2024: 03 đơn vị được xếp loại. VMXS: vững mạnh xuất "
        "sắc; VM: vững mạnh; K: khá; TB: trung",
        "bình; Y: yếu.",
    ]


def test_the_annex_of_a_decision_names_it():
    head = replace(LIST.letterhead, number=GivenNumber("22-QĐ/ĐTNK"), day=date(2025, 12, 29))
    text = flowing_text(unit_list.render(replace(LIST, letterhead=head, number="22-QĐ/ĐTNK", day=date(2025, 12, 29))))
    assert "(Kèm theo Quyết định số 22-QĐ/ĐTNK, ngày 29/12/2025)" in text and "ngày 29 tháng 12 năm 2025" in text


def test_a_list_without_units_says_so():
    text = flowing_text(unit_list.render(replace(LIST, lines=(), earlier=None)))
    assert "Chưa có tổ chức Đoàn nào được đề nghị xếp loại." in text and "Mẫu số: 0 đơn vị đã có mức trên 0 đơn vị." in text


def test_a_long_list_repeats_its_head_and_keeps_its_signature_with_the_sums():
    pdf = unit_list.render(replace(LIST, lines=LIST.lines * 40))
    assert page_count(pdf) > 4 and flowing_text(pdf).count("Tự đề nghị") >= 4


def test_the_workbook_counts():
    sheets = xlsx(unit_list.outline(LIST))
    assert sheets[:2] == b"PK"
