"""The door: signing in and out, activation, passwords."""

import re

from sqlalchemy import func, select

from diary.models.accounts import Account, SignInAttempt
from diary.models.base import db
from diary.services import accounts
from tests.factories import PASSWORD
from tests.web.reading import token


def give_password(app, name, password=PASSWORD):
    with app.app_context():
        account = db.session.execute(select(Account).where(Account.username == name)).scalar_one()
        account.password_hash = accounts.hash_password(password)
        db.session.commit()


def sign_in(client, name, password, address="/dang-nhap"):
    return client.post(address, data={"username": name, "password": password, "csrf_token": token(client, "/dang-nhap")})


def test_a_visitor_is_asked_to_sign_in_and_comes_back_to_where_they_went(app, browser):
    give_password(app, "member")
    client = browser(None)
    asked = client.get("/ca-nhan?a=1")
    assert asked.status_code == 303 and asked.location.startswith("/dang-nhap?tiep=")
    assert sign_in(client, "member", PASSWORD, asked.location).location == "/ca-nhan?a=1"


def test_the_way_back_never_leaves_the_site(app, browser):
    give_password(app, "member")
    for bad in ("//evil.example", "https://evil.example/", "/\\evil.example"):
        assert sign_in(browser(None), "member", PASSWORD, "/dang-nhap?tiep=" + bad).location == "/"


def test_programs_get_401(browser):
    assert browser(None).get("/ca-nhan", headers={"Accept": "application/json"}).status_code == 401


def test_a_wrong_password_and_an_unknown_name_read_the_same(app, browser):
    give_password(app, "member")
    known, unknown = (sign_in(browser(None), name, "sai-mat-khau").text for name in ("member", "khong-co-ai"))
    assert accounts.WRONG_PAIR in known and accounts.WRONG_PAIR in unknown


def test_ten_wrong_passwords_close_the_name_for_a_while_and_then_open_it(app, browser, time):
    give_password(app, "member")
    client = browser(None)
    for _ in range(10):
        assert sign_in(client, "member", "sai").status_code == 200
    assert sign_in(client, "member", PASSWORD).status_code == 429
    with app.app_context():
        assert db.session.execute(select(func.count()).select_from(SignInAttempt)).scalar_one() == 10
    time.shift(16 * 60)
    assert sign_in(client, "member", PASSWORD).status_code == 303


def test_signing_in_changes_the_cookie_and_signing_out_ends_the_session(app, browser):
    give_password(app, "member")
    client = browser(None)
    before = token(client, "/dang-nhap") and client.get_cookie("so").value
    sign_in(client, "member", PASSWORD)
    after = client.get_cookie("so").value
    assert before != after and client.get("/ca-nhan").status_code == 200
    client.post("/dang-xuat", data={"csrf_token": token(client, "/ca-nhan")})
    client.set_cookie("so", after)
    assert client.get("/ca-nhan").status_code == 303, "the old cookie still works"


def test_a_code_activates_once_with_its_username_only(app, browser):
    with app.app_context():
        key = app.config["SECRET_KEY"]
        account = db.session.execute(select(Account).where(Account.username == "new_member")).scalar_one()
        account.code_hash = accounts.hash_code("ABCD2345", "new_member", key)
        account.code_expires_at = accounts.clock.now() + accounts.rules.CODE_LIFE
        db.session.commit()

    def activate(name, code):
        client = browser(None)
        fields = {"username": name, "code": code, "password": "mot-mat-khau", "again": "mot-mat-khau"}
        return client.post("/kich-hoat", data={**fields, "csrf_token": token(client, "/kich-hoat")})

    assert accounts.WRONG_CODE in activate("member", "ABCD-2345").text
    assert activate("new_member", "abcd-2345").status_code == 303
    assert accounts.WRONG_CODE in activate("new_member", "ABCD-2345").text


def test_a_changed_password_signs_out_every_other_device(app, browser):
    give_password(app, "member")
    here, there = browser(None), browser(None)
    sign_in(here, "member", PASSWORD)
    sign_in(there, "member", PASSWORD)
    fields = {"old": PASSWORD, "password": "mat-khau-moi", "again": "mat-khau-moi", "csrf_token": token(here, "/ca-nhan")}
    assert here.post("/ca-nhan", data=fields).status_code == 303
    assert here.get("/ca-nhan").status_code == 200
    assert there.get("/ca-nhan").status_code == 303


def test_a_post_without_its_token_is_refused_in_words(browser):
    answer = browser("member").post("/dang-xuat")
    assert answer.status_code == 400 and "tải lại trang" in answer.text


def test_pages_carry_the_headers_that_keep_them_safe(browser):
    headers = browser("member").get("/ca-nhan").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"] and "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["X-Frame-Options"] == "DENY"


def test_no_script_stands_in_the_page_itself(browser):
    page = browser("member").get("/ca-nhan").text
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", page, re.S)
    assert scripts and not any(script.strip() for script in scripts)
    assert " style=" not in page and "onclick" not in page


def test_looking_up_unknown_papers_closes_nobody_s_door(app, browser):
    give_password(app, "member")
    with app.app_context():
        now = accounts.clock.now()
        failed = [SignInAttempt(at=now, subject=accounts.rules.LOOKUP, address="127.0.0.1", succeeded=False) for _ in range(150)]
        db.session.add_all(failed)
        db.session.commit()
    assert sign_in(browser(None), "member", PASSWORD).status_code == 303


def test_signing_out_elsewhere_ends_every_other_session_of_this_person_and_nobody_else_s(app, browser):
    give_password(app, "member")
    give_password(app, "member2")
    here, phone, office, other = (browser(None) for _ in range(4))
    for client, name in ((here, "member"), (phone, "member"), (office, "member"), (other, "member2")):
        sign_in(client, name, PASSWORD)
    page = here.get("/ca-nhan").text
    assert page.count("Máy khác") == 2 and "Đăng xuất nơi khác" in page
    assert here.post("/ca-nhan/dang-xuat-noi-khac", data={"csrf_token": token(here, "/ca-nhan")}).status_code == 303
    assert [client.get("/ca-nhan").status_code for client in (here, phone, office, other)] == [200, 303, 303, 200]
    assert "Máy khác" not in here.get("/ca-nhan").text
    assert here.get("/ca-nhan/dang-xuat-noi-khac").status_code == 405
