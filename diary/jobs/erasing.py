"""Erasing a person's data: first the rows, in one transaction, then the files these had named."""

from datetime import datetime
from uuid import UUID

from ..domain.actors import Actor
from ..files.storage import Storage
from ..services.erasing import erase_member
from .housekeeping import drop_unnamed


def erase(actor: Actor, request_id: UUID, storage: Storage, now: datetime) -> None:
    """Carry out a request for erasure. Refusals as of `erase_member`; the files nobody else names go at once, the youngest with the next
    sweep."""
    drop_unnamed(storage, erase_member(actor, request_id), now)
