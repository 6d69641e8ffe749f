"""The form of an entry, and the week without anything to do."""

import html
import re
import unicodedata
import uuid
from datetime import date

import pytest
from sqlalchemy import select

from diary.domain.entries import EntryState
from diary.domain.pledges import PledgeState
from diary.models.base import db
from diary.models.counts import MemberWeek
from diary.models.units import Virtue
from diary.models.years import Window, WorkYear
from diary.services import clock
from tests import factories
from tests.web.entries.filling import DEED, fill, kept, made
from tests.web.reading import heading, token, words

TODAY = date(2026, 11, 23)


def lock(app):
    with app.app_context():
        db.session.get_one(WorkYear, 2026).locked_at = clock.now()
        db.session.commit()


def test_the_form_has_the_labels_and_buttons_members_know(app, cast, browser):
    page = browser("member").get("/nhat-ky/moi")
    assert heading(page.text) == "Ghi nhật ký"
    labels = (
        "Ngày thực hiện", "Nội dung đăng ký", "Chuẩn mực", "Lĩnh vực", "Việc đã làm", "Cho ai, cùng ai", "Kết quả cụ thể", "Đơn vị",
        "Bài học", "Minh chứng", "Ghi riêng",
    )  # fmt: skip
    found = {words(label).strip() for label in re.findall(r"<(?:label|legend)[^>]*>(.*?)</(?:label|legend)>", page.text, re.S)}
    assert set(labels) <= found
    assert re.findall(r'name="act" value="(\w+)"[^>]*>([^<]+)<', page.text) == [("keep", "Lưu nháp"), ("send", "Gửi bí thư")]


def test_a_sent_entry_leads_to_its_page_and_waits(app, browser):
    client = browser("member")
    answer = fill(client)
    (row,) = kept(app)
    assert answer.status_code == 303 and answer.location == f"/nhat-ky/{row.id}"
    assert row.state is EntryState.WAITING and row.did == DEED
    page = client.get(answer.location).text
    assert "Đã gửi bí thư." in page and "Chờ bí thư" in page and heading(page) == "Việc ngày 23/11/2026"


def test_only_the_day_and_the_deed_are_needed(app, browser):
    assert fill(browser("member")).status_code == 303
    for missing in ("did", "happened_on"):
        page = fill(browser("member"), **{missing: " "})
        assert page.status_code == 200 and 'class="field-error"' in page.text
    assert len(kept(app)) == 1


def test_a_draft_stays_with_its_author(app, browser):
    fill(browser("member"), act="keep")
    (row,) = kept(app)
    assert row.state is EntryState.DRAFT
    assert browser("secretary").get(f"/nhat-ky/{row.id}").status_code == 404


def test_everything_typed_is_kept(app, cast, browser):
    with app.app_context():
        pledge = factories.pledge(cast.member, PledgeState.APPROVED).id
        virtue = db.session.execute(select(Virtue.id).where(Virtue.name == "Liêm")).scalar_one()
    fields = {
        "pledge_id": str(pledge), "virtue_id": str(virtue), "field": "community", "people": "Bà con ấp Rạch Sậy", "result": "6",
        "result_unit": "hồ sơ", "lesson": "Đọc chậm từng bước", "private_note": "Hơi ngại",
    }  # fmt: skip
    answer = fill(browser("member"), **fields)
    (row,) = kept(app)
    found = {name: str(getattr(row, name)) for name in fields if name != "private_note"}
    assert found == {name: value for name, value in fields.items() if name != "private_note"}
    page = browser("member").get(answer.location).text
    for shown in ("Trả lời hồ sơ trong ngày", "Liêm", "Với cộng đồng", "Bà con ấp Rạch Sậy", "6 hồ sơ", "Đọc chậm từng bước", "Hơi ngại"):
        assert shown in page


