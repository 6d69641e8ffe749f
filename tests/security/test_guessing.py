"""Guessing: a thousand passwords, codes and papers' codes are let through a few at a time, also when they come all at once."""

import logging
import threading
from collections import Counter

import pytest
from sqlalchemy import func, select, update

from diary.domain.accounts import ATTEMPT_WINDOW, CODE_LIFE, CODE_TRIES, TRIES_PER_ADDRESS, TRIES_PER_NAME
from diary.domain.errors import BadInput, TooManyTries, WrongMoment
from diary.models.accounts import Account, PendingSignIn, SecondFactor, SignInAttempt
from diary.models.base import db
from diary.services import accounts, clock
from diary.services import second_factor as factors
from diary.services.accounts import Caller
from tests.factories import CODE_KEY, PASSWORD

THIEF, VICTIM = Caller("203.0.113.7", "thief"), Caller("198.51.100.2", "victim")
THOUSAND = 1000


def give_password(name):
    db.session.execute(update(Account).where(Account.username == name).values(password_hash=accounts.hash_password(PASSWORD)))
    db.session.commit()


def outcome(act):
    try:
        act()
    except (BadInput, TooManyTries, WrongMoment) as refusal:
        return type(refusal).__name__
    return "in"


def failed(**where):
    conditions = [getattr(SignInAttempt, name) == value for name, value in where.items()]
    return db.session.execute(select(func.count()).where(SignInAttempt.succeeded.is_(False), *conditions)).scalar_one()


def test_of_a_thousand_wrong_passwords_for_one_name_ten_are_looked_at(session, cast):
    give_password("member")
    got = Counter(outcome(lambda n=n: accounts.sign_in("member", f"sai-{n}", THIEF)) for n in range(THOUSAND))
    assert got == {"BadInput": TRIES_PER_NAME, "TooManyTries": THOUSAND - TRIES_PER_NAME}
    assert failed(subject="member") == TRIES_PER_NAME


def test_of_a_thousand_wrong_pairs_from_one_address_a_hundred_are_looked_at(session, cast):
    got = Counter(outcome(lambda n=n: accounts.sign_in(f"nguoi.{n}", "sai", THIEF)) for n in range(THOUSAND))
    assert got == {"BadInput": TRIES_PER_ADDRESS, "TooManyTries": THOUSAND - TRIES_PER_ADDRESS}
    assert failed(address=THIEF.address) == TRIES_PER_ADDRESS


def test_the_limit_of_an_address_holds_nobody_else_back(session, cast):
    give_password("member")
    for n in range(TRIES_PER_ADDRESS):
        outcome(lambda n=n: accounts.sign_in(f"nguoi.{n}", "sai", THIEF))
    assert outcome(lambda: accounts.sign_in("member", PASSWORD, THIEF)) == "TooManyTries"
    assert outcome(lambda: accounts.sign_in("member", PASSWORD, VICTIM)) == "in"


def test_a_closed_name_opens_a_quarter_of_an_hour_later_however_often_it_was_tried_meanwhile(session, cast, time):
    give_password("member")
    for n in range(50):
        outcome(lambda n=n: accounts.sign_in("member", f"sai-{n}", THIEF))
    assert outcome(lambda: accounts.sign_in("member", PASSWORD, VICTIM)) == "TooManyTries"
    time.shift(ATTEMPT_WINDOW.total_seconds() + 1)
    assert outcome(lambda: accounts.sign_in("member", PASSWORD, VICTIM)) == "in"


def test_a_closed_name_closes_no_browser_that_is_already_in(app, browser, cast):
    client = browser("member")
    with app.app_context():
        for n in range(20):
            outcome(lambda n=n: accounts.sign_in("member", f"sai-{n}", THIEF))
    assert client.get("/ca-nhan").status_code == 200


def test_right_passwords_use_up_no_tries(session, cast):
    give_password("member")
    assert {outcome(lambda: accounts.sign_in("member", PASSWORD, VICTIM)) for _ in range(TRIES_PER_NAME + 2)} == {"in"}
    assert failed() == 0


def at_once(app, acts):
    """The outcomes of all acts, each in a thread and a context of its own, begun together."""
    got, start = [], threading.Barrier(len(acts), timeout=60)

    def run(act):
        with app.app_context():
            start.wait()
            got.append(outcome(act))
            db.session.remove()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(got)


