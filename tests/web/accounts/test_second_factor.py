"""The second factor: the step after the password, turning it on and off, and what an attacker tries."""

import re
import threading

import pyotp
import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from diary.models.accounts import Account, PendingSignIn, RecoveryCode, SecondFactor, SignInAttempt, SignInSession
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.notices import Notice
from diary.services import second_factor as services
from tests.factories import PASSWORD
from tests.web.accounts.test_views import give_password, sign_in
from tests.web.reading import heading, token, words

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STEP = "/dang-nhap/ma"
OWN = "/ca-nhan/xac-thuc"


def turn_on(app, name="member", secret=SECRET):
    """`name` has a password and the second factor, its clock at zero; returns nothing, the secret is SECRET."""
    give_password(app, name)
    with app.app_context():
        account_id = db.session.execute(select(Account.id).where(Account.username == name)).scalar_one()
        db.session.add(SecondFactor(account_id=account_id, secret=secret, confirmed_at=services.clock.now()))
        db.session.commit()


def code_now(offset=0):
    return pyotp.TOTP(SECRET).at(services.clock.now(), counter_offset=offset)


def wrong_code():
    near = {code_now(offset) for offset in (-1, 0, 1)}
    return next(code for code in ("123456", "654321", "111111", "222222") if code not in near)


def first_step(browser, name="member", address="/dang-nhap"):
    client = browser(None)
    answer = sign_in(client, name, PASSWORD, address)
    assert answer.status_code == 303 and answer.location.startswith(STEP)
    return client


def second_step(client: FlaskClient, code, address=STEP):
    return client.post(address, data={"code": code, "csrf_token": token(client, STEP)})


def prove(client, code, act="off", password=PASSWORD):
    fields = {"password": password, "code": code, "act": act, "csrf_token": token(client, OWN)}
    return client.post(OWN + "/doi", data=fields)


def signed_in(browser, code=None):
    client = first_step(browser)
    assert second_step(client, code or code_now()).status_code == 303
    return client


def count(app, table, *where):
    with app.app_context():
        return db.session.execute(select(func.count()).select_from(table).where(*where)).scalar_one()


