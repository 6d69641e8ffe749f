"""A forgotten password: asked about at the door, answered by mail.

Asking does the same work for every name: it counts and leaves a job. A worker looks later whether there is such an account and where it is
written to, so that neither words nor time tell the one who asks.
"""

from sqlalchemy import func, select

from ..domain import password_mails as words
from ..domain.accounts import ASK_WINDOW, ASKED, ASKS_PER_ADDRESS, ASKS_PER_NAME, MAILED_CODE_LIFE, shown_code
from ..domain.errors import TooManyTries
from ..domain.vietnamese import fold
from ..models.accounts import Account, Appointment, SecondFactor, SignInAttempt
from ..models.base import db
from ..queries.accounts import held_on
from . import accounts, audit, clock, jobs, mails, notices
from .accounts import Caller
from .transaction import happening

JOB = "password_code"
ASKED_FOR = (
    "Nếu có tài khoản mang tên này và sổ có địa chỉ email của bạn, một thư sẽ tới trong vài phút; mã trong thư dùng được 30 phút. "
    "Không thấy thư, bạn xem cả thư rác, rồi nhắn bí thư chi đoàn cấp mã."
)
TOO_OFTEN = "Bạn đã hỏi mã nhiều lần. Hãy xem hộp thư, kể cả thư rác; một giờ nữa hỏi lại được, hoặc nhờ bí thư cấp mã."


@happening
def ask_code(username: str, caller: Caller) -> None:
    """Ask for a one-time code by mail for the account of that name, if there is one. TooManyTries past 3 an hour for a name and 30 from
    an address."""
    name = fold(username)[: 60 - len(ASKED)]
    _require_asks_left(name, caller)
    db.session.add(SignInAttempt(at=clock.now(), subject=ASKED + name, address=caller.address, succeeded=True))
    jobs.ask_job(None, JOB, {"username": name})


def _require_asks_left(name: str, caller: Caller) -> None:
    asked = select(func.count()).where(SignInAttempt.at > clock.now() - ASK_WINDOW)
    by_name = db.session.execute(asked.where(SignInAttempt.subject == ASKED + name)).scalar_one()
    from_there = (SignInAttempt.address == caller.address, SignInAttempt.subject.startswith(ASKED, autoescape=True))
    by_address = db.session.execute(asked.where(*from_there)).scalar_one()
    if by_name >= ASKS_PER_NAME or by_address >= ASKS_PER_ADDRESS:
        raise TooManyTries(TOO_OFTEN)


@happening
def answer(username: str, key: str, site: str) -> None:
    """Write to the holder of the account, where there is one with an address: a code good for half an hour, or why none comes.

    `key` is the secret the code's hash is made with, `site` scheme and host for the link. The old password stays good until the code is
    used. Who holds a post gets a code only with the second factor on: officers of a branch note the addresses of its members, and must not
    open by that what they could not give.
    """
    account = db.session.execute(select(Account).where(Account.username == username, Account.closed_at.is_(None))).scalars().one_or_none()
    if account is None or not mails.address_of(account.id):
        return
    if not account.password_hash:
        mails.write_to(account.id, *words.not_activated(account.username))
    elif _holds_a_post(account.id) and not _has_factor(account.id):
        mails.write_to(account.id, *words.ask_above(account.username))
    else:
        _send_code(account, key, site)


def _send_code(account: Account, key: str, site: str) -> None:
    code = accounts.new_code()
    account.code_hash, account.code_tries = accounts.hash_code(code, account.username, key), 0
    account.code_expires_at = clock.now() + MAILED_CODE_LIFE
    mails.write_to(account.id, *words.code(account.username, shown_code(code), site))
    audit.record(None, "code_mail", "account", account.id)
    notices.tell(account.id, "Một mã đặt lại mật khẩu vừa được gửi tới email của bạn. Nếu bạn không hỏi, hãy báo bí thư.", "/ca-nhan")


def _holds_a_post(account_id: int) -> bool:
    held = select(Appointment.id).where(Appointment.account_id == account_id, held_on(clock.today()))
    return db.session.execute(held.limit(1)).first() is not None


def _has_factor(account_id: int) -> bool:
    confirmed = select(SecondFactor.account_id).where(SecondFactor.account_id == account_id, SecondFactor.confirmed_at.is_not(None))
    return db.session.execute(confirmed).first() is not None
