"""The entry a member sent last, as a start for the next one like it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Integer, bindparam, select

from ...domain.entries import Field
from ...models.base import db
from ...models.entries import Entry


@dataclass(frozen=True, slots=True)
class LastEntry:
    """What the next entry may have in common with the last one. Never its private note, its result's figure or its photos."""

    pledge_id: UUID | None
    virtue_id: int | None
    field: Field | None
    did: str
    people: str
    result_unit: str


_LAST = (
    select(Entry.pledge_id, Entry.virtue_id, Entry.field, Entry.did, Entry.people, Entry.result_unit)
    .where(Entry.member_id == bindparam("member", type_=Integer), Entry.sent_at.is_not(None))
    .order_by(Entry.sent_at.desc(), Entry.id.desc())
    .limit(1)
)


def last_sent(member_id: int) -> LastEntry | None:
    """The entry the member sent last; None where there is none yet."""
    row = db.session.execute(_LAST, {"member": member_id}).first()
    return LastEntry(*row) if row else None
