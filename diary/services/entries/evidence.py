"""Evidence of an entry: rows about files that already stand in the store."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from ...domain import entries as rules
from ...domain.actors import Actor
from ...domain.errors import NotFound
from ...domain.evidence import StoredEvidence, check_files
from ...models.base import db, new_id
from ...models.entries import Entry, Evidence
from .. import audit, clock
from ..transaction import happening
from .ground import own_entry


def attach(row: Entry, files: Sequence[StoredEvidence]) -> list[str]:
    """Add the files to the entry, leaving out those it has already; ["evidence"] when any was new. BadEvidence for too many."""
    if not files:
        return []
    db.session.flush()
    here = set(db.session.execute(select(Evidence.sha256).where(Evidence.entry_id == row.id)).scalars())
    new = {file.sha256: file for file in files if file.sha256 not in here}.values()
    check_files([file.size for file in new], len(here))
    db.session.add_all([_row(row.id, file) for file in new])
    row.evidence_count = len(here) + len(new)
    return ["evidence"] if new else []


@happening
def remove_evidence(actor: Actor, evidence_id: UUID) -> UUID:
    """Take a photo or file off an entry while it is its author's turn; the entry's id. The bytes go with the store's next sweep."""
    evidence = db.session.get(Evidence, evidence_id)
    if evidence is None:
        raise NotFound()
    entry = own_entry(actor, evidence.entry_id)
    rules.require_editable(entry.state)
    db.session.delete(evidence)
    db.session.flush()
    entry.evidence_count = db.session.execute(select(func.count()).where(Evidence.entry_id == entry.id)).scalar_one()
    entry.version += 1
    audit.record(actor, "entry_edit", "entry", entry.id, entry.unit_id, ["evidence"])
    return entry.id


def _row(entry_id: UUID, file: StoredEvidence) -> Evidence:
    return Evidence(
        id=new_id(),
        entry_id=entry_id,
        kind=file.kind,
        media_type=file.media_type,
        name=file.name,
        sha256=file.sha256,
        thumbnail_sha256=file.thumbnail_sha256,
        size=file.size,
        width=file.width,
        height=file.height,
        added_at=clock.now(),
    )
