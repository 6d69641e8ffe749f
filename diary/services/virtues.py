"""The chuẩn mực a unit sets for a year: the bloc's hold for everyone, a unit adds at most five of its own."""

from collections.abc import Sequence

from sqlalchemy import func, select

from ..domain import years as rules
from ..domain.actors import Actor
from ..domain.errors import BadInput, NotFound, WrongMoment
from ..domain.permissions import Action, Subject, require
from ..domain.units import Place
from ..domain.years import VirtueDraft
from ..models.base import db
from ..models.entries import Entry
from ..models.pledges import Pledge
from ..models.units import Unit, Virtue
from ..queries import years
from . import audit
from .transaction import happening


@happening
def set_virtue(actor: Actor, unit_id: int, year: int, draft: VirtueDraft) -> None:
    """Set the virtue in one place of the unit's list for the year; see `set_virtues`."""
    set_virtues(actor, unit_id, year, [draft])


@happening
def set_virtues(actor: Actor, unit_id: int, year: int, drafts: Sequence[VirtueDraft]) -> None:
    """Set the virtues in some places of the unit's list for the year; an empty name takes one away.

    BadInput (its field named after the place: "name_3") for a name this list or one above it holds twice; WrongMoment in a locked year,
    and for taking away what pledges or entries name.
    """
    place = _editable(actor, unit_id)
    rules.require_unlocked(years.year_facts(year, place))
    own = select(Virtue).where(Virtue.unit_id == unit_id, Virtue.year == year)
    rows = {row.position: row for row in db.session.execute(own).scalars()}
    ids = {row.id for row in rows.values()}
    above = [virtue.name for virtue in years.virtues(year, place) if virtue.id not in ids]
    names = {position: row.name for position, row in rows.items()} | {draft.position: draft.name for draft in drafts}
    for draft in drafts:
        clean = _clean(draft, [*above, *(name for position, name in names.items() if position != draft.position)])
        if _put(rows.get(draft.position), unit_id, year, clean):
            audit.record(actor, "virtue_set", "year", year, unit_id, [clean.position])


def _clean(draft: VirtueDraft, others: list[str]) -> VirtueDraft:
    try:
        return rules.clean_virtue(draft, [name for name in others if name.strip()])
    except BadInput as error:
        raise BadInput(f"{error.field}_{draft.position}", str(error)) from error


def _put(row: Virtue | None, unit_id: int, year: int, draft: VirtueDraft) -> bool:
    """Make the row say what the draft says; whether that changed anything."""
    if row is None:
        if draft.name:
            db.session.add(Virtue(unit_id=unit_id, year=year, position=draft.position, name=draft.name, how_checked=draft.how_checked))
        return bool(draft.name)
    if not draft.name:
        _require_unused(row)
        db.session.delete(row)
        return True
    changed = (row.name, row.how_checked) != (draft.name, draft.how_checked)
    row.name, row.how_checked = draft.name, draft.how_checked
    return changed


def _editable(actor: Actor, unit_id: int) -> Place:
    unit = db.session.get(Unit, unit_id)
    if unit is None:
        raise NotFound()
    place = Place(unit.id, unit.path)
    require(actor, Action.VIRTUE_EDIT, Subject(place))
    return place


def _require_unused(virtue: Virtue) -> None:
    for table in (Pledge, Entry):
        if db.session.execute(select(func.count()).select_from(table).where(table.virtue_id == virtue.id)).scalar_one():
            raise WrongMoment(f"Đã có đoàn viên chọn chuẩn mực “{virtue.name}” nên không bỏ được; chỉ sửa lời được.")
