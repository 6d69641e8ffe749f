"""Erasure over the web: asked for by who has left, carried out by the bloc, and how everything looks afterwards."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from diary.domain.data_requests import ERASED_WORDS, RequestState
from diary.files.storage import Storage
from diary.models.base import db
from diary.models.data_requests import DataRequest
from diary.models.documents import Document
from diary.models.notices import Notice
from tests import lives
from tests.web.reading import heading, hidden, token, words

OWN, ERASURE = "/ca-nhan", "/ca-nhan/xoa-du-lieu"
REASON = "Theo biểu quyết của chi đoàn"  # words about her go too
NAME, GONE = "Thạch Thị Sa Rinh", "Đoàn viên đã xóa dữ liệu"


@pytest.fixture
def left(app, cast):
    """`member` had a whole life in the program and left."""
    with app.app_context():
        lives.planted(cast, Storage(Path(app.config["DIARY_INSTANCE"]) / "files"))
        lives.leave()
    return cast


def ask(client):
    page = client.get(OWN).text
    return client.post(ERASURE, data={"csrf_token": hidden(page, "csrf_token"), "id": hidden(page, "id")})


def the_request(app):
    with app.app_context():
        return db.session.execute(select(DataRequest).order_by(DataRequest.asked_at.desc())).scalars().first()


def answer(client, request, act, **fields):
    address = f"/doan-vien/de-nghi/{request.id}"
    return client.post(address, data={"csrf_token": token(client, "/ca-nhan"), "act": act, **fields})


def erased(app, browser, time):
    ask(browser("member"))
    time.shift(timedelta(days=3))
    assert answer(browser("bloc_secretary"), the_request(app), "done").status_code == 303


def test_who_has_left_asks_with_one_press_and_sees_whose_turn_it_is(app, browser, left):
    client = browser("member")
    assert "Xóa dữ liệu của tôi" in client.get(OWN).text
    assert ask(client).location == "/ca-nhan#du-lieu"
    page = words(client.get(OWN).text)
    assert "Chờ trả lời Đoàn Khối xóa từ ngày 26/11/2026; trước đó bạn vẫn rút lại được" in page and "Xóa dữ liệu của tôi" not in page
    with app.app_context():
        told = set(db.session.execute(select(Notice.account_id).where(Notice.text.contains("đề nghị xóa dữ liệu"))).scalars())
    assert told == {one.account_id for one in (left.secretary, left.deputy, left.bloc_secretary, left.bloc_deputy)}


def test_the_same_press_twice_is_one_request(app, browser, left):
    client = browser("member")
    page = client.get(OWN).text
    fields = {"csrf_token": hidden(page, "csrf_token"), "id": hidden(page, "id")}
    assert [client.post(ERASURE, data=fields).status_code for _ in range(2)] == [303, 303]
    assert ask_again(client) == 409
    with app.app_context():
        assert len(db.session.execute(select(DataRequest)).all()) == 1


def ask_again(client):
    return client.post(ERASURE, data={"csrf_token": token(client, OWN)}).status_code


def test_who_is_active_sees_when_they_may_and_is_refused(browser):
    client = browser("member")
    assert "Xóa dữ liệu của tôi" not in client.get(OWN).text and "trưởng thành Đoàn" in client.get(OWN).text
    assert ask_again(client) == 409
    assert browser("member").get(ERASURE).status_code == 405


def test_it_is_taken_back_until_it_is_carried_out(app, browser, left):
    client = browser("member")
    ask(client)
    back = client.post(f"/ca-nhan/de-nghi/{the_request(app).id}/rut-lai", data={"csrf_token": token(client, OWN)})
    assert back.status_code == 303 and the_request(app).state is RequestState.WITHDRAWN
    assert "Xóa dữ liệu của tôi" in client.get(OWN).text


def test_the_bloc_is_reminded_when_the_days_to_think_are_over(app, browser, left, time):
    ask(browser("member"))
    assert "đề nghị về dữ liệu" not in words(browser("bloc_secretary").get("/").text).replace("thông báo", "")
    assert "Xóa dữ liệu</button>" not in browser("bloc_secretary").get(f"/doan-vien/de-nghi/{the_request(app).id}").text
    assert answer(browser("bloc_secretary"), the_request(app), "done").status_code == 409
    time.shift(timedelta(days=3))
    assert "1 đề nghị về dữ liệu" in words(browser("bloc_secretary").get("/").text)
    assert "1 đề nghị về dữ liệu" not in words(browser("secretary").get("/").text)
    listed = words(browser("secretary").get("/doan-vien/de-nghi").text)
    assert NAME in listed and "Đoàn Khối, từ ngày 26/11/2026" in listed
    assert answer(browser("secretary"), the_request(app), "done").status_code == 403


def test_the_bloc_may_say_why_not_and_needs_a_reason(app, browser, left):
    ask(browser("member"))
    page = answer(browser("bloc_secretary"), the_request(app), "refused")
    assert page.status_code == 200 and "Hãy ghi lý do" in page.text
    assert answer(browser("bloc_secretary"), the_request(app), "refused", answer="Năm nay còn phúc tra.").status_code == 303
    seen = words(browser("member").get(OWN).text)
    assert "Không làm được" in seen and "Năm nay còn phúc tra." in seen and "Xóa dữ liệu của tôi" in seen


def test_afterwards_nobody_gets_in_and_the_page_of_the_person_says_so(app, browser, left, time):
    client = browser("member")
    client.get(OWN)
    erased(app, browser, time)
    assert client.get(OWN).status_code == 303
    page = browser("secretary").get(f"/doan-vien/{left.member.member_id}")
    assert heading(page.text) == GONE and "đã xóa dữ liệu của mình" in page.text
    assert "Sinh hoạt lại" not in page.text and "Cấp mã mới" not in page.text
    assert browser("secretary").get(f"/doan-vien/{left.member.member_id}/sua").status_code == 403
    assert GONE in words(browser("secretary").get("/doan-vien?trang-thai=matured").text)


PAGES = [
    ("secretary", "/xep-loai"), ("secretary", "/chi-doan"), ("secretary", "/to-chuc/{home}"), ("base_secretary", "/to-chuc"),
    ("base_secretary", "/xet-duyet/{home}"), ("bloc_secretary", "/xet-duyet"), ("bloc_secretary", "/xet-duyet/{home}"),
    ("bloc_secretary", "/nam-cong-tac/2026"), ("secretary", "/van-ban-phat-hanh"),
]  # fmt: skip


def test_lists_and_tables_say_the_same_but_for_the_name(app, browser, left, time):
    def seen():
        pages = {(who, path): browser(who).get(path.format(home=left.member.unit_id)) for who, path in PAGES}
        assert {key: page.status_code for key, page in pages.items()} == dict.fromkeys(pages, 200)
        inside = {key: page.text.partition("<main")[2].partition("</main>")[0] for key, page in pages.items()}
        return {key: sorted(words(text).replace(NAME, GONE).replace(REASON, "").split()) for key, text in inside.items()}

    ask(browser("member"))
    time.shift(timedelta(days=3))
    before = seen()
    answer(browser("bloc_secretary"), the_request(app), "done")
    after = seen()
    for key in before:
        assert after[key] == before[key], key
    assert GONE in words(browser("secretary").get("/xep-loai").text)
    assert ERASED_WORDS not in browser("secretary").get("/duyet").text, "nobody is asked to review what is gone"


def test_issued_papers_still_verify(app, browser, left, time):
    with app.app_context():
        paper = db.session.execute(select(Document)).scalar_one()
    erased(app, browser, time)
    page = browser(None).get(f"/xac-minh/{paper.code}")
    assert page.status_code == 200 and paper.symbol in page.text
    assert browser("secretary").get(f"/van-ban-phat-hanh/{paper.id}.pdf").data.startswith(b"%PDF")
