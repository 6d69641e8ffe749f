"""Signing in and out, activation by a one-time code, passwords. Every try is a row, so that limits hold over processes."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete, func, select, update

from ..domain import accounts as rules
from ..domain import password_mails
from ..domain.actors import Actor
from ..domain.errors import BadInput, TooManyTries
from ..domain.second_factor import PENDING_LIFE
from ..domain.vietnamese import fold
from ..models.accounts import Account, PendingSignIn, SecondFactor, SignInAttempt, SignInSession
from ..models.base import db
from . import audit, clock, notices, pushes
from .mails import write_to
from .transaction import happening

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# of a random text nobody knows, with the figures of _HASHER: an unknown name costs as long as a wrong password, the first time too
NOBODY_S_HASH = "$argon2id$v=19$m=19456,t=2,p=1$+opyfWoJxgtTxxEpUKNYHQ$nR0IRXEoikzIUYNWWt3NfB0TsRxV5PlcUhy/2nPZxf0"
WRONG_PAIR = "Tên đăng nhập hoặc mật khẩu chưa đúng."
WRONG_CODE = "Tên đăng nhập hoặc mã kích hoạt chưa đúng, hoặc mã đã hết hạn. Hãy nhờ bí thư cấp mã mới."


@dataclass(frozen=True, slots=True)
class Caller:
    """Where a request comes from: network address and what the browser calls itself."""

    address: str
    browser: str = ""


@dataclass(frozen=True, slots=True)
class Door:
    """What a right password or one-time code opens: a session with this token; where `needs_code`, it only waits for the second factor."""

    token: str
    needs_code: bool = False


def hash_password(password: str) -> str:
    """The Argon2id hash kept for a password (20–30 ms on purpose)."""
    return _HASHER.hash(password)


def hash_token(token: str) -> str:
    """What is kept of a session token (SHA-256, hex): the token itself is random enough to need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def hash_code(code: str, username: str, key: str) -> str:
    """What is kept of a one-time code: a keyed hash (HMAC-SHA-256, hex), good only together with its username."""
    return hmac.new(key.encode(), f"{username}:{rules.normal_code(code)}".encode(), "sha256").hexdigest()


def new_code() -> str:
    """A one-time code: 8 random characters of 32."""
    return "".join(secrets.choice(rules.CODE_LETTERS) for _ in range(rules.CODE_LENGTH))


def sign_in(username: str, password: str, caller: Caller) -> Door:
    """Open a session, or begin one that waits for the second factor where the account has one.

    BadInput on a wrong pair (the same words for an unknown name), TooManyTries past the limits.
    """
    tried = take_try(username, caller)
    account = _account(username)
    good = password_is(password, account.password_hash if account else "")
    if account is None or not good or account.closed_at:
        raise BadInput("password", WRONG_PAIR)
    return _open_door(account.id, username, caller, tried)


@happening
def _open_door(account_id: int, username: str, caller: Caller, tried: int) -> Door:
    give_back(tried)
    confirmed = select(SecondFactor.account_id).where(SecondFactor.account_id == account_id, SecondFactor.confirmed_at.is_not(None))
    if db.session.execute(confirmed).first() is None:
        return Door(open_session(account_id, username, caller))
    token, now = secrets.token_urlsafe(32), clock.now()
    db.session.execute(delete(PendingSignIn).where(PendingSignIn.expires_at < now))
    db.session.add(PendingSignIn(token_hash=hash_token(token), account_id=account_id, expires_at=now + PENDING_LIFE))
    return Door(token, needs_code=True)


@happening
def open_session(account_id: int, username: str, caller: Caller) -> str:
    """Open a session for an account whose holder has shown all that is asked; returns its token. Part of the happening it is called in."""
    token, now = secrets.token_urlsafe(32), clock.now()
    add_try(username, caller, succeeded=True)
    db.session.add(
        SignInSession(
            token_hash=hash_token(token),
            account_id=account_id,
            created_at=now,
            seen_at=now,
            expires_at=now + rules.SESSION_LIFE,
            address=caller.address,
            browser=caller.browser[:200],
        )
    )
    db.session.execute(delete(SignInSession).where(SignInSession.expires_at < now))
    return token


