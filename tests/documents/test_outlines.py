"""One outline, three ways: DOCX and XLSX hold the words and the order of the PDF."""

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from python_calamine import CalamineWorkbook

from diary.documents import base_list, decision, minutes, petition, proposal_list, registration
from diary.documents.outlines import docx, pdf, xlsx

from .meeting_samples import BASE_LIST, DECISION, MINUTES, PETITION, REGISTRATION, decision_of, minutes_of
from .reading import drawn_lines, flowing_text, needs_pdftotext
from .samples import LIST, row

ALL = [
    (minutes, MINUTES), (minutes, minutes_of(60)), (registration, REGISTRATION), (petition, PETITION), (base_list, BASE_LIST),
    (decision, DECISION), (proposal_list, LIST),
]  # fmt: skip


def read_docx(content: bytes) -> list[str]:
    """Every paragraph in the order of the page, those of tables cell by cell, merged ones once."""
    found = []
    for block in Document(BytesIO(content)).iter_inner_content():
        if hasattr(block, "rows"):
            seen = []
            for line in block.rows:
                for cell in line.cells:
                    if cell._tc not in seen:
                        seen.append(cell._tc)
                        found += [paragraph.text for paragraph in cell.paragraphs]
        else:
            found.append(block.text)
    return [text.replace("\u00a0", " ") for text in found if text.strip()]


def plain(text: str) -> list[str]:
    return sorted(word.rstrip(":") for word in re.findall(r"\S+", text))


@needs_pdftotext
@pytest.mark.parametrize(("paper", "shape"), ALL)
def test_a_docx_holds_every_word_of_the_pdf(paper, shape):
    outline = replace(paper.outline(shape), verification=None)
    printed = flowing_text(pdf(outline))
    printed = re.sub(r"Bản nháp, chưa phát hành Bản in để xem.*? Trang \d+/\d+( \d+)?", "", printed)
    written = " ".join(read_docx(docx(outline)))
    assert set(plain(written)) == set(plain(printed))
    without_heads = [word for word in plain(printed) if word in set(plain(written))]
    assert len(without_heads) >= len(plain(written))  # the head of a table stands on each of its pages


def test_a_docx_reads_in_the_order_of_the_paper():
    lines = read_docx(docx(minutes.outline(MINUTES)))
    order = ["BIÊN BẢN", "I. THÀNH PHẦN", "II. NỘI DUNG", "III. KẾT QUẢ BIỂU QUYẾT", "Đỗ Minh An", "THƯ KÝ", "CHỦ TRÌ"]
    places = [lines.index(words) for words in order]
    assert places == sorted(places)
    assert lines[:7] == [
        "ĐOÀN TRƯỜNG CAO ĐẲNG", "Y TẾ BÌNH LẠC", "CHI ĐOÀN ĐIỀU DƯỠNG 2", "***", "Số: 04-BB/CĐĐD2", "ĐOÀN TNCS HỒ CHÍ MINH",
        "Bình Lạc, ngày 08 tháng 12 năm 2025",
    ]  # fmt: skip


def test_a_docx_is_set_in_the_office_s_face_with_its_margins_and_lies_on_its_side_where_the_paper_does():
    upright, lying, turned = (Document(BytesIO(docx(paper.outline(shape)))) for paper, shape in (ALL[0], ALL[4], ALL[5]))
    assert upright.styles["Normal"].font.name == "Times New Roman" and upright.styles["Normal"].font.size.pt == 14
    section = upright.sections[0]
    assert [round(edge.mm) for edge in (section.page_width, section.left_margin, section.right_margin, section.top_margin)] == [
        210,
        30,
        20,
        20,
    ]
    assert lying.sections[0].orientation is WD_ORIENT.LANDSCAPE
    assert [one.orientation for one in turned.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]


def test_a_docx_never_carries_a_code_or_the_sign_of_being_issued():
    text = " ".join(read_docx(docx(minutes.outline(MINUTES))))
    assert "P8RC-64YN" not in text and "Mã văn bản" not in text


def test_a_docx_takes_what_no_xml_takes():
    assert "Dòng một" in " ".join(read_docx(docx(minutes.outline(replace(MINUTES, notes="Dòng\x0b một\x00.")))))


def test_the_head_of_a_docx_table_repeats_and_its_rows_do_not_break():
    made = Document(BytesIO(docx(minutes.outline(minutes_of(60)))))
    table = max(made.tables, key=lambda one: len(one.rows))
    marks = [{mark.tag.split("}")[1] for mark in line._tr.trPr} for line in table.rows]
    assert "tblHeader" in marks[0] and "tblHeader" in marks[1] and "cantSplit" in marks[2]


