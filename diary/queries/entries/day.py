"""What the first page of the day shows of one's own diary: what waits for its author, and this day a year ago."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Integer, and_, bindparam, case, func, literal_column, null, or_, select, union_all

from ...domain.entries import EntryState, shown_result
from ...domain.pledges import PledgeState
from ...models.base import UtcDateTime, db, run
from ...models.entries import Entry
from ...models.pledges import Pledge
from .timeline import FIRST_PHOTO

MOST_WAITING = 12
DRAFT_RESTS = timedelta(days=3)  # a draft older than this is one to remember
_NEAR = timedelta(days=3)  # "this day a year ago" looks this far around


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An entry or a pledge that waits for its author: returned with `words`, or a draft left lying."""

    id: UUID
    is_pledge: bool
    returned: bool
    happened_on: date | None
    title: str
    words: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a member: what was returned, and drafts left lying, each the newest first."""

    returned: tuple[Unfinished, ...]
    drafts: tuple[Unfinished, ...]


_MINE = bindparam("member", type_=Integer)
_OLD = and_(Entry.state == EntryState.DRAFT, Entry.written_at < bindparam("before", type_=UtcDateTime()))
_ENTRIES = select(
    Entry.id, literal_column("0").label("is_pledge"), Entry.state.label("state"), Entry.happened_on,
    func.substr(Entry.did, 1, 80).label("title"), Entry.review_words.label("words"), Entry.written_at.label("written_at"),
).where(Entry.member_id == _MINE, or_(Entry.state == EntryState.RETURNED, _OLD))  # fmt: skip
_PLEDGES: Any = select(
    Pledge.id, literal_column("1").label("is_pledge"), Pledge.state.label("state"), null().label("happened_on"),
    Pledge.title.label("title"), Pledge.review_words.label("words"), Pledge.written_at.label("written_at"),
).where(Pledge.member_id == _MINE, Pledge.state == PledgeState.RETURNED)  # fmt: skip
_WAITING = union_all(_ENTRIES, _PLEDGES).subquery()
_NEWEST = select(_WAITING).order_by(_WAITING.c.written_at.desc(), _WAITING.c.id.desc()).limit(MOST_WAITING)


def waiting_for(member_id: int, now: datetime) -> Waiting:
    """What the member has to take up again: returned entries and pledges, and drafts older than DRAFT_RESTS."""
    rows = db.session.execute(_NEWEST, {"member": member_id, "before": now - DRAFT_RESTS})
    found = [Unfinished(i, bool(pledge), str(state) == "returned", day, *rest) for i, pledge, state, day, *rest in rows]
    return Waiting(tuple(one for one in found if one.returned), tuple(one for one in found if not one.returned))


@dataclass(frozen=True, slots=True)
class OldEntry:
    """An entry of a year ago, with its first photo."""

    id: UUID
    happened_on: date
    did: str
    result: str
    result_unit: str
    photo: UUID | None

    @property
    def outcome(self) -> str:
        """The result with its unit; empty where there is none."""
        return shown_result(self.result, self.result_unit)


_OLD_ENTRIES = (
    select(Entry.id, Entry.happened_on, Entry.did, Entry.result, Entry.result_unit, case((Entry.evidence_count > 0, FIRST_PHOTO)))
    .where(
        Entry.member_id == _MINE,
        Entry.happened_on.between(bindparam("first", type_=Date), bindparam("last", type_=Date)),
        Entry.state != EntryState.DRAFT,
    )
    .order_by(Entry.happened_on, Entry.id)
    .limit(20)
)


def same_day_last_year(member_id: int, today: date) -> OldEntry | None:
    """The member's entry of the day nearest to `today` a year ago, within three days; None where there was none."""
    then = date(today.year - 1, today.month, min(today.day, 28) if today.month == 2 else today.day)
    found = [OldEntry(*row) for row in run(_OLD_ENTRIES, {"member": member_id, "first": then - _NEAR, "last": then + _NEAR})]
    return min(found, key=lambda old: abs(old.happened_on - then), default=None)
