"""What holds for every paper: fonts, metadata, sameness, page numbers, footer, margins."""

import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import segno
from reportlab.lib.units import mm

from diary.documents import evaluation_sheet, proposal_list, year_book
from diary.documents.marks import qr_runs

from .reading import fonts, laid_out_rows, metadata, needs_pdftotext, page_count, page_texts, words
from .samples import BOOK, EMPTY_SHEET, LIST, LONG_NAME, LONG_TEXT, SHEET, verification

PAPERS = {
    "sheet": (evaluation_sheet.render, SHEET),
    "empty sheet": (evaluation_sheet.render, EMPTY_SHEET),
    "list": (proposal_list.render, LIST),
    "book": (year_book.render, BOOK),
}
every_paper = pytest.mark.parametrize(("render", "paper"), PAPERS.values(), ids=PAPERS.keys())


@every_paper
def test_the_same_paper_gives_the_same_bytes(render, paper):
    assert render(paper) == render(replace(paper))


def test_papers_made_in_several_threads_are_the_same_as_made_alone():
    alone, usual = evaluation_sheet.render(SHEET), sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            assert set(pool.map(evaluation_sheet.render, [SHEET] * 80)) == {alone}
    finally:
        sys.setswitchinterval(usual)


@every_paper
def test_every_font_is_liberation_serif_and_embedded(render, paper):
    found = fonts(render(paper))
    assert found
    assert all(name.startswith("LiberationSerif") and embedded for name, embedded in found.items())


def test_metadata_names_the_paper_its_issuer_and_the_language():
    assert metadata(evaluation_sheet.render(SHEET)) == {
        "title": "Phiếu đánh giá, xếp loại đoàn viên năm 2025 – Lý Thị Mỹ Tiên",
        "author": "Chi đoàn Điều dưỡng 2, Đoàn Trường Cao đẳng Y tế Bình Lạc",
        "lang": "vi",
    }
    assert metadata(proposal_list.render(LIST))["title"] == "Danh sách đề nghị xếp loại đoàn viên năm 2025"
    assert metadata(year_book.render(BOOK))["title"] == "Sổ nhật ký làm theo lời Bác năm 2025 – Lý Thị Mỹ Tiên"


@needs_pdftotext
@every_paper
def test_no_paper_signs_itself_or_poses_as_one_of_the_state(render, paper):
    text = " ".join(page_texts(render(paper))).upper()
    assert "ĐÃ KÝ" not in text
    assert "CỘNG HÒA" not in text
    assert "CỘNG HOÀ" not in text


@needs_pdftotext
def test_pages_are_numbered_from_the_second():
    first, second = page_texts(evaluation_sheet.render(SHEET))
    assert not first.startswith("1 ")
    assert second.startswith("2 ")
    number = next(word for word in words(evaluation_sheet.render(SHEET)) if word.page == 2)
    assert (number.left + number.right) / 2 == pytest.approx((30 + 80) * mm, abs=1)
    assert number.bottom < 20 * mm


@needs_pdftotext
def test_the_footer_of_an_issued_paper_stands_last_on_each_page():
    pages = page_texts(evaluation_sheet.render(SHEET))
    for page, text in enumerate(pages, 1):
        assert text.endswith(
            "Mã văn bản: K7Q4-M2XD Kiểm tra: quét mã bên trái hoặc nhập mã tại nhatky.example/xac-minh "
            "Bản in từ sổ điện tử ngày 08/12/2025; có giá trị khi người có thẩm quyền ký, đóng dấu. "
            f"Trang {page}/{len(pages)}"
        )


@needs_pdftotext
@every_paper
def test_a_paper_not_issued_says_so_and_has_no_code(render, paper):
    text = page_texts(render(replace(paper, verification=None)))[-1]
    assert "Bản nháp, chưa phát hành" in text
    assert "Mã văn bản" not in text


def test_a_qr_is_the_one_segno_makes_and_fits_its_place():
    url = verification().url
    modules, runs = qr_runs(url)
    drawn = [[0] * modules for _ in range(modules)]
    for line, start, length in runs:
        drawn[line][start : start + length] = [1] * length
    assert drawn == [list(line) for line in segno.make(url, error="m", micro=False, boost_error=False).matrix]
    assert 13 * mm / modules >= 0.44 * mm


