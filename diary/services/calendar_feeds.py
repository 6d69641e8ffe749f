"""The address under which a person's calendar program reads the year's dates: made, made anew, switched off."""

import secrets

from sqlalchemy import delete

from ..domain.actors import Actor
from ..domain.errors import NotFound
from ..models.base import db
from ..models.reminders import CalendarFeed
from . import audit, clock
from .accounts import hash_token
from .transaction import happening


@happening
def make(actor: Actor, *, weekly: bool) -> str:
    """Make the actor's address; the token in it, which is never told again. The one before is worth nothing from now on."""
    token = secrets.token_urlsafe(24)
    row = db.session.get(CalendarFeed, actor.account_id) or CalendarFeed(account_id=actor.account_id)
    row.token_hash, row.weekly, row.made_at = hash_token(token), weekly, clock.now()
    db.session.add(row)
    audit.record(actor, "calendar_make", "account", actor.account_id)
    return token


@happening
def choose_weekly(actor: Actor, *, weekly: bool) -> None:
    """Whether the weekly hours stand in it too. NotFound where there is no address."""
    row = db.session.get(CalendarFeed, actor.account_id, populate_existing=True)
    if row is None:
        raise NotFound("Bạn chưa có địa chỉ lịch.")
    row.weekly = weekly


@happening
def switch_off(actor: Actor) -> None:
    """End the actor's address; a calendar that reads it finds nothing."""
    ended = delete(CalendarFeed).where(CalendarFeed.account_id == actor.account_id).returning(CalendarFeed.account_id)
    if db.session.execute(ended, execution_options={"synchronize_session": False}).first() is not None:
        audit.record(actor, "calendar_off", "account", actor.account_id)