def sheets(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_workbook_has_a_sheet_for_each_table_with_texts_as_text_and_figures_as_figures():
    found = sheets(xlsx(decision.outline(DECISION)))
    assert list(found) == ["Phụ lục I", "Phụ lục II"]
    assert found["Phụ lục I"][0] == ["TT", "Chi đoàn", "Trực thuộc", "Được xếp loại", "HTXS", "HTT", "HT", "KHT"]
    assert found["Phụ lục I"][1] == [1.0, "Chi đoàn Điều dưỡng 2", "Đoàn Trường Cao đẳng Y tế Bình Lạc", 2.0, 1.0, 1.0, 0.0, 0.0]
    assert found["Phụ lục I"][3][3:] == [3.0, 1.0, 2.0, 0.0, 0.0]
    assert found["Phụ lục II"][1][0].startswith("Chi đoàn Điều dưỡng 2, ") and found["Phụ lục II"][2][:3] == [1.0, "Đỗ Minh An", 1998.0]


def test_a_name_that_looks_like_a_formula_stays_a_text():
    wicked = ("=1+1", "+84", "-2", "@SUM(A1)", "https://x.example", "007")
    listing = replace(LIST, rows=tuple(row(name, (0, 7, 0, 0), LIST.levels[1]) for name in wicked))
    content = xlsx(proposal_list.outline(listing))
    assert tuple(line[1] for line in sheets(content)["Danh sách"][2:]) == wicked
    with ZipFile(BytesIO(content)) as package:
        assert (
            "<f>" not in package.read("xl/worksheets/sheet1.xml").decode()
            and "xl/worksheets/_rels/sheet1.xml.rels" not in package.namelist()
        )


@pytest.mark.parametrize(("paper", "shape"), ALL)
def test_the_same_outline_gives_the_same_bytes(paper, shape):
    outline = paper.outline(shape)
    assert docx(outline) == docx(outline) and (outline.title in str(ZipFile(BytesIO(docx(outline))).read("docProps/core.xml"), "utf-8"))
    if paper in (decision, base_list, proposal_list):
        assert xlsx(outline) == xlsx(outline)


def test_thirty_branches_of_names_fit_one_sheet():
    found = sheets(xlsx(decision.outline(decision_of(30, 25))))
    assert len(found["Phụ lục II"]) == 1 + 30 + 750


ORDER = {
    "tblPr": ("tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook"),
    "pPr": ("pStyle", "keepNext", "pBdr", "spacing", "ind", "jc", "rPr", "sectPr"),
    "tcPr": ("tcW", "gridSpan", "vMerge", "shd", "tcMar", "vAlign"),
    "rPr": ("rFonts", "b", "i", "color", "sz", "u", "lang"),
}


@pytest.mark.parametrize(("paper", "shape"), ALL)
def test_a_docx_has_its_elements_in_the_order_word_asks_for(paper, shape):
    body = Document(BytesIO(docx(paper.outline(shape)))).element.body
    for name, order in ORDER.items():
        for element in body.iter(f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"):
            places = [order.index(child.tag.split("}")[1]) for child in element]
            assert places == sorted(places), (name, [child.tag.split("}")[1] for child in element])
    assert body[-2].tag.endswith("}p")


def test_in_a_docx_the_signature_stays_whole_and_with_the_sums_before_it():
    doc = Document(BytesIO(docx(proposal_list.outline(LIST))))
    *_, sums, end = doc.tables
    assert all(paragraph.paragraph_format.keep_with_next for row in sums.rows for cell in row.cells for paragraph in cell.paragraphs)
    assert [child.tag.split("}")[1] for child in end.rows[0]._tr.trPr] == ["cantSplit"]
    note = next(paragraph for paragraph in doc.paragraphs if paragraph.text.startswith("Mẫu số"))
    assert note.paragraph_format.keep_with_next


def test_a_cell_of_several_lines_has_them_on_paper_too():
    pledges = (replace(REGISTRATION.pledges[0], how="Tối thứ Hai.\nTối thứ Năm."),)
    lines = drawn_lines(registration.render(replace(REGISTRATION, pledges=pledges)))
    assert "Tối thứ Hai." in " ".join(lines) and not any("Tối thứ Hai. Tối thứ Năm." in line for line in lines)
