"""The queue in a real browser: cards handled without page loads, keys, undoing, and the same without any script."""

import shutil
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from diary.models.base import db
from diary.models.entries import Entry
from diary.models.notices import Notice
from tests import factories

CHROMIUM = shutil.which("chromium")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine")]
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


@pytest.fixture
def open_queue(app, cast, chromium, site, browser):
    """open_queue(waiting=3) is the secretary's queue with so many entries of one member in it."""
    contexts = []

    def go(waiting=3, viewport=DESK, script=True, of=("member",)):
        with app.app_context():
            now = datetime.now(factories.VIETNAM)
            for n in range(waiting):
                owner = getattr(cast, of[n % len(of)])
                factories.entry(owner, did=f"Việc thứ {n + 1}", sent_at=now - timedelta(minutes=waiting - n))
        cookie = browser("secretary").get_cookie("so").value
        phone = {"has_touch": True, "is_mobile": True} if viewport is PHONE else {}
        context = chromium.new_context(viewport=viewport, java_script_enabled=script, **phone)
        context.set_default_timeout(10_000)
        context.add_cookies([{"name": "so", "value": cookie, "url": site}])
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{site}/duyet")
        page.evaluate("window.sameDocument = true") if script else None
        return page

    yield go
    for context in contexts:
        context.close()


def shown(page):
    return page.locator("[data-card]:not(.only-phone) .voice").first.inner_text()


def lead(page, words):
    page.locator("[data-lead]", has_text=words).wait_for()


def states(app):
    with app.app_context():
        return {state.value: count for state, count in db.session.execute(select(Entry.state, func.count()).group_by(Entry.state))}


def test_approving_by_key_moves_on_to_the_next_card_without_a_page_load(app, open_queue):
    page = open_queue()
    page.keyboard.press("d")
    lead(page, "2 mục của 1 người. Hôm nay đã duyệt 1.")
    assert shown(page) == "Việc thứ 2" and page.evaluate("document.activeElement.innerText") == "Thạch Thị Sa Rinh"
    assert page.locator(".queue li").count() == 2 and page.evaluate("window.sameDocument")
    assert page.locator('nav a[href="/duyet"] .count').first.inner_text().split()[1] == "2"
    assert states(app) == {"approved": 1, "waiting": 2}


def test_returning_without_a_reason_opens_the_reasons_and_a_number_key_chooses_one(app, open_queue):
    page = open_queue()
    page.keyboard.press("b")
    page.get_by_text("Chọn hoặc ghi một lý do").wait_for()
    assert states(app) == {"waiting": 3}
    page.keyboard.press("3")
    page.keyboard.press("b")
    lead(page, "2 mục")
    with app.app_context():
        assert db.session.execute(select(Entry.review_words).where(Entry.state == "returned")).scalar_one() == "Thiếu minh chứng"


def test_undoing_by_key_brings_the_card_back_to_its_place_and_it_may_be_reviewed_again(app, open_queue):
    page = open_queue()
    page.keyboard.press("d")
    lead(page, "2 mục")
    page.keyboard.press("z")
    lead(page, "3 mục của 1 người.")
    assert shown(page) == "Việc thứ 1" and page.locator(".toast-undo").count() == 0
    assert states(app) == {"waiting": 3}
    page.keyboard.press("d")
    lead(page, "2 mục")
    assert states(app) == {"approved": 1, "waiting": 2}


def test_j_and_k_walk_through_the_cards(open_queue):
    page = open_queue()
    for key, expected in (("j", "2"), ("j", "3"), ("j", "3"), ("k", "2")):
        page.keyboard.press(key)
        assert shown(page) == f"Việc thứ {expected}"
    page.locator(".queue a").first.click()
    assert shown(page) == "Việc thứ 1" and page.evaluate("window.sameDocument")


def test_keys_are_letters_while_a_reason_is_being_written(app, open_queue):
    page = open_queue()
    page.keyboard.press("b")
    field = page.locator("[data-card]:not(.only-phone) textarea")
    field.focus()
    page.keyboard.type("dbjkz 1")
    assert field.input_value() == "dbjkz 1" and states(app) == {"waiting": 3}


