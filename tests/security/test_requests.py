"""Requests an attacker forges: other sites' forms, planted cookies, false addresses and hosts, broken-up headers, links that lead away."""

import logging
import os
import re

import pytest
from flask import Flask
from sqlalchemy import select

from diary import config, create_app
from diary.models.accounts import SignInAttempt, SignInSession
from diary.models.base import Base, db
from tests import subjects
from tests.factories import PASSWORD
from tests.test_access import TABLE
from tests.web.accounts.test_views import give_password, sign_in
from tests.web.reading import token

BACK = ["//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "https:evil.example", "http:///evil.example",
        "javascript:alert(1)", "/\t/evil.example", "/\n/evil.example", "\t//evil.example", " //evil.example", "/%0d%0aSet-Cookie:x=1",
        "/\r\nLocation: https://evil.example", "///evil.example", "/.//evil.example/..//", "data:text/html,x", "evil.example",
        "@evil.example", "/@evil.example", "/\u2028/evil.example", "//evil.example%2f.."]  # fmt: skip


def rows(app: Flask) -> dict[str, list[str]]:
    """Every row but those that say a session was seen."""
    with app.app_context():
        tables = (table for table in Base.metadata.sorted_tables if table.name != SignInSession.__tablename__)
        return {table.name: sorted(map(repr, db.session.execute(select(table)).all())) for table in tables}


@pytest.fixture
def addresses(app, cast):
    """Every address that takes a post, filled in with things of `member`."""
    with app.app_context():
        return [subjects.address(rule.rule, cast) for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]


def tried(app, addresses, client, **request):
    """The statuses of a post to each address, and whether any row changed."""
    before = rows(app)
    got = {path: client.post(path, **request).status_code for path in addresses}
    return got, rows(app) == before


@pytest.mark.parametrize("person", ["member", "secretary", "bloc_secretary", "administrator", None], ids=str)
def test_no_post_is_taken_without_its_token(app, browser, addresses, person):
    got, same = tried(app, addresses, browser(person))
    assert {path: status for path, status in got.items() if status != 400} == {} and same


def test_no_post_is_taken_with_the_token_of_another_session(app, browser, addresses):
    stolen = token(browser("member2"), "/ca-nhan")
    got, same = tried(app, addresses, browser("secretary"), data={"csrf_token": stolen})
    assert {path: status for path, status in got.items() if status != 400} == {} and same


def test_no_post_is_taken_from_another_site_even_with_the_right_token(app, browser, addresses):
    client = browser("member")
    sent = {"data": {"csrf_token": token(client, "/ca-nhan")}, "headers": {"Sec-Fetch-Site": "cross-site"}}
    got, same = tried(app, addresses, client, **sent)
    assert {path: status for path, status in got.items() if status != 400} == {} and same


def test_behind_tls_a_post_with_another_site_s_referer_is_refused(browser):
    client = browser("member")
    right = token(client, "/ca-nhan")
    for referer in ("https://evil.example/ca-nhan", "https://localhost.evil.example/", "http://localhost/"):
        sent = {"data": {"csrf_token": right, "theme": "dark"}, "headers": {"Referer": referer}, "base_url": "https://localhost"}
        assert client.post("/ca-nhan/giao-dien", **sent).status_code == 400, referer


def test_a_refused_form_is_told_to_the_operator_without_what_it_held(browser, caplog):
    with caplog.at_level(logging.WARNING):
        browser("member").post("/dang-nhap", data={"password": "bi-mat-12", "csrf_token": "gia"})
    assert "refused 400: POST /dang-nhap" in caplog.text and "bi-mat-12" not in caplog.text


def test_a_cookie_planted_before_signing_in_is_worth_nothing_after(app, browser):
    give_password(app, "member")
    victim, attacker = browser(None), browser(None)
    attacker.get("/dang-nhap")
    planted = attacker.get_cookie("so").value
    victim.set_cookie("so", planted)
    sign_in(victim, "member", PASSWORD)
    attacker.set_cookie("so", planted)
    assert attacker.get("/ca-nhan").status_code == 303, "the planted cookie is signed in"
    assert victim.get_cookie("so").value != planted


