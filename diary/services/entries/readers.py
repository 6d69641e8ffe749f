"""Who read whose diary: an audit line, once a day for a reader and an entry, shown to the diary's owner."""

from uuid import UUID

from sqlalchemy import func, select

from ...domain.actors import Actor
from ...domain.reviews import day_start
from ...models.audit import AuditLine
from ...models.base import db
from .. import audit, clock
from ..transaction import happening

READING = "entry_read"


@happening
def note_reading(actor: Actor, entry_id: UUID, unit_id: int) -> None:
    """Note that the actor opened another's entry today."""
    today = (AuditLine.subject == "entry") & (AuditLine.subject_id == str(entry_id)) & (AuditLine.at >= day_start(clock.now()))
    seen = select(func.count()).select_from(AuditLine).where(today, AuditLine.action == READING, AuditLine.account_id == actor.account_id)
    if not db.session.execute(seen).scalar_one():
        audit.record(actor, READING, "entry", entry_id, unit_id)
