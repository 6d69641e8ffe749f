"""The second factor below the web."""

import pyotp
import pytest
from sqlalchemy import select

from diary.domain.errors import BadInput, NotAllowed, WrongMoment
from diary.models.accounts import PendingSignIn, RecoveryCode, SecondFactor, SignInSession
from diary.models.base import db
from diary.services import accounts, clock, second_factor
from diary.services.accounts import Caller

KEY = "a key for the recovery codes of tests"
HERE = Caller("192.0.2.1")


def turn_on(actor):
    """The second factor on, with a session of the token "here" left open; returns the secret and the recovery codes."""
    second_factor.begin(actor)
    secret = db.session.get_one(SecondFactor, actor.account_id).secret
    return secret, second_factor.confirm(actor, pyotp.TOTP(secret).at(clock.now()), "here", KEY)


def wait(actor):
    """A sign-in whose password was right; returns its token."""
    row = PendingSignIn(
        token_hash=accounts.hash_token("waiting"), account_id=actor.account_id, expires_at=clock.now() + second_factor.rules.PENDING_LIFE
    )
    db.session.add(row)
    db.session.commit()
    return "waiting"


def test_what_waits_is_over_after_ten_minutes(actor, time):
    member = actor("member")
    secret, _ = turn_on(member)
    token = wait(member)
    time.shift(10 * 60 + 1)
    with pytest.raises(WrongMoment, match="quá 10 phút"):
        second_factor.pass_code(token, pyotp.TOTP(secret).at(clock.now()), HERE, KEY)


def test_a_recovery_code_needs_the_key_it_was_kept_with(actor):
    member = actor("member")
    _, codes = turn_on(member)
    token = wait(member)
    with pytest.raises(BadInput):
        second_factor.pass_code(token, codes[0], HERE, "another key of this length, 32 or so")
    opened = second_factor.pass_code(token, codes[0], HERE, KEY)
    assert db.session.get(SignInSession, accounts.hash_token(opened)) is not None


def test_turning_it_on_ends_sign_ins_that_wait(actor):
    member = actor("member")
    wait(member)
    turn_on(member)
    assert db.session.execute(select(PendingSignIn)).first() is None


def test_turning_it_off_leaves_nothing_behind(actor):
    member = actor("member")
    _, codes = turn_on(member)
    account = db.session.get_one(accounts.Account, member.account_id)
    account.password_hash = accounts.hash_password("mat-khau-thu")
    db.session.commit()
    second_factor.turn_off(member, "mat-khau-thu", codes[0], HERE, KEY, required=False)
    assert [db.session.execute(select(table)).first() for table in (SecondFactor, RecoveryCode, PendingSignIn)] == [None] * 3


def test_only_who_manages_accounts_clears_it_for_another(actor):
    turn_on(actor("member"))
    with pytest.raises(NotAllowed):
        second_factor.clear(actor("bloc_secretary"), "member")
    second_factor.clear(actor("administrator"), "member")
    with pytest.raises(WrongMoment, match="đang tắt"):
        second_factor.clear(actor("administrator"), "member")