def test_keys_may_be_switched_off_and_stay_off(app, open_queue):
    page = open_queue()
    page.get_by_role("button", name="Tắt phím tắt").click()
    page.keyboard.press("d")
    page.reload()
    page.keyboard.press("d")
    page.get_by_role("button", name="Bật phím tắt").wait_for()
    assert states(app) == {"waiting": 3} and page.locator("[data-card] kbd").count() == 0


def test_what_another_reviewer_did_meanwhile_is_said_on_the_card(app, open_queue):
    page = open_queue()
    with app.app_context():
        first = db.session.execute(select(Entry).order_by(Entry.sent_at)).scalars().first()
        first.state, first.reviewed_at = "approved", datetime.now(factories.VIETNAM)
        db.session.commit()
    page.keyboard.press("d")
    page.get_by_text("Bài này không còn chờ duyệt.").wait_for()


def test_without_network_the_words_stay_and_the_reviewer_is_told(open_queue):
    page = open_queue()
    page.context.set_offline(True)
    page.keyboard.press("b")
    page.locator("[data-card]:not(.only-phone) textarea").fill("Mấy hộ?")
    page.locator("[data-card]:not(.only-phone) button[value=return]").click()
    page.get_by_text("Chưa gửi được").wait_for()
    assert page.locator("[data-card]:not(.only-phone) textarea").input_value() == "Mấy hộ?"


def test_on_a_phone_every_card_is_there_and_keys_do_nothing(app, open_queue):
    page = open_queue(viewport=PHONE)
    assert page.locator("[data-card]:visible").count() == 3 and not page.locator(".queue").is_visible()
    page.keyboard.press("d")
    page.locator("[data-card]").nth(2).get_by_role("button", name="Duyệt").click()
    lead(page, "2 mục")
    expect(page.get_by_role("button", name="Hoàn tác")).to_be_in_viewport()
    page.get_by_role("button", name="Hoàn tác").tap()
    lead(page, "3 mục")
    page.locator("[data-card]").nth(1).get_by_role("button", name="Duyệt").click()
    lead(page, "2 mục")
    assert [page.locator("[data-card] .voice").nth(n).inner_text() for n in (0, 1)] == ["Việc thứ 1", "Việc thứ 3"]
    assert states(app) == {"approved": 1, "waiting": 2}


def told(app, person):
    with app.app_context():
        return db.session.execute(select(Notice.text).where(Notice.account_id == person.account_id)).scalars().all()


def test_thirty_entries_four_of_them_returned_take_forty_taps_at_most_and_no_page_load(app, cast, open_queue):
    page, taps = open_queue(30, PHONE, of=("member", "member2", "deputy")), 0
    for n in range(30):
        card = page.locator("[data-card]").first
        if n % 8 == 4:
            card.get_by_role("button", name="Cần bổ sung").tap()
            card.locator(".chip", has_text="Thiếu kết quả cụ thể").tap()
            card.get_by_role("button", name="Cần bổ sung").tap()
            taps += 3
        else:
            card.get_by_role("button", name="Duyệt").tap()
            taps += 1
    page.get_by_role("heading", name="Không còn gì chờ duyệt").wait_for()
    assert taps == 38 and states(app) == {"approved": 26, "returned": 4}
    assert page.evaluate("window.sameDocument")
    assert [len(told(app, person)) for person in (cast.member, cast.member2, cast.deputy)] == [1, 1, 1], "one digest for each"


def test_fast_keys_are_all_heard_and_two_taken_back_come_back_in_their_places(app, cast, open_queue):
    page = open_queue(6)
    page.keyboard.type("dddd")
    page.keyboard.type("zz")
    expect(page.locator("[data-card]")).to_have_count(4)
    assert [one.text_content() for one in page.locator("[data-card] .voice").all()] == [f"Việc thứ {n}" for n in (3, 4, 5, 6)]
    page.locator(".toast-undo button").wait_for()
    assert states(app) == {"approved": 2, "waiting": 4} and told(app, cast.member) == ["2 bài của bạn đã được duyệt."]