class TestTheStepAfterThePassword:
    def test_the_password_alone_opens_nothing(self, app, browser):
        turn_on(app)
        client = first_step(browser)
        for path in ("/", "/ca-nhan", "/nhat-ky", OWN, "/danh-muc"):
            answer = client.get(path)
            assert answer.status_code == 303 and answer.location.startswith("/dang-nhap?"), path
        assert client.get("/ca-nhan", headers={"Accept": "application/json"}).status_code == 401
        assert count(app, SignInSession) == 0

    def test_the_code_opens_the_session_and_leads_where_the_person_wanted(self, app, browser):
        turn_on(app)
        client = first_step(browser, address="/dang-nhap?tiep=/ca-nhan")
        page = client.get(STEP + "?tiep=/ca-nhan")
        assert heading(page.text) == "Nhập mã xác thực"
        answer = second_step(client, code_now(), STEP + "?tiep=/ca-nhan")
        assert answer.location == "/ca-nhan" and client.get("/ca-nhan").status_code == 200

    def test_the_way_on_never_leaves_the_site(self, app, browser):
        turn_on(app)
        assert second_step(first_step(browser), code_now(), STEP + "?tiep=//evil.example").location == "/"

    def test_a_code_with_a_blank_in_the_middle_and_of_a_clock_30_seconds_off_is_taken(self, app, browser):
        turn_on(app)
        code = code_now(-1)
        assert second_step(first_step(browser), f"{code[:3]} {code[3:]}").status_code == 303

    @pytest.mark.parametrize("offset", [-2, 2])
    def test_a_code_of_a_minute_ago_or_ahead_is_refused(self, app, browser, offset):
        turn_on(app)
        assert services.WRONG in second_step(first_step(browser), code_now(offset)).text

    @pytest.mark.parametrize("code", ["", " ", "12345", "abcdef", "１２３４５６", "0" * 500, "\u0000" * 6, "-12345"])
    def test_what_is_no_code_is_refused_in_words(self, app, browser, code):
        turn_on(app)
        answer = second_step(first_step(browser), code)
        assert answer.status_code == 200 and "field-error" in answer.text

    def test_a_visitor_without_a_password_given_is_sent_to_the_first_step(self, browser):
        answer = browser(None).get(STEP)
        assert answer.status_code == 303 and answer.location == "/dang-nhap"

    def test_after_ten_minutes_the_password_is_asked_for_again(self, app, browser, time):
        turn_on(app)
        client = first_step(browser)
        csrf = token(client, STEP)
        time.shift(11 * 60)
        answer = client.post(STEP, data={"code": code_now(), "csrf_token": csrf})
        assert answer.status_code == 303 and answer.location == "/dang-nhap"
        assert "quá 10 phút" in client.get("/dang-nhap").text
        assert count(app, SignInSession) == 0

    def test_the_right_code_of_another_account_opens_nothing(self, app, browser):
        turn_on(app)
        turn_on(app, "member2", "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU")
        assert services.WRONG in second_step(first_step(browser, "member2"), code_now()).text

    def test_a_changed_password_ends_what_waits(self, app, browser):
        turn_on(app)
        here, there = signed_in(browser), first_step(browser)
        csrf = token(there, STEP)
        fields = {"old": PASSWORD, "password": "mat-khau-moi", "again": "mat-khau-moi", "csrf_token": token(here, "/ca-nhan")}
        assert here.post("/ca-nhan", data=fields).status_code == 303
        assert there.post(STEP, data={"code": code_now(1), "csrf_token": csrf}).location == "/dang-nhap"

    def test_a_new_one_time_code_asks_for_the_second_factor_too(self, app, browser):
        turn_on(app)
        with app.app_context():
            account = db.session.execute(select(Account).where(Account.username == "member")).scalar_one()
            account.code_hash = services.accounts.hash_code("ABCD2345", "member", app.config["SECRET_KEY"])
            account.code_expires_at = services.clock.now() + services.accounts.rules.CODE_LIFE
            db.session.commit()
        client = browser(None)
        fields = {"username": "member", "code": "ABCD2345", "password": "mot-mat-khau", "again": "mot-mat-khau"}
        answer = client.post("/kich-hoat", data={**fields, "csrf_token": token(client, "/kich-hoat")})
        assert answer.location.startswith(STEP)
        assert client.get("/ca-nhan").status_code == 303

    def test_a_closed_account_cannot_finish(self, app, browser):
        turn_on(app)
        client = first_step(browser)
        csrf = token(client, STEP)
        with app.app_context():
            db.session.execute(db.update(Account).where(Account.username == "member").values(closed_at=services.clock.now()))
            db.session.commit()
        assert client.post(STEP, data={"code": code_now(), "csrf_token": csrf}).status_code == 409
        assert count(app, SignInSession) == 0


