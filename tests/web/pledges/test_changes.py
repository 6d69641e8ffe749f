"""Asking to change an approved pledge, as its author and their reviewer see it."""

import re

import pytest
from sqlalchemy import select, update

from diary.domain.pledges import ChangeState, PledgeState
from diary.models.base import db
from diary.models.pledges import Pledge, PledgeChange
from diary.models.years import WorkYear
from tests import factories
from tests.web.reading import heading, hidden, words

WHY = "Tôi đổi ca trực."
NEW = "Trả lời hồ sơ trong hai ngày"


@pytest.fixture
def promised(app, cast):
    with app.app_context():
        return factories.pledge(cast.member, PledgeState.APPROVED, how="Mỗi chiều một lượt", target="30 hồ sơ mỗi tháng").id


def fill(client, pledge_id, **fields):
    page = client.get(f"/dang-ky/{pledge_id}/xin-doi").text
    virtue = re.search(r'name="virtue_id"[^>]*value="(\d+)"[^>]*checked|checked[^>]*name="virtue_id"[^>]*value="(\d+)"', page)
    given = {
        "title": NEW,
        "how": "Mỗi chiều một lượt",
        "target": "30 hồ sơ mỗi tháng",
        "reason": WHY,
        "virtue_id": next(filter(None, virtue.groups())),
    }
    seen = {name: hidden(page, name) for name in ("csrf_token", "id", "version")}
    return client.post(f"/dang-ky/{pledge_id}/xin-doi", data=seen | given | fields)


def change(app):
    with app.app_context():
        return db.session.execute(select(PledgeChange.id, PledgeChange.state)).one_or_none()


def decide(client, change_id, verdict="approve", said=""):
    page = client.get("/duyet").text
    card = page[page.index(f'action="/duyet/xin-doi/{change_id}"') :]
    data = {"csrf_token": hidden(page, "csrf_token"), "version": hidden(card, "version"), "verdict": verdict, "words": said}
    return client.post(f"/duyet/xin-doi/{change_id}", data=data)


def test_the_form_is_filled_with_the_pledge_as_it_stands(browser, promised):
    client = browser("member")
    page = client.get(f"/dang-ky/{promised}").text
    assert f"/dang-ky/{promised}/xin-doi" in page and "Xin đổi" in words(page)
    form = client.get(f"/dang-ky/{promised}/xin-doi").text
    assert heading(form) == "Xin đổi nội dung đăng ký"
    for part in ("Trả lời hồ sơ trong ngày", "Mỗi chiều một lượt", "30 hồ sơ mỗi tháng", "Lý do đổi", "Bốn câu tự hỏi", "Gửi lời xin đổi"):
        assert part in form


def test_a_wish_stands_beside_the_pledge_until_it_is_withdrawn(app, browser, promised):
    client = browser("member")
    answer = fill(client, promised)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/dang-ky/{promised}")
    page = client.get(f"/dang-ky/{promised}").text
    assert "<del>Trả lời hồ sơ trong ngày</del>" in page and f"<ins>{NEW}</ins>" in page and WHY in page
    assert "Đã duyệt" in page and "Cách làm (giữ nguyên)" in page and "lời xin đổi đang chờ được rút lại" in page
    assert words(client.get("/dang-ky").text).count("Xin đổi") == 1
    assert client.get(f"/dang-ky/{promised}/xin-doi").status_code == 409
    form = {"csrf_token": hidden(page, "csrf_token")}
    assert client.post(f"/dang-ky/{promised}/rut-xin-doi", data=form).status_code == 303
    assert change(app).state is ChangeState.WITHDRAWN
    assert client.post(f"/dang-ky/{promised}/rut-xin-doi", data=form).status_code == 409


def test_the_secretary_sees_both_sides_and_approves(app, browser, promised):
    fill(browser("member"), promised)
    client, asked = browser("secretary"), change(app).id
    page = client.get("/duyet").text
    for part in ("Xin đổi nội dung đăng ký", "<del>Trả lời hồ sơ trong ngày</del>", f"<ins>{NEW}</ins>", WHY, "Cần sửa"):
        assert part in page
    assert "Đã duyệt lời xin đổi của" in client.get(decide(client, asked).headers["Location"]).text
    with app.app_context():
        assert db.session.get_one(Pledge, promised).title == NEW
    seen = browser("member").get(f"/dang-ky/{promised}").text
    assert "Các lần xin đổi" in seen and "Bản 2" in seen and "Đã đổi" in words(seen)


def test_one_sent_back_says_why_and_can_be_mended(app, browser, promised):
    member, secretary = browser("member"), browser("secretary")
    fill(member, promised)
    assert "Hãy ghi lý do" in decide(secretary, change(app).id, "return").text
    assert decide(secretary, change(app).id, "return", "Nội dung cũ vẫn làm được.").status_code == 303
    page = member.get(f"/dang-ky/{promised}").text
    assert "Nội dung cũ vẫn làm được." in page and "chưa đồng ý đổi" in page
    again = member.get(f"/dang-ky/{promised}/xin-doi?lai=1").text
    assert NEW in again and WHY in again


@pytest.mark.parametrize(
    ("fields", "said"), [({"reason": " "}, "Hãy ghi lý do đổi"), ({"title": "Trả lời hồ sơ trong ngày"}, "chưa đổi mục nào")]
)
def test_a_form_that_lacks_something_keeps_what_was_typed(app, browser, promised, fields, said):
    answer = fill(browser("member"), promised, target="20 hồ sơ mỗi tháng" if "reason" in fields else "30 hồ sơ mỗi tháng", **fields)
    assert answer.status_code == 200 and said in answer.text and change(app) is None
    assert ("20 hồ sơ mỗi tháng" in answer.text) == ("reason" in fields)


def test_a_page_from_before_keeps_what_was_typed(app, browser, promised):
    answer = fill(browser("member"), promised, version="9")
    assert answer.status_code == 409 and NEW in answer.text and change(app) is None


def test_a_year_that_was_locked_says_so(app, browser, promised):
    with app.app_context():
        db.session.execute(
            update(WorkYear).where(WorkYear.year == factories.YEAR).values(locked_at=factories.datetime.now(factories.VIETNAM))
        )
        db.session.commit()
    client = browser("member")
    assert "đã khóa sổ" in client.get(f"/dang-ky/{promised}").text
    assert client.get(f"/dang-ky/{promised}/xin-doi").status_code == 409


def test_others_do_not_ask_for_one(browser, promised):
    assert browser("secretary").get(f"/dang-ky/{promised}/xin-doi").status_code == 403
    assert browser("member2").get(f"/dang-ky/{promised}/xin-doi").status_code == 404
    assert browser("member").get(f"/dang-ky/{promised}/rut-xin-doi").status_code == 405
