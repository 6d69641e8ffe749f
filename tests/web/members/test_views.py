"""The pages of members: the list, one person, adding, editing, moving, leaving, codes, export."""

import re

import pytest
from sqlalchemy import select, update

from diary.files.sheets import read_sheets
from diary.models.accounts import Account
from diary.models.base import db
from diary.models.members import Member
from tests.web.reading import heading, hidden, token, words

LIST = "/doan-vien"
NEW = {"family_name": "Lương Ngọc", "given_name": "Diệp", "born_on": "03/02/1999", "phone": "0901 234 567", "gender": "female"}


def at(cast, who, path=""):
    return f"{LIST}/{getattr(cast, who).member_id}{path}"


def post(client, address, page=None, **fields):
    return client.post(address, data={"csrf_token": token(client, page or address), **fields})


def test_the_list_shows_the_members_below_and_finds_them_without_marks(browser):
    client = browser("secretary")
    page = client.get(LIST)
    assert page.status_code == 200 and heading(page.text) == "Đoàn viên" and "5 người" in words(page.text)
    found = words(client.get(f"{LIST}?q=sa+rinh").text)
    assert "Thạch Thị Sa Rinh" in found and "Võ Quốc Huy" not in found
    assert "Không có ai như vậy" in client.get(f"{LIST}?q=%25").text


@pytest.mark.parametrize("who", ["member", "administrator", "stranger"])
@pytest.mark.parametrize("path", [LIST, f"{LIST}/moi", f"{LIST}/nhap", f"{LIST}/xuat"])
def test_who_leads_nobody_gets_no_page_of_members(browser, who, path):
    assert browser(who).get(path).status_code == 403


def test_an_inspector_reads_and_changes_nothing(browser, cast):
    client = browser("inspector")
    page = client.get(LIST).text
    assert "Nhập danh sách" not in page and "Xuất Excel" in page
    assert client.get(f"{LIST}/moi").status_code == client.get(at(cast, "member", "/sua")).status_code == 403
    assert "Cấp mã mới" not in client.get(at(cast, "member")).text


def test_one_member_has_facts_posts_times_and_account(browser, cast):
    page = words(browser("base_secretary").get(at(cast, "deputy")).text)
    for part in (
        "Phan Thị Mỹ",
        "14/04/1998",
        "deputy",
        "Chưa kích hoạt",
        "Phó Bí thư – Chi đoàn Khối Nội",
        "từ 01/01/2024",
        "Từ 01/08/2020",
    ):
        assert part in page, part


@pytest.mark.parametrize("path", ["", "/sua", "/chuyen", "/thoi-sinh-hoat"])
def test_a_stranger_finds_no_member_there(browser, cast, path):
    for who in ("stranger", "other_secretary"):
        assert browser(who).get(at(cast, "member", path)).status_code == 404


def test_a_member_sees_themselves_and_may_not_edit(browser, cast):
    client = browser("member")
    page = client.get(at(cast, "member")).text
    assert heading(page) == "Thạch Thị Sa Rinh" and "Cấp mã mới" not in page and "/sua" not in page
    assert client.get(at(cast, "member", "/sua")).status_code == 403


def test_a_secretary_adds_a_member_and_lands_on_their_page(browser, cast):
    client = browser("secretary")
    answer = post(client, f"{LIST}/moi", unit_id=cast.units["BV-NOI"], **NEW)
    assert answer.status_code == 303
    page = words(client.get(answer.location).text)
    assert "Lương Ngọc Diệp" in page and "03/02/1999" in page and "0901234567" in page and "diep.ln" in page


def test_a_bad_field_keeps_what_was_typed_and_says_what_to_do(browser, cast):
    answer = post(browser("secretary"), f"{LIST}/moi", unit_id=cast.units["BV-NOI"], **NEW | {"phone": "12", "email": "khong@phai"})
    assert answer.status_code == 200 and "Số cần có 10 chữ số" in answer.text and 'value="Lương Ngọc"' in answer.text
    answer = post(browser("secretary"), f"{LIST}/moi", unit_id=cast.units["BV-NOI"], **NEW | {"given_name": "", "born_on": "31/02/1999"})
    assert "Hãy ghi tên." in answer.text and 'value="31/02/1999"' in answer.text


def test_a_unit_that_is_not_hers_is_no_choice(browser, cast):
    answer = post(browser("secretary"), f"{LIST}/moi", unit_id=cast.units["KB"], **NEW)
    assert answer.status_code == 200 and "Hãy chọn một mục trong danh sách." in answer.text


def test_a_namesake_elsewhere_is_asked_about_and_added_when_said_to_be_another(browser, cast):
    client = browser("bloc_secretary")
    post(client, f"{LIST}/moi", unit_id=cast.units["KB"], **NEW)
    asked = post(client, f"{LIST}/moi", unit_id=cast.units["BV-NOI"], **NEW)
    assert asked.status_code == 200 and "ở đơn vị khác" in asked.text and 'name="another"' in asked.text
    assert post(client, f"{LIST}/moi", unit_id=cast.units["BV-NOI"], another="y", **NEW).status_code == 303


