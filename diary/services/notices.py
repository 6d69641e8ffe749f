"""Notices: told in the transaction of what they tell about."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, insert, select, update

from ..domain.actors import Actor
from ..models.accounts import Account
from ..models.base import db, new_id
from ..models.notices import Notice
from . import clock
from .transaction import happening


def tell_member(member_id: int, text: str, link: str = "") -> None:
    """Tell a member something inside the app; `link` is a path of this site."""
    account_id = db.session.execute(select(Account.id).where(Account.member_id == member_id)).scalars().one_or_none()
    if account_id is not None:
        tell(account_id, text, link)


def tell_members(member_ids: Sequence[int], text: str, link: str = "") -> None:
    """Tell many members the same thing, in two statements."""
    accounts = db.session.execute(select(Account.id).where(Account.member_id.in_(member_ids))).scalars().all()
    now = clock.now()
    rows = [{"id": new_id(), "account_id": account_id, "at": now, "text": text[:300], "link": link} for account_id in accounts]
    if rows:
        db.session.execute(insert(Notice), rows)


def tell_many(told: Sequence[tuple[int, str, str]]) -> None:
    """Tell many people something each, in one statement: account, text and link."""
    now = clock.now()
    rows = [{"id": new_id(), "account_id": account_id, "at": now, "text": text[:300], "link": link} for account_id, text, link in told]
    if rows:
        db.session.execute(insert(Notice), rows)


def tell(account_id: int, text: str, link: str = "") -> None:
    """Tell the holder of an account something inside the app."""
    db.session.execute(insert(Notice), [{"id": new_id(), "account_id": account_id, "at": clock.now(), "text": text[:300], "link": link}])


def tell_lately(member_id: int, topic: str, text: str, link: str = "", at: datetime | None = None) -> None:
    """Tell a member inside the app by one notice of the `topic`: one not read yet is brought up to date, and keeps its time; else a new
    one is told, at `at` (now)."""
    newest = {"text": text[:300], "link": link}
    unread = update(Notice).where(_unread(member_id, topic)).values(newest).returning(Notice.id)
    if db.session.execute(unread, execution_options={"synchronize_session": False}).all():
        return
    account_id = db.session.execute(select(Account.id).where(Account.member_id == member_id)).scalars().one_or_none()
    if account_id is not None:
        row = {"id": new_id(), "account_id": account_id, "at": at or clock.now(), "topic": topic, **newest}
        db.session.execute(insert(Notice), [row])


def unread_since(member_id: int, topic: str) -> datetime | None:
    """When the member's unread notice of the topic was first told; None where there is none."""
    return db.session.execute(select(Notice.at).where(_unread(member_id, topic)).order_by(Notice.at).limit(1)).scalar_one_or_none()


def untell(member_id: int, topic: str) -> None:
    """Take back what a member was told of the topic and has not read."""
    db.session.execute(delete(Notice).where(_unread(member_id, topic)), execution_options={"synchronize_session": False})


def _unread(member_id: int, topic: str) -> ColumnElement[bool]:
    account_id = select(Account.id).where(Account.member_id == member_id).scalar_subquery()
    return and_(Notice.account_id == account_id, Notice.topic == topic, Notice.read_at.is_(None))


@happening
def mark_read(actor: Actor) -> None:
    """Everything told to the actor so far counts as read."""
    unread = (Notice.account_id == actor.account_id) & Notice.read_at.is_(None)
    db.session.execute(update(Notice).where(unread).values(read_at=clock.now()))
