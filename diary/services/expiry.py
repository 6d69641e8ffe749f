"""Taking away rows whose time is over: sessions nobody can use any more, and old tries to sign in."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from ..models.accounts import PendingSignIn, SignInAttempt, SignInSession
from ..models.base import run
from .transaction import happening

TRIES_KEPT = timedelta(days=90)  # long enough to look into a complaint; they name addresses, so no longer


@happening
def drop_expired(now: datetime) -> int:
    """Delete sessions and half-made sign-ins that ran out before `now`, and tries older than 90 days; how many rows went."""
    over = (
        delete(SignInSession).where(SignInSession.expires_at < now),
        delete(PendingSignIn).where(PendingSignIn.expires_at < now),
        delete(SignInAttempt).where(SignInAttempt.at < now - TRIES_KEPT),
    )
    return sum(run(statement).rowcount for statement in over)
