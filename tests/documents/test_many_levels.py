"""Papers of schemes with few and with many levels: no figure breaks, no word leaves the page."""

from dataclasses import replace
from decimal import Decimal

import pytest

from diary.documents import base_list, decision, evaluation_sheet, minutes, petition, proposal_list
from diary.domain.decisions import DecidedRow
from diary.domain.evaluation_sheets import Proposal, VoteCount
from diary.domain.meeting_minutes import VoteRow
from diary.domain.papers import EarlierYear, LevelName
from diary.domain.petitions import AskedBranch, AskedRow
from diary.domain.proposal_lists import ProposalRow

from .meeting_samples import BASE_LIST, DECISION, MINUTES, PETITION
from .reading import MM, flowing_text, laid_out_rows, needs_pdftotext, page_texts, words
from .samples import LEVELS, LIST, SHEET

pytestmark = needs_pdftotext

NAMES = (
    ("Xuất sắc tiêu biểu", "XST"), ("Xuất sắc", "XS"), ("Tốt", "T"), ("Khá", "K"), ("Trung bình khá", "TBK"), ("Trung bình", "TB"),
    ("Yếu", "Y"), ("Không xếp loại", "KXL"),
)  # fmt: skip
MANY = tuple(LevelName(name, name, letters) for name, letters in NAMES)


def levels_of(many):
    return LEVELS if many == 4 else MANY[:many]


def list_of(levels):
    votes = tuple(range(100, 100 + len(levels)))
    rows = tuple(
        ProposalRow(f"Kim Sô Phi {n}", 1999, "Ủy viên BCH", Decimal(100), levels[0], votes, levels[-1], "giữ nếp") for n in range(3)
    )
    return proposal_list.render(replace(LIST, levels=levels, rows=rows, earlier=EarlierYear(2024, (1, *[0] * (len(levels) - 1)))))


def minutes_of(levels):
    rows = (VoteRow("Kim Sô Phi", tuple(range(100, 100 + len(levels))), levels[-1]),)
    return minutes.render(replace(MINUTES, levels=levels, rows=rows))


def asked(levels):
    rows = tuple(AskedRow("Kim Sô Phi", 1999, "Đoàn viên", levels[0], levels[1], levels[-1]) for _ in range(100))
    return (AskedBranch("Chi đoàn Phòng Giám sát chất lượng công trình giao thông nông thôn", rows),)


def sheet_of(levels):
    vote = VoteCount(SHEET.vote.day, False, 900, 900, tuple(range(100, 100 + len(levels))))
    return evaluation_sheet.render(replace(SHEET, levels=levels, vote=vote, proposal=Proposal(levels[-1])))


def decision_on(levels):
    rows = tuple(DecidedRow("Kim Sô Phi", 1999, levels[-1]) for _ in range(1100))
    return decision.render(replace(DECISION, levels=levels, units=(replace(DECISION.units[0], rows=rows),)))


DRAWN = {
    "list": (list_of, "100 101", 247),
    "minutes": (minutes_of, "100 101", 160),
    "petition": (lambda levels: petition.render(replace(PETITION, levels=levels, branches=asked(levels))), "Cộng 100 0", 160),
    "base list": (lambda levels: base_list.render(replace(BASE_LIST, levels=levels, branches=asked(levels))), "100 Kim Sô Phi", 247),
    "decision": (decision_on, "1.100 Kim Sô Phi", 160),
    "sheet": (sheet_of, "Số người 100 101", 160),
}


@pytest.mark.parametrize("many", [2, 6, 8])
@pytest.mark.parametrize(("drawn", "figures", "width"), DRAWN.values(), ids=DRAWN.keys())
def test_figures_stay_whole_and_on_the_page_under_any_number_of_levels(drawn, figures, width, many):
    pdf = drawn(levels_of(many))
    rows = laid_out_rows(pdf)
    assert any(figures in row for row in rows)
    assert any("100,0" in row for row in rows)
    assert [word for word in words(pdf) if word.right > (30 + max(width, 247 if drawn is decision_on else 0) + 0.1) * MM] == []


@pytest.mark.parametrize(("drawn", "paper"), [(list_of, 247), (minutes_of, 160), (sheet_of, 160)])
def test_letters_over_columns_of_votes_stay_whole(drawn, paper):
    found = {word.text for word in words(drawn(MANY))}
    assert found >= {level.letters for level in MANY}


def test_the_sums_under_a_table_of_units_stand_on_one_page_with_its_last_unit():
    for branches in range(14, 26):
        one = replace(asked(LEVELS)[0], rows=asked(LEVELS)[0].rows[:1])
        pages = page_texts(petition.render(replace(PETITION, branches=(one,) * branches, earlier=EarlierYear(2024, (1, 1, 1, 1)))))
        with_sums = [page for page in pages if "Cộng" in page]
        assert len(with_sums) == 1 and "Tỷ lệ (%)" in with_sums[0] and "Năm 2024 (%)" in with_sums[0]
        assert f" {branches} Chi đoàn" in with_sums[0]


def test_a_table_by_units_says_what_its_shares_are_of_and_last_year_s():
    text = flowing_text(decision.render(replace(DECISION, earlier=EarlierYear(2024, (1, 2, 1, 0)))))
    assert "Tỷ lệ (%) 100,0 33,3 66,7 0,0 0,0 Năm 2024 (%) 100,0 25,0 50,0 25,0 0,0" in text
    assert "Mẫu số: 03 đoàn viên được xếp loại của 02 chi đoàn; năm 2024: 04 đoàn viên được xếp loại. HTXS: hoàn thành xuất" in text
