"""Every paper with its whole text. `python -m tests.documents.whole` writes the texts anew, to be read in the diff before they are kept."""

import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from diary.documents import (
    base_list,
    decision,
    evaluation_sheet,
    login_slips,
    minutes,
    month_sheet,
    petition,
    proposal_list,
    registration,
    year_book,
)
from diary.domain.evaluation_sheets import Verdict, VoteCount
from diary.domain.login_slips import LoginSlip, LoginSlips
from diary.domain.meeting_minutes import Presiding
from diary.domain.month_sheets import MonthSheet
from diary.domain.papers import EarlierYear
from diary.domain.year_books import Rhythm

from .meeting_samples import BASE_LIST, DECISION, MINUTES, PETITION, REGISTRATION
from .samples import BOOK, EMPTY_SHEET, LIST, OLD_LEVELS, SHEET

TEXTS = Path(__file__).parent / "texts"
BEFORE = date(2013, 5, 8)
SLIP = LoginSlip("Trần Kim Ngân", "Chi đoàn Khối Nội, Đoàn Bệnh viện Đa khoa tỉnh", "ngan.tk", "WK3D-EGZD", date(2026, 12, 23))
SLIPS = LoginSlips("Chi đoàn Khối Nội", "https://nhatky.example", (SLIP,))
MONTH = MonthSheet("Lý Thị Mỹ Tiên", "Chi đoàn Điều dưỡng 2", date(2026, 5, 1), ("Cần", "Kiệm", "Liêm", "Chính"), "https://nhatky.example/")


def early(paper: Any) -> Any:
    """The paper as one of the letterhead before 29/10/2013."""
    return replace(paper, letterhead=replace(paper.letterhead, day=BEFORE))


_OLD = replace(
    early(SHEET),
    year=2012,
    levels=OLD_LEVELS,
    self_assessment=replace(SHEET.self_assessment, level=OLD_LEVELS[0]),
    vote=VoteCount(BEFORE, False, 7, 7, (1, 5, 1, 0)),
    proposal=replace(SHEET.proposal, level=OLD_LEVELS[1]),
    base=None,
    bloc=replace(SHEET.bloc, verdict=Verdict(OLD_LEVELS[1], "Quyết định số 02-QĐ/ĐK ngày 19/12/2012")),
)
_BY_POINTS = replace(
    SHEET,
    criteria=tuple(
        replace(line, points=points, outcome="") for line, points in zip(SHEET.criteria, ("20,0/20", "27,5/30", "…/50"), strict=True)
    ),
    notes=("Cộng 47,5/100 điểm, còn 50 điểm chưa có số liệu.",),
)
_UNRATED = replace(EMPTY_SHEET, unrated="Đảng viên: chi đoàn chỉ nhận xét, không xếp loại")
_BLANK_MINUTES = replace(
    MINUTES, rows=(), absent=(), unrated=(), present=0, chair=Presiding(), clerk=Presiding(), notes="", verification=None
)
_EMPTY_BOOK = replace(
    BOOK, pledges=(), pledges_approved_on=None, reason="", entries=(), month_rhythm=(), month_remarks=(), rhythm=Rhythm(0, 0),
    figures_note="", highlights=(), moments=(), level=None, decision="", steps=(), branch_remark="", own_words="", closed_on=None,
    verification=None,
)  # fmt: skip
_LAST_YEAR = EarlierYear(2024, (1, 2, 1, 0))

PAPERS: Mapping[str, Callable[[], bytes]] = {
    "phieu-danh-gia": lambda: evaluation_sheet.render(SHEET),
    "phieu-danh-gia-mau-truoc-2013": lambda: evaluation_sheet.render(_OLD),
    "phieu-danh-gia-de-trong": lambda: evaluation_sheet.render(EMPTY_SHEET),
    "phieu-danh-gia-cham-diem": lambda: evaluation_sheet.render(_BY_POINTS),
    "phieu-danh-gia-khong-xep-loai": lambda: evaluation_sheet.render(_UNRATED),
    "so-nhat-ky": lambda: year_book.render(BOOK),
    "so-nhat-ky-de-trong": lambda: year_book.render(_EMPTY_BOOK),
    "ban-dang-ky": lambda: registration.render(REGISTRATION),
    "ban-dang-ky-mau-truoc-2013": lambda: registration.render(early(REGISTRATION)),
    "bien-ban": lambda: minutes.render(replace(MINUTES, secret=True, abstains=True)),
    "bien-ban-de-trong": lambda: minutes.render(_BLANK_MINUTES),
    "bien-ban-mau-truoc-2013": lambda: minutes.render(early(MINUTES)),
    "danh-sach": lambda: proposal_list.render(LIST),
    "danh-sach-mau-truoc-2013": lambda: proposal_list.render(replace(early(LIST), verification=None)),
    "to-trinh": lambda: petition.render(replace(PETITION, earlier=_LAST_YEAR)),
    "to-trinh-mau-truoc-2013": lambda: petition.render(early(PETITION)),
    "danh-sach-co-so": lambda: base_list.render(replace(BASE_LIST, earlier=_LAST_YEAR)),
    "danh-sach-co-so-mau-truoc-2013": lambda: base_list.render(early(BASE_LIST)),
    "quyet-dinh": lambda: decision.render(replace(DECISION, earlier=_LAST_YEAR)),
    "quyet-dinh-mau-truoc-2013": lambda: decision.render(early(DECISION)),
    "phieu-ma-dang-nhap": lambda: login_slips.render(SLIPS),
    "phieu-ghi-tay": lambda: month_sheet.render((MONTH,), "Phiếu ghi tay tháng 05/2026", "Chi đoàn Điều dưỡng 2"),
}


def whole_text(pdf: bytes) -> str:
    """All of a PDF's text, line by line as it was drawn, a line "=== n ===" before each page."""
    run = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    pages = run.stdout.decode("utf-8").split("\f")[:-1]
    return "".join(f"=== {number} ===\n{page.strip()}\n" for number, page in enumerate(pages, 1))


if __name__ == "__main__":
    TEXTS.mkdir(exist_ok=True)
    for name, drawn in PAPERS.items():
        (TEXTS / f"{name}.txt").write_text(whole_text(drawn()), "utf-8")
