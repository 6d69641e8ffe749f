"""A forgotten password: the same answer to everyone, and the way back by mail."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from diary.files.mail_out import read_server
from diary.jobs.kinds import Tools
from diary.jobs.worker import Worker
from diary.models.accounts import Account, SecondFactor, SignInAttempt
from diary.models.base import db
from diary.models.jobs import Job
from diary.models.mails import Mail
from diary.models.members import Member
from diary.models.notices import Notice
from diary.services import accounts, forgotten
from tests.factories import PASSWORD
from tests.web.reading import heading, token, words

SITE = "https://nhatky.example"
NOWHERE = Path("no-such-folder")  # mail and codes need none


@pytest.fixture
def mail(app, monkeypatch):
    """The application as one that sends mail."""
    monkeypatch.setitem(app.config, "DIARY_MAIL", read_server("smtp://127.0.0.1:1", "nhatky@example.vn"))


@pytest.fixture
def person(app, cast):
    """person("member", email=…) gives that one of the cast a password and an address."""

    def give(name, email="a.b@example.vn", password=PASSWORD, **facts):
        with app.app_context():
            hashed = accounts.hash_password(password) if password else ""
            db.session.execute(update(Account).where(Account.username == name).values(password_hash=hashed, **facts))
            db.session.execute(update(Member).where(Member.id == getattr(cast, name).member_id).values(email=email))
            db.session.commit()

    return give


def ask(client, name):
    return client.post("/quen-mat-khau", data={"username": name, "csrf_token": token(client, "/quen-mat-khau")})


def work(app):
    """Let a worker answer what was asked; the mails that are now waiting."""
    with app.app_context():
        while Worker(Tools(NOWHERE, SITE, app.config["SECRET_KEY"])).turn():
            pass
        db.session.rollback()
        return [(row.address, row.subject, row.words) for row in db.session.execute(select(Mail).order_by(Mail.made_at)).scalars()]


def activate(client, name, code, password="mat-khau-moi"):
    fields = {"username": name, "code": code, "password": password, "again": password}
    return client.post("/kich-hoat", data={**fields, "csrf_token": token(client, "/kich-hoat")})


def sign_in(client, name, password):
    return client.post("/dang-nhap", data={"username": name, "password": password, "csrf_token": token(client, "/dang-nhap")})


def test_without_mail_the_page_says_whom_to_ask_and_sends_nothing(app, browser, person):
    person("member")
    client = browser(None)
    page = client.get("/quen-mat-khau").text
    assert heading(page) == "Quên mật khẩu" and "nhắn bí thư chi đoàn" in words(page) and 'name="username"' not in page
    answer = client.post("/quen-mat-khau", data={"username": "member", "csrf_token": token(client, "/dang-nhap")})
    assert answer.status_code == 200 and "nhắn bí thư chi đoàn" in words(answer.text)
    with app.app_context():
        assert db.session.execute(select(Job)).first() is None


def test_a_mailed_code_opens_the_account_once_and_ends_every_other_session(app, browser, person, mail):
    person("member")
    elsewhere = browser(None)
    sign_in(elsewhere, "member", PASSWORD)
    answer = ask(browser(None), "Member")
    assert (answer.status_code, answer.location) == (303, "/kich-hoat?ten=Member")
    ((address, subject, text),) = work(app)
    code = re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", text)[0]
    assert (address, subject) == ("a.b@example.vn", "Mã đặt lại mật khẩu") and f"{SITE}/kich-hoat?ten=member" in text
    assert elsewhere.get("/ca-nhan").status_code == 200
    assert sign_in(browser(None), "member", PASSWORD).status_code == 303, "the old password is good until the new one is set"
    here = browser(None)
    assert activate(here, "member", code).status_code == 303
    assert elsewhere.get("/ca-nhan").status_code == 303 and here.get("/ca-nhan").status_code == 200
    assert accounts.WRONG_CODE in activate(browser(None), "member", code).text
    assert accounts.WRONG_PAIR in sign_in(browser(None), "member", PASSWORD).text
    assert [subject for _, subject, _ in work(app)] == ["Mã đặt lại mật khẩu", "Mật khẩu vừa được đổi"]


def test_a_mailed_code_is_good_for_half_an_hour(app, browser, person, mail, time):
    person("member")
    ask(browser(None), "member")
    code = re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", work(app)[0][2])[0]
    time.shift(timedelta(minutes=31))
    assert accounts.WRONG_CODE in activate(browser(None), "member", code).text


def test_the_second_factor_is_still_asked_for(app, browser, person, mail, cast):
    person("member")
    with app.app_context():
        factor = {"secret": "JBSWY3DPEHPK3PXP", "confirmed_at": accounts.clock.now()}
        db.session.add(SecondFactor(account_id=cast.member.account_id, **factor))
        db.session.commit()
    ask(browser(None), "member")
    code = re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", work(app)[0][2])[0]
    client = browser(None)
    assert activate(client, "member", code).location.startswith("/dang-nhap/ma")
    assert client.get("/ca-nhan").status_code == 303


def everything(answer):
    """All of an answer that a stranger can read, the typed name and what differs from page to page aside."""
    headers = {name: value for name, value in answer.headers if name not in {"Set-Cookie", "Content-Length"}}
    return answer.status_code, re.sub(r"\?ten=[\w.]+", "", str(headers)), re.sub(r"\?ten=[\w.]+", "", answer.text)


def test_the_answer_is_the_same_for_unknown_closed_waiting_and_addressless_accounts(app, browser, person, mail):
    person("member")
    person("member2", email="")
    person("new_member", password="")
    person("stranger", closed_at=accounts.clock.now())
    names = ("member", "member2", "new_member", "stranger", "xxxxxxxxxx")
    clients = {name: browser(None) for name in names}
    answers = {name: everything(ask(clients[name], name)) for name in names}
    for name in names:
        assert answers[name] == answers["xxxxxxxxxx"], name
        assert "một thư sẽ tới trong vài phút" in words(clients[name].get("/kich-hoat").text)
    assert {address for address, _, _ in work(app)} == {"a.b@example.vn"}


def test_asking_does_the_same_work_for_a_known_and_an_unknown_name(app, browser, person, mail):
    from tests.counting import counted

    person("member")
    sent = {}
    for name in ("member", "khong-co-ai"):
        client = browser(None)
        proof = token(client, "/quen-mat-khau")
        with counted(app) as statements:
            client.post("/quen-mat-khau", data={"username": name, "csrf_token": proof})
        sent[name] = list(statements)
    assert sent["member"] == sent["khong-co-ai"] and not any("accounts" in statement for statement in sent["member"])


def test_an_account_that_was_never_activated_keeps_the_code_of_its_slip(app, browser, person, mail, cast):
    person("new_member", password="", code_hash="h" * 64)
    ask(browser(None), "new_member")
    ((_, subject, text),) = work(app)
    assert subject == "Tài khoản chưa kích hoạt" and not re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", text)
    with app.app_context():
        assert db.session.get(Account, cast.new_member.account_id).code_hash == "h" * 64


def test_the_holder_of_a_post_gets_a_code_only_with_a_second_factor(app, browser, person, mail, cast):
    person("secretary")
    ask(browser(None), "secretary")
    ((_, subject, text),) = work(app)
    assert subject == "Đặt lại mật khẩu" and "Đoàn cấp trên" in text and not re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", text)
    with app.app_context():
        factor = {"secret": "JBSWY3DPEHPK3PXP", "confirmed_at": accounts.clock.now()}
        db.session.add(SecondFactor(account_id=cast.secretary.account_id, **factor))
        db.session.commit()
    ask(browser(None), "secretary")
    assert work(app)[-1][1] == "Mã đặt lại mật khẩu"


def test_asking_is_limited_by_name_and_by_address_and_closes_nobody_s_door(app, browser, person, mail, time):
    person("member")
    for _ in range(3):
        assert ask(browser(None), "member").status_code == 303
    refused = ask(browser(None), "member")
    assert refused.status_code == 429 and forgotten.TOO_OFTEN in words(refused.text)
    for n in range(27):
        assert ask(browser(None), f"ten-{n}").status_code == 303
    assert ask(browser(None), "ten-khac").status_code == 429
    assert sign_in(browser(None), "member", PASSWORD).status_code == 303
    time.shift(timedelta(minutes=61))
    assert ask(browser(None), "member").status_code == 303
    with app.app_context():
        assert not db.session.execute(select(SignInAttempt).where(SignInAttempt.succeeded.is_(False))).all()


def test_who_asked_for_nothing_is_told_in_the_app_that_a_code_went_out(app, browser, person, mail, cast):
    person("member")
    ask(browser(None), "member")
    work(app)
    with app.app_context():
        told = db.session.execute(select(Notice.text).where(Notice.account_id == cast.member.account_id)).scalars().all()
        assert any("Một mã đặt lại mật khẩu" in text for text in told)


def test_a_form_without_a_name_asks_for_it(browser, mail):
    answer = ask(browser(None), "")
    assert answer.status_code == 200 and "Hãy ghi tên đăng nhập." in answer.text


def test_a_changed_password_voids_a_code_that_is_out_and_is_told_by_notice_and_mail(app, browser, person, mail, cast):
    person("member", code_hash=accounts.hash_code("ABCD2345", "member", app.config["SECRET_KEY"]))
    client = browser("member")
    fields = {"old": PASSWORD, "password": "mat-khau-moi", "again": "mat-khau-moi", "csrf_token": token(client, "/ca-nhan")}
    assert client.post("/ca-nhan", data=fields).status_code == 303
    ((_, subject, text),) = work(app)
    assert subject == "Mật khẩu vừa được đổi" and "09:00 ngày 23/11/2026" in text
    with app.app_context():
        assert db.session.get(Account, cast.member.account_id).code_hash == ""
        assert db.session.execute(select(Notice.text).where(Notice.account_id == cast.member.account_id)).scalars().first()


def test_without_mail_a_changed_password_is_told_in_the_app_alone(app, browser, person, cast):
    person("member")
    client = browser("member")
    fields = {"old": PASSWORD, "password": "mat-khau-moi", "again": "mat-khau-moi", "csrf_token": token(client, "/ca-nhan")}
    assert client.post("/ca-nhan", data=fields).status_code == 303
    assert work(app) == []