def test_wrong_passwords_sent_at_once_are_not_all_looked_at(app, cast):
    with app.app_context():
        give_password("member")
    got = at_once(app, [lambda n=n: accounts.sign_in("member", f"sai-{n}", THIEF) for n in range(24)])
    assert got["in"] == 0 and got["BadInput"] + got["TooManyTries"] == 24
    assert got["BadInput"] <= TRIES_PER_NAME
    with app.app_context():
        assert failed(subject="member") <= TRIES_PER_NAME


def test_whoever_holds_an_open_browser_cannot_guess_the_password_there(session, cast, actor):
    give_password("member")
    me = actor("member")

    def change(n):
        return outcome(lambda: accounts.change_password(me, f"sai-{n}", "mat-khau-moi", "mat-khau-moi", THIEF))

    assert Counter(map(change, range(100))) == {"BadInput": TRIES_PER_NAME, "TooManyTries": 100 - TRIES_PER_NAME}


def test_a_one_time_code_stands_five_wrong_tries(session, cast):
    right = "ABCD2345"
    facts = {"code_hash": accounts.hash_code(right, "new_member", CODE_KEY), "code_expires_at": clock.now() + CODE_LIFE}
    db.session.execute(update(Account).where(Account.username == "new_member").values(facts))
    db.session.commit()
    for n in range(CODE_TRIES):
        assert outcome(lambda n=n: accounts.activate("new_member", f"ZZZZ222{n + 2}", PASSWORD, PASSWORD, THIEF, CODE_KEY)) == "BadInput"
    assert outcome(lambda: accounts.activate("new_member", right, PASSWORD, PASSWORD, VICTIM, CODE_KEY)) == "BadInput"


def test_of_a_thousand_codes_for_a_thousand_names_a_hundred_are_looked_at(session, cast):
    got = Counter(
        outcome(lambda n=n: accounts.activate(f"nguoi.{n}", "ABCD2345", PASSWORD, PASSWORD, THIEF, CODE_KEY)) for n in range(THOUSAND)
    )
    assert got == {"BadInput": TRIES_PER_ADDRESS, "TooManyTries": THOUSAND - TRIES_PER_ADDRESS}


def waiting_at_the_second_step(name="member"):
    """A stolen password has opened the first step; the token that waits for the second."""
    account_id = db.session.execute(select(Account.id).where(Account.username == name)).scalar_one()
    db.session.merge(SecondFactor(account_id=account_id, secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", confirmed_at=clock.now()))
    db.session.add(PendingSignIn(token_hash=accounts.hash_token("cho"), account_id=account_id, expires_at=clock.now() + ATTEMPT_WINDOW))
    db.session.commit()
    return "cho"


@pytest.mark.parametrize("kind", ["an app's code", "a recovery code"])
def test_of_a_thousand_second_factor_codes_ten_are_looked_at(session, cast, kind):
    token = waiting_at_the_second_step()
    codes = (f"{n:06d}" if kind == "an app's code" else f"ZZZZ-Z{n % 8 + 2}{n // 8 % 8 + 2}ZZ" for n in range(THOUSAND))
    got = Counter(outcome(lambda code=code: factors.pass_code(token, code, THIEF, CODE_KEY)) for code in codes)
    assert got["in"] == 0 and got["BadInput"] <= TRIES_PER_NAME


def test_second_factor_codes_sent_at_once_are_not_all_looked_at(app, cast):
    with app.app_context():
        token = waiting_at_the_second_step()
    got = at_once(app, [lambda n=n: factors.pass_code(token, f"{n:06d}", THIEF, CODE_KEY) for n in range(24)])
    assert got["BadInput"] <= TRIES_PER_NAME and got["in"] == 0


def test_looking_up_papers_by_guessed_codes_is_limited_by_address(app, browser, cast):
    client, got = browser(None), Counter()
    for n in range(150):
        got[client.get(f"/xac-minh/ZZZZ-{2 + n % 8}{2 + n // 8 % 8}{2 + n // 64}Z").status_code] += 1
    assert set(got) == {404, 429} and got[404] <= TRIES_PER_ADDRESS


def test_reaching_a_limit_is_told_to_the_operator_without_a_secret(app, browser, cast, caplog):
    from tests.web.accounts.test_views import sign_in

    client = browser(None)
    with caplog.at_level(logging.WARNING):
        for _ in range(TRIES_PER_NAME + 1):
            sign_in(client, "member", "mot-mat-khau-sai")
    said = [record.getMessage() for record in caplog.records if "refused" in record.getMessage()]
    assert said and "429" in said[-1] and "127.0.0.1" in said[-1]
    assert not any("mot-mat-khau-sai" in words for words in said)
