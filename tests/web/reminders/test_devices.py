"""The switch "Nhận nhắc trên máy này": what the server keeps of it."""

import hashlib

from sqlalchemy import select

from diary.models.base import db
from diary.models.reminders import PushSubscription
from tests.pushes import Browser
from tests.web.reading import token, words

PAGE, ADD = "/ca-nhan/nhac-viec", "/ca-nhan/nhac-viec/may"
ANDROID = "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"


def add(client, address=None, **fields):
    address = address or Browser().address
    facts = {"endpoint": address.endpoint, "p256dh": address.p256dh, "auth": address.auth, **fields}
    return client.post(ADD, data={"csrf_token": token(client, PAGE), **facts}, headers={"User-Agent": ANDROID})


def rows(app):
    with app.app_context():
        return db.session.execute(select(PushSubscription)).scalars().all()


def test_a_browser_is_listed_by_its_name_and_its_address_never_shown(app, browser, cast):
    client = browser("member")
    assert add(client).status_code == 303
    (row,) = rows(app)
    assert (row.account_id, row.device) == (cast.member.account_id, "Chrome trên Android") and len(row.session_hash) == 64
    page = client.get(PAGE).text
    assert "Chrome trên Android" in words(page) and row.endpoint not in page
    assert f'data-marks="{hashlib.sha256(row.endpoint.encode()).hexdigest()[:16]}"' in page
    assert "Chrome trên Android" not in words(browser("member2").get(PAGE).text)


def test_what_no_browser_gives_is_refused_in_words(app, browser):
    client = browser("member")
    assert add(client, endpoint="http://127.0.0.1/").status_code == 303
    assert "không cho địa chỉ nhận thông báo dùng được" in words(client.get(PAGE).text) and rows(app) == []


def test_its_owner_switches_it_off_and_signing_out_does_too(app, browser):
    client = browser("member")
    add(client)
    (row,) = rows(app)
    assert client.post(f"{ADD}/{row.id}/tat", data={"csrf_token": token(client, PAGE)}).status_code == 303 and rows(app) == []
    add(client)
    client.post("/dang-xuat", data={"csrf_token": token(client, PAGE)})
    assert rows(app) == []


def test_the_page_gives_the_key_browsers_ask_with_and_says_when_no_pushes_are_sent(app, browser, monkeypatch, instance):
    client = browser("member")
    page = client.get(PAGE).text
    assert f'data-push="{(instance / "push_key").read_text().split()[1]}"' in page and "push-" in page
    monkeypatch.setitem(app.config, "DIARY_PUSH_CONTACT", "")
    page = client.get(PAGE).text
    assert "chưa gửi thông báo đẩy" in words(page) and "data-push" not in page


def test_the_service_worker_stands_at_the_root_and_answers_no_requests(browser):
    answer = browser(None).get("/sw.js")
    assert answer.content_type.startswith("text/javascript") and answer.headers["Cache-Control"] == "no-cache"
    assert "sandbox" not in answer.headers["Content-Security-Policy"] and "fetch" not in answer.text
    assert "/static/lotus-180-" in answer.text
    assert "worker-src 'self'" in browser("member").get(PAGE).headers["Content-Security-Policy"]