@pytest.mark.parametrize("typed", ["23/11/2026", "2026-11-23", " 23/11/2026 "])
def test_days_are_taken_as_people_and_browsers_write_them(app, browser, typed):
    assert fill(browser("member"), happened_on=typed).status_code == 303
    assert kept(app)[0].happened_on == TODAY


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("31/02/2026", "không có trên lịch"),
        ("hôm kia", "Không đọc được ngày"),
        ("24/11/2026", "chưa tới"),
        ("31/12/2024", "2024 chưa được mở"),
    ],
)
def test_a_wrong_day_is_refused_at_its_field_and_nothing_typed_is_lost(app, browser, typed, says):
    page = fill(browser("member"), happened_on=typed)
    assert page.status_code == 200 and says in words(page.text) and DEED in page.text
    assert 'aria-invalid="true"' in page.text and kept(app) == []


def test_text_written_in_parts_is_composed(app, browser):
    fill(browser("member"), did=unicodedata.normalize("NFD", DEED), people=unicodedata.normalize("NFD", "Bà con"))
    (row,) = kept(app)
    assert (row.did, row.people) == (DEED, "Bà con")


@pytest.mark.parametrize("field", ["did", "people", "result", "result_unit", "lesson", "private_note"])
def test_a_text_far_too_long_is_refused_at_its_field_and_kept_on_the_page(app, browser, field):
    text = "Đọc sách mỗi tối. " * 5600
    page = fill(browser("member"), **{field: text})
    assert page.status_code == 200 and "dài quá" in page.text and kept(app) == []
    assert text.strip() in html.unescape(page.text)


def test_marks_of_html_are_shown_as_typed(app, browser):
    answer = fill(browser("member"), did="<script>alert(1)</script> & <b>", people='"><img src=x>')
    page = browser("member").get(answer.location).text
    assert "<script>alert" not in page and "<img src=x>" not in page and "<script>alert(1)</script> & <b>" in html.unescape(page)
    timeline = browser("member").get("/nhat-ky").text
    assert "<script>alert" not in timeline


@pytest.mark.parametrize(
    "fields", [{"pledge_id": "x"}, {"pledge_id": str(uuid.uuid4())}, {"virtue_id": "abc"}, {"virtue_id": "99999"}, {"field": "elsewhere"}]
)
def test_choices_nobody_offered_are_refused_at_their_field(app, browser, fields):
    page = fill(browser("member"), **fields)
    assert page.status_code == 200 and 'class="field-error"' in page.text and DEED in page.text and kept(app) == []


def test_another_s_pledge_is_not_offered_and_not_taken(app, cast, browser):
    with app.app_context():
        pledge = factories.pledge(cast.member2, PledgeState.APPROVED, title="Của người khác").id
    assert "Của người khác" not in browser("member").get("/nhat-ky/moi").text
    assert fill(browser("member"), pledge_id=str(pledge)).status_code == 200


def test_the_pledge_last_served_is_chosen_beforehand(app, cast, browser):
    with app.app_context():
        factories.pledge(cast.member, PledgeState.APPROVED, title="một")
        second = factories.pledge(cast.member, PledgeState.APPROVED, title="hai")
        factories.entry(cast.member, pledge_id=second.id)
    options = re.findall(r"<option( selected)? value=\"([^\"]*)\">([^<]*)", browser("member").get("/nhat-ky/moi").text)
    assert [(bool(chosen), title) for chosen, _, title in options] == [(True, "hai"), (False, "một"), (False, "Việc phát sinh")]


def test_last_year_s_pledges_are_offered_while_last_year_s_diary_is_open(app, cast, browser, time):
    with app.app_context():
        factories.work_year(2025, db.session.get_one(factories.Unit, cast.units["KHOI"]))
        factories.pledge(cast.member, PledgeState.APPROVED, title="của năm ngoái").year = 2025
        db.session.commit()
    assert "của năm ngoái" not in browser("member").get("/nhat-ky/moi").text
    time.move_to("2026-01-20 09:00 +0700")
    assert "của năm ngoái (năm 2025)" in browser("member").get("/nhat-ky/moi").text


