"""Sealing audit lines into blocks, each bound to the one before by its hash."""

from datetime import datetime, timedelta

from sqlalchemy import insert, update

from ..domain.audit_seals import FIRST, LINES_A_BLOCK, MARGIN, block_hash
from ..models.audit import AuditBlock, AuditLine
from ..models.base import db
from ..queries import audit_seals as queries
from .transaction import happening


def seal(now: datetime, margin: timedelta = MARGIN) -> int:
    """Seal what was written more than `margin` before `now` into blocks, oldest first; how many blocks that made.

    Each block is a happening of its own, so that nobody's writing waits for long. Two who seal at once make no block twice: the
    number is the key, and the second is refused or finds nothing left.
    """
    made = 0
    while _seal_block(now, now - margin):
        made += 1
    return made


@happening
def _seal_block(now: datetime, before: datetime) -> bool:
    newest = queries.newest_block()
    number, previous = (newest.number + 1, newest.hash) if newest else (1, FIRST)
    lines = queries.lines_to_seal(newest, before, LINES_A_BLOCK)
    if not lines:
        return False
    facts = {"number": number, "line_count": len(lines), "previous_hash": previous, "sealed_at": now}
    db.session.execute(insert(AuditBlock), [{**facts, "hash": block_hash(previous, number, now, lines)}])
    sealed = update(AuditLine).where(AuditLine.id.in_([line.id for line in lines])).values(block=number)
    db.session.execute(sealed, execution_options={"synchronize_session": False})
    return True
