"""The pages of transfers: asking, answering, taking back, many at once."""

import pytest

from diary.models.base import db
from diary.models.members import Member
from tests import subjects
from tests.web.reading import heading, hidden, token, words

LIST = "/chuyen-sinh-hoat"


def home(app, person):
    with app.app_context():
        return db.session.get_one(Member, person.member_id).unit_id


def post(client, address, **fields):
    return client.post(address, data={"csrf_token": token(client, "/ca-nhan"), **fields})


def ask(client, cast, to="BV-NGOAI", comment="Chăm việc.", who="member", page=""):
    address = f"/doan-vien/{getattr(cast, who).member_id}/chuyen{page}"
    form = client.get(address).text
    fields = {name: hidden(form, name) for name in ("csrf_token", "id")}
    return client.post(address, data={**fields, "unit_id": cast.units[to], "comment": comment})


@pytest.fixture
def waiting(app, cast):
    with app.app_context():
        return f"{LIST}/{subjects.NAMES['transfer_id'](cast)}"


def test_a_secretary_finds_the_receiving_branch_by_name_and_sends_with_a_comment(browser, cast, app):
    client = browser("secretary")
    found = client.get(f"/doan-vien/{cast.member.member_id}/chuyen?q=kho+bac")
    assert heading(found.text) == "Chuyển sinh hoạt" and "Chi đoàn Kho bạc Nhà nước" in found.text and "Khối Ngoại" not in found.text
    assert "Không có nơi nào" in client.get(f"/doan-vien/{cast.member.member_id}/chuyen?q=%25").text
    answer = ask(client, cast, to="KB", page="?q=kho+bac")
    page = words(client.get(answer.location).text)
    assert answer.status_code == 303 and "Chờ nơi nhận" in page and "Chăm việc." in page and home(app, cast.member) == cast.units["BV-NOI"]
    assert "Đang chờ Chi đoàn Kho bạc Nhà nước tiếp nhận" in words(client.get(f"/doan-vien/{cast.member.member_id}").text)


def test_the_receiving_branch_sees_it_waiting_and_takes_the_member_in(browser, cast, app, waiting):
    client = browser("other_secretary")
    assert "1 người chờ tiếp nhận sinh hoạt" in client.get("/").text
    assert "Chuyển sinh hoạt (1)" in words(client.get("/doan-vien").text) and "Thạch Thị Sa Rinh" in client.get(LIST).text
    assert client.get(f"/doan-vien/{cast.member.member_id}").status_code == 404
    assert post(client, f"{waiting}/tiep-nhan").status_code == 303 and home(app, cast.member) == cast.units["BV-NGOAI"]
    assert "chờ tiếp nhận" not in client.get("/").text and "Đã chuyển" in client.get(f"{LIST}?xem=xong").text
    assert post(client, f"{waiting}/tiep-nhan").status_code == 409


def test_a_committee_above_is_bothered_only_where_the_branch_would_not_answer(browser, cast, app, waiting, time):
    assert "chờ tiếp nhận" not in browser("base_secretary").get("/").text
    time.shift(8 * 24 * 3600)
    assert "1 người chờ tiếp nhận" in browser("base_secretary").get("/").text


def test_a_declined_member_stays_and_the_asking_branch_reads_why(browser, cast, app, waiting):
    client = browser("other_secretary")
    empty = post(client, f"{waiting}/khong-nhan", answer=" ")
    assert empty.status_code == 200 and "Hãy ghi lý do không nhận" in empty.text
    long = post(client, f"{waiting}/khong-nhan", answer="x" * 501)
    assert long.status_code == 200 and "x" * 501 in long.text
    assert post(client, f"{waiting}/khong-nhan", answer="Chưa có quyết định.").status_code == 303
    assert "Chưa có quyết định." in browser("secretary").get(waiting).text and home(app, cast.member) == cast.units["BV-NOI"]
    late = post(client, f"{waiting}/khong-nhan", answer="Lần nữa")
    assert late.status_code == 409 and "Số liệu trong năm" not in late.text


def test_who_was_asked_and_did_not_take_the_member_in_reads_no_comment_and_no_figures_any_more(browser, cast):
    sent = ask(browser("secretary"), cast)
    other = browser("other_secretary")
    assert "Chăm việc." in other.get(sent.location).text
    post(browser("secretary"), f"{sent.location}/rut-lai")
    page = other.get(sent.location).text
    assert "Đã rút lại" in page and "Chăm việc." not in page and "Nhịp ghi chép" not in page
    assert "Chăm việc." in browser("secretary").get(sent.location).text


def test_the_member_sees_their_own_transfer_with_the_comment(browser, cast):
    sent = ask(browser("secretary"), cast)
    client = browser("member")
    page = client.get(sent.location)
    assert heading(page.text) == "Chuyển sinh hoạt của tôi" and "Chăm việc." in page.text and "Tiếp nhận</button>" not in page.text
    assert sent.location in client.get("/thong-bao").text
    assert browser("member2").get(sent.location).status_code == 404


def test_a_form_without_a_unit_keeps_the_comment(browser, cast):
    client = browser("secretary")
    address = f"/doan-vien/{cast.member.member_id}/chuyen"
    answer = post(client, address, comment="Đã làm tốt.")
    assert answer.status_code == 200 and "Hãy chọn nơi nhận." in answer.text and "Đã làm tốt." in answer.text
    ask(client, cast)
    late = post(client, address, unit_id=cast.units["KB"], comment="Đã làm tốt.")
    assert late.status_code == 409 and "đang chờ nơi khác" in late.text and "Đã làm tốt." in late.text


def test_many_are_ticked_in_the_list_and_moved_in_one_press(browser, cast, app):
    client = browser("base_secretary")
    listed = client.get("/doan-vien").text
    assert f'name="nguoi" value="{cast.member.member_id}"' in listed and "Chuyển những người đã đánh dấu" in listed
    ticked = f"nguoi={cast.member.member_id}&nguoi={cast.member2.member_id}&nguoi={cast.stranger.member_id}&nguoi=x"
    page = client.get(f"/doan-vien/chuyen-nhieu?{ticked}").text
    assert heading(page) == "Chuyển nhiều người" and "Chuyển 2 người" in page and "Tường Vi" not in page
    people = [str(cast.member.member_id), str(cast.member2.member_id)]
    answer = post(client, "/doan-vien/chuyen-nhieu", nguoi=people, unit_id=cast.units["BV-NGOAI"])
    assert answer.status_code == 303 and home(app, cast.member) == home(app, cast.member2) == cast.units["BV-NGOAI"]
    assert "Chưa chọn ai" in client.get("/doan-vien/chuyen-nhieu").text


def test_a_branch_secretary_who_leads_one_place_gets_no_boxes_to_tick(browser, cast):
    assert 'name="nguoi"' not in browser("secretary").get("/doan-vien").text


def test_addresses_that_take_a_post_answer_405_to_a_get(browser, waiting):
    for act in ("tiep-nhan", "khong-nhan", "rut-lai"):
        assert browser("bloc_secretary").get(f"{waiting}/{act}").status_code == 405
