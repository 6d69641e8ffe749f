from dataclasses import replace
from decimal import Decimal

import pytest

from diary.documents import proposal_list
from diary.domain.papers import officer_signer
from diary.domain.proposal_lists import level_counts

from .reading import flowing_text, laid_out_rows, needs_pdftotext, page_count, page_texts
from .samples import EXCELLENT, GOOD, LEVELS, LIST, row

pytestmark = needs_pdftotext


def test_shares_are_of_those_proposed_and_the_rest_is_said():
    rows = (*LIST.rows, row("Sơn Thị Út", (0, 0, 0, 0), GOOD), row("Mai Văn Tư", (2, 2, 2, 1), None))
    text = flowing_text(proposal_list.render(replace(LIST, rows=rows)))
    assert "Số đoàn viên 1 3 0 0 4 Tỷ lệ (%) 25,0 75,0 0,0 0,0 100,0" in text
    assert "Mẫu số: 04 đoàn viên được đề nghị xếp loại (06 đoàn viên; 01 không thuộc diện; 01 chưa có mức đề nghị;" in text


def test_counts_follow_the_order_of_the_levels():
    assert level_counts(LEVELS, LIST.rows) == (1, 2, 0, 0)
    assert level_counts(LEVELS, ()) == (0, 0, 0, 0)


def test_a_branch_with_nobody_to_rate_says_so_and_has_no_shares():
    text = flowing_text(proposal_list.render(replace(LIST, rows=(), earlier=None, unrated=())))
    assert "Không có đoàn viên thuộc diện xếp loại." in text
    assert "Số đoàn viên 0 0 0 0 0 Tỷ lệ (%) – – – – –" in text
    assert "Năm 2024" not in text


def test_without_a_vote_the_columns_stay_and_hold_dashes():
    listing = replace(LIST, voters=None, rows=(replace(LIST.rows[0], votes=None),))
    rows = laid_out_rows(proposal_list.render(listing))
    assert "1 Đỗ Minh An 1999 Phó Bí thư 81,3 HTXS – – – – HTXS Sáng kiến cấp trường" in rows
    assert not any("(trên" in line for line in rows)


def test_a_deputy_signs_for_the_secretary():
    text = flowing_text(proposal_list.render(replace(LIST, signer=officer_signer("Đỗ Minh An", deputy=True))))
    assert "TM. BAN CHẤP HÀNH KT. BÍ THƯ PHÓ BÍ THƯ Đỗ Minh An" in text


def test_the_head_of_the_table_stands_on_each_of_its_pages():
    many = tuple(row(f"Người thứ {number}", (0, 7, 0, 0), GOOD) for number in range(1, 61))
    pages = page_texts(proposal_list.render(replace(LIST, rows=many)))
    assert len(pages) > 3
    for page in pages[:-1]:
        assert "HTXS HTT HT KHT" in page
    assert all(any(f"Người thứ {number} 1999" in page for page in pages) for number in range(1, 61))


@pytest.mark.parametrize("rows", range(1, 40, 2))
def test_the_signature_stands_with_the_summary_it_signs(rows):
    many = tuple(row(f"Người thứ {number}", (0, 7, 0, 0), GOOD) for number in range(rows))
    pages = page_texts(proposal_list.render(replace(LIST, rows=many)))
    last = pages[-1]
    assert "Tổng hợp" in last
    assert "TM. BAN CHẤP HÀNH BÍ THƯ Phan Gia Huy Mã văn bản" in last


def test_a_branch_of_25_with_two_unrated_takes_two_pages():
    many = tuple(row(f"Người thứ {number}", (0, 7, 0, 0), GOOD) for number in range(25))
    assert page_count(proposal_list.render(replace(LIST, rows=many, unrated=LIST.unrated * 2))) == 2


def test_more_recipients_than_a_page_holds_go_on_under_the_signature():
    text = flowing_text(proposal_list.render(replace(LIST, recipients=tuple(f"Nơi thứ {number}" for number in range(70)))))
    assert "- Nơi thứ 0;" in text
    assert "- Nơi thứ 69." in text
    assert text.index("Phan Gia Huy") < text.index("- Nơi thứ 69.")


def test_participation_is_rounded_half_up():
    listing = replace(LIST, rows=(row("Đỗ Minh An", (7, 0, 0, 0), EXCELLENT, participation=Decimal("99.95")),))
    assert "1 Đỗ Minh An 1999 Đoàn viên 100,0 HTT 7 0 0 0 HTXS" in laid_out_rows(proposal_list.render(listing))
