"""The scripts of static/ in a real browser, on a page small enough to see what each one does."""

import shutil
import threading
from datetime import date
from functools import cache
from io import BytesIO

import pytest
from flask import Flask, flash, redirect, render_template_string, request
from flask_wtf import FlaskForm
from PIL import Image
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server
from wtforms import DateField, HiddenField, MultipleFileField, PasswordField, StringField, TextAreaField

from diary.web import assets

CHROMIUM = shutil.which("chromium")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine")]

TODAY, YESTERDAY = date(2026, 11, 23), date(2026, 11, 22)
PAGE = """{% import "_macros/forms.html" as forms %}{% import "_macros/frame.html" as parts %}{% import "_macros/pages.html" as pages %}
<!doctype html><html lang="vi" {% if account %}data-account="{{ account }}"{% endif %}><title>Thử</title>
<script>document.documentElement.classList.add("js")</script><link rel="stylesheet" href="{{ asset_url('theme.css') }}">
<script type="module" src="{{ asset_url('diary.js') }}"></script><script type="module" src="{{ asset_url('drafts.js') }}"></script>
<script type="module" src="{{ asset_url('photos.js') }}"></script>
{{ parts.flashes(get_flashed_messages(with_categories=true)) }}
<form id="f" method="post" action="/bai" enctype="multipart/form-data" novalidate data-once data-autosave="moi">
{{ forms.error_summary(form) }}{{ form.id(**{"data-keep": ""}) }}
{{ forms.day(form.happened_on, today, yesterday) }}{{ forms.field(form.deed) }}{{ forms.field(form.word) }}
{{ forms.field(form.note, **{"data-tab-only": ""}) }}
{{ forms.photos(form.evidence) }}{{ forms.button("Gửi bí thư") }}</form><p data-saved="f"></p>
<form method="post" action="/thoat" data-leave><button>Thoát</button></form>
<p id="loi">Cả nhà ơi</p><button data-copy="#loi">Chép lời nhắc</button>{{ pages.undo("Đã duyệt", "/hoan-tac", "", seconds=1) }}"""


ON_DISK = """() => new Promise((done) => {
    const asked = indexedDB.open("nhatky", 1);
    asked.onsuccess = () => { asked.result.transaction("giu").objectStore("giu").getAll().onsuccess = (all) => done(all.target.result); };
})"""


class EntryForm(FlaskForm):
    class Meta:
        csrf = False

    id = HiddenField()
    happened_on = DateField("Ngày thực hiện", default=TODAY)
    deed = TextAreaField("Việc đã làm")
    partners = StringField("Cho ai, cùng ai")
    word = PasswordField("Mật khẩu")
    note = StringField("Ghi riêng")
    evidence = MultipleFileField("Minh chứng")


