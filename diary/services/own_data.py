"""Taking one's own data along leaves an audit line."""

from ..domain.actors import Actor
from . import audit
from .transaction import happening


@happening
def note_download(actor: Actor, entries: int, files: int) -> None:
    """Note that the actor took their own data along, and how much of it."""
    unit_id = actor.place.unit_id if actor.place else None
    audit.record(actor, "own_data_download", "account", actor.account_id, unit_id, [f"entries:{entries}", f"files:{files}"])
