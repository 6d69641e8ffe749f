"""A meeting whose server is killed: what was counted is there, and what was typed meanwhile waits on the device."""

import os
import shutil
import time

import pytest
from playwright.sync_api import expect
from time_machine import escape_hatch

from diary.models.base import db
from diary.models.evaluations import RatingMeeting
from diary.queries.evaluations.tables import votes_of
from tests import year_end
from tests.browser.installation import served

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not shutil.which("chromium"), reason="no chromium on this machine")]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TARGET = "tests.browser.wsgi_at_the_test_s_hour:app"


@pytest.fixture
def settings(app, engine_url, monkeypatch):
    """The environment of a server on the test's database, with a key that this process signs cookies with too."""
    monkeypatch.setitem(app.config, "SECRET_KEY", "a secret that is long enough for a meeting")
    shift = time.time() - escape_hatch.time.time()
    return os.environ | {"DATABASE_URL": engine_url, "SECRET_KEY": app.config["SECRET_KEY"], "DIARY_DEMO": "0", "SHIFT": str(shift)}


def open_notes(page):
    details = page.locator("details", has=page.locator("#notes"))
    if not details.get_attribute("open") and not page.locator("#notes").is_visible():
        details.locator("summary").tap()


def test_a_killed_server_and_a_dropped_phone_lose_nothing(app, settings, chromium, browser):
    with app.app_context():
        meeting_id = year_end.open_meeting("secretary")
        year_end.attend("secretary", meeting_id)
        deputy, member2 = year_end.one("deputy").id, year_end.one("member2").id
        db.session.remove()
        db.engine.dispose()
    cookie = browser("secretary").get_cookie("so").value
    context = chromium.new_context(**PHONE)
    context.set_default_timeout(15_000)
    with served(settings, TARGET) as server:
        port = int(server.url.rsplit(":", 1)[1])
        context.add_cookies([{"name": "so", "value": cookie, "url": server.url}])
        page = context.new_page()
        page.goto(f"{server.url}/xep-loai/hop?nguoi={deputy}")
        page.get_by_role("button", name="Tốt", exact=True).tap()
        expect(page.get_by_text("Tốt 5 phiếu.")).to_be_visible()
        server.kill()
        page.get_by_label("Thêm một phiếu Tốt").tap()
        open_notes(page)
        page.locator("#branch_words").fill("Chắc tay, hay giúp người mới")
        page.locator("#notes").fill("Góp ý: ghi nhật ký đều hơn")
        expect(page.get_by_text("Chưa lưu được.")).to_be_visible()
    with served(settings, TARGET, port) as server:
        expect(page.get_by_text("1/5 phiếu.")).to_be_visible()  # sent by itself once the server is back
        context.set_offline(True)
        page.locator("#notes").fill("Góp ý: ghi nhật ký đều hơn, nhất là quý III")
        expect(page.get_by_text("Chưa lưu được.")).to_be_visible()
        page.close()
        context.set_offline(False)
        page = context.new_page()
        page.goto(f"{server.url}/xep-loai/hop?nguoi={member2}")
        expect(page.locator("#notes")).to_have_value("Góp ý: ghi nhật ký đều hơn, nhất là quý III")
        page.get_by_role("button", name="Xuất sắc", exact=True).tap()
        expect(page.get_by_text("Tốt 1, Xuất sắc 4 phiếu.").or_(page.get_by_text("Xuất sắc 4, Tốt 1 phiếu."))).to_be_visible()
        assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes(':hop-')).length") == 0, "what was sent is not kept"
    context.close()
    with app.app_context():
        counted = votes_of(meeting_id)
        assert counted[deputy]["good"] == 5 and counted[member2] == {"outstanding": 4, "good": 1, "done": 0, "not_done": 0}
        assert year_end.one("member2").branch_words == "Chắc tay, hay giúp người mới"
        assert db.session.get_one(RatingMeeting, meeting_id).notes == "Góp ý: ghi nhật ký đều hơn, nhất là quý III"
