"""Reads about consent."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from ..domain.actors import Actor
from ..models.accounts import Consent
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
