"""The editor of a scheme in a real browser: the example counts again while one types, rows come without scripts, axe finds nothing."""

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import PHONE

CHROMIUM = shutil.which("chromium")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine")]
SCHEME = "/nam-cong-tac/2026/bo-tieu-chi"


def open_all(page):
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")


def test_the_example_counts_again_as_one_types_and_saving_is_one_press(visit):
    page = visit("bloc_secretary", f"{SCHEME}/soan")
    open_all(page)
    outcome = page.locator("#ket-qua")
    expect(outcome).to_contain_text("Gợi ý theo số liệu: Hoàn thành tốt nhiệm vụ")
    page.locator("#levels-1-conditions-0-least").fill("88")
    expect(outcome).to_contain_text("Gợi ý theo số liệu: Hoàn thành nhiệm vụ")
    page.locator("#caps-0-refuses").check()
    expect(outcome).to_contain_text("Bộ tiêu chí của năm không cho vượt")
    page.get_by_role("button", name="Lưu bộ tiêu chí").click()
    expect(page.get_by_text("Đã lưu bộ tiêu chí")).to_be_visible()
    expect(page.get_by_text("Cần tham gia từ 88 %")).to_be_visible()
    page.get_by_label("Tham gia sinh hoạt, hoạt động (%)").fill("95")
    expect(page.locator("#ket-qua")).to_contain_text("tham gia 95,0 %", ignore_case=True)


def test_rows_come_and_go_without_scripts_at_the_place_one_was(visit):
    page = visit("bloc_secretary", f"{SCHEME}/soan", PHONE, script=False)
    page.get_by_role("button", name="Thêm mức").filter(visible=True).first.click()
    assert page.url.endswith("/soan#muc")
    page.locator("#levels-4-name").fill("Chưa xét")
    page.get_by_role("button", name="Đưa lên mức thứ 5").click()
    assert page.locator("#levels-3-name").input_value() == "Chưa xét"
    page.locator("button[value='drop:levels-3']").click()
    assert page.locator("#levels-3-name").input_value() == "Không hoàn thành nhiệm vụ"


def test_the_pages_keep_nobody_out(visit):
    page = visit("bloc_secretary", SCHEME, PHONE)
    assert Axe().run(page).response["violations"] == []
    page.goto(page.url + "/soan")
    page.locator("#levels-0-name").fill("")
    page.get_by_role("button", name="Lưu bộ tiêu chí").click()
    expect(page.get_by_role("alert")).to_contain_text("Hãy ghi tên mức")
    open_all(page)
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