def test_the_token_of_a_form_changes_with_signing_in_and_out(app, browser):
    give_password(app, "member")
    client = browser(None)
    before = token(client, "/dang-nhap")
    sign_in(client, "member", PASSWORD)
    assert client.post("/ca-nhan/giao-dien", data={"theme": "dark", "csrf_token": before}).status_code == 400
    inside = token(client, "/ca-nhan")
    client.post("/dang-xuat", data={"csrf_token": inside})
    assert client.post("/dang-nhap", data={"username": "member", "password": PASSWORD, "csrf_token": inside}).status_code == 400


def test_a_changed_cookie_opens_nothing(browser):
    client = browser("member")
    whole = client.get_cookie("so").value
    for changed in (whole[:-9] + ("A" if whole[-9] != "A" else "B") + whole[-8:], "." + whole, whole.split(".")[0] + "..", "", "x" * 4000):
        client.set_cookie("so", changed)
        assert client.get("/ca-nhan").status_code == 303, changed


@pytest.mark.parametrize("target", BACK)
def test_the_way_back_after_signing_in_leads_to_this_site(app, browser, target):
    give_password(app, "member")
    client = browser(None)
    sent = {"username": "member", "password": PASSWORD, "csrf_token": token(client, "/dang-nhap")}
    answer = client.post("/dang-nhap", query_string={"tiep": target}, data=sent)
    assert answer.status_code == 303 and re.match(r"/(?![/\\\t\r\n])", answer.location), answer.location
    assert "\r" not in answer.location and "\n" not in answer.location and "Set-Cookie: x" not in str(answer.headers)


@pytest.mark.parametrize("target", BACK)
def test_the_way_back_after_consent_leads_to_this_site(browser, target):
    client = browser("member")
    answer = client.post("/dong-y", query_string={"tiep": target}, data={"csrf_token": token(client, "/ca-nhan"), "act": "later"})
    assert answer.status_code == 303 and re.match(r"/(?![/\\\t\r\n])", answer.location), answer.location


def test_the_link_back_on_a_page_of_refusal_leads_to_this_site(browser):
    client = browser("member")
    for referer in ("https://evil.example/", "http://localhost.evil.example/", "http://localhost@evil.example/", "javascript:alert(1)"):
        page = client.get("/khong-co-trang-nay", headers={"Referer": referer}).text
        assert "evil.example" not in page and "javascript:" not in page, referer


def address_seen(app: Flask, **headers: str) -> str:
    """The caller's address as the program notes it for a failed sign-in."""
    client = app.test_client()
    page = client.get("/dang-nhap", headers=headers).text
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found
    client.post("/dang-nhap", data={"username": "ai.do", "password": "sai", "csrf_token": found[1]}, headers=headers)
    with app.app_context():
        newest = select(SignInAttempt.address).order_by(SignInAttempt.id.desc()).limit(1)
        return str(db.session.execute(newest).scalar_one())


@pytest.fixture
def installed(app):
    """installed(DIARY_TRUSTED_PROXIES=1) is the same installation with other settings."""
    made = []

    def install(**settings: object) -> Flask:
        plain = {"TESTING": True, "DIARY_DEMO": False, "SQLALCHEMY_DATABASE_URI": app.config["SQLALCHEMY_DATABASE_URI"]}
        made.append(create_app({**plain, "SESSION_COOKIE_SECURE": False, **settings}))
        return made[-1]

    yield install
    for one in made:
        with one.app_context():
            db.engine.dispose()


def test_without_a_trusted_proxy_nobody_says_where_they_come_from(installed):
    app = installed(DIARY_TRUSTED_PROXIES=0)
    assert address_seen(app, **{"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9"}) == "127.0.0.1"


def test_behind_one_proxy_only_what_that_proxy_added_counts(installed):
    app = installed(DIARY_TRUSTED_PROXIES=1)
    assert address_seen(app, **{"X-Forwarded-For": "1.2.3.4, 203.0.113.9"}) == "203.0.113.9"


