"""One-time codes handed out by officers and administrators: shown once, kept only as a keyed hash."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, bindparam, select, update

from ..domain.accounts import CODE_LIFE, shown_code
from ..domain.actors import Actor, Post
from ..domain.errors import NotAllowed, NotFound, WrongMoment
from ..domain.permissions import Action, Subject, may, require, require_somewhere
from ..domain.units import Place
from ..domain.vietnamese import fold
from ..models.accounts import Account
from ..models.accounts import Appointment as AppointmentRow
from ..models.base import db
from ..models.members import Member
from ..models.units import Unit
from ..queries.accounts import held_on
from ..queries.member_lists import UnitNames, all_unit_names, chunks
from . import accounts, audit, clock, notices, second_factor
from .transaction import happening

CODES_HEADER = ("Cơ sở Đoàn", "Chi đoàn", "Họ và tên", "Tên đăng nhập", "Mã kích hoạt", "Hạn dùng")
OWN_ACCOUNT = "Đây là tài khoản của bạn. Hãy đổi mật khẩu ở trang Cá nhân."
CLOSED = "Tài khoản này đã đóng nên không cấp mã được."
NO_KEY = "Chưa có khóa bí mật nên chưa cấp mã được. Hãy chạy lệnh setup, hoặc đặt SECRET_KEY."


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A code that was just made, as it is printed on the slip; nothing keeps it in this form."""

    unit: UnitNames
    name: str
    username: str
    code: str
    good_until: date

    @property
    def cells(self) -> tuple[str | date, ...]:
        """The row under CODES_HEADER."""
        return self.unit.base, self.unit.branch, self.name, self.username, self.code, self.good_until


@happening
def issue_code(actor: Actor, member_id: int, key: str) -> IssuedCode:
    """Make a new one-time code for a member's account, in place of the one before; `key` is the secret the hash is made with.

    By who may edit the member, or manage accounts. NotAllowed for one's own account (whoever knows it changes the password instead) and
    for an officer whose posts the actor could not give: a code opens the account with all its rights.
    """
    row = _account_of(member_id)
    subject = Subject(Place(row.unit_id, row.path), owner_id=member_id)
    if not may(actor, Action.ACCOUNT_MANAGE, subject):
        require(actor, Action.MEMBER_EDIT, subject)
    if actor.account_id == row.id:
        raise NotAllowed(OWN_ACCOUNT)
    if row.closed_at is not None:
        raise WrongMoment(CLOSED)
    if not all(_could_give(actor, post, place) for post, place in _posts_of([row.id])[row.id]):
        raise NotAllowed("Người này đang giữ chức vụ do Đoàn cấp trên giao. Hãy nhờ Đoàn cấp trên hoặc quản trị cấp mã.")
    (issued,) = make_codes([row], all_unit_names(), key, clock.now())
    audit.record(actor, "code_issue", "account", row.id, row.unit_id)
    notices.tell(row.id, "Bạn vừa được cấp mã kích hoạt mới. Nếu bạn không hỏi xin mã, hãy báo ngay Đoàn cấp trên.", "/ca-nhan")
    return issued


@happening
def issue_administrator_code(actor: Actor, username: str, key: str) -> IssuedCode:
    """Make a new one-time code for another account that belongs to no member, by who manages accounts; `key` as of `issue_code`.

    NotFound when there is none of that name, NotAllowed for a member's account (its codes come by `issue_code`) and for one's own.
    """
    require_somewhere(actor, Action.ACCOUNT_MANAGE)
    account = _named(username)
    if account.member_id is not None:
        raise NotAllowed("Tài khoản này của một đoàn viên. Hãy cấp mã ở trang của người ấy.")
    if account.id == actor.account_id:
        raise NotAllowed(OWN_ACCOUNT)
    return _issue_to(actor, account, key)


@happening
def issue_operator_code(username: str, key: str, *, clear_factor: bool = False) -> IssuedCode:
    """Make a new one-time code for any account, asked for on the machine itself, so that nobody is locked out for good; with `clear_factor`
    its second factor is turned off too. NotFound when there is no account of that name, WrongMoment when it is closed or without a key."""
    account = _named(username)
    issued = _issue_to(None, account, key)
    if clear_factor:
        second_factor.forget(account.id)
        audit.record(None, "second_factor_clear", "account", account.id)
    return issued


def _named(username: str) -> Account:
    account = db.session.execute(select(Account).where(Account.username == fold(username))).scalars().one_or_none()
    if account is None:
        raise NotFound(f"Không có tài khoản “{username}”.")
    if account.closed_at is not None:
        raise WrongMoment(CLOSED)
    return account


