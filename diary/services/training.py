"""Noting results of the Chương trình rèn luyện: the table of a branch, one member, a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from ..domain.actors import Actor
from ..domain.members import Standing
from ..domain.registers import RegisterList
from ..domain.registers.import_plan import RegisterPlan, TakenRow
from ..domain.training import YearTraining, clean_training
from ..domain.units import Place
from ..models.base import db, run, table_of
from ..models.members import Member
from ..models.training import Training
from ..queries.training import plan_import
from . import audit, clock, registers
from .transaction import happening

AT_ONCE = 500
_NAMES = {"result": "training_result", "note": "training_note"}  # as the audit lines have them
_TABLE = table_of(Training)
_ADD = insert(_TABLE)
_CHANGE = update(_TABLE).where(_TABLE.c.member_id == bindparam("whose"), _TABLE.c.year == bindparam("of_year"))


@dataclass(frozen=True, slots=True)
class Choice:
    """A line of the table: the member, what stood there when the page was drawn, and what is chosen now (None: nothing)."""

    member_id: int
    before: YearTraining | None
    now: YearTraining | None


@happening
def note_member(actor: Actor, member_id: int, year: int, noted: YearTraining | None) -> bool:
    """Note the result of one member (None: takes it back); whether it said something else.

    NotFound, NotAllowed where it is not theirs, also for what a branch out of reach noted; WrongMoment in a locked year. BadInput
    "note" for a remark too long.
    """
    place = registers.require_member(actor, member_id, year)
    row = db.session.execute(select(Training).where(Training.member_id == member_id, Training.year == year)).scalar_one_or_none()
    if row is not None:
        registers.require_reach(actor, place, row.unit_id)
    return _put(actor, place, member_id, year, row, clean_training(noted.result, noted.note) if noted else None)


def _put(actor: Actor, place: Place, member_id: int, year: int, row: Training | None, noted: YearTraining | None) -> bool:
    """Bring one member's result to what it should say, with its audit line; whether it said something else."""
    before = YearTraining(row.result, row.note) if row else None
    if before == noted:
        return False
    if noted is None:
        db.session.delete(row)
    elif row is None:
        said = {"result": noted.result, "note": noted.note, "noted_by": actor.account_id, "noted_at": clock.now()}
        db.session.add(Training(member_id=member_id, unit_id=place.unit_id, year=year, **said))
    else:
        row.result, row.note, row.noted_by, row.noted_at = noted.result, noted.note, actor.account_id, clock.now()
    audit.record(actor, "training_note", "member", member_id, place.unit_id, [year, *_changed(before, noted)])
    return True


def _changed(before: YearTraining | None, after: YearTraining | None) -> list[str]:
    return [told for name, told in _NAMES.items() if getattr(before, name, "") != getattr(after, name, "")]


@happening
def note_branch(actor: Actor, unit_id: int, year: int, choices: Sequence[Choice]) -> int:
    """Note the lines that were changed on the table of a branch; how many.

    Only what this person changed is written: what a colleague noted meanwhile stays. Members of other units are passed over. Refuses as
    `note_member`.
    """
    place = registers.require_branch(actor, unit_id, year)
    turned = {choice.member_id: choice.now for choice in choices if choice.before != choice.now}
    mine = _members_in(unit_id) & set(turned)
    kept = {row.member_id: row for row in _rows_of(mine, year)}
    count = 0
    for member_id in sorted(mine):
        now, row = turned[member_id], kept.get(member_id)
        if row is None or registers.reaches(actor, place, row.unit_id):
            count += _put(actor, place, member_id, year, row, clean_training(now.result, now.note) if now else None)
    return count


def _members_in(unit_id: int) -> set[int]:
    mine = select(Member.id).where(Member.unit_id == unit_id, Member.standing == Standing.ACTIVE)
    return set(db.session.execute(mine).scalars())


def _rows_of(member_ids: set[int], year: int) -> Sequence[Training]:
    ids, found = sorted(member_ids), list[Training]()
    for start in range(0, len(ids), AT_ONCE):
        some = Training.member_id.in_(ids[start : start + AT_ONCE])
        found.extend(db.session.execute(select(Training).where(some, Training.year == year)).scalars())
    return found


@happening
def import_training(actor: Actor | None, listed: RegisterList, year: int | None) -> RegisterPlan:
    """Bring a list of results into the books, as `queries.training.plan_import` says at this moment; the plan it followed.

    The same list again changes nothing. An actor of None is the program itself.
    """
    plan = plan_import(actor, listed, year)
    changed = [row for row in plan.taken if row.changes]
    by = {"noted_by": actor.account_id if actor else None, "noted_at": clock.now()}
    new = [_columns(row, {"note": "", **row.changes, **by}) for row in changed if "result" not in row.before]
    if new:
        run(_ADD, new)
    for row in changed:
        if "result" in row.before:
            run(_CHANGE.values(**row.changes, **by), {"whose": row.member.id, "of_year": row.year})
    if changed:
        registers.record_import(actor, "training", plan, _NAMES)
    return plan


def _columns(row: TakenRow, said: Mapping[str, Any]) -> dict[str, Any]:
    return {"member_id": row.member.id, "unit_id": row.unit.id, "year": row.year, **said}
