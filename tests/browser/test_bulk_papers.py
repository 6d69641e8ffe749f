"""Printing by the thousand in a real browser: asked for, the bar seen moving, a file on the disk; axe finds nothing."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from diary.domain import bulk_papers
from diary.jobs import bulk_papers as printing
from diary.jobs.kinds import Tools
from diary.jobs.registry import KINDS
from diary.jobs.worker import Worker
from diary.models.base import db
from diary.services.evaluations import ensure_evaluations
from tests import factories, year_end
from tests.browser.test_progress import faults

CHROMIUM = shutil.which("chromium")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine")]


def test_a_bloc_is_printed_followed_and_a_file_of_it_fetched(app, visit, monkeypatch):
    with app.app_context():
        for name in ("secretary", "other_secretary", "lone_secretary"):
            ensure_evaluations(year_end.branch_of(name), factories.YEAR)
        db.session.commit()
    page = visit("bloc_secretary", "/in-hang-loat")
    assert faults(page) == []
    page.get_by_role("button", name="In phiếu").click()
    expect(page.get_by_text("Đang chờ")).to_be_visible()

    def work(task, piece, tools):
        made = printing.BULK_PAPERS.work(task, piece, tools)
        if len(task.made) == 1:  # the first branch is noted: a page that nobody touches has to show it
            expect(page.get_by_text("Đã xong 1 trên 3 phần")).to_be_visible()
            assert faults(page) == []
        return made

    monkeypatch.setattr(bulk_papers, "PEOPLE_A_PIECE", 1)
    monkeypatch.setitem(KINDS, bulk_papers.KIND, replace(printing.BULK_PAPERS, work=work))
    with app.app_context():
        assert Worker(Tools(Path(app.config["DIARY_INSTANCE"]), "", "k")).turn()
    expect(page.get_by_role("heading", name="Tệp đã in")).to_be_visible()
    assert faults(page) == []
    with page.expect_download() as fetched:
        page.get_by_role("link", name="phieu-danh-gia").first.click()
    assert Path(fetched.value.path()).read_bytes().startswith(b"%PDF")
