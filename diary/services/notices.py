"""Notices: told in the transaction of what they tell about."""

from collections.abc import Sequence

from sqlalchemy import insert, select, update

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


def tell(account_id: int, text: str, link: str = "") -> None:
    """Tell the holder of an account something inside the app."""
    db.session.execute(insert(Notice), [{"id": new_id(), "account_id": account_id, "at": clock.now(), "text": text[:300], "link": link}])


@happening
def mark_read(actor: Actor) -> None:
    """Everything told to the actor so far counts as read."""
    unread = (Notice.account_id == actor.account_id) & Notice.read_at.is_(None)
    db.session.execute(update(Notice).where(unread).values(read_at=clock.now()))
