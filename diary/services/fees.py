"""Noting Đoàn phí: a member's quarter, the ticks of a whole table, a whole branch at once, a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, select, update

from ..domain.actors import Actor
from ..domain.errors import WrongMoment
from ..domain.fee_lists import quarter_key, quarter_of_key
from ..domain.fees import FeeNote, FeeState, fee_note, require_quarter
from ..domain.members import Standing
from ..domain.registers import RegisterList
from ..domain.registers.import_plan import RegisterPlan
from ..domain.units import Place
from ..models.base import db, run, table_of
from ..models.fees import Fee
from ..models.members import Member
from ..queries.fees import plan_import
from . import audit, clock, registers
from .transaction import happening

UNDO_FOR = timedelta(minutes=10)
AT_ONCE = 500
_TABLE = table_of(Fee)
_ADD = insert(_TABLE)
_CHANGE = (
    update(_TABLE)
    .where(_TABLE.c.member_id == bindparam("whose"), _TABLE.c.year == bindparam("of_year"), _TABLE.c.quarter == bindparam("of_quarter"))
    .values({name: bindparam(f"new_{name}") for name in ("state", "amount", "noted_by", "noted_at")})
)


@dataclass(frozen=True, slots=True)
class Tick:
    """A box of the table: the member, the quarter, whether it was ticked when the page was drawn, and now."""

    member_id: int
    quarter: int
    before: bool
    now: bool


@happening
def note_member(actor: Actor, member_id: int, year: int, notes: Mapping[int, FeeNote | None]) -> int:
    """Note quarters of one member (None: takes the note back); how many changed.

    NotFound, NotAllowed where it is not theirs, also for a quarter that a branch out of reach noted; WrongMoment in a locked year.
    BadInput for a quarter or amount there is not.
    """
    place = registers.require_member(actor, member_id, year)
    kept = {row.quarter: row for row in db.session.execute(select(Fee).where(Fee.member_id == member_id, Fee.year == year)).scalars()}
    changed = []
    for quarter, note in sorted(notes.items()):
        clean = fee_note(note.state, note.amount) if note else None
        if _put(actor, place, member_id, year, require_quarter(quarter), kept.get(quarter), clean):
            changed.append(quarter_key(quarter))
    if changed:
        audit.record(actor, "fees_note", "member", member_id, place.unit_id, [year, *changed])
    return len(changed)


def _put(actor: Actor, place: Place, member_id: int, year: int, quarter: int, row: Fee | None, note: FeeNote | None) -> bool:
    """Bring one quarter to what it should say; whether it said something else."""
    if (FeeNote(row.state, row.amount) if row else None) == note:
        return False
    if row is not None:
        registers.require_reach(actor, place, row.unit_id)
    if note is None:
        db.session.delete(row)
    elif row is None:
        facts = {"member_id": member_id, "unit_id": place.unit_id, "year": year, "quarter": quarter}
        db.session.add(Fee(**facts, state=note.state, amount=note.amount, noted_by=actor.account_id, noted_at=clock.now()))
    else:
        row.state, row.amount, row.noted_by, row.noted_at = note.state, note.amount, actor.account_id, clock.now()
    return True


@happening
def tick_branch(actor: Actor, unit_id: int, year: int, amount: int, ticks: Sequence[Tick]) -> int:
    """Note the boxes that were ticked or cleared on the table of a branch, those ticked with `amount`; how many changed.

    Only what this person changed is written: what a colleague noted meanwhile stays. Members of other units are passed over, and so is
    who is exempt. Refuses as `note_member`; BadInput "amount".
    """
    place = registers.require_branch(actor, unit_id, year)
    note = fee_note(FeeState.PAID, amount)
    turned = [tick for tick in ticks if tick.before != tick.now]
    mine = _members_in(unit_id, {tick.member_id for tick in turned})
    kept = {(row.member_id, row.quarter): row for row in _rows_of(mine, year)}
    changed: dict[int, list[str]] = {}
    for tick in turned:
        row = kept.get((tick.member_id, require_quarter(tick.quarter)))
        if tick.member_id not in mine or not _may_turn(actor, place, tick, row):
            continue
        if _put(actor, place, tick.member_id, year, tick.quarter, row, note if tick.now else None):
            changed.setdefault(tick.member_id, []).append(quarter_key(tick.quarter))
    for member_id, fields in changed.items():
        audit.record(actor, "fees_note", "member", member_id, unit_id, [year, *fields])
    return sum(map(len, changed.values()))


def _may_turn(actor: Actor, place: Place, tick: Tick, row: Fee | None) -> bool:
    """Ticking notes what was not noted; clearing takes back what was noted as paid, here or within reach."""
    if tick.now or row is None:
        return tick.now and row is None
    return row.state is FeeState.PAID and registers.reaches(actor, place, row.unit_id)


def _members_in(unit_id: int, ids: set[int]) -> set[int]:
    mine = select(Member.id).where(Member.unit_id == unit_id, Member.standing == Standing.ACTIVE)
    return ids & set(db.session.execute(mine).scalars())


def _rows_of(member_ids: set[int], year: int) -> Sequence[Fee]:
    found: list[Fee] = []
    ids = sorted(member_ids)
    for start in range(0, len(ids), AT_ONCE):
        some = Fee.member_id.in_(ids[start : start + AT_ONCE])
        found.extend(db.session.execute(select(Fee).where(some, Fee.year == year)).scalars())
    return found


@dataclass(frozen=True, slots=True)
class WholeBranch:
    """What "the whole branch has paid" noted: how many, and the moment by which it may be taken back."""

    count: int
    at: datetime


@happening
def note_branch(actor: Actor, unit_id: int, year: int, quarter: int, amount: int) -> WholeBranch:
    """Note that everyone of the branch of whom nothing is noted for the quarter has paid `amount`. Refuses as `tick_branch`."""
    registers.require_branch(actor, unit_id, year)
    note, now = fee_note(FeeState.PAID, amount), clock.now()
    done = select(Fee.member_id).where(Fee.year == year, Fee.quarter == require_quarter(quarter))
    mine = (Member.unit_id == unit_id) & (Member.standing == Standing.ACTIVE)
    ids = db.session.execute(select(Member.id).where(mine, Member.id.not_in(done)).order_by(Member.id)).scalars().all()
    same = {"unit_id": unit_id, "year": year, "quarter": quarter, "state": note.state, "amount": note.amount}
    by = {"noted_by": actor.account_id, "noted_at": now}
    if ids:
        run(_ADD, [{"member_id": member_id, **same, **by} for member_id in ids])
        audit.record(actor, "fees_note", "unit", unit_id, unit_id, [year, quarter_key(quarter), f"new:{len(ids)}"])
    return WholeBranch(len(ids), now)


@happening
def undo_branch(actor: Actor, unit_id: int, year: int, quarter: int, at: datetime) -> int:
    """Take back what the actor noted for the whole branch at that moment, but for what was changed since; how many.

    WrongMoment after ten minutes, or when nothing of it stands any more; otherwise refuses as `note_branch`.
    """
    registers.require_branch(actor, unit_id, year)
    if clock.now() - at > UNDO_FOR:
        raise WrongMoment("Đã quá 10 phút nên không hoàn tác được nữa. Hãy bỏ dấu từng người trong bảng.")
    theirs = (Fee.unit_id == unit_id, Fee.year == year, Fee.quarter == quarter, Fee.noted_by == actor.account_id, Fee.noted_at == at)
    gone = run(delete(_TABLE).where(*theirs)).rowcount
    if not gone:
        raise WrongMoment("Việc này đã được hoàn tác, hoặc đã sửa lại từng người.")
    audit.record(actor, "fees_note", "unit", unit_id, unit_id, [year, quarter_key(require_quarter(quarter)), f"undone:{gone}"])
    return gone


@happening
def import_fees(actor: Actor | None, listed: RegisterList, year: int | None) -> RegisterPlan:
    """Bring a list of fees into the books, as `queries.fees.plan_import` says at this moment; the plan it followed.

    The same list again changes nothing. An actor of None is the program itself.
    """
    plan = plan_import(actor, listed, year)
    new, changed = [], []
    by = {"noted_by": actor.account_id if actor else None, "noted_at": clock.now()}
    for row in plan.taken:
        for slot, note in row.changes.items():
            assert isinstance(note, FeeNote)
            whose, quarter, said = row.member.id, quarter_of_key(slot), {"state": note.state, "amount": note.amount, **by}
            if slot in row.before:
                changed.append({"whose": whose, "of_year": row.year, "of_quarter": quarter, **{f"new_{k}": v for k, v in said.items()}})
            else:
                new.append({"member_id": whose, "unit_id": row.unit.id, "year": row.year, "quarter": quarter, **said})
    if new:
        run(_ADD, new)
    if changed:
        run(_CHANGE, changed)
    if plan.changes_something:
        registers.record_import(actor, "fees", plan)
    return plan
