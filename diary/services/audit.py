"""Audit lines, written in the transaction of the change they tell of."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert

from ..domain.actors import Actor
from ..domain.audit_seals import details_hash
from ..models.audit import AuditDetail, AuditLine
from ..models.base import new_id, run, table_of
from . import clock

_ADD_LINE, _ADD_DETAIL = insert(table_of(AuditLine)), insert(table_of(AuditDetail))  # built once: every happening sends them


@dataclass(frozen=True, slots=True)
class About:
    """What one line is about: the subject with its id, the unit it belongs to, and of a reading whose diary it is (`owner_id`).

    `fields` holds names, states, counts and revision numbers only, never words a person wrote.
    """

    subject: str
    subject_id: object
    unit_id: int | None = None
    fields: Sequence[object] = ()
    owner_id: int | None = None


def record(
    actor: Actor | None, action: str, subject: str, subject_id: object, unit_id: int | None = None, fields: Sequence[object] = ()
) -> None:
    """Add a line: who did `action` to which subject, and the names of the fields or revisions that changed.

    The caller's address stands apart, so that it can be erased while the line still proves what it said.
    """
    record_all(actor, action, (About(subject, subject_id, unit_id, fields),))


def record_all(actor: Actor | None, action: str, things: Iterable[About]) -> None:
    """Add a line for each of `things` that the actor (None: the program) did `action` to, all in two statements."""
    details = {"address": actor.address} if actor and actor.address else {}
    made = [_line(actor, action, about, details) for about in things]
    if made:
        run(_ADD_LINE, [line for line, _ in made])
    if made and details:
        run(_ADD_DETAIL, [{"line_id": line["id"], "salt": salt, "body": details} for line, salt in made])


def _line(actor: Actor | None, action: str, about: About, details: dict[str, str]) -> tuple[dict[str, Any], str]:
    """The row of a line, and the salt its details are hashed with."""
    salt = secrets.token_hex(16) if details else ""
    line = {
        "id": new_id(),
        "at": clock.now(),
        "account_id": actor.account_id if actor else None,
        "action": action,
        "subject": about.subject,
        "subject_id": str(about.subject_id),
        "unit_id": about.unit_id,
        "owner_id": about.owner_id,
        "fields": list(about.fields),
        "details_hash": details_hash(salt, details) if details else "",
    }
    return line, salt
