"""What the secretary sees, shown to the author: the same card and page, kept or only typed, never the private note."""

import re
from datetime import datetime

import pytest

from diary.domain.entries import EntryState
from diary.models.base import db
from diary.models.entries import PrivateNote
from diary.queries.reviews import seen_entry
from tests import factories
from tests.web.entries.filling import fill, kept, made
from tests.web.reading import heading, hidden, words

LONG_AGO = datetime(2026, 11, 19, 9, 0, tzinfo=factories.VIETNAM)


def card(page):
    """The words of the first card, up to what decides on it."""
    inside = re.search(r"<article[^>]* data-card[^>]*>(.*?)</article>", page, re.S)
    return words(re.split(r'<details class="return|<label class="read', inside[1])[0]) if inside else ""


def test_the_card_is_word_for_word_that_of_the_queue(app, cast, browser):
    with app.app_context():
        pledge = factories.pledge(cast.member, factories.PledgeState.APPROVED, title="Giúp bà con").id
    facts = {"people": "Cùng chị Hoa", "result": "6", "result_unit": "hộ", "lesson": "Đi sớm hơn", "hints": "short", "pledge_id": pledge}
    entry_id = made(app, cast.member, sent_at=LONG_AGO, written_at=LONG_AGO, review_words="Bao nhiêu hộ?", **facts)
    page = browser("member").get(f"/nhat-ky/{entry_id}/bi-thu-thay").text
    assert heading(page) == "Bí thư thấy gì"
    assert card(page) == card(browser("secretary").get("/duyet").text) != ""
    assert "Chờ 4 ngày" in card(page) and 'name="verdict"' not in page


def test_the_private_note_is_left_out_and_that_is_said(app, cast, browser):
    entry_id = made(app, cast.member, EntryState.DRAFT)
    with app.app_context():
        db.session.add(PrivateNote(entry_id=entry_id, words="riêng tôi"))
        db.session.commit()
    page = browser("member").get(f"/nhat-ky/{entry_id}/bi-thu-thay").text
    with app.app_context():
        assert seen_entry(factories.actor("member"), entry_id, LONG_AGO).entry.note is None  # not even handed to the page
    assert "riêng tôi" not in page and "Bí thư không thấy" in page and "Gửi hôm nay" in card(page)
    assert f'href="/nhat-ky/{entry_id}/bi-thu-thay"' in browser("member").get(f"/nhat-ky/{entry_id}").text


@pytest.mark.parametrize(("name", "status"), [("member2", 404), ("secretary", 403), ("base_secretary", 404)])
def test_only_the_author_is_shown_the_preview(app, cast, browser, name, status):
    entry_id, client = made(app, cast.member), browser(name)
    assert client.get(f"/nhat-ky/{entry_id}/bi-thu-thay").status_code == status
    seen = {"csrf_token": hidden(client.get("/ca-nhan").text, "csrf_token"), "did": "Một việc.", "happened_on": "2026-11-20"}
    assert client.post(f"/nhat-ky/xem-truoc?bai={entry_id}", data=seen).status_code == status


def test_an_approved_entry_has_no_card_any_more(app, cast, browser):
    page = browser("member").get(f"/nhat-ky/{made(app, cast.member, EntryState.APPROVED)}/bi-thu-thay").text
    assert card(page) == "" and "không còn trong danh sách chờ duyệt" in page


def test_what_is_only_typed_is_shown_and_nothing_of_it_is_kept(app, cast, browser):
    with app.app_context():
        pledge = factories.pledge(cast.member, factories.PledgeState.APPROVED, title="Giúp bà con").id
    client = browser("member")
    page = fill(
        client, post_to="/nhat-ky/xem-truoc", did="Tốt.", pledge_id=str(pledge), private_note="riêng tôi", result="6", result_unit="hộ"
    )
    assert page.status_code == 200 and "Giúp bà con" in card(page.text) and "6 hộ" in card(page.text) and "riêng tôi" not in page.text
    assert 'class="mark"' in page.text and kept(app) == []  # so short a text gets its mark before it is sent


def test_the_typed_card_is_that_of_the_queue_once_sent(app, cast, browser):
    typed = {"did": "Chiều nay cùng chị Hoa dọn 3 kệ hồ sơ ở kho, ghi lại mục lục.", "people": "Chị Hoa", "lesson": "Dán nhãn trước."}
    before = card(fill(browser("member"), post_to="/nhat-ky/xem-truoc", **typed).text)
    fill(browser("member"), **typed)
    assert before == card(browser("secretary").get("/duyet").text)


def test_the_typed_card_of_a_returned_entry_keeps_its_day_of_writing_and_what_was_said(app, cast, browser):
    facts = {"written_at": LONG_AGO, "sent_at": LONG_AGO, "happened_on": LONG_AGO.date(), "pledge_id": None}
    entry_id, client = made(app, cast.member, **facts), browser("member")
    secretary = browser("secretary")
    queue = secretary.get("/duyet").text
    answer = {"csrf_token": hidden(queue, "csrf_token"), "version": "1", "verdict": "return", "words": "Bao nhiêu hộ?"}
    assert secretary.post(f"/duyet/bai/{entry_id}", data=answer).status_code == 303
    page = client.get(f"/nhat-ky/{entry_id}/sua").text
    typed = {name: hidden(page, name) for name in ("csrf_token", "id", "version")} | {"did": "Sang sáu hộ.", "happened_on": "2026-11-19"}
    before = card(client.post(f"/nhat-ky/xem-truoc?bai={entry_id}", data=typed).text)
    assert "ghi ngày 19/11" in before and "Bao nhiêu hộ?" in before
    client.post(f"/nhat-ky/{entry_id}/sua", data=typed | {"act": "send"})
    assert before == card(secretary.get("/duyet").text)


def test_faults_are_said_and_another_s_pledge_is_not_named(app, cast, browser):
    empty = fill(browser("member"), post_to="/nhat-ky/xem-truoc", did="")
    assert empty.status_code == 422 and "Hãy ghi việc đã làm." in empty.text
    with app.app_context():
        theirs = factories.pledge(cast.member2, factories.PledgeState.APPROVED, title="Việc của người khác").id
    assert "Việc của người khác" not in fill(browser("member"), post_to="/nhat-ky/xem-truoc", pledge_id=str(theirs)).text