def test_an_edit_is_saved_and_one_of_an_old_page_is_refused_with_the_text_kept(browser, cast, app):
    client, address = browser("secretary"), at(cast, "member", "/sua")
    page = client.get(address).text
    fields = {
        "csrf_token": hidden(page, "csrf_token"),
        "version": hidden(page, "version"),
        "family_name": "Thạch Thị Sa",
        "given_name": "Rinh",
    }
    assert client.post(address, data={**fields, "born_on": "14/04/1998", "job": "Điều dưỡng"}).status_code == 303
    stale = client.post(address, data={**fields, "job": "Bác sĩ"})
    assert stale.status_code == 409 and 'value="Bác sĩ"' in stale.text
    with app.app_context():
        assert db.session.get_one(Member, cast.member.member_id).job == "Điều dưỡng"


def test_the_day_of_birth_is_taken_as_people_and_as_browsers_write_it(browser, cast, app):
    client, address = browser("secretary"), at(cast, "member", "/sua")
    for written in ("5/6/1997", "1997-06-05"):
        page = client.get(address).text
        fields = {name: hidden(page, name) for name in ("csrf_token", "version")}
        client.post(address, data={**fields, "family_name": "Thạch Thị Sa", "given_name": "Rinh", "born_on": written})
        assert "05/06/1997" in client.get(at(cast, "member")).text


def test_a_base_moves_a_member_between_its_branches_and_at_the_wrong_moment_is_told(browser, cast):
    client, address = browser("base_secretary"), at(cast, "member", "/chuyen")
    assert post(client, address, unit_id=cast.units["BV-NGOAI"]).status_code == 303
    assert "Chi đoàn Khối Ngoại" in client.get(at(cast, "member")).text
    post(client, at(cast, "member", "/thoi-sinh-hoat"), standing="left")
    answer = post(client, address, unit_id=cast.units["BV-NOI"])
    assert answer.status_code == 409 and "đang sinh hoạt" in answer.text


def test_leaving_and_coming_back(browser, cast):
    client = browser("secretary")
    assert post(client, at(cast, "member2", "/thoi-sinh-hoat"), standing="matured").status_code == 303
    assert "đã trưởng thành Đoàn" in client.get(at(cast, "member2")).text
    assert "Võ Quốc Huy" in client.get(f"{LIST}?trang-thai=matured").text and "Võ Quốc Huy" not in client.get(LIST).text
    assert post(client, at(cast, "member2", "/sinh-hoat-lai"), at(cast, "member2")).status_code == 303
    assert post(client, at(cast, "member2", "/sinh-hoat-lai"), at(cast, "member2")).status_code == 409
    assert post(client, at(cast, "member2", "/thoi-sinh-hoat")).status_code == 200, "a reason is asked for"


def test_a_new_code_is_shown_once_and_opens_the_account(browser, cast, app):
    client = browser("secretary")
    page = post(client, at(cast, "member", "/ma"), at(cast, "member"))
    assert page.status_code == 200 and page.headers["Cache-Control"] == "no-store"
    code = re.search(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", words(page.text))[0]
    assert code not in client.get(at(cast, "member")).text
    visitor = browser(None)
    fields = {"username": "member", "code": code, "password": "mot-mat-khau", "again": "mot-mat-khau"}
    assert post(visitor, "/kich-hoat", **fields).status_code == 303


def test_a_code_is_not_for_strangers_wrong_roles_or_by_get(browser, cast):
    for who, status in (("stranger", 404), ("member2", 404), ("inspector", 403), ("deputy", 200)):
        assert post(browser(who), at(cast, "member", "/ma"), "/ca-nhan").status_code == status
    assert browser("secretary").get(at(cast, "member", "/ma")).status_code == 405
    assert browser("secretary").get(at(cast, "member", "/sinh-hoat-lai")).status_code == 405
    with_post = post(browser("deputy"), at(cast, "secretary", "/ma"), "/ca-nhan")
    assert with_post.status_code == 403 and "Đoàn cấp trên" in with_post.text


def test_an_export_is_the_clean_list_of_what_one_may_read(browser):
    answer = browser("secretary").get(f"{LIST}/xuat")
    (sheet,) = read_sheets("doan-vien.xlsx", answer.data)
    assert len(sheet.rows) == 6 and answer.headers["Content-Disposition"] == 'attachment; filename="doan-vien.xlsx"'


def test_slips_are_offered_where_a_branch_has_people_without_an_account(browser, app):
    assert "In phiếu" in browser("secretary").get(LIST).text
    with app.app_context():
        db.session.execute(update(Account).values(password_hash="x"))
        db.session.commit()
        assert db.session.execute(select(Account.id).where(Account.password_hash == "")).first() is None
    assert "In phiếu" not in browser("secretary").get(LIST).text
