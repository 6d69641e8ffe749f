"""The whole page at once, what still waits by now, kept comments, and the backlog of branches: on the web."""

import re
import uuid

from sqlalchemy import select, update

from diary.domain.entries import EntryState
from diary.models.base import db
from diary.models.entries import Entry
from diary.models.saved_comments import SavedComment
from diary.services import clock
from diary.services.saved_comments import keep_comment
from tests import factories
from tests.web.reading import token, words
from tests.web.reviews.test_views import JSON, ago, made, press, state, undo


def mark(address, version=1):
    return f"entry:{address.split('/')[3]}:{version}"


def post(client, path, headers=None, **fields):
    return client.post(path, data={"csrf_token": token(client, "/ca-nhan")} | fields, headers=headers)


def test_only_what_was_marked_as_read_is_approved_and_one_press_takes_it_back(app, browser, cast):
    first, second, unread = (made(app, cast.member) for _ in range(3))
    client = browser("secretary")
    page = client.get("/duyet?mo-het").text
    assert page.count('form="ca-trang"') == 3 and page.count('class="only-phone"') == 0
    answer = post(client, "/duyet/ca-trang", muc=[mark(first), mark(second)])
    assert [state(app, one) for one in (first, second, unread)] == ["approved", "approved", "waiting"]
    page = client.get(answer.location).text.split("<template")[0]
    assert "Đã duyệt 2 mục" in words(page)
    lot = re.findall(r'name="muc" value="(entry:[^":]+)"', page)
    assert len(lot) == 2
    assert post(client, "/duyet/hoan-tac", muc=lot).status_code == 303
    assert [state(app, one) for one in (first, second)] == ["waiting", "waiting"]
    assert "2 mục lại chờ duyệt" in words(client.get("/duyet").text)


def test_nothing_marked_approves_nothing_and_says_what_to_do(app, browser, cast):
    address, client = made(app, cast.member), browser("secretary")
    post(client, "/duyet/ca-trang")
    assert "đánh dấu Đã đọc" in words(client.get("/duyet").text) and state(app, address) == "waiting"
    assert post(client, "/duyet/ca-trang", JSON).status_code == 400
    assert post(client, "/duyet/ca-trang", muc="linh-tinh").status_code == 400


def test_a_part_that_could_not_be_approved_is_told(app, browser, cast):
    good, taken, changed = (made(app, cast.member) for _ in range(3))
    press(browser("deputy"), taken)
    answer = post(browser("secretary"), "/duyet/ca-trang", JSON, muc=[mark(good), mark(taken), mark(changed, 4)]).json
    assert [one["id"] for one in answer["done"]] == [good.split("/")[3]] and answer["words"] == "Đã duyệt 1 mục"
    assert [one["id"] for one in answer["left"]] == [taken.split("/")[3], changed.split("/")[3]]
    assert "Phan Thị Mỹ Duyên" in answer["left"][0]["words"] and answer["waiting"] == 1
    client = browser("secretary")
    post(client, "/duyet/ca-trang", muc=[mark(taken)])
    assert "1 mục giữ nguyên" in words(client.get("/duyet").text)


def test_every_answer_to_the_script_says_what_of_the_screen_still_waits(app, browser, cast):
    first, handled, changed = (made(app, cast.member) for _ in range(3))
    foreign = made(app, cast.stranger)
    press(browser("deputy"), handled)
    with app.app_context():
        db.session.execute(update(Entry).where(Entry.id == uuid.UUID(changed.split("/")[3])).values(version=5))
        db.session.commit()
    shown = [mark(one).rpartition(":")[0] for one in (handled, changed, foreign)]
    answer = press(browser("secretary"), first, headers=JSON, con=shown).json
    assert answer["standing"] == {changed.split("/")[3]: 5} and answer["waiting"] == 1
    assert browser("secretary").get("/duyet/tinh-hinh", query_string={"con": shown}, headers=JSON).json["standing"] == answer["standing"]