@happening
def sign_out(actor: Actor, token: str) -> None:
    """Close the session of `token`, if it is the actor's; reminders no longer go to the browser that had it."""
    pushes.forget_session(actor.account_id, hash_token(token))
    db.session.execute(
        delete(SignInSession).where(SignInSession.token_hash == hash_token(token), SignInSession.account_id == actor.account_id)
    )


@happening
def stay_signed_in(token: str) -> None:
    """Note that the session of `token` was seen, and let it live on from now."""
    now = clock.now()
    seen = update(SignInSession).where(SignInSession.token_hash == hash_token(token))
    db.session.execute(seen.values(seen_at=now, expires_at=now + rules.SESSION_LIFE))


def activate(username: str, code: str, password: str, again: str, caller: Caller, key: str, *, mails: bool = False) -> Door:
    """Set the first or a new password with a one-time code and sign in, as far as the password would; every other session ends.

    The code is good once, with its username, until it expires or was mistyped 5 times. BadInput otherwise, TooManyTries past the limits.
    Whose password is set anew is told so, by mail too where `mails`.
    """
    rules.check_password(password, again, username)
    tried = take_try(username, caller)
    account = _account(username)
    if account is None or not _code_is_good(account, code, key):
        _note_wrong_code(username)
        raise BadInput("code", WRONG_CODE)
    hashed = hash_password(password)
    if not _use_code(account.id, account.code_hash, hashed, mails=mails):
        raise BadInput("code", WRONG_CODE)
    return _open_door(account.id, username, caller, tried)


def change_password(actor: Actor, old: str, password: str, again: str, caller: Caller, *, mails: bool = False) -> None:
    """Set a new password, knowing the old one; a one-time code that is out opens nothing any more. The holder is told, by mail too where
    `mails`. BadInput at the field; TooManyTries past the limits of signing in: whoever holds an open browser does not know the password."""
    rules.check_password(password, again, actor.username)
    tried = take_try(actor.username, caller)
    if not password_is(old, db.session.get_one(Account, actor.account_id).password_hash):
        raise BadInput("old", "Mật khẩu hiện tại chưa đúng.")
    _change_password(actor, password, tried, mails=mails)


@happening
def _change_password(actor: Actor, password: str, tried: int, *, mails: bool) -> None:
    give_back(tried)
    account = db.session.get_one(Account, actor.account_id)
    account.password_hash, account.code_hash, account.code_expires_at = hash_password(password), "", None
    end_pending(account.id)
    _tell_of_new_password(account, mails=mails)
    audit.record(actor, "password_change", "account", account.id, fields=["password"])


@happening
def sign_out_elsewhere(actor: Actor, token: str) -> None:
    """Close every session of the actor but the one of `token`; reminders go to that browser at most."""
    pushes.forget_others(actor.account_id, hash_token(token))
    others = (SignInSession.account_id == actor.account_id) & (SignInSession.token_hash != hash_token(token))
    db.session.execute(delete(SignInSession).where(others))
    audit.record(actor, "sign_out_elsewhere", "account", actor.account_id)


@happening
def choose_theme(actor: Actor, theme: str) -> None:
    """Keep the person's choice of "light", "dark" or "" (as the device says)."""
    if theme not in ("", "light", "dark"):
        raise BadInput("theme", "Hãy chọn Sáng, Tối hoặc Theo máy.")
    db.session.get_one(Account, actor.account_id).theme = theme


def _tell_of_new_password(account: Account, *, mails: bool) -> None:
    notices.tell(account.id, "Mật khẩu của bạn vừa được đổi. Nếu không phải bạn, hãy báo ngay bí thư hoặc quản trị.", "/ca-nhan")
    if mails:
        write_to(account.id, *password_mails.changed(account.username, clock.now().astimezone(clock.VIETNAM)))


