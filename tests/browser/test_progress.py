"""Long work followed in a real browser, and the door's pages about a forgotten password: axe finds nothing on them."""

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from diary.files.mail_out import read_server
from diary.services import jobs
from tests import factories

CHROMIUM = shutil.which("chromium")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine")]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def page(chromium, site, browser):
    """A phone signed in as the secretary."""
    context = chromium.new_context(viewport=PHONE, base_url=site)
    cookie = browser("secretary").get_cookie("so")
    context.add_cookies([{"name": "so", "value": cookie.value, "url": site}])
    yield context.new_page()
    context.close()


def faults(page):
    return [(fault["id"], fault["nodes"][0]["html"]) for fault in Axe().run(page).response["violations"]]


def test_progress_is_followed_without_a_press_to_the_end(app, page):
    with app.app_context():
        job_id = jobs.ask_job(factories.actor("secretary"), "made_up", {})
        task = jobs.plan(jobs.claim("one"), [1, 2])
    page.goto(f"/viec-nen/{job_id}")
    expect(page.get_by_text("Đã xong 0 trên 2 phần")).to_be_visible()
    assert faults(page) == []
    with app.app_context():
        task = jobs.keep_piece(task, "", lambda: None)
    expect(page.get_by_text("Đã xong 1 trên 2 phần")).to_be_visible()
    with app.app_context():
        jobs.finish(jobs.keep_piece(task, "", lambda: None), dict)
    expect(page.get_by_text("Đã xong 2 phần")).to_be_visible()
    assert faults(page) == [] and page.get_by_role("button", name="Dừng").count() == 0


def test_the_pages_of_a_forgotten_password_have_no_faults(app, page, monkeypatch):
    monkeypatch.setitem(app.config, "DIARY_MAIL", read_server("smtp://127.0.0.1:1", "nhatky@example.vn"))
    page.context.clear_cookies()
    page.goto("/quen-mat-khau")
    assert faults(page) == []
    page.get_by_label("Tên đăng nhập").fill("member")
    page.get_by_role("button", name="Gửi mã qua email").click()
    expect(page.get_by_role("heading", name="Kích hoạt tài khoản")).to_be_visible()
    assert page.get_by_label("Tên đăng nhập").input_value() == "member" and faults(page) == []