def test_a_false_address_of_any_length_breaks_nothing(installed):
    assert address_seen(installed(DIARY_TRUSTED_PROXIES=1), **{"X-Forwarded-For": "9" * 300}) == "9" * 45


def test_a_false_host_gets_into_no_link(app, browser, cast):
    client = browser("member")
    for path in ("/", "/ca-nhan", "/nhat-ky", "/khong-co", "/dang-nhap", "/quen-mat-khau"):
        answer = client.get(path, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Host": "evil.example"})
        assert "evil.example" not in answer.text and "evil.example" not in answer.headers.get("Location", ""), path


def test_the_address_on_slips_is_the_installation_s_where_it_is_set(app, browser, cast, monkeypatch, pdf_words):
    monkeypatch.setitem(app.config, "DIARY_PUBLIC_URL", "https://nhatky.example")
    client = browser("secretary")
    sent = {"csrf_token": token(client, "/ca-nhan"), "don-vi": str(cast.member.unit_id)}
    forged = {"Host": "evil.example", "Cookie": f"so={client.get_cookie('so').value}"}  # as by hand: a browser sends no cookie there
    answer = app.test_client(use_cookies=False).post("/doan-vien/phieu-ma", data=sent, headers=forged)
    assert answer.status_code == 200, answer.text
    said = pdf_words(answer.data)
    assert "nhatky.example" in said and "evil.example" not in said


@pytest.fixture
def pdf_words():
    import shutil
    import subprocess

    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    return lambda content: subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True).stdout.decode()


def test_cookies_stay_out_of_scripts_and_other_sites_and_plain_http(installed):
    settings = config.load({"DIARY_INSTANCE": os.environ["DIARY_INSTANCE"]}).for_flask()
    said = (
        installed(**{name: value for name, value in settings.items() if "COOKIE" in name})
        .test_client()
        .get("/dang-nhap", base_url="https://localhost")
        .headers["Set-Cookie"]
    )
    assert re.match(r"so=", said)
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in said.split(";")} and "Domain" not in said


def test_browsers_are_told_to_keep_to_tls_only_where_there_is_tls(browser):
    client = browser(None)
    assert "Strict-Transport-Security" not in client.get("/dang-nhap").headers
    assert "max-age=31536000" in client.get("/dang-nhap", base_url="https://localhost").headers["Strict-Transport-Security"]


def test_every_answer_says_what_a_browser_may_do_with_it(app, browser, cast):
    with app.app_context():
        paths = [subjects.address(route.removeprefix("GET "), cast) for route in TABLE if route.startswith("GET ")]
    for person in ("member", "secretary"):
        client = browser(person)
        for path in paths:
            answer = client.get(path)
            headers, policy = answer.headers, answer.headers.get("Content-Security-Policy", "")
            answer.close()
            assert headers["X-Content-Type-Options"] == "nosniff" and headers["X-Frame-Options"] == "DENY", path
            assert "default-src 'none'" in policy and "'unsafe-inline'" not in policy.replace("style-src 'unsafe-inline'; sandbox", ""), (
                path
            )
            assert answer.mimetype == "text/html" or "sandbox" in policy or path == "/sw.js", path  # one in a sandbox may show nothing


def test_a_request_that_is_too_large_is_refused_in_words(app, browser, caplog, monkeypatch):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 100_000)
    client = browser("member")
    sent = {"csrf_token": token(client, "/ca-nhan"), "did": "x" * 200_000}
    with caplog.at_level(logging.WARNING):
        answer = client.post("/nhat-ky/moi", data=sent)
    assert answer.status_code == 413 and "quá lớn" in answer.text and "refused 413" in caplog.text


def test_a_form_of_very_many_fields_is_refused_in_words(browser):
    client = browser("member")
    many = {f"f{n}": "1" for n in range(1500)} | {"csrf_token": token(client, "/ca-nhan")}
    answer = client.post("/nhat-ky/moi", data=many, content_type="multipart/form-data")
    assert answer.status_code == 413 and "quá lớn" in answer.text