class TestAttacks:
    def test_a_code_is_good_once(self, app, browser):
        turn_on(app)
        code = code_now()
        assert second_step(first_step(browser), code).status_code == 303
        assert services.WRONG in second_step(first_step(browser), code).text
        assert services.WRONG in second_step(first_step(browser), code_now(-1)).text, "an older one neither"
        assert second_step(first_step(browser), code_now(1)).status_code == 303

    def test_ten_wrong_codes_close_the_name_for_a_while_whatever_comes_then(self, app, browser, time):
        turn_on(app)
        client = first_step(browser)
        for _ in range(10):
            assert second_step(client, wrong_code()).status_code == 200
        assert second_step(client, code_now()).status_code == 429
        assert sign_in(browser(None), "member", PASSWORD).status_code == 429, "the first step gives no new tries"
        time.shift(16 * 60)
        assert second_step(first_step(browser), code_now()).status_code == 303

    def test_wrong_codes_and_wrong_passwords_are_counted_together(self, app, browser):
        turn_on(app)
        for _ in range(6):
            sign_in(browser(None), "member", "sai-mat-khau")
        client = first_step(browser)
        for _ in range(4):
            second_step(client, wrong_code())
        assert second_step(client, code_now()).status_code == 429

    def test_passing_the_first_step_again_gives_no_new_tries(self, app, browser):
        turn_on(app)
        for _ in range(10):
            second_step(first_step(browser), wrong_code())
        assert count(app, SignInAttempt, SignInAttempt.succeeded.is_(False)) == 10
        assert sign_in(browser(None), "member", PASSWORD).status_code == 429

    def test_wrong_codes_sent_all_at_once_are_all_counted(self, app, browser):
        turn_on(app)
        clients = [first_step(browser) for _ in range(4)]
        forms = [(client, token(client, STEP)) for client in clients]
        bad, statuses = wrong_code(), []

        def hammer(client, csrf):
            for _ in range(6):
                statuses.append(client.post(STEP, data={"code": bad, "csrf_token": csrf}).status_code)

        threads = [threading.Thread(target=hammer, args=form) for form in forms]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(set(statuses)) == [200, 429]
        assert statuses.count(200) == 10
        assert count(app, SignInAttempt, SignInAttempt.succeeded.is_(False)) == 10

    def test_the_same_code_sent_twice_at_once_opens_one_session(self, app, browser):
        turn_on(app)
        forms = [(client, token(client, STEP)) for client in (first_step(browser), first_step(browser))]
        code = code_now()
        threads = [
            threading.Thread(target=client.post, args=(STEP,), kwargs={"data": {"code": code, "csrf_token": csrf}})
            for client, csrf in forms
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert count(app, SignInSession) == 1

    def test_a_cookie_from_before_the_sign_in_is_worth_nothing_after(self, app, browser):
        turn_on(app)
        client = browser(None)
        client.get("/dang-nhap")
        planted = client.get_cookie("so").value
        sign_in(client, "member", PASSWORD)
        waiting = client.get_cookie("so").value
        second_step(client, code_now())
        entered = client.get_cookie("so").value
        assert len({planted, waiting, entered}) == 3
        for old in (planted, waiting):
            thief = browser(None)
            thief.set_cookie("so", old)
            assert thief.get("/ca-nhan").status_code == 303

    def test_a_waiting_cookie_kept_by_a_thief_cannot_be_finished_twice(self, app, browser):
        turn_on(app)
        client = first_step(browser)
        thief = browser(None)
        thief.set_cookie("so", client.get_cookie("so").value)
        csrf = token(thief, STEP)
        second_step(client, code_now())
        assert thief.post(STEP, data={"code": code_now(1), "csrf_token": csrf}).location == "/dang-nhap"

    def test_the_waiting_token_is_no_session_token(self, app, browser):
        turn_on(app)
        client = first_step(browser)
        with client.session_transaction() as cookie:
            waiting = cookie["cho-ma"]
            cookie["_user_id"], cookie["_fresh"] = waiting, True
        assert client.get("/ca-nhan").status_code == 303
        assert count(app, PendingSignIn, PendingSignIn.token_hash == waiting) == 0, "only its hash is kept"

    def test_a_post_without_its_token_is_refused(self, app, browser):
        turn_on(app)
        assert first_step(browser).post(STEP, data={"code": code_now()}).status_code == 400


class TestTurningItOn:
    def begin(self, client):
        assert client.post(OWN + "/bat", data={"csrf_token": token(client, OWN)}).location == OWN
        page = client.get(OWN).text
        return re.search(r"Nhập khóa này vào ứng dụng: ([A-Z2-7 ]+?)(?: 2\. Nhập|$)", words(page))[1].replace(" ", ""), page

    def test_the_page_shows_a_qr_and_the_same_key_in_letters(self, app, browser):
        from diary.documents.qr_svg import qr_svg

        secret, page = self.begin(browser("member"))
        address = f"otpauth://totp/S%E1%BB%95%20nh%E1%BA%ADt%20k%C3%BD:member?secret={secret}&issuer=S%E1%BB%95%20nh%E1%BA%ADt%20k%C3%BD"
        assert qr_svg(address, "Mã QR để thêm vào ứng dụng xác thực") in page
        assert len(secret) == 32 and " style=" not in page

    def test_a_code_of_the_app_turns_it_on_and_gives_eight_recovery_codes_once(self, app, browser, cast):
        client = browser("member")
        secret, _ = self.begin(client)
        answer = client.post(OWN, data={"code": pyotp.TOTP(secret).at(services.clock.now()), "csrf_token": token(client, OWN)})
        codes = re.findall(r"[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}", answer.text)
        assert heading(answer.text) == "Mã dự phòng" and len(set(codes)) == 8
        assert not [code for code in codes if code in client.get(OWN).text + client.get("/ca-nhan").text]
        with app.app_context():
            kept = db.session.execute(select(RecoveryCode.code_hash)).scalars().all()
            assert len(kept) == 8 and not {code.replace("-", "") for code in codes} & set(kept)
            assert "second_factor_on" in db.session.execute(select(AuditLine.action)).scalars().all()

    def test_until_a_code_confirms_it_the_password_is_enough(self, app, browser):
        give_password(app, "member")
        self.begin(browser("member"))
        assert sign_in(browser(None), "member", PASSWORD).location == "/"

    def test_a_wrong_code_does_not_turn_it_on(self, app, browser):
        client = browser("member")
        self.begin(client)
        answer = client.post(OWN, data={"code": "000000", "csrf_token": token(client, OWN)})
        assert services.NOT_YET in answer.text and count(app, SecondFactor, SecondFactor.confirmed_at.is_not(None)) == 0

    def test_asked_again_the_key_stays_the_one_already_in_the_app(self, browser):
        client = browser("member")
        assert self.begin(client)[0] == self.begin(client)[0]

    def test_once_on_the_key_is_shown_no_more_and_cannot_be_begun_or_confirmed_again(self, app, browser):
        turn_on(app)
        client = signed_in(browser)
        assert SECRET not in client.get(OWN).text.replace(" ", "")
        assert client.post(OWN + "/bat", data={"csrf_token": token(client, OWN)}).status_code == 409
        assert client.post(OWN, data={"code": code_now(1), "csrf_token": token(client, OWN)}).status_code == 409

    def test_confirming_what_was_not_begun_is_the_wrong_moment(self, browser):
        client = browser("member")
        assert client.post(OWN, data={"code": "123456", "csrf_token": token(client, OWN)}).status_code == 409

    def test_other_devices_are_signed_out(self, app, browser):
        give_password(app, "member")
        here, there = browser(None), browser(None)
        sign_in(here, "member", PASSWORD)
        sign_in(there, "member", PASSWORD)
        secret, _ = self.begin(here)
        here.post(OWN, data={"code": pyotp.TOTP(secret).at(services.clock.now()), "csrf_token": token(here, OWN)})
        assert here.get("/ca-nhan").status_code == 200 and there.get("/ca-nhan").status_code == 303

    @pytest.mark.parametrize("path", [OWN + "/bat", OWN + "/doi", "/quan-tri/tat-xac-thuc"])
    def test_changes_are_posts_only(self, browser, path):
        assert browser("member").get(path).status_code == 405

    @pytest.mark.parametrize("path", [OWN, OWN + "/bat", OWN + "/doi"])
    def test_visitors_are_asked_to_sign_in(self, browser, path):
        client = browser(None)
        answer = client.post(path, data={"csrf_token": token(client, "/dang-nhap")})
        assert answer.status_code == 303 and answer.location.startswith("/dang-nhap")


class TestRecoveryCodes:
    def renew(self, client, code=None):
        answer = prove(client, code or code_now(1), act="codes")
        return re.findall(r"[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}", answer.text)

    def test_a_recovery_code_opens_the_door_once_and_its_holder_is_told(self, app, browser, cast):
        turn_on(app)
        first, *others = self.renew(signed_in(browser))
        assert second_step(first_step(browser), first.lower().replace("-", " ")).status_code == 303
        assert services.WRONG in second_step(first_step(browser), first).text
        assert count(app, RecoveryCode) == len(others) == 7
        assert count(app, Notice, Notice.account_id == cast.member.account_id, Notice.text.startswith("Một mã dự phòng")) == 1

    def test_new_codes_make_the_old_ones_worthless(self, app, browser, time):
        turn_on(app)
        client = signed_in(browser)
        old = self.renew(client)
        time.shift(60)
        assert len(self.renew(client, code_now())) == 8
        assert services.WRONG in second_step(first_step(browser), old[0]).text

    def test_a_recovery_code_of_another_account_is_worth_nothing(self, app, browser):
        turn_on(app)
        codes = self.renew(signed_in(browser))
        turn_on(app, "member2", "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU")
        assert services.WRONG in second_step(first_step(browser, "member2"), codes[0]).text


class TestTurningItOff:
    def test_password_and_code_turn_it_off(self, app, browser):
        turn_on(app)
        client = signed_in(browser)
        assert prove(client, code_now(1)).location == "/ca-nhan"
        assert count(app, SecondFactor) == 0 and count(app, RecoveryCode) == 0
        assert sign_in(browser(None), "member", PASSWORD).location == "/"

    def test_a_wrong_password_or_a_used_code_leaves_it_on_and_counts_as_a_try(self, app, browser):
        turn_on(app)
        code = code_now()
        client = signed_in(browser, code)
        assert "Mật khẩu chưa đúng." in prove(client, code_now(1), password="sai").text
        assert services.WRONG in prove(client, code).text
        assert count(app, SecondFactor) == 1
        assert count(app, SignInAttempt, SignInAttempt.succeeded.is_(False)) == 2

    def test_a_stolen_session_cannot_guess_its_way_out(self, app, browser):
        turn_on(app)
        client = signed_in(browser)
        for _ in range(10):
            prove(client, wrong_code())
        assert prove(client, code_now(1)).status_code == 429
        assert count(app, SecondFactor) == 1

    def test_turning_off_what_is_off_is_the_wrong_moment(self, app, browser):
        give_password(app, "member")
        assert prove(browser("member"), "123456").status_code == 409

    def test_an_administrator_turns_it_off_for_someone_who_lost_everything(self, app, browser, cast):
        turn_on(app)
        client = browser("administrator")
        assert "Tắt xác thực hai bước của member" in client.get("/quan-tri?q=member").text
        answer = client.post("/quan-tri/tat-xac-thuc", data={"username": "member", "csrf_token": token(client, "/ca-nhan")})
        assert answer.location == "/quan-tri?q=member" and count(app, SecondFactor) == 0
        page = client.get("/quan-tri?q=member").text
        assert "Đã tắt xác thực hai bước của member." in page and "Tắt xác thực hai bước của member" not in page
        assert count(app, Notice, Notice.account_id == cast.member.account_id) == 1
        with app.app_context():
            line = db.session.execute(select(AuditLine).where(AuditLine.action == "second_factor_clear")).scalars().one()
            assert line.subject_id == str(cast.member.account_id)

    @pytest.mark.parametrize("person", ["member", "secretary", "bloc_secretary", "inspector"])
    def test_nobody_else_may(self, app, browser, person):
        turn_on(app, "member2")
        client = browser(person)
        assert (
            client.post("/quan-tri/tat-xac-thuc", data={"username": "member2", "csrf_token": token(client, "/ca-nhan")}).status_code == 403
        )
        assert count(app, SecondFactor) == 1

    def test_an_administrator_turns_their_own_off_only_with_password_and_code(self, app, browser):
        turn_on(app, "administrator")
        client = browser("administrator")
        client.post("/quan-tri/tat-xac-thuc", data={"username": "administrator", "csrf_token": token(client, "/ca-nhan")})
        assert count(app, SecondFactor) == 1

    def test_an_unknown_account_is_not_found(self, browser):
        client = browser("administrator")
        assert client.post("/quan-tri/tat-xac-thuc", data={"username": "ai-do", "csrf_token": token(client, "/ca-nhan")}).status_code == 404


@pytest.fixture
def required(app):
    app.config["DIARY_REQUIRE_SECOND_FACTOR"] = True
    yield
    app.config["DIARY_REQUIRE_SECOND_FACTOR"] = False


@pytest.mark.usefixtures("required")
class TestWhereItIsRequired:
    @pytest.mark.parametrize("person", ["bloc_secretary", "bloc_deputy", "administrator"])
    def test_who_reaches_far_opens_nothing_before_it_is_on(self, browser, person):
        client = browser(person)
        for path in ("/", "/ca-nhan", "/to-chuc", "/danh-muc"):
            answer = client.get(path)
            assert answer.status_code == 303 and answer.location == OWN, path
        assert client.get("/ca-nhan", headers={"Accept": "application/json"}).status_code == 403
        assert client.post("/ca-nhan/giao-dien", data={"theme": "dark", "csrf_token": token(client, OWN)}).location == OWN
        assert "Hãy bật trước khi làm việc khác" in client.get(OWN).text

    @pytest.mark.parametrize("person", ["member", "secretary", "base_secretary", "inspector"])
    def test_others_go_on_without(self, browser, person):
        assert browser(person).get("/ca-nhan").status_code == 200

    def test_they_may_always_sign_out(self, browser):
        client = browser("bloc_secretary")
        assert client.post("/dang-xuat", data={"csrf_token": token(client, OWN)}).location == "/dang-nhap"

    def test_once_it_is_on_everything_opens_and_it_cannot_be_turned_off(self, app, browser):
        turn_on(app, "bloc_secretary")
        client = browser("bloc_secretary")
        assert client.get("/ca-nhan").status_code == 200
        answer = prove(client, code_now())
        assert answer.status_code == 409 and services.REQUIRED in answer.text
        assert count(app, SecondFactor) == 1