def test_a_question_mark_opens_the_list_of_keys_that_escape_closes(app, open_queue):
    page = open_queue()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Phím tắt")
    keys.wait_for()
    page.keyboard.press("d")
    page.keyboard.press("Escape")
    keys.wait_for(state="hidden")
    assert states(app) == {"waiting": 3}, "no key of the queue is heard while the list is open"


def test_the_whole_page_is_approved_once_its_last_card_was_seen_and_taken_back_at_once(app, open_queue):
    page = open_queue(4, PHONE)
    button = page.get_by_role("button", name="Duyệt cả trang")
    assert button.is_disabled()
    for n in range(4):
        page.locator("[data-card] [data-end]").nth(n).scroll_into_view_if_needed()
        expect(page.locator("[data-card][data-seen]").nth(n)).to_be_attached()
    button.tap()
    lead(page, "Không còn gì chờ duyệt.")
    assert states(app) == {"approved": 4}
    page.get_by_role("button", name="Hoàn tác").tap()
    lead(page, "4 mục")
    assert states(app) == {"waiting": 4} and page.locator("[data-card]").count() == 4 and page.evaluate("window.sameDocument")


def approve_elsewhere(app, n):
    with app.app_context():
        row = db.session.execute(select(Entry).where(Entry.state == "waiting").order_by(Entry.sent_at).offset(n)).scalars().first()
        row.state, row.reviewed_at, row.version = "approved", datetime.now(factories.VIETNAM), row.version + 1
        db.session.commit()


def test_what_was_approved_elsewhere_leaves_the_screen_with_the_next_action_and_when_it_is_looked_at_again(app, open_queue):
    page = open_queue(4)
    approve_elsewhere(app, 2)
    page.keyboard.press("d")
    lead(page, "2 mục")
    page.get_by_text("1 mục vừa có người xử lý").wait_for()
    assert [one.inner_text() for one in page.locator("[data-card] h2").all()] == ["Thạch Thị Sa Rinh"] * 2
    approve_elsewhere(app, 1)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    lead(page, "1 mục")
    expect(page.locator("[data-card]")).to_have_count(1)
    assert page.locator(".queue li").count() == 1


def test_a_comment_kept_while_returning_is_a_chip_on_every_card_at_once(app, open_queue):
    page = open_queue(2, PHONE)
    card = page.locator("[data-card]").first
    card.get_by_text("Lý do cần bổ sung").tap()
    card.get_by_role("textbox", name="Lý do").fill("Kể rõ mấy hộ nhé.")
    card.get_by_label("Lưu lời này để dùng lại").check()
    card.get_by_role("button", name="Cần bổ sung").tap()
    lead(page, "1 mục")
    page.get_by_text("Lý do cần bổ sung").tap()
    page.locator(".chip", has_text="Kể rõ mấy hộ nhé.").tap()
    page.get_by_role("button", name="Cần bổ sung").tap()
    lead(page, "Không còn gì chờ duyệt.")
    with app.app_context():
        assert set(db.session.execute(select(Entry.review_words)).scalars()) == {"Kể rõ mấy hộ nhé."}


def test_without_script_every_step_is_a_form(app, open_queue):
    page = open_queue(script=False)
    page.get_by_role("button", name="Cần bổ sung").click()
    page.get_by_text("Hãy ghi lý do").wait_for()
    page.get_by_role("textbox", name="Lý do").fill("Mấy hộ?")
    page.get_by_role("button", name="Cần bổ sung").click()
    page.get_by_text("Đã báo cần bổ sung bài của Thạch Thị Sa Rinh").wait_for()
    page.get_by_role("button", name="Hoàn tác").click()
    page.get_by_text("Đã hoàn tác.").wait_for()
    assert states(app) == {"waiting": 3}
