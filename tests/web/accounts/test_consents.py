"""Consent: asked once before anything else, shown, and taken back."""

import pytest
from sqlalchemy import delete, select

from diary.domain.consents import VERSION, WORDS
from diary.models.accounts import Account, Consent
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.notices import Notice
from diary.services import accounts, clock
from tests.counting import counted
from tests.factories import PASSWORD
from tests.web.accounts.test_views import give_password, sign_in
from tests.web.reading import heading, token, words

ASK = "/dong-y"


@pytest.fixture
def unasked(app):
    """Nobody of the cast has agreed to anything."""
    with app.app_context():
        db.session.execute(delete(Consent))
        db.session.commit()


def answer(client, act="give", address=ASK, version=VERSION):
    return client.post(address, data={"act": act, "version": version, "csrf_token": token(client, "/dang-nhap")})


def withdraw(client):
    return client.post(ASK + "/rut-lai", data={"csrf_token": token(client, "/dang-nhap")})


def rows(app, name="member"):
    with app.app_context():
        query = select(Consent).join(Account, Account.id == Consent.account_id).where(Account.username == name)
        return db.session.execute(query.order_by(Consent.id)).scalars().all()


@pytest.mark.usefixtures("unasked")
class TestAsking:
    def test_the_first_page_a_member_opens_asks_and_leads_back(self, app, browser):
        client = browser("member")
        asked = client.get("/nhat-ky?q=x")
        assert asked.status_code == 303 and asked.location == "/dong-y?tiep=/nhat-ky?q%3Dx"
        page = client.get(asked.location)
        assert heading(page.text) == "Đồng ý lưu dữ liệu"
        assert all(text in words(page.text) for pair in WORDS for text in pair)
        assert "91/2025/QH15" in page.text
        agreed = answer(client, address=asked.location)
        assert agreed.status_code == 303 and agreed.location == "/nhat-ky?q=x"
        (row,) = rows(app)
        assert (row.version, row.given_at, row.withdrawn_at) == (VERSION, row.given_at, None)

    def test_it_is_asked_after_activation_and_the_form_there_has_its_four_fields_only(self, app, browser):
        with app.app_context():
            account = db.session.execute(select(Account).where(Account.username == "new_member")).scalar_one()
            account.code_hash = accounts.hash_code("ABCD2345", "new_member", app.config["SECRET_KEY"])
            account.code_expires_at = clock.now() + accounts.rules.CODE_LIFE
            db.session.commit()
        client = browser(None)
        page = client.get("/kich-hoat").text
        assert page.count("<input") == 5 and "checkbox" not in page, "the four and the token"
        fields = {"username": "new_member", "code": "ABCD2345", "password": "mot-mat-khau", "again": "mot-mat-khau"}
        entered = client.post("/kich-hoat", data={**fields, "csrf_token": token(client, "/kich-hoat")})
        assert entered.location == "/"
        asked = client.get("/")
        assert asked.location == "/dong-y?tiep=/"
        assert "Tài khoản đã kích hoạt" in client.get(asked.location).text

    def test_once_agreed_it_is_asked_no_more(self, app, browser):
        client = browser("member")
        answer(client)
        assert client.get("/ca-nhan").status_code == 200
        assert browser("member").get("/ca-nhan").status_code == 200

    def test_later_lets_the_person_go_on_for_this_session_only(self, app, browser):
        client = browser("member")
        client.get("/ca-nhan")
        assert answer(client, "later", "/dong-y?tiep=/ca-nhan").location == "/ca-nhan"
        assert client.get("/ca-nhan").status_code == 200 and client.get("/nhat-ky").status_code == 200
        assert rows(app) == []
        give_password(app, "member")
        again = browser(None)
        sign_in(again, "member", PASSWORD)
        assert again.get("/").location == "/dong-y?tiep=/"

    def test_who_goes_on_without_an_answer_is_not_held_up(self, browser):
        client = browser("member")
        assert client.get("/ca-nhan").status_code == 303
        assert client.get("/ca-nhan").status_code == 200

    def test_what_is_sent_is_never_lost_to_the_question(self, browser):
        client = browser("member")
        sent = client.post("/ca-nhan/giao-dien", data={"theme": "dark", "csrf_token": token(client, "/dang-nhap")})
        assert sent.location == "/ca-nhan"

    @pytest.mark.parametrize("headers", [{"Accept": "application/json"}, {"Sec-Fetch-Mode": "cors"}, {"Sec-Fetch-Mode": "no-cors"}])
    def test_programs_and_pictures_are_not_asked(self, browser, headers):
        client = browser("member")
        assert client.get("/ca-nhan", headers=headers).status_code == 200
        assert client.get("/ca-nhan").status_code == 303, "the question still waits for the person"

    def test_an_administrator_who_is_no_member_is_not_asked(self, browser):
        client = browser("administrator")
        assert client.get("/ca-nhan").status_code == 200
        assert "Đồng ý lưu dữ liệu" not in client.get("/ca-nhan").text
        assert client.get(ASK).status_code == 403 and answer(client).status_code == 403 and withdraw(client).status_code == 403

    def test_the_way_on_never_leaves_the_site(self, browser):
        assert answer(browser("member"), address="/dong-y?tiep=//evil.example").location == "/"
        assert "evil.example" not in browser("member").get("/dong-y?tiep=https://evil.example").text

    @pytest.mark.parametrize("version", ["0", "99", "x", "", "9" * 30])
    def test_words_that_changed_meanwhile_are_shown_again(self, app, browser, version):
        client = browser("member")
        assert answer(client, version=version).location.startswith("/dong-y")
        assert "vừa thay đổi" in client.get(ASK).text and rows(app) == []

    def test_sent_twice_it_is_one_answer(self, app, browser):
        client = browser("member")
        answer(client)
        assert answer(client).status_code == 303
        assert len(rows(app)) == 1

    def test_a_new_version_of_the_words_is_asked_for_anew(self, app, browser):
        with app.app_context():
            account = db.session.execute(select(Account.id).where(Account.username == "member")).scalar_one()
            db.session.add(Consent(account_id=account, version=VERSION - 1, given_at=clock.now()))
            db.session.commit()
        client = browser("member")
        assert client.get("/ca-nhan").location.startswith("/dong-y")
        answer(client)
        assert [row.version for row in rows(app)] == [VERSION - 1, VERSION]


