"""Handing a post over on the web, and the page of the one who takes it."""

import pytest
from sqlalchemy import select

from diary.models.accounts import Appointment
from diary.models.base import db
from tests import factories, subjects, year_end
from tests.counting import counted
from tests.web.reading import heading, token, words


def held(app, cast, name):
    with app.app_context():
        query = select(Appointment.id).where(Appointment.account_id == getattr(cast, name).account_id, Appointment.to_day.is_(None))
        return db.session.execute(query).scalars().first()


def post(client, path, **fields):
    return client.post(path, data={"csrf_token": token(client, "/ca-nhan")} | fields)


@pytest.fixture
def unit(cast):
    return f"/to-chuc/{cast.units['BV-NOI']}"


def test_the_committee_above_hands_a_post_over_from_the_unit_s_page(app, browser, cast, unit):
    client = browser("base_secretary")
    address = f"{unit}/chuc-vu/{held(app, cast, 'secretary')}/ban-giao"
    assert address in client.get(unit).text
    form = client.get(f"{address}?q=rinh").text
    assert heading(form) == "Bàn giao chức vụ" and "Thạch Thị Sa Rinh" in form and "Thạch Thị Sa Rinh –" not in form
    answer = post(client, address, account_id=cast.member.account_id, note="Sổ họp ở tủ số 2.")
    assert answer.status_code == 303
    page = words(client.get(unit).text)
    assert "Thạch Thị Sa Rinh Bí thư, từ 23/11/2026" in page and "Bí thư: Lâm Thanh Sang 01/01/2024 Đến 22/11/2026" in page
    taken = words(browser("member").get(f"{unit}/ban-giao").text)
    assert "Sổ họp ở tủ số 2. Lâm Thanh Sang, Bí thư đến 22/11/2026" in taken
    assert f"{unit}/ban-giao" in browser("member").get("/thong-bao").text
    assert client.get(address).status_code == 404 and post(client, address, account_id=cast.member2.account_id).status_code == 409


@pytest.mark.parametrize(
    ("fields", "said"),
    [({}, "Hãy chọn người nhận bàn giao."), ({"account_id": "999999"}, "Hãy chọn một đoàn viên"), ({"account_id": "x"}, "Hãy chọn")],
)
def test_a_bad_form_says_where_and_keeps_the_note(app, browser, cast, unit, fields, said):
    address = f"{unit}/chuc-vu/{held(app, cast, 'secretary')}/ban-giao"
    answer = post(browser("base_secretary"), address, note="Chìa khóa ở phòng 3.", **fields)
    assert answer.status_code == 200 and said in answer.text and "Chìa khóa ở phòng 3." in answer.text


def test_the_page_of_a_hand_over_says_what_waits_and_for_how_long(app, browser, cast, unit, time):
    with app.app_context():
        factories.entry(cast.member)
        factories.pledge(cast.member2)
        subjects.NAMES["transfer_id"](cast)
        db.session.commit()
    time.shift(9 * 24 * 3600)
    with app.app_context():
        factories.entry(cast.member)
        year_end.open_meeting("secretary")
    client = browser("secretary")
    page = client.get(f"{unit}/ban-giao")
    said = words(page.text)
    assert heading(page.text) == "Bàn giao công việc"
    for part in (
        "2 bài chờ duyệt Lâu nhất 9 ngày, 1 việc quá hạn",
        "1 nội dung đăng ký chờ duyệt",
        "1 người đang chờ nơi khác nhận",
        "5 người chưa kích hoạt tài khoản",
        "Đang họp dở từ ngày 02/12/2026",
        "Chưa tự đánh giá 5 người",
        "01/01/2026 – 31/01/2027, đang mở",
        "Chưa đăng ký nội dung",
    ):
        assert part in said, part


def test_a_base_learns_which_branches_have_nobody(browser, cast):
    page = words(browser("base_secretary").get(f"/to-chuc/{cast.units['BV']}/ban-giao").text)
    assert "1 tổ chức bên dưới chưa có ai giữ chức vụ" in page and "Ai cần nhắc" not in page


def test_an_officer_writes_down_what_the_next_one_should_know(browser, cast, unit):
    client = browser("secretary")
    assert post(client, f"{unit}/ban-giao/loi-nhan", note="Quỹ do Duyên giữ.").status_code == 303
    assert "Quỹ do Duyên giữ." in client.get(f"{unit}/ban-giao").text
    assert "Quỹ do Duyên giữ." not in browser("deputy").get(f"{unit}/ban-giao").text, "the next one reads it, not the colleague"
    long = post(client, f"{unit}/ban-giao/loi-nhan", note="x" * 1001)
    assert long.status_code == 200 and "x" * 1001 in long.text
    assert post(browser("base_secretary"), f"{unit}/ban-giao/loi-nhan", note="Chào").status_code == 403


def test_who_leaves_or_moves_with_a_post_is_offered_the_hand_over(app, browser, cast, unit):
    client = browser("base_secretary")
    address = f"{unit}/chuc-vu/{held(app, cast, 'secretary')}/ban-giao"
    for path in ("thoi-sinh-hoat", "chuyen"):
        page = client.get(f"/doan-vien/{cast.secretary.member_id}/{path}").text
        assert address in page and "Bí thư – Chi đoàn Khối Nội" in page, path
    assert "ban-giao" not in client.get(f"/doan-vien/{cast.member.member_id}/thoi-sinh-hoat").text
    assert "ban-giao" not in browser("deputy").get(f"/doan-vien/{cast.secretary.member_id}/thoi-sinh-hoat").text


def test_addresses_that_take_a_post_answer_405_to_a_get(browser, unit):
    assert browser("secretary").get(f"{unit}/ban-giao/loi-nhan").status_code == 405


def test_the_page_of_a_large_branch_asks_as_much_as_that_of_a_small_one(app, browser, cast, unit):
    client = browser("secretary")
    client.get("/danh-muc")
    asked = []
    for _ in range(2):
        with counted(app) as sent:
            assert client.get(f"{unit}/ban-giao").status_code == 200
        asked.append(len(sent))
        with app.app_context():
            home = db.session.get_one(factories.Unit, cast.units["BV-NOI"])
            for n in range(60):
                factories.member("Trần Văn", f"Số{n}", home)
            db.session.commit()
    assert asked[0] == asked[1]