def _issue_to(actor: Actor | None, account: Account, key: str) -> IssuedCode:
    if not key:
        raise WrongMoment(NO_KEY)
    code, until = accounts.new_code(), clock.now() + CODE_LIFE
    account.code_hash, account.code_expires_at, account.code_tries = accounts.hash_code(code, account.username, key), until, 0
    audit.record(actor, "code_issue", "account", account.id)
    notices.tell(account.id, "Bạn vừa được cấp mã kích hoạt mới. Nếu bạn không hỏi xin mã, hãy báo ngay quản trị.", "/ca-nhan")
    return IssuedCode(UnitNames("", ""), account.name, account.username, shown_code(code), clock.local_day(until))


@happening
def issue_first_codes(actor: Actor, member_ids: Collection[int], key: str) -> tuple[IssuedCode, ...]:
    """Make codes for those of the members who have not activated their account yet and whom the actor may edit, by unit and name."""
    rows = [row for row in _unactivated(member_ids) if may(actor, Action.MEMBER_EDIT, Subject(Place(row.unit_id, row.path)))]
    posts = _posts_of([row.id for row in rows])
    rows = [row for row in rows if all(_could_give(actor, post, place) for post, place in posts[row.id])]
    issued = make_codes(rows, all_unit_names(), key, clock.now())
    if issued:
        audit.record(actor, "codes_issue", "account", "", None, [f"codes:{len(issued)}"])
    return issued


def make_missing_codes(member_ids: Sequence[int], key: str) -> tuple[IssuedCode, ...]:
    """Make codes for those of the members who have neither a password nor a code, by unit and name; for a happening that has decided."""
    rows = [row for row in _unactivated(member_ids) if not row.code_hash]
    return make_codes(rows, all_unit_names(), key, clock.now())


def make_codes(rows: Sequence[Any], names: dict[int, UnitNames], key: str, now: datetime) -> tuple[IssuedCode, ...]:
    """Give each account (rows with id, username, name, unit_id) a new code; nothing asked, nothing told. WrongMoment without a key."""
    if not key:
        raise WrongMoment(NO_KEY)
    until = now + CODE_LIFE
    codes = [accounts.new_code() for _ in rows]
    pairs = list(zip(rows, codes, strict=True))
    hashes = [{"account": row.id, "hash": accounts.hash_code(code, row.username, key), "until": until} for row, code in pairs]
    if hashes:
        values = {"code_hash": bindparam("hash"), "code_expires_at": bindparam("until"), "code_tries": 0}
        db.session.connection().execute(update(Account).where(Account.id == bindparam("account")).values(values), hashes)
    last_day = clock.local_day(until)
    return tuple(IssuedCode(names[row.unit_id], row.name, row.username, shown_code(code), last_day) for row, code in pairs)


def _accounts() -> Select[Any]:
    columns: tuple[Any, ...] = (Account.id, Account.username, Account.name, Account.closed_at, Account.code_hash, Member.unit_id, Unit.path)
    return select(*columns).join(Member, Member.id == Account.member_id).join(Unit, Unit.id == Member.unit_id)


def _account_of(member_id: int) -> Any:
    row = db.session.execute(_accounts().where(Account.member_id == member_id)).one_or_none()
    if row is None:
        raise NotFound()
    return row


def _unactivated(member_ids: Collection[int]) -> list[Any]:
    rows: list[Any] = []
    for some in chunks(sorted(member_ids)):
        waiting = _accounts().where(Account.member_id.in_(some), Account.password_hash == "", Account.closed_at.is_(None))
        rows.extend(db.session.execute(waiting.add_columns(Member.sort_key)))
    return sorted(rows, key=lambda row: (row.path, row.sort_key, row.id))


def _posts_of(account_ids: Sequence[int]) -> dict[int, list[tuple[Post, Place]]]:
    """The posts these accounts hold today, each with the place it is held at."""
    found: dict[int, list[tuple[Post, Place]]] = defaultdict(list)
    columns = (AppointmentRow.account_id, AppointmentRow.post, Unit.id, Unit.path)
    for some in chunks(account_ids):
        held = select(*columns).join(Unit, Unit.id == AppointmentRow.unit_id).where(AppointmentRow.account_id.in_(some))
        for account_id, post, unit_id, path in db.session.execute(held.where(held_on(clock.today()))):
            found[account_id].append((post, Place(unit_id, path)))
    return found


def _could_give(actor: Actor, post: Post, place: Place) -> bool:
    """Whether the actor could have given that post: only then may they open the account that holds it."""
    if may(actor, Action.ACCOUNT_MANAGE, Subject(place)):
        return True
    return post is not Post.ADMINISTRATOR and may(actor, Action.UNIT_EDIT, Subject(place))
