"""Sealing audit lines: what the hash of a block covers, and how old a line must be before it is sealed.

A block's hash covers the hash of the block before it, its own number and moment, and every field of each of its lines, in the order
of their ids. Personal details count by their hash alone, so that they can be erased and the block still holds.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

MARGIN = timedelta(minutes=15)
"""How old a line is when it is sealed. A line takes its id before its transaction ends, so one with an earlier id may still come;
no transaction of this program is open for as long as that. What comes later with an id before a sealed one was put there by hand."""

LINES_A_BLOCK = 1000
UNSEALED_FOR = timedelta(days=1)  # longer than this, and nobody seals any more
FIRST = "0" * 64  # what stands for the hash before the first block


@dataclass(frozen=True, slots=True)
class SealedLine:
    """A line as the hash of its block sees it: every column but the block itself."""

    id: UUID
    at: datetime
    account_id: int | None
    action: str
    subject: str
    subject_id: str
    unit_id: int | None
    owner_id: int | None
    fields: Sequence[Any]
    details_hash: str


def block_hash(previous: str, number: int, sealed_at: datetime, lines: Sequence[SealedLine]) -> str:
    """The SHA-256 (hex) of block `number` with these lines, which follows the block whose hash is `previous`."""
    digest = hashlib.sha256(_text([previous, number, _moment(sealed_at), len(lines)]))
    for line in lines:
        digest.update(_text(_fields(line)))
    return digest.hexdigest()


def details_hash(salt: str, body: Mapping[str, Any]) -> str:
    """The hash (SHA-256, hex) that ties the personal details of a line to it."""
    return hashlib.sha256((salt + json.dumps(body, sort_keys=True, ensure_ascii=False)).encode()).hexdigest()


def _fields(line: SealedLine) -> list[Any]:
    facts = (line.account_id, line.action, line.subject, line.subject_id, line.unit_id, line.owner_id)
    return [str(line.id), _moment(line.at), *facts, list(line.fields), line.details_hash]


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _text(values: list[Any]) -> bytes:
    """One line of JSON: no two lists of values give the same."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