class Site:
    """A page with a form, and what was sent to it."""

    def __init__(self):
        self.account, self.refuse, self.sent, self.files, self.count = "an", False, [], [], 0
        self.gate = threading.Event()
        self.gate.set()
        app = self.app = Flask("diary", root_path=str(assets.OWN_FILES.parent), static_folder=None)
        app.secret_key = "only for this test"
        assets.init_app(app)
        app.add_url_rule("/", view_func=self.show)
        app.add_url_rule("/bai", view_func=self.take, methods=["POST"])
        app.add_url_rule("/mo", view_func=self.open_gate)
        app.add_url_rule("/thoat", view_func=lambda: redirect("/", 303), methods=["POST"], endpoint="leave")

    def open_gate(self):
        """Let a sending that is held open be answered."""
        self.gate.set()
        return ""

    def draw(self, form):
        return render_template_string(PAGE, form=form, today=TODAY, yesterday=YESTERDAY, account=self.account)

    def show(self):
        self.count += 1
        return self.draw(EntryForm(id=f"ma-{self.count}"))

    def take(self):
        form = EntryForm()
        self.sent.append(form.data)
        self.gate.wait(5)
        self.files = [file.read() for file in request.files.getlist("evidence") if file.filename]
        if self.refuse:
            form.deed.errors = ["Ghi việc đã làm trước khi gửi"]
            return self.draw(form)
        flash("Đã gửi bài cho bí thư.", "success")
        return redirect("/", 303)


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def site():
    site = Site()
    server = make_server("127.0.0.1", 0, site.app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site.url = f"http://127.0.0.1:{server.server_port}/"
    yield site
    server.shutdown()
    server.server_close()


@pytest.fixture
def phone(browser):
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.set_default_timeout(5000)
    yield context
    context.close()


def opened(phone, site):
    page = phone.new_page()
    page.goto(site.url)
    return page


def written(phone, site, words):
    page = opened(phone, site)
    page.fill("#deed", words)
    page.get_by_text("Đã lưu trên máy lúc").wait_for()
    return page


def test_what_was_typed_is_there_again_when_the_page_is_opened_anew(phone, site):
    written(phone, site, "Dọn kho giấy").close()
    page = opened(phone, site)
    assert page.input_value("#deed") == "Dọn kho giấy"
    assert page.get_by_text("Đã lấy lại phần chưa gửi").is_visible()


def test_the_id_made_for_the_draft_comes_back_with_it_so_that_sending_twice_stores_once(phone, site):
    written(phone, site, "Dọn kho giấy").close()
    assert opened(phone, site).input_value("#id") == "ma-1"


def test_a_draft_brought_back_may_be_put_away(phone, site):
    written(phone, site, "Dọn kho giấy").close()
    page = opened(phone, site)
    page.click("text=Bỏ phần này")
    assert page.input_value("#deed") == ""
    assert opened(phone, site).input_value("#deed") == ""


def test_another_account_on_the_same_phone_never_sees_it(phone, site):
    written(phone, site, "Dọn kho giấy").close()
    site.account = "binh"
    assert opened(phone, site).input_value("#deed") == ""
    site.account = "an"
    assert opened(phone, site).input_value("#deed") == "Dọn kho giấy"


def test_signing_out_leaves_nothing_of_the_account_on_the_phone(phone, site):
    page = written(phone, site, "Dọn kho giấy")
    with page.expect_navigation():
        page.click("text=Thoát")
    assert page.evaluate("Object.keys(localStorage).length") == 0
    assert page.evaluate(ON_DISK) == []


def test_what_was_typed_last_comes_back_from_the_disk_when_the_browser_died_with_it(phone, site):
    page = written(phone, site, "Dọn kho giấy")
    page.wait_for_function(f"async () => JSON.stringify(await ({ON_DISK})()).includes('Dọn kho giấy')")
    page.close()
    page = opened(phone, site)
    page.evaluate("localStorage.clear()")  # what a killed browser keeps of it: nothing of the last seconds
    page.reload()
    page.get_by_text("Đã lấy lại phần chưa gửi").wait_for()
    assert page.input_value("#deed") == "Dọn kho giấy"


def test_a_password_is_never_kept(phone, site):
    page = opened(phone, site)
    page.fill("#word", "bi-mat")
    page.fill("#deed", "Dọn kho")
    page.get_by_text("Đã lưu trên máy lúc").wait_for()
    assert "bi-mat" not in page.evaluate("JSON.stringify(localStorage)")


def test_a_private_note_is_kept_as_long_as_its_tab_and_no_longer(phone, site):
    page = written(phone, site, "Dọn kho giấy")
    page.fill("#note", "Hơi ngại")
    page.reload()
    assert (page.input_value("#deed"), page.input_value("#note")) == ("Dọn kho giấy", "Hơi ngại")
    assert "Hơi ngại" not in page.evaluate("JSON.stringify(localStorage)") + str(page.evaluate(ON_DISK))
    page.close()
    page = opened(phone, site)
    assert (page.input_value("#deed"), page.input_value("#note")) == ("Dọn kho giấy", "")


def test_what_nobody_came_back_for_in_a_month_goes(phone, site):
    written(phone, site, "Dọn kho giấy").close()
    page = opened(phone, site)
    page.evaluate("""() => {
        const key = "nhatky:an:moi", kept = JSON.parse(localStorage.getItem(key));
        localStorage.setItem(key, JSON.stringify({ ...kept, time: kept.time - 31 * 24 * 3600 * 1000 }));
    }""")
    page.close()
    site.account = "binh"
    assert opened(phone, site).evaluate("Object.keys(localStorage).length") == 0


def test_the_draft_goes_once_it_was_sent(phone, site):
    page = written(phone, site, "Dọn kho giấy")
    page.click("text=Gửi bí thư")
    page.get_by_text("Đã gửi bài cho bí thư.").wait_for()
    assert page.input_value("#deed") == ""
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_the_draft_stays_when_the_server_refused_it_and_the_errors_take_the_focus(phone, site):
    site.refuse = True
    page = written(phone, site, "Dọn kho giấy")
    page.click("text=Gửi bí thư")
    page.wait_for_selector(".error-summary")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.close()
    assert opened(phone, site).input_value("#deed") == "Dọn kho giấy"


def test_the_draft_stays_when_the_line_broke_on_the_way(phone, site):
    page = written(phone, site, "Dọn kho giấy")
    page.route("**/bai", lambda route: route.abort())
    page.click("text=Gửi bí thư")
    page.wait_for_url("chrome-error://**")
    page.goto(site.url)
    assert page.input_value("#deed") == "Dọn kho giấy"


def test_without_a_network_the_form_waits_and_goes_by_itself_when_it_is_back(phone, site):
    page = written(phone, site, "Dọn kho giấy")
    phone.set_offline(True)
    page.click("text=Gửi bí thư")
    page.get_by_text("Chưa có mạng. Bài sẽ tự gửi khi có mạng lại.").wait_for()
    assert site.sent == []
    phone.set_offline(False)
    page.get_by_text("Đã gửi bài cho bí thư.").wait_for()
    assert [one["deed"] for one in site.sent] == ["Dọn kho giấy"]


def test_a_second_press_sends_nothing_more(phone, site):
    page = written(phone, site, "Dọn kho giấy")
    site.gate.clear()
    page.evaluate("""() => {
        const form = document.forms[0];
        form.requestSubmit();
        setTimeout(() => { form.requestSubmit(); fetch("/mo"); }, 300);
    }""")
    page.get_by_text("Đã gửi bài cho bí thư.").wait_for()
    assert len(site.sent) == 1


def test_a_day_is_chosen_by_one_tap_on_a_chip(phone, site):
    page = opened(phone, site)
    page.get_by_text("Hôm nay").click()
    page.get_by_label("Hôm qua").check()
    assert page.input_value("#happened_on") == "2026-11-22"
    assert page.get_by_text("Chủ nhật, 22/11/2026").is_visible()


def test_the_plain_date_field_may_be_filled_without_the_chips_and_they_follow(phone, site):
    page = opened(phone, site)
    page.get_by_label("Ngày thực hiện").fill("2026-11-22")
    assert page.get_by_label("Hôm qua").is_checked()
    page.get_by_label("Ngày thực hiện").fill("2026-11-02")
    assert page.get_by_label("Ngày khác").is_checked()


def test_without_javascript_the_day_is_a_plain_date_field_and_no_chip_is_seen(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = opened(context, site)
    page.get_by_label("Ngày thực hiện").fill("2026-11-02")
    assert not page.get_by_text("Hôm qua").is_visible()
    page.fill("#deed", "Dọn kho giấy")
    page.click("text=Gửi bí thư")
    page.get_by_text("Đã gửi bài cho bí thư.").wait_for()
    assert site.sent[0]["happened_on"] == date(2026, 11, 2)
    context.close()


@cache
def photo_with_a_place():
    """A photo of a camera: 3000 by 2000, to be turned by a quarter, with a GPS block."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    out = BytesIO()
    Image.effect_noise((3000, 2000), 40).convert("RGB").save(out, "JPEG", quality=90, exif=exif)
    return out.getvalue()


def test_a_photo_leaves_the_phone_upright_small_and_without_its_place(phone, site):
    raw = photo_with_a_place()
    page = opened(phone, site)
    page.set_input_files("#evidence", [{"name": "ben-xuong.jpg", "mimeType": "image/jpeg", "buffer": raw}])
    page.get_by_text("1 ảnh, đã thu nhỏ còn").wait_for()
    page.click("text=Gửi bí thư")
    page.get_by_text("Đã gửi bài cho bí thư.").wait_for()
    image = Image.open(BytesIO(site.files[0]))
    assert image.size == (1067, 1600)
    assert len(image.getexif()) == 0
    assert len(site.files[0]) < len(raw)


def test_photos_chosen_one_after_another_are_all_sent_but_those_put_away(phone, site):
    page = opened(phone, site)
    for name in ("a.jpg", "b.jpg"):
        page.set_input_files("#evidence", [{"name": name, "mimeType": "image/jpeg", "buffer": photo_with_a_place()}])
        page.get_by_role("img", name=name).wait_for()
    page.get_by_role("button", name="Bỏ ảnh 1").click()
    page.get_by_text("1 ảnh, đã thu nhỏ còn").wait_for()
    page.click("text=Gửi bí thư")
    page.get_by_text("Đã gửi bài cho bí thư.").wait_for()
    assert len(site.files) == 1


def test_a_photo_may_be_turned_by_hand(phone, site):
    page = opened(phone, site)
    page.set_input_files("#evidence", [{"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo_with_a_place()}])
    page.get_by_role("button", name="Xoay ảnh 1").click()
    page.wait_for_function("document.querySelector('canvas').width === 1600")


def test_the_words_of_a_reminder_are_copied_by_one_press(phone, site):
    phone.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.url)
    page = opened(phone, site)
    page.click("text=Chép lời nhắc")
    page.get_by_text("Đã chép").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "Cả nhà ơi"


def test_the_undo_bar_goes_when_its_time_is_over(phone, site):
    page = opened(phone, site)
    page.wait_for_selector(".toast-undo", state="detached")
