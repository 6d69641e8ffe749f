"""Units as their committee above changes them: adding, renaming, moving, closing. An actor of None is the program itself."""

from datetime import date

from sqlalchemy import func, select

from ...domain.actors import Actor
from ...domain.errors import BadInput, NotAllowed, WrongMoment
from ...domain.permissions import Action, Subject, require
from ...domain.units import Place, UnitDraft, UnitKind, child_path, clean_draft, is_below, kind_below, lineage, path_range, unit_code
from ...domain.vietnamese import fold
from ...models.accounts import Appointment
from ...models.base import db
from ...models.units import Unit, UnitVersion
from .. import audit, moving
from ..transaction import happening
from .rows import (
    SENT,
    editable,
    load,
    move_subtree,
    new_version,
    require_free_name,
    require_not_merged,
    require_open,
    require_seen,
    reroute,
)

_EDITED = {"name": "name", "symbol": "symbol", "town": "place", "letterhead": "letterhead"}  # field of the draft -> column


@happening
def add_unit(
    actor: Actor | None,
    parent_id: int | None,
    draft: UnitDraft,
    kind: UnitKind,
    today: date,
    code: str = "",
    needs_placing: bool = False,
) -> int:
    """Add a unit below `parent_id` (None: the bloc itself, which only the program makes); its id.

    An empty `code` is made from the name. `needs_placing` marks a branch that waits under the bloc for its base, and keeps its kind.
    BadInput when the name stands twice under one parent or the code is taken; WrongMoment where that kind cannot stand.
    """
    clean = clean_draft(draft)
    parent = load(parent_id) if parent_id is not None else None
    if actor is not None:
        if parent is None:
            raise NotAllowed()
        require(actor, Action.UNIT_EDIT, Subject(Place(0, child_path(parent.path, 0))))
    if parent is not None:
        require_open(parent)
        require_free_name(parent.id, clean.name)
        kind = kind if needs_placing else kind_below(kind, parent.kind)
    row = unit_row(parent, clean, kind, today, _free_code(clean.name, parent, code), needs_placing)
    audit.record(actor, "unit_add", "unit", row.id, row.id, [kind.value])
    return row.id


def unit_row(parent: Unit | None, draft: UnitDraft, kind: UnitKind, from_day: date, code: str, needs_placing: bool = False) -> Unit:
    """A unit with its path and the first version of its history, flushed; no question asked and nothing told."""
    row = Unit(
        code=code,
        parent_id=parent.id if parent else None,
        path=f"?{code}",  # until the id is known
        kind=kind,
        name=draft.name,
        search=fold(draft.name),
        symbol=draft.symbol,
        place=draft.town,
        letterhead=draft.letterhead,
        needs_placing=needs_placing,
        opened_on=from_day,
    )
    db.session.add(row)
    db.session.flush()
    row.path = child_path(parent.path if parent else "", row.id)
    db.session.add(UnitVersion(unit_id=row.id, from_day=from_day, name=row.name, kind=kind, parent_id=row.parent_id))
    db.session.flush()
    return row


@happening
def rename_unit(actor: Actor | None, unit_id: int, draft: UnitDraft, today: date, *, version: int | None = None) -> None:
    """Change a unit's name, symbol, town and letterhead; a new name starts a new version of its history.

    BadInput as in `add_unit`; Stale when someone changed the unit since `version` was seen.
    """
    unit, clean = editable(actor, unit_id), clean_draft(draft)
    require_seen(unit, version)
    require_not_merged(unit)
    changed = [column for field, column in _EDITED.items() if getattr(unit, column) != getattr(clean, field)]
    if not changed:
        return
    if "name" in changed and unit.parent_id is not None:
        require_free_name(unit.parent_id, clean.name, but=unit.id)
    unit.name, unit.search, unit.symbol, unit.place, unit.letterhead = (
        clean.name,
        fold(clean.name),
        clean.symbol,
        clean.town,
        clean.letterhead,
    )
    unit.version += 1
    if "name" in changed:
        new_version(unit, today)
    audit.record(actor, "unit_edit", "unit", unit.id, unit.id, changed)


