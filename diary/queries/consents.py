"""Reads about consent."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from ..domain.actors import Actor
from ..models.accounts import Account, Consent
from ..models.base import db


@dataclass(frozen=True, slots=True)
class OwnConsent:
    """The newest answer a person gave: to which version of the words, when, and when it was withdrawn."""

    version: int
    given_at: datetime
    withdrawn_at: datetime | None


def own_consent(actor: Actor) -> OwnConsent | None:
    """The actor's newest answer; None when they gave none yet."""
    columns = (Consent.version, Consent.given_at, Consent.withdrawn_at)
    query = select(*columns).where(Consent.account_id == actor.account_id).order_by(Consent.id.desc()).limit(1)
    row = db.session.execute(query).one_or_none()
    return OwnConsent(*row) if row else None


def withdrawn(member_ids: Collection[int]) -> frozenset[int]:
    """Those of the members whose newest answer was taken back: they need not write on, and are not reminded to."""
    newest = select(func.max(Consent.id)).join(Account, Account.id == Consent.account_id).group_by(Consent.account_id)
    query = (
        select(Account.member_id)
        .join(Consent, Consent.account_id == Account.id)
        .where(Consent.id.in_(newest.where(Account.member_id.in_(member_ids))), Consent.withdrawn_at.is_not(None))
    )
    return frozenset(member_id for member_id in db.session.execute(query).scalars() if member_id is not None)
