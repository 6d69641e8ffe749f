"""Who read one's diary, for its owner: day by day, each reader with the post they held that day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, or_, select

from ..domain.actors import POST_LABELS, Actor, Post
from ..domain.readings import BOOK_PRINTED, ENTRY_READ, Way, read_way
from ..domain.reviews import VIETNAM
from ..domain.units import is_below
from ..models.accounts import Account, Appointment
from ..models.audit import AuditLine
from ..models.base import db
from ..models.entries import Entry
from ..models.units import Unit

LINES_A_PAGE = 60
OPERATOR = "Người vận hành máy chủ"


@dataclass(frozen=True, slots=True)
class Reading:
    """When, how, and of what: the entry with the day it tells of (both None where it is gone), or the book of `year`."""

    at: datetime
    way: Way
    entry_id: UUID | None
    happened_on: date | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Reader:
    """Who read on a day, the post that let them ("Bí thư, Chi đoàn Khối Nội", "" where none is known), and what, the newest first."""

    name: str
    post: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class ReadingDay:
    day: date
    readers: tuple[Reader, ...]


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """Days, the newest first; `older`: the line the next page goes on from, None at the end."""

    days: tuple[ReadingDay, ...]
    older: UUID | None


@dataclass(frozen=True, slots=True)
class _Held:
    """A post somebody held from one day to another, in the unit at `path`."""

    post: Post
    unit: str
    path: str
    from_day: date
    to_day: date | None


def own_readings(actor: Actor, before: UUID | None = None) -> ReadingPage:
    """Each time somebody else was shown the actor's diary, from before the line `before`; nothing for who keeps none."""
    if actor.member_id is None:
        return ReadingPage((), None)
    rows = _lines(actor.member_id, before)
    older = rows[LINES_A_PAGE - 1].id if len(rows) > LINES_A_PAGE else None
    rows = rows[:LINES_A_PAGE]
    days, posts = _days_of_entries(actor.member_id, rows), _posts({row.account_id for row in rows if row.account_id})
    by_day = groupby(rows, key=lambda row: _day(row.at))
    return ReadingPage(tuple(ReadingDay(day, _readers(day, list(found), days, posts)) for day, found in by_day), older)


def _lines(member_id: int, before: UUID | None) -> Sequence[Row[*tuple[Any, ...]]]:
    columns = (AuditLine.id, AuditLine.at, AuditLine.subject, AuditLine.subject_id, AuditLine.fields, AuditLine.account_id)
    query = (
        select(*columns, Account.name, Unit.path)
        .outerjoin(Account, Account.id == AuditLine.account_id)
        .outerjoin(Unit, Unit.id == AuditLine.unit_id)
        .where(AuditLine.owner_id == member_id, AuditLine.action.in_((ENTRY_READ, BOOK_PRINTED)))
        .order_by(AuditLine.at.desc(), AuditLine.id.desc())
        .limit(LINES_A_PAGE + 1)
    )
    if before is not None:
        at = select(AuditLine.at).where(AuditLine.id == before, AuditLine.owner_id == member_id).scalar_subquery()
        query = query.where(or_(AuditLine.at < at, and_(AuditLine.at == at, AuditLine.id < before)))
    return db.session.execute(query).all()


def _days_of_entries(member_id: int, rows: Sequence[Row[*tuple[Any, ...]]]) -> dict[UUID, date]:
    """The days the entries tell of, by id, those that are still there."""
    wanted = {UUID(row.subject_id) for row in rows if row.subject == "entry"}
    query = select(Entry.id, Entry.happened_on).where(Entry.id.in_(wanted), Entry.member_id == member_id)
    return {row.id: row.happened_on for row in db.session.execute(query)}


def _posts(account_ids: set[int]) -> dict[int, list[_Held]]:
    columns = (Appointment.account_id, Appointment.post, Unit.name, Unit.path, Appointment.from_day, Appointment.to_day)
    query = select(*columns).join(Unit, Unit.id == Appointment.unit_id).where(Appointment.account_id.in_(account_ids))
    found: dict[int, list[_Held]] = {}
    for account_id, post, unit, path, from_day, to_day in db.session.execute(query.order_by(Unit.path.desc(), Appointment.id)):
        found.setdefault(account_id, []).append(_Held(post, unit, path, from_day, to_day))
    return found


def _readers(
    day: date, rows: list[Row[*tuple[Any, ...]]], days: Mapping[UUID, date], posts: Mapping[int, list[_Held]]
) -> tuple[Reader, ...]:
    """The readers of a day, who read last first."""
    by_reader: dict[int | None, list[Row[*tuple[Any, ...]]]] = {}
    for row in rows:
        by_reader.setdefault(row.account_id, []).append(row)
    return tuple(
        Reader(
            name=found[0].name or OPERATOR,
            post=_post(posts.get(reader or 0, ()), found[0].path or "", day),
            readings=tuple(_reading(row, days) for row in found),
        )
        for reader, found in by_reader.items()
    )


def _post(held: Sequence[_Held], path: str, day: date) -> str:
    """The post held that day that reaches the unit at `path`, the nearest one."""
    for one in held:
        if one.from_day <= day and (one.to_day is None or one.to_day >= day) and is_below(path, one.path):
            return f"{POST_LABELS[one.post]}, {one.unit}"
    return ""


def _reading(row: Row[*tuple[Any, ...]], days: Mapping[UUID, date]) -> Reading:
    if row.subject != "entry":
        return Reading(row.at, Way.BOOK, None, None, next((field for field in row.fields if isinstance(field, int)), None))
    entry_id = UUID(row.subject_id)
    there = entry_id in days
    return Reading(row.at, read_way(row.fields), entry_id if there else None, days.get(entry_id), None)


def _day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()
