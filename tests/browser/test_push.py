"""The switch "Nhận nhắc trên máy này" and what shows a push, in a real browser.

No push service is reached from a test: what the browser would get from one is put in its place, the rest is the browser's own.
"""

import json
import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.pushes import Browser

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not shutil.which("chromium"), reason="no chromium on this machine")]
PAGE = "/ca-nhan/nhac-viec"
COUNT_QUESTIONS = """
  const ask = Notification.requestPermission.bind(Notification);
  Notification.requestPermission = () => { sessionStorage.asked = Number(sessionStorage.asked ?? 0) + 1; return ask(); };"""
IPHONE = "delete window.PushManager; Object.defineProperty(navigator, 'standalone', { value: false });"
PUSH_SERVICE = """
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0)).buffer;
  const given = %s;
  const made = () => ({
    endpoint: given.endpoint, options: { applicationServerKey: bytes(localStorage.held) }, getKey: (name) => bytes(given[name]),
    unsubscribe: async () => localStorage.removeItem("held"),
  });
  PushManager.prototype.getSubscription = async () => (localStorage.held ? made() : null);
  PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
    if (!userVisibleOnly || applicationServerKey.length !== 65) throw new Error("refused");
    localStorage.held = document.querySelector("[data-push]").dataset.push;
    return made();
  };"""


@pytest.fixture
def prepared(visit):
    """prepared(script) is the page of `member` on a phone, in a browser that `script` was run in first."""

    def go(script, granted=False):
        page = visit("member", "/", PHONE)
        page.context.add_init_script(script)
        if granted:
            page.context.grant_permissions(["notifications"])
        page.goto(page.url.rstrip("/") + PAGE)
        return page

    return go


def test_leave_is_asked_for_only_when_pressed_and_a_browser_that_refuses_is_told_how_to_allow_it(prepared):
    page = prepared(COUNT_QUESTIONS)
    expect(page.get_by_text("Máy này chưa bật.")).to_be_visible()
    assert page.evaluate("sessionStorage.asked") is None
    page.get_by_role("button", name="Bật trên máy này").click()
    expect(page.get_by_text("Trình duyệt đang chặn thông báo của trang này.")).to_be_visible()
    assert page.evaluate("sessionStorage.asked") == "1"


def test_an_iphone_is_told_to_put_the_site_on_its_home_screen_first(prepared):
    page = prepared(IPHONE)
    expect(page.get_by_text("sổ phải nằm ở Màn hình chính")).to_be_visible()
    expect(page.get_by_role("button", name="Bật trên máy này")).to_be_hidden()


def test_two_taps_switch_it_on_it_knows_itself_in_the_list_and_signing_out_ends_it(prepared):
    given = Browser().address
    script = PUSH_SERVICE % json.dumps({"endpoint": given.endpoint, "p256dh": given.p256dh, "auth": given.auth})
    page = prepared(script, granted=True)
    page.get_by_role("button", name="Bật trên máy này").click()
    expect(page.get_by_text("Máy này đang nhận nhắc.")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="(máy này)")).to_have_count(1)
    page.get_by_role("button", name="Tắt Chrome").click()
    expect(page.get_by_text("Máy này chưa bật.")).to_be_visible()
    assert page.evaluate("localStorage.held") is None, "the browser let go of it too"
    page.get_by_role("button", name="Bật trên máy này").click()
    expect(page.get_by_text("Máy này đang nhận nhắc.")).to_be_visible()
    page.goto(page.url.partition(PAGE)[0] + "/ca-nhan")
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    page.wait_for_function("localStorage.getItem('held') === null")  # also while the page still changes


def test_a_push_is_shown_with_its_words_and_one_that_came_twice_once(prepared):
    page = prepared("", granted=True)
    talk = page.context.new_cdp_session(page)
    found = []
    talk.on("ServiceWorker.workerRegistrationUpdated", lambda said: found.extend(said["registrations"]))
    talk.send("ServiceWorker.enable")
    page.evaluate("navigator.serviceWorker.register('/sw.js', { scope: '/' }).then(() => navigator.serviceWorker.ready).then(() => true)")
    site = page.evaluate("location.origin")
    said = json.dumps({"title": "Sổ nhật ký", "words": "Tuần này bạn chưa ghi nhật ký.", "link": "/nhat-ky/moi", "tag": "t1"})
    for _ in range(2):
        there = {"origin": site, "registrationId": found[-1]["registrationId"], "data": said}
        talk.send("ServiceWorker.deliverPushMessage", there)
    shown = page.evaluate("""async () => {
      const shower = await navigator.serviceWorker.ready;
      let notes = [];
      while (!notes.length) notes = await shower.getNotifications();
      return notes.map((one) => [one.title, one.body, one.data.link, one.tag]);
    }""")
    assert shown == [["Sổ nhật ký", "Tuần này bạn chưa ghi nhật ký.", "/nhat-ky/moi", "t1"]]
