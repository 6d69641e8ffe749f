"""Everything that happened to a unit, by day: opened, renamed, moved, merged, closed, and who held its posts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from sqlalchemy import Row, or_, select

from ...domain.dates import screen_day
from ...domain.units import KIND_LABELS
from ...models.accounts import Appointment
from ...models.base import db
from ...models.units import Unit, UnitVersion
from ..unit_names import names_on
from .rows import Officer, officer_query

MOST_VERSIONS, MOST_POSTS, MOST_MERGED = 100, 100, 50


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """Something that happened to a unit on a day; `unit_id` names another unit it leads to."""

    day: date
    title: str
    words: str = ""
    unit_id: int | None = None


def unit_history(unit_id: int) -> tuple[HistoryEvent, ...]:
    """What happened to the unit, the newest first; of one day, in the order it is told here."""
    events = [*_changes(unit_id), *_mergers(unit_id), *_posts(unit_id)]
    return tuple(sorted(events, key=lambda event: event.day, reverse=True))


def _changes(unit_id: int) -> Iterator[HistoryEvent]:
    versions = select(UnitVersion.from_day, UnitVersion.name, UnitVersion.kind, UnitVersion.parent_id)
    rows = db.session.execute(versions.where(UnitVersion.unit_id == unit_id).order_by(UnitVersion.from_day).limit(MOST_VERSIONS)).all()
    above = names_on((row.parent_id, row.from_day) for row in rows if row.parent_id is not None)
    for before, after in reversed(list(pairwise(rows))):
        yield from _between(before, after, above)
    if rows:
        first = rows[0]
        under = f", thuộc {above[first.parent_id, first.from_day]}" if first.parent_id is not None else ""
        yield HistoryEvent(first.from_day, "Thành lập", f"{first.name}, {KIND_LABELS[first.kind].lower()}{under}")


def _between(before: Row[*tuple[Any, ...]], after: Row[*tuple[Any, ...]], above: dict[tuple[int, date], str]) -> Iterator[HistoryEvent]:
    if before.name != after.name:
        yield HistoryEvent(after.from_day, "Đổi tên", f"Từ {before.name} thành {after.name}")
    if before.parent_id != after.parent_id:
        left, came = (above.get((row.parent_id, row.from_day), "") for row in (before, after))
        yield HistoryEvent(after.from_day, "Chuyển tổ chức", f"Từ {left} về {came}", after.parent_id)
    if before.kind is not after.kind:
        yield HistoryEvent(after.from_day, "Đổi loại", f"Từ {KIND_LABELS[before.kind].lower()} thành {KIND_LABELS[after.kind].lower()}")


def _mergers(unit_id: int) -> Iterator[HistoryEvent]:
    """Its own end, and the units that went into it."""
    query = select(Unit.id, Unit.name, Unit.closed_on, Unit.merged_into_id)
    rows = db.session.execute(query.where(or_(Unit.id == unit_id, Unit.merged_into_id == unit_id)).limit(MOST_MERGED)).all()
    closed = [row for row in rows if row.closed_on is not None]
    into = names_on((row.merged_into_id, row.closed_on) for row in closed if row.id == unit_id and row.merged_into_id)
    own = names_on((row.id, row.closed_on) for row in closed)
    for row in closed:
        if row.id != unit_id:
            yield HistoryEvent(row.closed_on, "Nhận sáp nhập", f"{own[row.id, row.closed_on]} sáp nhập vào đây", row.id)
        elif row.merged_into_id:
            yield HistoryEvent(row.closed_on, "Sáp nhập", f"Vào {into[row.merged_into_id, row.closed_on]}", row.merged_into_id)
        else:
            yield HistoryEvent(row.closed_on, "Đóng tổ chức")


def _posts(unit_id: int) -> Iterator[HistoryEvent]:
    held = officer_query().where(Appointment.unit_id == unit_id)
    rows: Sequence[Any] = db.session.execute(held.order_by(Appointment.from_day.desc(), Appointment.id.desc()).limit(MOST_POSTS)).all()
    for officer in (Officer(*rest) for _, *rest in rows):
        until = f"Đến {screen_day(officer.to_day)}" if officer.to_day else "Đang giữ chức"
        yield HistoryEvent(officer.from_day, f"{officer.label}: {officer.name}", until)
