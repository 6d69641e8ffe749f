"""Hints that come while somebody types, in a real browser on a phone."""

from datetime import date
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from diary.domain.entries import EntryDraft
from diary.models.base import new_id
from diary.services import entries
from tests.browser.conftest import PHONE
from tests.factories import actor

pytestmark = pytest.mark.browser
DEED = "Sáng nay cùng chị Hoa dọn kho thuốc tầng hai, ghi lại hạn dùng của 42 hộp."
ASK = "/nhat-ky/goi-y"


def test_hints_follow_what_is_typed_and_lead_to_one_s_own_earlier_entry(app, cast, visit):
    with app.app_context():
        earlier = entries.log_entry(actor("member"), new_id(), EntryDraft(date(2026, 11, 20), DEED), date(2026, 11, 23), send=True)
    page, asked = visit("member", "/", PHONE), []
    page.on("request", lambda request: asked.append(request) if request.url.endswith(ASK) else None)
    area, said = page.get_by_label("Việc đã làm"), page.get_by_label("Gợi ý cho bài viết")
    area.fill("Dọn kho")
    area.press_sequentially(" thuốc.")
    expect(said).to_contain_text("Đã có")
    expect(said).to_contain_text("Bài còn ngắn")
    area.fill(DEED)
    expect(said.get_by_role("link")).to_have_attribute("href", f"/nhat-ky/{earlier}")
    expect(said).not_to_contain_text("Bài còn ngắn")
    area.fill("Dọn")
    expect(said).to_be_empty()
    texts = [parse_qs(request.post_data)["did"][0] for request in asked]
    assert len(set(texts)) == len(texts) and min(map(len, texts)) >= 12, "asked once for each text, and not for one that is too short"
    assert said.get_attribute("aria-live") == "polite"


def test_sending_waits_for_no_hint(app, cast, visit):
    page = visit("member", "/", PHONE)
    page.route(f"**{ASK}", lambda route: None)  # never answered
    area = page.get_by_label("Việc đã làm")
    with page.expect_request(f"**{ASK}"):
        area.fill(DEED)
    page.get_by_role("button", name="Gửi bí thư").click()
    page.wait_for_url("**/nhat-ky/*")
    expect(page.get_by_text("Đã gửi bí thư")).to_be_visible()
