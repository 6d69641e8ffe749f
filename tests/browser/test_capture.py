"""Writing on a phone, every touch counted: an entry, one with photos, leave and a week without work; and text that outlives what ends."""

import os
import shutil
import signal
import subprocess
from datetime import timedelta
from io import BytesIO

import pillow_heif
import pytest
from PIL import Image
from playwright.sync_api import expect
from sqlalchemy import select

from diary.domain.entries import EntryState
from diary.domain.pledges import PledgeState
from diary.models.base import db
from diary.models.counts import MemberWeek
from diary.models.entries import Entry, Evidence
from diary.services import clock
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not shutil.which("chromium"), reason="no chromium on this machine")]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
ENTRY_TAPS, PHOTO_TAPS, ONE_TAP, SECONDS = 3, 5, 1, 30
IN_THE_CAMERA = 2  # the shutter, and taking the picture: touches outside the page
TYPING = 60 / 200  # seconds a letter for who types 40 words a minute on a phone
DEED = "Xuống ấp Rạch Sậy giúp bà con nộp 6 hồ sơ."
SAID = "(form) => new MutationObserver(() => said(form.innerText)).observe(form, { subtree: true, childList: true, characterData: true })"


ON_DISK = """() => new Promise((done) => {
    const asked = indexedDB.open("nhatky", 1);
    asked.onsuccess = () => { asked.result.transaction("giu").objectStore("giu").getAll().onsuccess = (all) => done(all.target.result); };
})"""


class Hand:
    """A person with a phone on the first page: every touch of the screen is counted."""

    def __init__(self, page):
        self.page, self.taps = page, 0
        self.words = page.get_by_label("Việc đã làm")

    def tap(self, where):
        where.tap()
        self.taps += 1

    def press(self, words):
        self.tap(self.page.get_by_role("button", name=words, exact=True))

    def write(self, words):
        self.tap(self.words)
        self.page.keyboard.insert_text(words)

    def photograph(self, picture):
        with self.page.expect_file_chooser() as chooser:
            self.tap(self.page.locator("label", has_text="Chụp ảnh"))
        self.taps += IN_THE_CAMERA
        assert chooser.value.element.get_attribute("capture") == "environment"
        chooser.value.set_files(picture)

    def choose(self, *pictures):
        with self.page.expect_file_chooser() as chooser:
            self.tap(self.page.locator("label", has_text="Thêm ảnh"))
        chooser.value.set_files(list(pictures))

    def sent(self):
        expect(self.page.get_by_text("Đã gửi bí thư.")).to_be_visible()


