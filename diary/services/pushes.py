"""Pushes: the browsers that take them for a person, and what waits to be sent there, written and taken as mails are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select

from ..domain.actors import Actor
from ..domain.errors import NotFound
from ..domain.mails import KEPT
from ..domain.pushes import MOST_DEVICES, Address, check_address, clean_link, clean_words
from ..domain.reminders import PushState
from ..models.base import UtcDateTime, db, new_id, run, table_of
from ..models.reminders import Push, PushSubscription
from . import audit, clock, outbox
from .transaction import happening

_DUE = (Push.state == PushState.WAITING, Push.not_before <= bindparam("now", type_=UtcDateTime))
_ANY_DUE = select(Push.id).where(*_DUE).limit(1)
_NEXT_DUE = select(Push).where(*_DUE).order_by(Push.not_before, Push.id).limit(1).with_for_update(skip_locked=True)
_DEVICES = select(PushSubscription.account_id, PushSubscription.id).where(
    PushSubscription.account_id.in_(bindparam("accounts", expanding=True))
)
_ADD = insert(table_of(Push))


@dataclass(frozen=True, slots=True)
class Words:
    """What a person is to be told by a push, not before a moment; `link` is a page of this site."""

    account_id: int
    words: str
    link: str
    not_before: datetime


@dataclass(frozen=True, slots=True)
class DuePush:
    """A push in the hands of whoever sends it."""

    id: UUID
    subscription_id: UUID
    address: Address
    words: str
    link: str


@happening
def subscribe(actor: Actor, address: Address, device: str, session_hash: str) -> UUID:
    """Let a browser take pushes for the actor; the id of its row. A browser has one owner: another account's claim to it ends, with what
    waits for that one. `session_hash` is of the session it was switched on in. BadInput where it is no browser's address."""
    check_address(address)
    held = db.session.execute(select(PushSubscription).where(PushSubscription.endpoint == address.endpoint)).scalars().one_or_none()
    if held is not None and held.account_id != actor.account_id:
        _drop(PushSubscription.id == held.id)
        held = None
    if held is None:
        held = PushSubscription(id=new_id(), account_id=actor.account_id, endpoint=address.endpoint, made_at=clock.now())
        audit.record(actor, "push_on", "account", actor.account_id, fields=["by_push"])
    held.p256dh, held.auth, held.device, held.session_hash = address.p256dh, address.auth, device[:120], session_hash
    db.session.add(held)
    db.session.flush()
    _drop_oldest(actor.account_id)
    return held.id


def _drop_oldest(account_id: int) -> None:
    own = select(PushSubscription.id).where(PushSubscription.account_id == account_id)
    newest_first = own.order_by(PushSubscription.made_at.desc(), PushSubscription.id.desc())
    too_many = list(db.session.execute(newest_first.offset(MOST_DEVICES)).scalars())
    if too_many:
        _drop(PushSubscription.id.in_(too_many))


@happening
def unsubscribe(actor: Actor, subscription_id: UUID) -> None:
    """Send nothing more to one of the actor's browsers. NotFound where it is none of theirs."""
    mine = (PushSubscription.id == subscription_id) & (PushSubscription.account_id == actor.account_id)
    if not _drop(mine):
        raise NotFound("Máy này không còn trong danh sách nhận nhắc.")
    audit.record(actor, "push_off", "account", actor.account_id, fields=["by_push"])


def forget_session(account_id: int, session_hash: str) -> None:
    """Send nothing more to the browser that was switched on in a session. Part of the happening that ends it."""
    _drop((PushSubscription.account_id == account_id) & (PushSubscription.session_hash == session_hash))


def forget_all(account_id: int) -> None:
    """Send nothing more to any browser of the person. Part of the happening that signs all of them out."""
    _drop(PushSubscription.account_id == account_id)


def forget_others(account_id: int, session_hash: str) -> None:
    """Send nothing more to any of the person's browsers but the one of that session. Part of the happening that signs them out."""
    _drop((PushSubscription.account_id == account_id) & (PushSubscription.session_hash != session_hash))


def _drop(which: object) -> bool:
    """Delete subscriptions, with what waits for them; whether there was one."""
    found = delete(PushSubscription).where(which).returning(PushSubscription.id)  # type: ignore[arg-type]
    return bool(db.session.execute(found, execution_options={"synchronize_session": False}).all())


def push_to(account_id: int, words: str, link: str, not_before: datetime) -> int:
    """Write a push to each browser of a person; how many. Called within a happening it is part of it."""
    return push_all([Words(account_id, words, link, not_before)])


@happening
def push_all(told: Sequence[Words]) -> int:
    """Write the pushes to every browser of every person told, in two statements however many; how many pushes.

    Called within a happening it is part of it.
    """
    devices: dict[int, list[UUID]] = {}
    for account_id, subscription_id in run(_DEVICES, {"accounts": [one.account_id for one in told]}) if told else ():
        devices.setdefault(account_id, []).append(subscription_id)
    now = clock.now()
    rows = [
        {
            "id": new_id(), "subscription_id": device, "words": clean_words(one.words), "link": clean_link(one.link),
            "state": PushState.WAITING, "made_at": now, "not_before": one.not_before, "tries": 0, "trouble": "",
        }
        for one in told for device in devices.get(one.account_id, ())
    ]  # fmt: skip
    if rows:
        run(_ADD, rows)
    return len(rows)


def is_any_due() -> bool:
    """Whether some push waits to be sent now."""
    try:
        return db.session.execute(_ANY_DUE, {"now": clock.now()}).first() is not None
    finally:
        db.session.rollback()


@happening
def take_due() -> DuePush | None:
    """The push that waits longest, for five minutes this caller's alone to send; None when there is none."""
    row = db.session.execute(_NEXT_DUE, {"now": clock.now()}, execution_options={"populate_existing": True}).scalars().first()
    if row is None:
        return None
    outbox.hold(row)
    there = db.session.get_one(PushSubscription, row.subscription_id, populate_existing=True)
    return DuePush(row.id, there.id, Address(there.endpoint, there.p256dh, there.auth), row.words, row.link)


@happening
def note_sent(push_id: UUID) -> None:
    """The push went out: its words go now."""
    row = _still_there(push_id)
    if row is not None:
        row.state = PushState.SENT
        outbox.is_sent(row)


@happening
def note_failed(push_id: UUID, trouble: str, *, for_good: bool) -> None:
    """The push did not go out: it waits for its next try, or is given up after the last, or at once where it was refused for good."""
    row = _still_there(push_id)
    if row is not None and not outbox.may_try_again(row, trouble, for_good=for_good):
        row.state = PushState.FAILED


def _still_there(push_id: UUID) -> Push | None:
    """The row of a push; None where its browser was switched off while it was sent."""
    return db.session.get(Push, push_id, populate_existing=True)


@happening
def note_gone(subscription_id: UUID) -> None:
    """The push service does not know the browser any more: it goes, with all that waits for it."""
    _drop(PushSubscription.id == subscription_id)


@happening
def forget_old_pushes() -> None:
    """Delete what was sent or given up longer ago than such things are kept."""
    old = delete(Push).where(Push.state != PushState.WAITING, Push.made_at < clock.now() - KEPT)
    db.session.execute(old, execution_options={"synchronize_session": False})