@needs_pdftotext
@every_paper
def test_all_text_stays_within_the_margins(render, paper):
    landscape = paper is LIST
    width, height = (297, 210) if landscape else (210, 297)
    for word in words(render(paper)):
        assert word.left >= (19.9 if paper is BOOK else 29.9) * mm, word
        assert word.right <= (width - 19.9) * mm, word
        assert word.bottom <= (height - 4) * mm, word


CROWDED = {
    "sheet": (
        evaluation_sheet.render,
        replace(
            SHEET,
            letterhead=replace(SHEET.letterhead, superior=LONG_NAME, issuer=LONG_NAME),
            member=replace(SHEET.member, name=LONG_NAME, branch=LONG_NAME * 3, job=LONG_NAME, position=LONG_NAME),
            criteria=tuple(replace(line, evidence=LONG_TEXT, figure="x" * 80, outcome=LONG_NAME) for line in SHEET.criteria),
            self_assessment=replace(SHEET.self_assessment, strengths=LONG_TEXT * 3, limits="x" * 3000, remedy="\n".join("một hai ba")),
            remark=LONG_TEXT,
            proposal=replace(SHEET.proposal, reason=LONG_TEXT),
            branch_signer=replace(SHEET.branch_signer, name=LONG_NAME),
            base=replace(SHEET.base, title=LONG_NAME, verdict=replace(SHEET.base.verdict, paper=LONG_NAME * 4, reason=LONG_TEXT)),
            notes=(LONG_TEXT, "x" * 500),
        ),
    ),
    "list": (
        proposal_list.render,
        replace(
            LIST,
            rows=tuple(replace(line, name=LONG_NAME, position=LONG_NAME, note=LONG_TEXT) for line in LIST.rows * 30),
            unrated=tuple(replace(line, name=LONG_NAME, reason=LONG_TEXT) for line in LIST.unrated * 30),
            recipients=tuple(f"{LONG_NAME} {number}" for number in range(40)),
            signer=replace(LIST.signer, name=LONG_NAME),
        ),
    ),
    "book": (
        year_book.render,
        replace(
            BOOK,
            holder=LONG_NAME,
            job=LONG_NAME,
            superior=LONG_NAME,
            branch=LONG_NAME,
            pledges=tuple(replace(pledge, virtue=LONG_NAME, content=LONG_TEXT, outcome=LONG_TEXT) for pledge in BOOK.pledges * 2),
            reason=LONG_TEXT * 3 + "\n" + "x" * 900,
            entries=tuple(
                replace(entry, done=LONG_TEXT * 4, result=LONG_TEXT, lesson="x" * 900, virtue=LONG_NAME) for entry in BOOK.entries
            ),
            month_remarks=tuple(replace(remark, text=LONG_TEXT * 3, by=LONG_NAME) for remark in BOOK.month_remarks),
            figures_note=LONG_TEXT,
            highlights=((LONG_NAME, LONG_TEXT),),
            moments=BOOK.moments * 30,
            steps=tuple(replace(step, who=LONG_NAME) for step in BOOK.steps),
            decision=LONG_TEXT,
            scheme=LONG_NAME,
            branch_remark=LONG_TEXT * 3,
            own_words=LONG_TEXT * 3,
            secretary=replace(BOOK.secretary, name=LONG_NAME),
        ),
    ),
}


@needs_pdftotext
@pytest.mark.parametrize(("render", "paper"), CROWDED.values(), ids=CROWDED.keys())
def test_names_and_texts_of_any_length_stay_within_the_margins(render, paper):
    pdf = render(paper)
    width, height = (297, 210) if render is proposal_list.render else (210, 297)
    left = 19.9 if render is year_book.render else 29.9
    outside = [word for word in words(pdf) if word.left < left * mm or word.right > (width - 19.9) * mm or word.bottom > (height - 4) * mm]
    assert outside == []
    footer_top = (height - 19.9) * mm
    assert [word for word in words(pdf) if word.top < footer_top - 1 < word.bottom - 3] == []
    assert page_count(pdf) > 3


@needs_pdftotext
def test_text_goes_in_composed_in_whatever_form_it_came():
    decomposed = replace(SHEET, remark=unicodedata.normalize("NFD", "Được bà con tin yêu, quý mến."))
    assert "1. Nhận xét: Được bà con tin yêu, quý mến." in laid_out_rows(evaluation_sheet.render(decomposed))
