"""Printing slips with one-time codes."""

import re

import pytest
from sqlalchemy import select

from diary.domain import login_slips as rules
from diary.models.accounts import Account
from diary.models.audit import AuditLine
from diary.models.base import db
from tests.counting import counted
from tests.documents.reading import flowing_text, needs_pdftotext
from tests.web.reading import token

PRINT = "/doan-vien/phieu-ma"
A_CODE = r"\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b"


def press(client, unit_id=None):
    fields = {} if unit_id is None else {"don-vi": unit_id}
    return client.post(PRINT, data={"csrf_token": token(client, "/ca-nhan"), **fields})


def usernames(pdf):
    return set(re.findall(r"Tên đăng nhập (\S+)", flowing_text(pdf)))


def stored(app):
    with app.app_context():
        return {row.username: row for row in db.session.execute(select(Account)).scalars()}


@needs_pdftotext
def test_a_secretary_prints_a_slip_for_everyone_of_the_branch_who_waits(app, browser, cast):
    answer = press(browser("secretary"), cast.units["BV-NOI"])
    assert answer.status_code == 200 and answer.mimetype == "application/pdf"
    assert usernames(answer.data) == {"member", "member2", "new_member"}, "not the officers: their posts were given by the unit above"
    text = flowing_text(answer.data)
    assert "Chi đoàn Khối Nội, Đoàn cơ sở Bệnh viện Đa khoa" in text and "đến hết ngày 23/12/2026" in text
    assert "Quét mã, hoặc mở localhost/kich-hoat" in text


@needs_pdftotext
def test_the_printed_code_opens_its_account_once(app, browser, cast):
    text = flowing_text(press(browser("secretary"), cast.units["BV-NOI"]).data)
    codes = dict(zip(re.findall(r"Tên đăng nhập (\S+)", text), re.findall(A_CODE, text), strict=True))
    client = browser(None)
    fields = {"username": "member", "code": codes["member"], "password": "mot-mat-khau", "again": "mot-mat-khau"}
    assert client.post("/kich-hoat", data={**fields, "csrf_token": token(client, "/kich-hoat")}).status_code == 303
    assert stored(app)["member"].password_hash


@needs_pdftotext
def test_the_code_is_kept_nowhere_in_clear(app, browser, cast):
    codes = re.findall(A_CODE, flowing_text(press(browser("secretary"), cast.units["BV-NOI"]).data))
    assert len(codes) == 3
    with app.app_context():
        everything = " ".join(str(tuple(row)) for table in db.metadata.sorted_tables for row in db.session.execute(select(table)))
    assert not [code for code in codes if code in everything or code.replace("-", "") in everything]


def test_the_paper_is_not_kept_by_the_browser(browser, cast):
    answer = press(browser("secretary"), cast.units["BV-NOI"])
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_printing_leaves_an_audit_line_with_how_many(app, browser, cast):
    press(browser("secretary"), cast.units["BV-NOI"])
    with app.app_context():
        lines = db.session.execute(select(AuditLine).where(AuditLine.action == "codes_issue")).scalars().all()
        assert [(line.account_id, line.fields) for line in lines] == [(cast.secretary.account_id, ["codes:3"])]


@needs_pdftotext
def test_a_base_secretary_prints_for_the_whole_base_and_no_further(browser, cast):
    assert usernames(press(browser("base_secretary"), cast.units["BV"]).data) == {
        "secretary", "deputy", "member", "member2", "new_member", "other_secretary",
    }  # fmt: skip
    assert press(browser("base_secretary"), cast.units["KB"]).status_code == 404


@needs_pdftotext
def test_a_slip_printed_again_makes_the_one_before_worthless(app, browser, cast):
    client = browser("secretary")
    first = flowing_text(press(client, cast.units["BV-NOI"]).data)
    press(client, cast.units["BV-NOI"])
    code = re.findall(A_CODE, first)[0]
    visitor = browser(None)
    fields = {"username": "member", "code": code, "password": "mot-mat-khau", "again": "mot-mat-khau"}
    answer = visitor.post("/kich-hoat", data={**fields, "csrf_token": token(visitor, "/kich-hoat")})
    assert answer.status_code == 200 and "chưa đúng" in answer.text


def test_where_everyone_is_activated_it_says_so_and_makes_no_paper(app, browser, cast):
    with app.app_context():
        db.session.execute(db.update(Account).values(password_hash="x"))
        db.session.commit()
    client = browser("secretary")
    answer = press(client, cast.units["BV-NOI"])
    assert answer.status_code == 303
    assert "không còn ai chờ kích hoạt" in client.get("/ca-nhan").text


@pytest.mark.parametrize(("person", "status"), [("other_secretary", 404), ("member", 404), ("administrator", 404), ("inspector", 403)])
def test_others_may_not_print_for_the_branch(browser, cast, person, status):
    assert press(browser(person), cast.units["BV-NOI"]).status_code == status


def test_a_visitor_is_asked_to_sign_in(browser):
    client = browser(None)
    answer = client.post(PRINT, data={"csrf_token": token(client, "/dang-nhap")})
    assert answer.status_code == 303 and answer.location.startswith("/dang-nhap")


@pytest.mark.parametrize("unit_id", [None, "", "x", "-1", "99999999999999999999"])
def test_a_unit_that_is_none_is_refused_in_words(browser, unit_id):
    answer = press(browser("secretary"), unit_id)
    assert answer.status_code in (400, 404) and "<h1" in answer.text


def test_only_a_post_prints(browser):
    assert browser("secretary").get(PRINT).status_code in (404, 405)


def test_more_slips_than_one_request_should_make_are_refused(browser, cast, monkeypatch):
    monkeypatch.setattr(rules, "MOST_AT_ONCE", 2)
    answer = press(browser("secretary"), cast.units["BV-NOI"])
    assert answer.status_code == 400 and "in từng cơ sở" in answer.text


def test_the_questions_do_not_grow_with_the_people(app, browser, cast):
    client = browser("bloc_secretary")
    asked = []
    for unit in ("KB", "KHOI"):
        with counted(app) as sent:
            press(client, cast.units[unit])
        asked.append(len(sent))
    assert asked[0] == asked[1]
