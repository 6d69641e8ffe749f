"""The second factor: turning it on and off, the step after the password, recovery codes.

A wrong code is noted before it is refused: each step is a happening that answers whether the code was good, and the refusal follows it.
"""

import hmac
import secrets

import pyotp
from pyotp.exceptions import OTPVerificationError
from sqlalchemy import delete, select

from ..domain import second_factor as rules
from ..domain.accounts import CODE_LETTERS
from ..domain.actors import Actor
from ..domain.errors import BadInput, NotFound, WrongMoment
from ..domain.permissions import Action, require_somewhere
from ..models.accounts import Account, PendingSignIn, RecoveryCode, SecondFactor
from ..models.base import db
from . import accounts, audit, clock, notices
from .accounts import Caller
from .transaction import happening

WRONG = "Mã chưa đúng, hoặc đã dùng rồi. Hãy đợi ứng dụng hiện mã mới, hoặc dùng một mã dự phòng."
NOT_YET = "Mã chưa đúng. Hãy xem giờ của điện thoại có đúng không, rồi nhập mã đang hiện trên ứng dụng."
TOO_LATE = "Lần đăng nhập này đã quá 10 phút. Hãy nhập lại tên đăng nhập và mật khẩu."
IS_ON = "Xác thực hai bước đang bật."
IS_OFF = "Xác thực hai bước đang tắt."
REQUIRED = "Chức vụ của bạn cần xác thực hai bước nên không tắt được. Hãy lấy mã dự phòng mới nếu đổi điện thoại."


def pass_code(token: str, code: str, caller: Caller, key: str) -> str:
    """The step after the password: the token of a waiting sign-in and a code in, the token of an open session out.

    BadInput "code" when it is wrong or was used, WrongMoment when the sign-in waits no more, TooManyTries past the limits that hold for
    passwords too.
    """
    opened = _pass_code(token, code, caller, key)
    if opened is None:
        raise BadInput("code", WRONG)
    return opened


@happening
def _pass_code(token: str, code: str, caller: Caller, key: str) -> str | None:
    account = _waiting(token)
    accounts.require_tries_left(account.username, caller)
    if not _use(account.id, code, key):
        accounts.add_try(account.username, caller, succeeded=False)
        return None
    accounts.end_pending(account.id)
    return accounts.open_session(account.id, account.username, caller)


def _waiting(token: str) -> Account:
    """The account whose sign-in waits under this token; WrongMoment when there is none."""
    query = select(Account).join(PendingSignIn, PendingSignIn.account_id == Account.id)
    mine = (PendingSignIn.token_hash == accounts.hash_token(token), PendingSignIn.expires_at > clock.now(), Account.closed_at.is_(None))
    account = db.session.execute(query.where(*mine)).scalars().one_or_none()
    if account is None:
        raise WrongMoment(TOO_LATE)
    return account


def app_address(actor: Actor, secret: str) -> str:
    """What the QR holds that an app on the phone reads: the secret, whose it is and where."""
    return pyotp.TOTP(secret).provisioning_uri(name=actor.username, issuer_name=rules.ISSUER)


@happening
def begin(actor: Actor) -> None:
    """Make a secret to be taken into an app; it counts only once confirmed. Asked again it stays the same. WrongMoment when it is on."""
    factor = db.session.get(SecondFactor, actor.account_id)
    if factor is None:
        db.session.add(SecondFactor(account_id=actor.account_id, secret=pyotp.random_base32()))
    elif factor.confirmed_at:
        raise WrongMoment(IS_ON)


@happening
def confirm(actor: Actor, code: str, token: str, key: str) -> tuple[str, ...]:
    """Turn the second factor on with a code of the app; every session but the one of `token` ends. Returns the recovery codes as they are
    shown, this once. BadInput "code" when it is wrong, WrongMoment when it is on or was not begun."""
    factor = db.session.get(SecondFactor, actor.account_id)
    if factor is None or factor.confirmed_at:
        raise WrongMoment(IS_ON if factor else "Hãy bắt đầu từ mục Xác thực hai bước ở trang Cá nhân.")
    step = _step(factor, code)
    if step is None:
        raise BadInput("code", NOT_YET)
    factor.last_step, factor.confirmed_at = step, clock.now()
    accounts.end_pending(actor.account_id)
    accounts.sign_out_elsewhere(actor, token)
    audit.record(actor, "second_factor_on", "account", actor.account_id)
    return _new_recovery_codes(actor.account_id, key)


def turn_off(actor: Actor, password: str, code: str, caller: Caller, key: str, *, required: bool) -> None:
    """Turn the second factor off, knowing the password and a code. WrongMoment when it is off or, with `required`, where the actor's posts
    ask for it; BadInput at what is wrong, TooManyTries past the limits."""
    if required and rules.is_required(actor.appointments):
        raise WrongMoment(REQUIRED)
    _require_password(actor, password, caller)
    if not _turn_off(actor, code, caller, key):
        raise BadInput("code", WRONG)