def photo(kind="JPEG", side=2000):
    image = Image.effect_noise((side, side * 3 // 4), 40).convert("RGB")
    out = BytesIO()
    pillow_heif.from_pillow(image).save(out, quality=50) if kind == "HEIC" else image.save(out, kind)
    return {"name": f"anh.{kind.lower()}", "mimeType": f"image/{kind.lower()}", "buffer": out.getvalue()}


@pytest.fixture
def phone(chromium, site, browser):
    """phone("member") is that person's hand on the first page."""
    contexts = []

    def take(name):
        context = chromium.new_context(**PHONE)
        contexts.append(context)
        context.set_default_timeout(10_000)
        sign_in(context, site, browser, name)
        page = context.new_page()
        page.goto(site)
        return Hand(page)

    yield take
    for context in contexts:
        context.close()


def sign_in(context, site, browser, name):
    context.add_cookies([{"name": "so", "value": browser(name).get_cookie("so").value, "url": site}])


def kept(app, *columns):
    with app.app_context():
        return [tuple(row) for row in db.session.execute(select(*columns).order_by(Entry.id))]


def stored(app):
    with app.app_context():
        query = select(Evidence.width, Evidence.height, Evidence.media_type).order_by(Evidence.width)
        return [tuple(row) for row in db.session.execute(query)]


def test_an_entry_takes_three_touches_and_the_pledge_of_last_time_is_chosen(app, cast, phone):
    with app.app_context():
        before = factories.pledge(cast.member, PledgeState.APPROVED, title="Đọc sách mỗi tuần")
        factories.entry(cast.member, EntryState.APPROVED, pledge_id=before.id, sent_at=clock.now() - timedelta(days=1))
        served = factories.pledge(cast.member, PledgeState.APPROVED, title="Giúp bà con làm hồ sơ")
        factories.entry(cast.member, EntryState.APPROVED, pledge_id=served.id, sent_at=clock.now())
        served_id, virtue_id = served.id, served.virtue_id
    hand = phone("member")
    ready = hand.page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd") / 1000
    send = hand.page.get_by_role("button", name="Gửi bí thư")
    assert send.bounding_box()["y"] + send.bounding_box()["height"] < PHONE["viewport"]["height"] - 65, "above the bar: one screen"
    hand.write(DEED)
    hand.press("Gửi bí thư")
    hand.sent()
    assert hand.taps <= ENTRY_TAPS
    assert kept(app, Entry.did, Entry.pledge_id, Entry.virtue_id, Entry.state)[-1] == (DEED, served_id, virtue_id, EntryState.WAITING)
    took = ready + len(DEED) * TYPING + hand.taps
    print(f"an entry: {hand.taps} touches; ready to type after {ready:.1f} s, {took:.0f} s with {len(DEED)} letters and a second a touch")
    assert took <= SECONDS


def test_an_entry_with_photos_takes_five_touches_and_says_how_far_they_are(app, cast, phone):
    hand, said = phone("member"), []
    hand.page.expose_function("said", lambda words: said.append(words))  # noqa: PLW0108 -- what is exposed must be a function of Python
    hand.page.locator("#ghi-nhanh").evaluate(SAID)
    hand.write(DEED)
    hand.photograph(photo())
    hand.press("Gửi bí thư")
    hand.sent()
    assert hand.taps <= PHOTO_TAPS
    assert any("Đang gửi ảnh 1 trên 1" in words or "đang lưu bài" in words for words in said)
    assert stored(app) == [(1600, 1200, "image/jpeg")]


def test_a_fault_is_told_with_its_field_and_a_refused_photo_is_taken_out_with_everything_else_still_there(app, cast, phone):
    hand = phone("member")
    hand.press("Gửi bí thư")
    expect(hand.words).to_have_accessible_description("Hãy ghi việc đã làm.")
    hand.write(DEED)
    hand.choose({"name": "hong.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff not to its end"}, photo("HEIC", 800))
    hand.photograph(photo(side=400))
    hand.press("Gửi bí thư")
    expect(hand.page.get_by_text("Ảnh bị hỏng")).to_be_visible()
    expect(hand.words).to_have_value(DEED)
    expect(hand.words).to_have_accessible_description("")
    hand.press("Bỏ ảnh 1")
    hand.press("Gửi bí thư")
    hand.sent()
    assert kept(app, Entry.did, Entry.evidence_count) == [(DEED, 2)]
    assert stored(app) == [(400, 300, "image/jpeg"), (800, 600, "image/jpeg")], "what no browser here can draw is drawn anew by the server"


def test_a_week_without_work_is_one_touch_and_so_is_taking_it_back_and_leave(app, cast, phone):
    hand = phone("member")
    hand.press("Tuần này không có việc")
    expect(hand.page.get_by_text("Tuần này không có việc: đã ghi, nhịp vẫn giữ.")).to_be_visible()
    assert hand.taps == ONE_TAP
    with app.app_context():
        assert db.session.execute(select(MemberWeek.nothing_to_do)).scalars().all() == [True]
    hand.press("Hoàn tác")
    expect(hand.page.get_by_text("Đã hoàn tác.")).to_be_visible()
    before = hand.taps
    hand.tap(hand.page.get_by_role("link", name="Ghi ngày nghỉ"))
    expect(hand.page.get_by_role("button", name="Ghi ngày nghỉ")).to_be_visible()
    assert hand.taps - before == ONE_TAP


def test_without_a_network_texts_wait_and_go_by_themselves_and_none_is_doubled(app, cast, phone):
    hand = phone("member")
    online = hand.page.context.set_offline
    for turn in ("Việc một, giúp bà con.", "Việc hai, giúp bà con."):
        online(True)
        hand.write(turn)
        for _ in range(2):
            hand.press("Gửi bí thư")
            expect(hand.page.get_by_text("Chưa có mạng. Bài sẽ tự gửi khi có mạng lại.")).to_be_visible()
        online(False)
        hand.sent()
        hand.page.goto(hand.page.url.split("/nhat-ky")[0])
        expect(hand.words).to_have_value("")
    hand.page.route("**/nhat-ky/moi", lambda route: (route.fetch(max_redirects=0), route.abort()))  # it arrives; its answer is lost
    hand.write("Việc ba, giúp bà con.")
    hand.press("Gửi bí thư")
    expect(hand.page.get_by_text("Mạng yếu nên chưa gửi được.")).to_be_visible()
    hand.page.unroute("**/nhat-ky/moi")
    online(True)
    online(False)
    expect(hand.page.get_by_role("heading", level=1)).to_have_text("Việc ngày 23/11/2026")
    assert [did[:8] for (did,) in kept(app, Entry.did)] == ["Việc một", "Việc hai", "Việc ba,"]


def test_text_is_there_after_the_browser_is_killed_and_no_other_account_ever_sees_it(app, cast, chromium, site, browser, tmp_path):
    def start():
        context = chromium.browser_type.launch_persistent_context(
            tmp_path / "profile", executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"], **PHONE
        )
        context.set_default_timeout(10_000)
        return context

    def opened(context, name):
        sign_in(context, site, browser, name)
        page = context.pages[0]
        page.goto(site)
        return Hand(page)

    context = start()
    hand = opened(context, "member")
    hand.write(DEED[:-1])
    hand.page.keyboard.type(DEED[-1])
    hand.page.wait_for_function(f"async () => JSON.stringify(await ({ON_DISK})()).includes({DEED!r})")
    kill(tmp_path / "profile")  # as when the battery ends: nothing of the browser comes to write anything
    context = start()
    hand = opened(context, "member")
    expect(hand.words).to_have_value(DEED)
    expect(hand.page.get_by_text("Đã lấy lại phần chưa gửi")).to_be_visible()
    context.clear_cookies()  # the session ends without signing out
    hand.page.reload()
    assert DEED not in hand.page.content()
    other = opened(context, "member2")
    expect(other.words).to_have_value("")
    assert DEED not in other.page.content() and "chưa gửi" not in other.page.locator("form#ghi-nhanh").inner_text()
    context.clear_cookies()
    hand = opened(context, "member")
    expect(hand.words).to_have_value(DEED)
    hand.page.goto(f"{site}/ca-nhan")
    hand.press("Đăng xuất")
    hand.page.wait_for_url("**/dang-nhap**")
    with hand.page.expect_navigation():
        hand.page.evaluate("setTimeout(() => history.go(-2))")  # the first page, with the text in it
    assert DEED not in hand.page.content()
    other = opened(context, "member2")
    assert DEED not in other.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    context.close()


def kill(profile):
    """End every process of the browser that runs in `profile`, at once."""
    found = subprocess.run(["pgrep", "-f", f"user-data-dir={profile}"], capture_output=True, text=True, check=True).stdout
    for pid in found.split():
        os.kill(int(pid), signal.SIGKILL)
