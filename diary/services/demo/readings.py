"""Who read whose diary in the demo: its named members' reviewers read in the queue what they then reviewed."""

import random
from collections.abc import Collection

from sqlalchemy import insert, select

from ...domain.readings import ENTRY_READ, Way
from ...models.accounts import Account
from ...models.audit import AuditLine
from ...models.base import db
from ...models.entries import Entry, EntryReview
from .rows import id_at


def add_readings(dice: random.Random, usernames: Collection[str]) -> None:
    """Give the members behind `usernames` a line for each review of an entry of theirs, at its moment."""
    query = (
        select(EntryReview.account_id, EntryReview.at, Entry.id, Entry.unit_id, Entry.member_id)
        .join(Entry, Entry.id == EntryReview.entry_id)
        .join(Account, Account.member_id == Entry.member_id)
        .where(Account.username.in_(usernames))
        .order_by(EntryReview.at, Entry.id)
    )
    same = {"action": ENTRY_READ, "subject": "entry", "fields": [Way.QUEUE.value], "details_hash": ""}
    lines = [
        {"id": id_at(at, dice), "at": at, "account_id": by, "subject_id": str(entry_id), "unit_id": unit_id, "owner_id": owner_id, **same}
        for by, at, entry_id, unit_id, owner_id in db.session.execute(query)
    ]
    if lines:
        db.session.execute(insert(AuditLine), lines)
