"""Telling authors of reviews: one notice for a sitting, brought up to date by every review and every one that is taken back."""

from datetime import datetime
from typing import Any

from sqlalchemy import Date, Select, String, Uuid, cast, literal, select, union_all

from ..domain.pledge_changes import VERDICTS
from ..domain.review_news import Reviewed, news
from ..domain.reviews import Kind, Verdict
from ..models.base import db
from ..models.entries import Entry, EntryAddition
from ..models.pledges import Pledge, PledgeChange
from . import notices

TOPIC = "review"
_SAID = {verdict.value: verdict for verdict in Verdict} | {state.value: verdict for state, verdict in VERDICTS.items()}


def tell_reviewed(member_id: int, at: datetime) -> None:
    """Tell a member, in one notice, what was reviewed since their unread one was first told; in a new one of the review `at` else."""
    since = notices.unread_since(member_id, TOPIC) or at
    notices.tell_lately(member_id, TOPIC, *news(_reviewed(member_id, since)), at=at)


def untell_reviewed(member_id: int, at: datetime, words: str, link: str) -> None:
    """Bring the notice up to date once the review `at` is taken back; whoever has read it is told so in `words`."""
    since = notices.unread_since(member_id, TOPIC)
    if since is None or since > at:
        notices.tell_member(member_id, words, link)
        return
    left = _reviewed(member_id, since)
    if left:
        notices.tell_lately(member_id, TOPIC, *news(left))
    else:
        notices.untell(member_id, TOPIC)


def _reviewed(member_id: int, since: datetime) -> list[Reviewed]:
    """The member's things whose newest review stands and was said since, the newest first."""
    no_day, itself = literal(None, Date()).label("day"), literal(None, Uuid()).label("about")
    entries = _since(Kind.ENTRY, Entry, since, Entry.year, Entry.happened_on.label("day"), itself)
    pledges = _since(Kind.PLEDGE, Pledge, since, Pledge.year, no_day, itself)
    additions = _since(Kind.ADDITION, EntryAddition, since, Entry.year, Entry.happened_on.label("day"), EntryAddition.entry_id)
    additions = additions.join(Entry, Entry.id == EntryAddition.entry_id).where(Entry.member_id == member_id)
    changes = _since(Kind.CHANGE, PledgeChange, since, Pledge.year, no_day, PledgeChange.pledge_id)
    changes = changes.join(Pledge, Pledge.id == PledgeChange.pledge_id).where(Pledge.member_id == member_id)
    found = union_all(entries.where(Entry.member_id == member_id), pledges.where(Pledge.member_id == member_id), additions, changes)
    rows = db.session.execute(found.order_by(found.selected_columns["reviewed_at"].desc()))
    return [Reviewed(Kind(kind), _SAID[state], subject, year, day, about) for kind, state, subject, _, year, day, about in rows]


def _since(kind: Kind, table: Any, since: datetime, *columns: Any) -> Select[Any]:
    label = literal(kind.value).label("kind")
    query = select(label, cast(table.state, String).label("state"), table.id.label("id"), table.reviewed_at.label("reviewed_at"), *columns)
    return query.where(table.reviewed_at >= since, cast(table.state, String).in_(list(_SAID)))