def test_an_entry_s_own_pledge_is_offered_though_it_was_closed_since(app, cast, browser):
    with app.app_context():
        pledge = factories.pledge(cast.member, PledgeState.MET, title="đã xong").id
    row = made(app, cast.member, EntryState.RETURNED, pledge_id=pledge)
    client = browser("member")
    assert f'<option selected value="{pledge}">đã xong</option>' in client.get(f"/nhat-ky/{row}/sua").text
    assert "đã xong" not in client.get("/nhat-ky/moi").text
    assert fill(client, f"/nhat-ky/{row}/sua", pledge_id=str(pledge)).status_code == 303


def test_the_same_form_sent_twice_makes_one_entry(app, browser):
    client = browser("member")
    fields = {"id": str(uuid.uuid4())}
    first, second = fill(client, **fields), fill(client, **fields)
    assert first.location == second.location and len(kept(app)) == 1


def test_posting_again_and_again_without_opening_a_page_leaves_the_cookie_small(browser):
    client = browser("member")
    fields = {"csrf_token": token(client, "/nhat-ky/moi"), "happened_on": "2026-11-23", "did": DEED, "act": "send"}
    sizes = []
    for _ in range(4):
        client.post("/nhat-ky/moi", data=fields)
        sizes.append(len(client.get_cookie("so").value))
    assert max(sizes) - min(sizes) < 10
    assert client.get("/").text.count("Đã gửi bí thư.") == 1


def test_an_id_that_belongs_to_another_is_not_found(app, cast, browser):
    taken = made(app, cast.member2)
    assert fill(browser("member"), id=str(taken)).status_code == 404


def test_in_a_locked_year_the_text_stays_on_the_page(app, browser):
    lock(app)
    page = fill(browser("member"))
    assert page.status_code == 409 and "khóa sổ" in page.text and DEED in page.text and kept(app) == []


def test_while_writing_is_closed_the_text_stays_on_the_page(app, browser):
    with app.app_context():
        db.session.execute(db.update(Window).values(closes_on=date(2026, 6, 30)))
        db.session.commit()
    page = fill(browser("member"))
    assert page.status_code == 409 and "hết hạn" in page.text and DEED in page.text


def test_who_is_no_member_has_no_diary(browser):
    for path in ("/nhat-ky", "/nhat-ky/moi"):
        assert browser("administrator").get(path).status_code == 403


def test_a_visitor_is_asked_to_sign_in(browser):
    for path in ("/nhat-ky", "/nhat-ky/moi", f"/nhat-ky/{uuid.uuid4()}"):
        assert browser(None).get(path).status_code == 303


def test_the_quick_form_goes_on_in_the_full_one_with_what_was_typed(app, browser):
    client = browser("member")
    answer = fill(client, "/", "/nhat-ky/moi", act="more")
    (row,) = kept(app)
    assert row.state is EntryState.DRAFT and answer.location == f"/nhat-ky/{row.id}/sua" and DEED in client.get(answer.location).text
    assert fill(client, "/", "/nhat-ky/moi", act="more", did="").location == "/nhat-ky/moi"


def test_a_week_without_anything_to_do_is_said_once_and_taken_back(app, cast, browser):
    client = browser("member")

    def said():
        with app.app_context():
            return db.session.execute(select(MemberWeek.nothing_to_do).where(MemberWeek.member_id == cast.member.member_id)).scalar()

    for data, wanted in (({}, True), ({}, True), ({"hoan-tac": "1"}, False)):
        answer = client.post("/nhat-ky/tuan-khong-co-viec", data={"csrf_token": token(client, "/"), **data})
        assert answer.location == "/" and said() is wanted
    fill(client)
    client.post("/nhat-ky/tuan-khong-co-viec", data={"csrf_token": token(client, "/")})
    assert "không cần báo thêm" in client.get("/").text and said() is False
    assert browser("administrator").post("/nhat-ky/tuan-khong-co-viec").status_code == 400
