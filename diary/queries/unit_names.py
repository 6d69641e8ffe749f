"""What units were called, and what stood above them, on a day: a paper of a past year says it as it was then."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from ..domain.units import UnitKind
from ..models.base import db
from ..models.units import Unit, UnitVersion

MOST_STEPS_UP = 8  # deeper than any tree of units is


def names_on(wanted: Iterable[tuple[int, date]]) -> dict[tuple[int, date], str]:
    """What each unit was called on that day, in one statement; a day before the history began takes the first name."""
    asked = set(wanted)
    if not asked:
        return {}
    query = (
        select(Unit.id, Unit.name, UnitVersion.from_day, UnitVersion.name.label("then"))
        .outerjoin(UnitVersion, UnitVersion.unit_id == Unit.id)
        .where(Unit.id.in_({unit_id for unit_id, _ in asked}))
        .order_by(UnitVersion.from_day)
    )
    versions: dict[int, list[tuple[date | None, str]]] = {}
    for unit_id, now, from_day, then in db.session.execute(query):
        versions.setdefault(unit_id, []).append((from_day, then or now))
    names: dict[tuple[int, date], str] = {}
    for unit_id, day in asked:
        mine = versions.get(unit_id, [(None, "")])
        begun = [name for from_day, name in mine if from_day is not None and from_day <= day]
        names[unit_id, day] = begun[-1] if begun else mine[0][1]
    return names


def line_on(unit_id: int, day: date) -> tuple[int, ...]:
    """The ids from the bloc down to the unit as they stood on `day`; a day before the history began takes the first places."""
    line, current = [unit_id], _parent_on(unit_id, day)
    while current is not None and len(line) < MOST_STEPS_UP:
        line.append(current)
        current = _parent_on(current, day)
    return tuple(reversed(line))


def _parent_on(unit_id: int, day: date) -> int | None:
    query = select(UnitVersion.parent_id, UnitVersion.from_day).where(UnitVersion.unit_id == unit_id).order_by(UnitVersion.from_day)
    places = [(row.parent_id, row.from_day) for row in db.session.execute(query)]
    begun: list[int | None] = [parent for parent, from_day in places if from_day <= day] or [parent for parent, _ in places[:1]]
    if begun:
        return begun[-1]
    return db.session.execute(select(Unit.parent_id).where(Unit.id == unit_id)).scalar()


@dataclass(frozen=True, slots=True)
class UnitThen:
    """A unit as it was on some day."""

    name: str
    kind: UnitKind
    parent_id: int | None


@dataclass(frozen=True, slots=True)
class TreeThen:
    """Every unit as it was on some day, by id."""

    units: Mapping[int, UnitThen]

    def base_above(self, unit_id: int) -> str:
        """What the base above a branch was called, "" where none stood between it and the bloc."""
        parent = self.units.get(self.units[unit_id].parent_id or 0)
        return "" if parent is None or parent.kind is UnitKind.BLOC else parent.name

    def below(self, unit_id: int) -> frozenset[int]:
        """The unit and all that stood under it."""
        found, children = {unit_id}, dict[int | None, list[int]]()
        for other, then in self.units.items():
            children.setdefault(then.parent_id, []).append(other)
        waiting = [unit_id]
        while waiting:
            new = [one for one in children.get(waiting.pop(), ()) if one not in found]
            found.update(new)
            waiting += new
        return frozenset(found)


def tree_on(day: date) -> TreeThen:
    """All units as they were on `day`, in one statement; a day before a unit's history began takes its first name and place."""
    query = (
        select(Unit.id, UnitVersion.from_day, UnitVersion.name, UnitVersion.kind, UnitVersion.parent_id)
        .join(UnitVersion, UnitVersion.unit_id == Unit.id)
        .order_by(Unit.id, UnitVersion.from_day)
    )
    units: dict[int, UnitThen] = {}
    for unit_id, from_day, name, kind, parent_id in db.session.execute(query):
        if unit_id not in units or from_day <= day:
            units[unit_id] = UnitThen(name, kind, parent_id)
    return TreeThen(units)
