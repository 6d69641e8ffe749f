"""Audit lines, written in the transaction of the change they tell of."""

import hashlib
import json
import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert

from ..domain.actors import Actor
from ..models.audit import AuditDetail, AuditLine
from ..models.base import new_id, run, table_of
from . import clock

_ADD_LINE, _ADD_DETAIL = insert(table_of(AuditLine)), insert(table_of(AuditDetail))  # built once: every happening sends them


def record(
    actor: Actor | None, action: str, subject: str, subject_id: object, unit_id: int | None = None, fields: Sequence[object] = ()
) -> None:
    """Add a line: who did `action` to which subject, and the names of the fields or revisions that changed.

    `fields` holds names, states, counts and revision numbers only, never words a person wrote. The caller's address
    stands apart, so that it can be erased while the line still proves what it said.
    """
    line_id, details, salt = new_id(), {"address": actor.address} if actor and actor.address else {}, secrets.token_hex(16)
    line = {
        "id": line_id,
        "at": clock.now(),
        "account_id": actor.account_id if actor else None,
        "action": action,
        "subject": subject,
        "subject_id": str(subject_id),
        "unit_id": unit_id,
        "fields": list(fields),
        "details_hash": details_hash(salt, details) if details else "",
    }
    run(_ADD_LINE, line)
    if details:
        run(_ADD_DETAIL, {"line_id": line_id, "salt": salt, "body": details})


def details_hash(salt: str, body: dict[str, Any]) -> str:
    """The hash that ties the details to their line (SHA-256, hex)."""
    return hashlib.sha256((salt + json.dumps(body, sort_keys=True, ensure_ascii=False)).encode()).hexdigest()