def end_pending(account_id: int) -> None:
    """Forget the account's sign-ins that wait for their second factor. Part of the happening it is called in."""
    db.session.execute(delete(PendingSignIn).where(PendingSignIn.account_id == account_id))


def _account(username: str) -> Account | None:
    return db.session.execute(select(Account).where(Account.username == fold(username))).scalars().one_or_none()


def password_is(password: str, hashed: str) -> bool:
    """Whether a password is the one of this hash; for an empty hash it takes as long and is false."""
    try:
        return _HASHER.verify(hashed or NOBODY_S_HASH, password) and bool(hashed)
    except (VerifyMismatchError, InvalidHashError):
        return False


def take_try(username: str, caller: Caller) -> int:
    """Note a try as a failed one before it is looked at, so that a thousand sent at once are not all looked at; its id, to give it back
    when it was right. TooManyTries, and nothing noted, for a name or an address past the limits."""
    tried = _note_try(username, caller)
    by_name, by_address = _failed_tries(username, caller)
    if by_name > rules.TRIES_PER_NAME or by_address > rules.TRIES_PER_ADDRESS:
        give_back(tried)
        raise TooManyTries()
    return tried


@happening
def give_back(tried: int) -> None:
    """Forget a try that was right. Part of the happening it is called in."""
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.id == tried))


def require_tries_left(username: str, caller: Caller) -> None:
    """Refuse (TooManyTries) a name or an address with too many failed tries in the last quarter of an hour. Part of the happening that
    looks at the try and notes it: one that is not would let those sent at once all pass."""
    by_name, by_address = _failed_tries(username, caller)
    if by_name >= rules.TRIES_PER_NAME or by_address >= rules.TRIES_PER_ADDRESS:
        raise TooManyTries()


def _failed_tries(username: str, caller: Caller) -> tuple[int, int]:
    """How many tries failed in the last quarter of an hour, under the name and from the address."""
    since = clock.now() - rules.ATTEMPT_WINDOW
    failed = select(func.count()).where(SignInAttempt.at > since, SignInAttempt.succeeded.is_(False))
    by_name = db.session.execute(failed.where(SignInAttempt.subject == fold(username)[:60])).scalar_one()
    by_address = db.session.execute(
        failed.where(SignInAttempt.address == caller.address, SignInAttempt.subject != rules.LOOKUP)
    ).scalar_one()
    return by_name, by_address


def add_try(username: str, caller: Caller, *, succeeded: bool) -> None:
    """Note a try. Part of the happening it is called in."""
    db.session.add(SignInAttempt(at=clock.now(), subject=fold(username)[:60], address=caller.address, succeeded=succeeded))


@happening
def _note_try(username: str, caller: Caller) -> int:
    row = SignInAttempt(at=clock.now(), subject=fold(username)[:60], address=caller.address, succeeded=False)
    db.session.add(row)
    db.session.flush()
    return row.id


@happening
def _note_wrong_code(username: str) -> None:
    db.session.execute(update(Account).where(Account.username == fold(username)).values(code_tries=Account.code_tries + 1))


def _code_is_good(account: Account, code: str, key: str) -> bool:
    if not account.code_hash or account.code_tries >= rules.CODE_TRIES or account.closed_at:
        return False
    if account.code_expires_at is None or account.code_expires_at < clock.now():
        return False
    return hmac.compare_digest(account.code_hash, hash_code(code, account.username, key))


@happening
def _use_code(account_id: int, code_hash: str, password_hash: str, *, mails: bool) -> bool:
    account = db.session.get_one(Account, account_id, populate_existing=True)
    if account.code_hash != code_hash:
        return False  # used by someone in between
    if account.password_hash:
        _tell_of_new_password(account, mails=mails)
    account.password_hash, account.code_hash, account.code_expires_at, account.code_tries = password_hash, "", None, 0
    db.session.execute(delete(SignInSession).where(SignInSession.account_id == account_id))
    pushes.forget_all(account_id)
    end_pending(account_id)
    audit.record(None, "account_activate", "account", account_id, fields=["password"])
    return True