@happening
def _turn_off(actor: Actor, code: str, caller: Caller, key: str) -> bool:
    if not _proves(actor, code, caller, key):
        return False
    forget(actor.account_id)
    audit.record(actor, "second_factor_off", "account", actor.account_id)
    return True


def renew_recovery_codes(actor: Actor, password: str, code: str, caller: Caller, key: str) -> tuple[str, ...]:
    """New recovery codes in place of the old ones, as they are shown, this once. Refused as `turn_off`."""
    _require_password(actor, password, caller)
    codes = _renew(actor, code, caller, key)
    if not codes:
        raise BadInput("code", WRONG)
    return codes


@happening
def _renew(actor: Actor, code: str, caller: Caller, key: str) -> tuple[str, ...]:
    if not _proves(actor, code, caller, key):
        return ()
    audit.record(actor, "recovery_codes_renew", "account", actor.account_id)
    return _new_recovery_codes(actor.account_id, key)


@happening
def clear(actor: Actor, username: str) -> None:
    """An administrator turns off the second factor of someone who lost phone and recovery codes. NotFound when there is no such account,
    NotAllowed to others, WrongMoment when it is off or one's own."""
    require_somewhere(actor, Action.ACCOUNT_MANAGE)
    account = db.session.execute(select(Account).where(Account.username == username)).scalars().one_or_none()
    if account is None:
        raise NotFound("Không có tài khoản này.")
    if account.id == actor.account_id:
        raise WrongMoment("Đây là tài khoản của bạn. Hãy tắt ở trang Cá nhân bằng mật khẩu và mã.")
    if not _confirmed(account.id):
        raise WrongMoment(IS_OFF)
    forget(account.id)
    audit.record(actor, "second_factor_clear", "account", account.id)
    notices.tell(account.id, "Quản trị vừa tắt xác thực hai bước của bạn. Nếu bạn không nhờ, hãy đổi mật khẩu ngay.", "/ca-nhan")


def _require_password(actor: Actor, password: str, caller: Caller) -> None:
    if not _confirmed(actor.account_id):
        raise WrongMoment(IS_OFF)
    tried = accounts.take_try(actor.username, caller)
    if not accounts.password_is(password, db.session.get_one(Account, actor.account_id).password_hash):
        raise BadInput("password", "Mật khẩu chưa đúng.")
    accounts.give_back(tried)


def _proves(actor: Actor, code: str, caller: Caller, key: str) -> bool:
    accounts.require_tries_left(actor.username, caller)
    if _use(actor.account_id, code, key):
        return True
    accounts.add_try(actor.username, caller, succeeded=False)
    return False


def _confirmed(account_id: int) -> SecondFactor | None:
    factor = db.session.get(SecondFactor, account_id, populate_existing=True)
    return factor if factor and factor.confirmed_at else None


def _use(account_id: int, code: str, key: str) -> bool:
    """Whether a code of the app or a recovery code is good; a good one is good no more."""
    factor = _confirmed(account_id)
    if factor is None:
        return False
    step = _step(factor, code)
    if step is not None:
        factor.last_step = step
        return True
    return _use_recovery_code(account_id, code, key)


def _step(factor: SecondFactor, typed: str) -> int | None:
    """The time step of a code of the app; None when it is wrong, or not newer than the last one used."""
    code = rules.app_code(typed)
    if not code:
        return None
    try:
        step = pyotp.TOTP(factor.secret).verify_and_get_timecode(code, for_time=clock.now(), valid_window=rules.DRIFT)
    except OTPVerificationError:
        return None
    return step if step > factor.last_step else None


def _use_recovery_code(account_id: int, typed: str, key: str) -> bool:
    row = db.session.get(RecoveryCode, (account_id, _hash(account_id, rules.recovery_code(typed), key)))
    if row is None:
        return False
    db.session.delete(row)
    audit.record(None, "recovery_code_use", "account", account_id)
    notices.tell(account_id, "Một mã dự phòng của bạn vừa được dùng. Nếu không phải bạn, hãy đổi mật khẩu ngay.", "/ca-nhan")
    return True


def _new_recovery_codes(account_id: int, key: str) -> tuple[str, ...]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    codes = ["".join(secrets.choice(CODE_LETTERS) for _ in range(rules.RECOVERY_LENGTH)) for _ in range(rules.RECOVERY_CODES)]
    db.session.add_all([RecoveryCode(account_id=account_id, code_hash=_hash(account_id, code, key)) for code in codes])
    return tuple(rules.shown_recovery_code(code) for code in codes)


def _hash(account_id: int, code: str, key: str) -> str:
    """What is kept of a recovery code: a keyed hash (HMAC-SHA-256, hex), good only for its account."""
    return hmac.new(key.encode(), f"recovery:{account_id}:{code}".encode(), "sha256").hexdigest()


def forget(account_id: int) -> None:
    """Turn the second factor of an account off, its recovery codes with it. Part of the happening it is called in."""
    db.session.execute(delete(SecondFactor).where(SecondFactor.account_id == account_id))
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    accounts.end_pending(account_id)
