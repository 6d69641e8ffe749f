"""Reads about pushes: which browsers take them for a person."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from ..domain.actors import Actor
from ..models.base import db
from ..models.reminders import PushSubscription


@dataclass(frozen=True, slots=True)
class Device:
    """A browser that takes pushes, as its owner sees it. `mark` is the beginning of the SHA-256 of its address: by it the browser that
    shows the page knows itself, while the address stays with the server."""

    id: UUID
    name: str
    made_at: datetime
    mark: str


def own_devices(actor: Actor) -> tuple[Device, ...]:
    """The actor's browsers, the newest first."""
    columns = (PushSubscription.id, PushSubscription.device, PushSubscription.made_at, PushSubscription.endpoint)
    query = select(*columns).where(PushSubscription.account_id == actor.account_id)
    rows = db.session.execute(query.order_by(PushSubscription.made_at.desc(), PushSubscription.id.desc()))
    return tuple(Device(row.id, row.device, row.made_at, hashlib.sha256(row.endpoint.encode()).hexdigest()[:16]) for row in rows)