@happening
def move_unit(actor: Actor | None, unit_id: int, parent_id: int, today: date, *, version: int | None = None) -> None:
    """Put a unit and all below it under another one; a "cần xếp" mark goes, and a chi đoàn takes the kind that fits its new place.

    What waits with a unit that no longer stands above goes to the new one.
    WrongMoment for the bloc, for a place within the unit itself, for a closed unit or parent, and where the kind cannot stand; Stale when
    someone changed the unit since `version` was seen.
    """
    unit, parent = editable(actor, unit_id), load(parent_id)
    require_seen(unit, version)
    require_not_merged(unit)
    if actor is not None:
        require(actor, Action.UNIT_EDIT, Subject(Place(0, child_path(parent.path, 0))))
    if unit.kind is UnitKind.BLOC or is_below(parent.path, unit.path):
        raise WrongMoment("Không chuyển một tổ chức vào chính nó hoặc vào tổ chức bên dưới nó được.")
    if unit.parent_id == parent.id and not unit.needs_placing:
        return
    require_open(parent)
    require_free_name(parent.id, unit.name, but=unit.id)
    kind, before, old_path = kind_below(unit.kind, parent.kind), unit.parent_id, unit.path
    unit.kind, unit.parent_id, unit.needs_placing, unit.version = kind, parent.id, False, unit.version + 1
    move_subtree(unit, child_path(parent.path, unit.id))
    low, high = path_range(unit.path)
    reroute(select(Unit.id).where(Unit.path >= low, Unit.path < high), set(lineage(old_path)[:-1]) - set(lineage(unit.path)), parent.id)
    new_version(unit, today)
    audit.record(actor, "unit_move", "unit", unit.id, unit.id, [before, parent.id])


@happening
def close_unit(actor: Actor, unit_id: int, today: date) -> None:
    """Close a unit that has no active member and no open unit below; its history stays. WrongMoment otherwise."""
    unit = editable(actor, unit_id)
    below = select(func.count()).where(Unit.parent_id == unit.id, Unit.closed_on.is_(None))
    if unit.kind is UnitKind.BLOC:
        raise WrongMoment("Đoàn Khối không đóng được.")
    if unit.member_count or db.session.execute(below).scalar_one():
        raise WrongMoment("Còn đoàn viên hoặc tổ chức trực thuộc. Hãy chuyển hết sang nơi khác rồi đóng.")
    if _waits_for(unit.id):
        raise WrongMoment("Còn bài hoặc nội dung đăng ký chờ tổ chức này duyệt. Hãy duyệt hết rồi đóng.")
    if unit.closed_on is None:
        unit.closed_on, unit.version = today, unit.version + 1
        moving.end_posts(Appointment.unit_id == unit.id, today)
        audit.record(actor, "unit_close", "unit", unit.id, unit.id)


@happening
def reopen_unit(actor: Actor, unit_id: int) -> None:
    """Open a closed unit again; posts that ended with it stay ended. WrongMoment while the unit above is closed, or once merged."""
    unit = editable(actor, unit_id)
    require_not_merged(unit)
    if unit.parent_id is not None:
        require_open(load(unit.parent_id))
    if unit.closed_on is not None:
        unit.closed_on, unit.version = None, unit.version + 1
        audit.record(actor, "unit_reopen", "unit", unit.id, unit.id)


def _free_code(name: str, parent: Unit | None, code: str) -> str:
    if code:
        if db.session.execute(select(Unit.id).where(Unit.code == code)).scalar() is not None:
            raise BadInput("code", "Mã này đã có tổ chức khác dùng.")
        return code
    above = parent.code if parent is not None and parent.parent_id is not None else ""
    first = unit_code(name, above, ())
    taken = set(db.session.execute(select(Unit.code).where(Unit.code.startswith(first, autoescape=True))).scalars())
    return unit_code(name, above, taken)


def _waits_for(unit_id: int) -> bool:
    """Whether something sent waits for the unit's officers."""
    return any(
        db.session.execute(select(table.id).where(table.review_unit_id == unit_id, table.state == "waiting").limit(1)).first()
        for table in SENT
    )