def test_a_comment_kept_while_returning_is_a_chip_that_says_its_words_again(app, browser, cast):
    first, second, client = made(app, cast.member), made(app, cast.member2), browser("secretary")
    answer = press(client, first, "return", words="Kể rõ mấy hộ nhé.", keep="1", headers=JSON).json
    assert answer["kept"]["words"] == "Kể rõ mấy hộ nhé."
    assert f'name="saved" value="{answer["kept"]["id"]}"' in client.get("/duyet").text
    assert press(client, second, "return", saved=answer["kept"]["id"], words="Thêm ảnh.").status_code == 303
    with app.app_context():
        assert db.session.get_one(Entry, uuid.UUID(second.split("/")[3])).review_words == "Kể rõ mấy hộ nhé.\nThêm ảnh."
        assert db.session.execute(select(SavedComment.used)).scalar_one() == 1


def test_another_s_comment_cannot_be_said_and_an_approval_keeps_none(app, browser, cast):
    address, client = made(app, cast.member), browser("secretary")
    with app.app_context():
        kept = db.session.merge(SavedComment(account_id=cast.deputy.account_id, words="Riêng của phó.", kept_at=clock.now()))
        db.session.commit()
        kept_id = kept.id
    assert press(client, address, "return", saved=kept_id, headers=JSON).status_code == 400
    assert press(client, address, "approve", words="Tốt lắm.", keep="1").status_code == 303
    with app.app_context():
        assert db.session.execute(select(SavedComment.words)).scalars().all() == ["Riêng của phó."]


def test_no_room_for_a_comment_is_told_and_the_return_stands(app, browser, cast, actor):
    address, client = made(app, cast.member), browser("secretary")
    with app.app_context():
        for n in range(12):
            keep_comment(actor("secretary"), f"Lời {n}")
    answer = press(client, address, "return", words="Lời mới.", keep="1", headers=JSON)
    assert "12 lời" in answer.json["note"] and state(app, address) is EntryState.RETURNED


def test_kept_comments_are_written_and_dropped_on_their_own_page(browser, cast):
    client = browser("secretary")
    assert "Chưa lưu lời nào" in words(client.get("/duyet/loi-da-luu").text)
    post(client, "/duyet/loi-da-luu", words="Kể rõ hơn.")
    page = client.get("/duyet/loi-da-luu").text
    assert "Đang lưu 1 trên 12 lời" in words(page)
    drop = re.search(r'action="(/duyet/loi-da-luu/\d+/bo)"', page)[1]
    assert post(browser("deputy"), drop).status_code == 404
    assert post(client, drop).status_code == 303
    assert "Chưa lưu lời nào" in words(client.get("/duyet/loi-da-luu").text)
    assert "a" * 201 in post(client, "/duyet/loi-da-luu", words="a" * 201).text
    assert browser("member").get("/duyet/loi-da-luu").status_code == 403


def test_marks_and_the_days_allowed_stand_on_the_card(app, browser, cast):
    with app.app_context():
        earlier = factories.entry(cast.member, EntryState.APPROVED)
        row = factories.entry(cast.member, sent_at=ago(3), hints="short copied", alike_id=earlier.id)
    page = browser("secretary").get("/duyet").text
    assert "Chờ 3 ngày, hạn 7 ngày" in words(page) and f'href="/nhat-ky/{row.id}/giong"' in page
    assert "Bài ngắn Giống bài trước" in words(page)


def test_the_base_and_the_bloc_see_how_much_waits_where_and_no_words(app, browser, cast):
    made(app, cast.member, did="Chở bà Năm đi viện.", sent_at=ago(9))
    made(app, cast.member2, sent_at=ago(2))
    made(app, cast.member, "pledge", sent_at=ago(0))
    for name in ("base_secretary", "bloc_secretary"):
        page = browser(name).get("/duyet/ton-dong").text
        assert "Chi đoàn Khối Nội 3 mục 9 ngày 1 mục" in words(page) and "bà Năm" not in page and "Sa Rinh" not in page
        assert 'href="/duyet/ton-dong"' in browser(name).get("/duyet").text
    assert "/duyet/ton-dong" not in browser("secretary").get("/duyet").text


def test_undoing_many_answers_the_script_with_each_version(app, browser, cast):
    first, second, client = made(app, cast.member), made(app, cast.member), browser("secretary")
    post(client, "/duyet/ca-trang", JSON, muc=[mark(first), mark(second)])
    answer = undo(client, first, headers=JSON, muc=[mark(first).rpartition(":")[0], mark(second).rpartition(":")[0]]).json
    assert answer["versions"] == {first.split("/")[3]: 3, second.split("/")[3]: 3} and answer["note"] == ""
