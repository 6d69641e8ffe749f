"""What the happenings on units share: loading, what must hold, and the version of the history that begins with a change."""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import Select, func, select, update

from ...domain.actors import Actor
from ...domain.errors import BadInput, NotFound, Stale, WrongMoment
from ...domain.permissions import Action, Subject, require
from ...domain.units import Place, path_range
from ...domain.vietnamese import fold
from ...models.base import db
from ...models.entries import Entry, EntryAddition
from ...models.pledges import Pledge, PledgeChange
from ...models.units import Unit, UnitVersion

SENT = (Entry, Pledge, EntryAddition, PledgeChange)  # what waits for a unit's officers to review
UNSYNCED = {"synchronize_session": False}


def load(unit_id: int) -> Unit:
    """The unit; NotFound when there is none."""
    unit = db.session.get(Unit, unit_id)
    if unit is None:
        raise NotFound()
    return unit


def editable(actor: Actor | None, unit_id: int) -> Unit:
    """The unit, for who may change it; the program itself may always."""
    unit = load(unit_id)
    if actor is not None:
        require(actor, Action.UNIT_EDIT, Subject(Place(unit.id, unit.path)))
    return unit


def require_seen(unit: Unit, version: int | None) -> None:
    """Stale when the unit was changed since the `version` someone saw; None for what was decided without seeing a form."""
    if version is not None and unit.version != version:
        raise Stale()


def require_not_merged(unit: Unit) -> None:
    """WrongMoment for a unit that went into another one: its name and place stay as the books have them."""
    if unit.merged_into_id is not None:
        raise WrongMoment(f"{unit.name} đã sáp nhập nên không thay đổi nữa. Cần thì thêm một tổ chức mới.")


def require_open(unit: Unit) -> None:
    """WrongMoment for a closed unit."""
    if unit.closed_on is not None:
        raise WrongMoment(f"{unit.name} đã đóng.")


def require_free_name(parent_id: int, name: str, but: int | None = None) -> None:
    """BadInput "name" when an open unit of that name stands under the same parent already."""
    query = select(Unit.id).where(Unit.parent_id == parent_id, Unit.search == fold(name), Unit.closed_on.is_(None))
    if set(db.session.execute(query).scalars()) - {but}:
        raise BadInput("name", "Đã có tổ chức tên này ở cùng một nơi.")


def move_subtree(unit: Unit, path: str) -> None:
    """Give the unit and all below it their new places in the tree, in one statement."""
    low, high = path_range(unit.path)
    moved = path + func.substr(Unit.path, len(unit.path) + 1)
    db.session.flush()
    db.session.execute(update(Unit).where(Unit.path >= low, Unit.path < high).values(path=moved), execution_options=UNSYNCED)
    db.session.expire_all()


def reroute(units: Select[int], left: Collection[int], to: int) -> None:
    """Let what `units` sent and what waits with one of `left` wait with the unit `to` from now on."""
    for table in SENT:
        waiting = (table.unit_id.in_(units), table.state == "waiting", table.review_unit_id.in_(left))
        db.session.execute(update(table).where(*waiting).values(review_unit_id=to), execution_options=UNSYNCED)


def new_version(unit: Unit, today: date) -> None:
    """Begin a version of the unit's history today; changed again on the same day, history keeps the last word of the day."""
    current = db.session.execute(select(UnitVersion).where(UnitVersion.unit_id == unit.id, UnitVersion.to_day.is_(None))).scalars().one()
    if current.from_day >= today:
        current.name, current.kind, current.parent_id = unit.name, unit.kind, unit.parent_id
        return
    current.to_day = today - timedelta(days=1)
    db.session.add(UnitVersion(unit_id=unit.id, from_day=today, name=unit.name, kind=unit.kind, parent_id=unit.parent_id))
