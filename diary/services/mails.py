"""Mail: written in the transaction of what it tells about, taken by one sender at a time, its words gone when it went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, delete, insert, literal_column, select

from ..domain.mails import KEPT, MailState, clean_subject, clean_words, is_address
from ..models.accounts import Account
from ..models.base import UtcDateTime, db, new_id, run, table_of
from ..models.mails import Mail
from ..models.members import Member
from . import clock, outbox
from .transaction import happening, happening_of_one_row

_DUE = (Mail.state == MailState.WAITING, Mail.not_before <= bindparam("now", type_=UtcDateTime))
_ANY_DUE = select(Mail.id).where(*_DUE).limit(1)
_WAITS: ColumnElement[str] = literal_column("'waiting'")  # a partial index serves only if the statement itself holds its condition
_ASKED_FOR = select(Mail).where(
    Mail.state == _WAITS, Mail.unsubscribe == literal_column("''"), Mail.not_before <= bindparam("now", type_=UtcDateTime)
)
_NEXT_ASKED_FOR = _ASKED_FOR.order_by(Mail.not_before, Mail.id).limit(1).with_for_update(skip_locked=True)
_NEXT_DUE = select(Mail).where(*_DUE).order_by(Mail.not_before, Mail.id).limit(1).with_for_update(skip_locked=True)


@dataclass(frozen=True, slots=True)
class DueMail:
    """A mail in the hands of whoever sends it."""

    id: UUID
    address: str
    subject: str
    words: str
    made_at: datetime
    unsubscribe: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail to write, to go out not before a moment. `unsubscribe`: the page where such mails are switched off, "" where nobody said."""

    account_id: int
    address: str
    subject: str
    words: str
    not_before: datetime
    unsubscribe: str = ""


@happening
def write_to(account_id: int, subject: str, words: str) -> bool:
    """Write a mail to the holder of an account, to be sent by a worker; whether they have an address to write to.

    Called within a happening it is part of it.
    """
    address = address_of(account_id)
    if not address:
        return False
    now = clock.now()
    mail = Mail(id=new_id(), account_id=account_id, address=address, subject=clean_subject(subject), words=clean_words(words))
    mail.state, mail.made_at, mail.not_before = MailState.WAITING, now, now
    db.session.add(mail)
    return True


@happening
def write_many(outgoing: Sequence[Outgoing]) -> None:
    """Write many mails in one statement, to addresses that mail can go to. Called within a happening it is part of it."""
    now = clock.now()
    rows = [
        {
            "id": new_id(), "account_id": one.account_id, "address": one.address, "subject": clean_subject(one.subject),
            "words": clean_words(one.words), "state": MailState.WAITING, "made_at": now, "not_before": one.not_before, "tries": 0,
            "trouble": "", "unsubscribe": one.unsubscribe,
        }
        for one in outgoing
    ]  # fmt: skip
    if rows:
        run(insert(table_of(Mail)), rows)


def address_of(account_id: int) -> str:
    """Where the holder of an account is written to; "" for who has no address, or none that mail can go to."""
    found = select(Member.email).join(Account, Account.member_id == Member.id).where(Account.id == account_id)
    address = db.session.execute(found).scalar_one_or_none() or ""
    return address if is_address(address) else ""


def is_any_due() -> bool:
    """Whether some mail waits to be sent now."""
    try:
        return db.session.execute(_ANY_DUE, {"now": clock.now()}).first() is not None
    finally:
        db.session.rollback()


@happening_of_one_row
def take_due() -> DueMail | None:
    """The mail that waits longest, for five minutes this caller's alone to send; None when there is none.

    A mail that someone asked for (a code) goes before any reminders, however many wait.
    """
    now, fresh = clock.now(), {"populate_existing": True}
    row = db.session.execute(_NEXT_ASKED_FOR, {"now": now}, execution_options=fresh).scalars().first()
    row = row or db.session.execute(_NEXT_DUE, {"now": now}, execution_options=fresh).scalars().first()
    if row is None:
        return None
    outbox.hold(row)
    return DueMail(row.id, row.address, row.subject, row.words, row.made_at, row.unsubscribe)


@happening_of_one_row
def note_sent(mail_id: UUID) -> None:
    """The mail went out: its words go now."""
    row = db.session.get_one(Mail, mail_id, populate_existing=True)
    row.state = MailState.SENT
    outbox.is_sent(row)


@happening_of_one_row
def note_failed(mail_id: UUID, trouble: str, *, for_good: bool) -> None:
    """The mail did not go out: it waits for its next try, or is given up after the last, or at once where it was refused for good."""
    row = db.session.get_one(Mail, mail_id, populate_existing=True)
    if not outbox.may_try_again(row, trouble, for_good=for_good):
        row.state = MailState.FAILED


@happening
def forget_old_mails() -> None:
    """Delete what was sent or given up longer ago than mails are kept."""
    old = delete(Mail).where(Mail.state != MailState.WAITING, Mail.made_at < clock.now() - KEPT)
    db.session.execute(old, execution_options={"synchronize_session": False})
