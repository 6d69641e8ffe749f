"""Reads about the second factor."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from ..domain.actors import Actor
from ..models.accounts import PendingSignIn, RecoveryCode, SecondFactor
from ..models.base import db


@dataclass(frozen=True, slots=True)
class OwnFactor:
    """How one's own second factor stands. `secret` is there only while it waits to be taken into an app ("" before and after)."""

    secret: str = ""
    confirmed_at: datetime | None = None
    codes_left: int = 0


def own_factor(actor: Actor) -> OwnFactor:
    """The actor's own second factor."""
    left = select(func.count()).where(RecoveryCode.account_id == actor.account_id).scalar_subquery()
    query = select(SecondFactor.secret, SecondFactor.confirmed_at, left).where(SecondFactor.account_id == actor.account_id)
    row = db.session.execute(query).one_or_none()
    if row is None:
        return OwnFactor()
    secret, confirmed_at, codes_left = row
    return OwnFactor("" if confirmed_at else secret, confirmed_at, codes_left)


def is_waiting(token_hash: str, now: datetime) -> bool:
    """Whether a sign-in waits for its second factor under this token's hash."""
    query = select(PendingSignIn.account_id).where(PendingSignIn.token_hash == token_hash, PendingSignIn.expires_at > now)
    return db.session.execute(query).first() is not None