class TestWithdrawing:
    def test_the_profile_shows_the_day_and_leads_to_withdrawing(self, browser):
        page = browser("member").get("/ca-nhan").text
        assert "Bạn đã đồng ý lúc 08:00, 05/01/2026" in page and 'href="/dong-y?tiep=/ca-nhan"' in page
        shown = browser("member").get(ASK).text
        assert "Rút lại sự đồng ý" in shown and "Tôi đồng ý" not in shown

    def test_it_is_written_down_told_to_the_officers_and_blocks_nothing(self, app, browser, cast):
        client = browser("member")
        assert withdraw(client).location == "/ca-nhan"
        (row,) = rows(app)
        assert row.withdrawn_at is not None
        page = client.get("/ca-nhan").text
        assert "Bạn đã rút lại sự đồng ý lúc" in page
        assert client.get("/nhat-ky/moi").status_code == 200
        with app.app_context():
            told = db.session.execute(select(Notice.account_id, Notice.text)).all()
            assert {account for account, _ in told} == {cast.secretary.account_id, cast.deputy.account_id}
            assert all("Thạch Thị Sa Rinh đã rút lại" in text for _, text in told)
            line = db.session.execute(select(AuditLine).where(AuditLine.action == "consent_withdraw")).scalars().one()
            assert (line.account_id, line.unit_id, line.fields) == (cast.member.account_id, cast.member.unit_id, [f"version:{VERSION}"])

    def test_the_only_officer_of_a_branch_is_heard_by_the_unit_above(self, app, browser, cast):
        withdraw(browser("lone_secretary"))
        with app.app_context():
            told = db.session.execute(select(Notice.account_id)).scalars().all()
        assert set(told) == {cast.bloc_secretary.account_id, cast.bloc_deputy.account_id}

    def test_withdrawing_twice_is_the_wrong_moment(self, app, browser):
        client = browser("member")
        withdraw(client)
        assert withdraw(client).status_code == 409

    def test_it_can_be_given_again_and_the_history_stays(self, app, browser):
        client = browser("member")
        withdraw(client)
        assert "Bạn đã rút lại sự đồng ý lúc" in client.get(ASK).text
        answer(client)
        assert [row.withdrawn_at is None for row in rows(app)] == [False, True]
        assert "Bạn đã đồng ý lúc 09:00, 23/11/2026" in client.get("/ca-nhan").text

    def test_the_next_sign_in_asks_again(self, app, browser):
        give_password(app, "member")
        withdraw(browser("member"))
        client = browser(None)
        sign_in(client, "member", PASSWORD)
        assert client.get("/").location == "/dong-y?tiep=/"

    def test_one_withdraws_for_oneself_only(self, app, browser):
        withdraw(browser("member2"))
        assert rows(app)[0].withdrawn_at is None

    def test_it_is_a_post(self, browser):
        assert browser("member").get(ASK + "/rut-lai").status_code == 405

    @pytest.mark.parametrize("path", [ASK, ASK + "/rut-lai"])
    def test_visitors_are_asked_to_sign_in(self, browser, path):
        client = browser(None)
        sent = client.post(path, data={"csrf_token": token(client, "/dang-nhap")})
        assert sent.status_code == 303 and sent.location.startswith("/dang-nhap")


def test_asking_costs_no_question_of_its_own_to_the_database(app, browser):
    client = browser("member")
    client.get("/danh-muc")
    with counted(app) as sent:
        client.get("/danh-muc")
    assert not [statement for statement in sent if "consents" in statement and "sign_in_sessions" not in statement]
    assert sum("consents" in statement for statement in sent) == 1
