"""What waits for officers: the queue of their units, and the week of the branches they look after."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, select, union_all

from ...domain.actors import OFFICERS, Appointment, Role, roles_anywhere
from ...domain.branches import branch_figures
from ...domain.dates import monday
from ...domain.reminder_words import BranchWeek, Matter, branch_week, queue_waiting
from ...domain.reminders import week_asked
from ...domain.reviews import VIETNAM
from ...domain.units import UnitKind
from ...models.accounts import Appointment as AppointmentRow
from ...models.base import db
from ...models.entries import Entry, EntryAddition
from ...models.pledges import Pledge, PledgeChange
from ...models.units import Unit
from ..accounts import held_on
from ..branches import BranchMember, members_of_branches
from ..settings import settings
from ..years import current_year
from .people import Person

WARNED = 2  # days before the committee above may step in, an officer is reminded of their queue


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What one person sent to a unit and still waits there."""

    owner_id: int
    count: int
    since: date


def branch_matters(people: Sequence[Person], today: date, now: datetime) -> dict[int, tuple[Matter, ...]]:
    """By account, what waits for those of `people` who are secretary or deputy of a unit today."""
    held = _posts([one.account_id for one in people], today)
    if not held:
        return {}
    officers = [one for one in people if one.account_id in held]
    queues, weeks = _queues({post.unit_id for posts in held.values() for post in posts}), _weeks(officers, held, today)
    overdue, day, found = settings().overdue_days, now.astimezone(VIETNAM).date(), {}
    for one in officers:
        posts = held[one.account_id]
        waiting = {post.unit_id: [thing for thing in queues.get(post.unit_id, ()) if thing.owner_id != one.member_id] for post in posts}
        digests, queue = _digests(posts, week_asked(one.choice.weekday, today), weeks, waiting), _queue(posts, waiting, day, overdue)
        found[one.account_id] = (*digests, *queue)
    return found


def _posts(account_ids: Sequence[int], today: date) -> dict[int, tuple[Appointment, ...]]:
    query = (
        select(AppointmentRow.account_id, AppointmentRow.post, Unit.id, Unit.path, Unit.kind, Unit.name, Unit.member_count)
        .join(Unit, Unit.id == AppointmentRow.unit_id)
        .where(AppointmentRow.account_id.in_(account_ids), AppointmentRow.post.in_(OFFICERS), held_on(today))
        .order_by(Unit.path)
    )
    found: dict[int, dict[int, Appointment]] = {}
    for account_id, post, unit_id, path, kind, name, members in db.session.execute(query):
        found.setdefault(account_id, {})[unit_id] = Appointment(post, unit_id, path, kind, name, bool(members))
    return {account_id: tuple(posts.values()) for account_id, posts in found.items()}


def _looks_after(post: Appointment) -> bool:
    return post.has_members and Role.BRANCH_OFFICER in roles_anywhere(post)


def _queue(posts: Sequence[Appointment], waiting: Mapping[int, Sequence[_Waiting]], day: date, overdue: int) -> Iterator[Matter]:
    things = [thing for found in waiting.values() for thing in found]
    days = max(((day - thing.since).days for thing in things), default=0)
    if things and days >= max(overdue - WARNED, 1):
        below_a_base = any(post.kind is UnitKind.BRANCH and waiting[post.unit_id] for post in posts)
        yield queue_waiting(sum(thing.count for thing in things), days, monday(day), overdue if below_a_base else 0)


def _queues(unit_ids: Collection[int]) -> dict[int, list[_Waiting]]:
    """What waits at each unit, by whose it is."""
    waits: ColumnElement[str] = literal_column("'waiting'")  # the partial index serves only if the statement itself holds its condition
    parts = []
    for table, owner, sent_at in _SENT:
        query = select(table.review_unit_id.label("unit"), owner.label("owner"), sent_at.label("sent_at"))
        if table is EntryAddition:
            query = query.join(Entry, Entry.id == EntryAddition.entry_id)
        if table is PledgeChange:
            query = query.join(Pledge, Pledge.id == PledgeChange.pledge_id)
        parts.append(query.where(table.state == waits, table.review_unit_id.in_(unit_ids)))
    every = union_all(*parts).subquery()
    query = select(every.c.unit, every.c.owner, func.count(), func.min(every.c.sent_at)).group_by(every.c.unit, every.c.owner)
    found: dict[int, list[_Waiting]] = {}
    for unit_id, owner_id, count, since in db.session.execute(query):
        found.setdefault(unit_id, []).append(_Waiting(owner_id, count, since.astimezone(VIETNAM).date()))
    return found


_SENT: tuple[tuple[Any, Any, Any], ...] = (
    (Entry, Entry.member_id, Entry.sent_at),
    (Pledge, Pledge.member_id, Pledge.sent_at),
    (EntryAddition, Entry.member_id, EntryAddition.sent_at),
    (PledgeChange, Pledge.member_id, PledgeChange.asked_at),
)

Weeks = Mapping[date, Mapping[int, Sequence[BranchMember]]]
"""By the Monday asked about, everyone of each branch."""


def _weeks(officers: Sequence[Person], held: Mapping[int, Sequence[Appointment]], today: date) -> Weeks:
    asked: dict[date, set[int]] = {}
    for one in officers:
        branches = {post.unit_id for post in held[one.account_id] if _looks_after(post)}
        asked.setdefault(week_asked(one.choice.weekday, today), set()).update(branches)
    year = current_year(today)
    return {week: members_of_branches(sorted(units), year, today, week) if units else {} for week, units in asked.items()}


def _digests(posts: Sequence[Appointment], week: date, weeks: Weeks, waiting: Mapping[int, Sequence[_Waiting]]) -> Iterator[Matter]:
    for post in posts:
        if _looks_after(post):
            count = sum(thing.count for thing in waiting.get(post.unit_id, ()))
            digest = _branch_week(post, week, weeks[week][post.unit_id], count)
            if not digest.is_empty:
                yield branch_week(digest)


def _branch_week(post: Appointment, week: date, everyone: Sequence[BranchMember], waiting: int) -> BranchWeek:
    asked = [one for one in everyone if not one.upkeep.on_leave]
    return BranchWeek(
        post.unit_id,
        post.unit_name,
        week,
        branch_figures([one.upkeep for one in everyone]),
        silent=tuple(one.name for one in asked if not one.upkeep.wrote),
        unregistered=tuple(one.name for one in asked if not one.upkeep.registered),
        waiting=waiting,
    )
