"""The door tells nobody which accounts there are: equal words, equal status, equal work for unknown, closed, not activated and wrong."""

import re
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import update

from diary.models.accounts import Account
from diary.models.base import db
from diary.services import accounts
from tests.counting import counted
from tests.factories import PASSWORD
from tests.web.reading import token

UNKNOWN = "khong_co_ai"


@pytest.fixture
def people(app):
    """Accounts in every state; the right password of those that have one is PASSWORD, the right code ABCD-2345."""
    now, key = accounts.clock.now(), app.config["SECRET_KEY"]

    def code(name, until=now + timedelta(days=1)):
        return {"code_hash": accounts.hash_code("ABCD2345", name, key), "code_expires_at": until}

    with app.app_context():
        hashed = accounts.hash_password(PASSWORD)
        states = {
            "member": {"password_hash": hashed},
            "stranger": {"password_hash": hashed, "closed_at": now, **code("stranger")},
            "new_member": {"password_hash": ""},
            "deputy": {"password_hash": hashed, **code("deputy", now - timedelta(days=1))},
            "secretary": {"password_hash": hashed, "code_tries": 5, **code("secretary")},
        }
        for name, values in states.items():
            db.session.execute(update(Account).where(Account.username == name).values(values))
        db.session.commit()
    return (*states, UNKNOWN)


def ask(app, client, path, fields):
    """What one attempt looks like from outside, the typed name and what differs from page to page aside; and what it asked the database."""
    proof = token(client, path)
    with counted(app) as sent:
        answer = client.post(path, data={**fields, "csrf_token": proof})
    text = re.sub(r'(nonce|name="csrf_token" (type="hidden" )?value)="[^"]+"', "", answer.text).replace(fields["username"], "NAME")
    return answer.status_code, text, list(sent)


def test_signing_in_looks_and_works_the_same_whatever_is_wrong(app, browser, people, monkeypatch):
    hashes = []
    verify = PasswordHasher.verify
    monkeypatch.setattr(PasswordHasher, "verify", lambda self, hashed, given: hashes.append(hashed) or verify(self, hashed, given))
    unknown = ask(app, browser(None), "/dang-nhap", {"username": UNKNOWN, "password": "sai-mat-khau"})
    assert unknown[0] == 200 and accounts.WRONG_PAIR in unknown[1] and len(hashes) == 1
    for name in people:
        hashes.clear()
        assert ask(app, browser(None), "/dang-nhap", {"username": name, "password": "sai-mat-khau"}) == unknown, name
        assert len(hashes) == 1, "every attempt costs one hash"
    right = {"username": "stranger", "password": PASSWORD}
    assert ask(app, browser(None), "/dang-nhap", right) == unknown, "the right password of a closed account tells nothing"


def test_a_code_looks_and_works_the_same_whatever_is_wrong(app, browser, people):
    def fields(name, code="ABCD-2346"):
        return {"username": name, "code": code, "password": "mot-mat-khau", "again": "mot-mat-khau"}

    unknown = ask(app, browser(None), "/kich-hoat", fields(UNKNOWN))
    assert unknown[0] == 200 and accounts.WRONG_CODE in unknown[1]
    for name in people:
        assert ask(app, browser(None), "/kich-hoat", fields(name)) == unknown, name
    for name in ("stranger", "deputy", "secretary"):  # closed, too late, tried too often: the right code tells nothing
        status, text, _ = ask(app, browser(None), "/kich-hoat", fields(name, "ABCD-2345"))
        assert (status, text.replace("2345", "2346")) == unknown[:2], name


def test_too_many_tries_close_an_unknown_name_as_they_do_a_known_one(app, browser, people):
    answers = {}
    for name in ("member", UNKNOWN):
        fields = {"username": name, "password": "sai-mat-khau"}
        answers[name] = [ask(app, browser(None), "/dang-nhap", fields)[:2] for _ in range(11)]
    assert answers["member"] == answers[UNKNOWN] and answers[UNKNOWN][-1][0] == 429


def test_the_hash_an_unknown_name_is_checked_against_costs_what_a_real_one_does():
    assert not accounts._HASHER.check_needs_rehash(accounts.NOBODY_S_HASH)
    assert not accounts.password_is("", "") and not accounts.password_is("x" * 20, "")
