"""Merging: one unit goes into another of its kind, with its people, what waits, and what stands below; its name stays in the books."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import exists, func, insert, literal, select, union, update

from ...domain.actors import OFFICERS, Actor
from ...domain.documents import DocumentState
from ...domain.errors import WrongMoment
from ...domain.evaluations import BEFORE_THE_MEETING, EvaluationState
from ...domain.members import Standing
from ...domain.transfers import TransferState
from ...domain.units import BRANCHES, UnitKind, child_path, is_below, lineage, path_range
from ...models.accounts import Appointment
from ...models.base import db
from ...models.documents import Document
from ...models.evaluations import Evaluation, RatingMeeting
from ...models.members import Member
from ...models.transfers import Transfer
from ...models.units import Unit, UnitVersion
from ...models.years import WorkYear
from ...queries.accounts import held_on
from .. import audit, clock, moving, notices
from ..transaction import happening
from .rows import UNSYNCED, editable, require_open, require_seen, reroute

_UNDER_WAY = (EvaluationState.MET, EvaluationState.PROPOSED, EvaluationState.PASSED_ON)


@happening
def merge_units(actor: Actor, unit_id: int, into_id: int, today: date, *, version: int | None = None) -> int:
    """Let the unit go into another one of its kind and close; how many members went along. For who may change both.

    Members, what waits for review and the units below go to the other unit; posts end; what was written and decided keeps the old name,
    and the old unit stands, closed, below the other, whose officers look after what is left of it. WrongMoment saying why where it cannot
    be; Stale when someone changed the unit since `version` was seen.
    """
    unit, into = editable(actor, unit_id), editable(actor, into_id)
    require_seen(unit, version)
    _require_mergeable(unit, into)
    _require_free_names(unit, into)
    _require_settled(unit, into, today)
    _require_no_paper_half_made(unit)
    ids = list(db.session.execute(select(Member.id).where(Member.unit_id == unit.id, Member.standing == Standing.ACTIVE)).scalars())
    name, officers = unit.name, _officers(unit.id, today)
    _turn_transfers(unit.id, into.id, today)
    moving.carry(ids, unit, into, today, keep_transfers=True)
    moving.end_posts(Appointment.unit_id == unit.id, today)
    below = _move_below(unit, into, today)
    unit.closed_on, unit.merged_into_id, unit.needs_placing = today, into.id, False
    unit.version, into.version = unit.version + 1, into.version + 1
    audit.record(actor, "unit_merge", "unit", unit.id, unit.id, [unit.id, into.id, len(ids), below])
    notices.tell_members(ids, f"{name} sáp nhập vào {into.name}. Từ hôm nay bạn sinh hoạt ở {into.name}.", "/ca-nhan")
    for account_id in {*officers, *_officers(into.id, today)} - {actor.account_id}:
        notices.tell(account_id, f"{name} đã sáp nhập vào {into.name}: {len(ids)} đoàn viên chuyển về.", f"/to-chuc/{into.id}")
    return len(ids)


def _require_mergeable(unit: Unit, into: Unit) -> None:
    if unit.id == into.id:
        raise WrongMoment("Không sáp nhập một tổ chức vào chính nó được.")
    if UnitKind.BLOC in (unit.kind, into.kind):
        raise WrongMoment("Đoàn Khối không sáp nhập với tổ chức khác được.")
    if is_below(into.path, unit.path):
        raise WrongMoment(f"{into.name} đang thuộc {unit.name}. Hãy sáp nhập theo chiều ngược lại.")
    for one in (unit, into):
        require_open(one)
    if (unit.kind in BRANCHES) != (into.kind in BRANCHES):
        raise WrongMoment("Chi đoàn chỉ sáp nhập với chi đoàn, Đoàn cơ sở với Đoàn cơ sở.")


def _require_free_names(unit: Unit, into: Unit) -> None:
    """Two units of one name would stand side by side below the other one."""
    taken = select(Unit.search).where(Unit.parent_id == into.id, Unit.id != unit.id, Unit.closed_on.is_(None))
    query = select(Unit.name).where(Unit.parent_id == unit.id, Unit.closed_on.is_(None), Unit.search.in_(taken)).order_by(Unit.search)
    same = db.session.execute(query.limit(5)).scalars().all()
    if same:
        raise WrongMoment(f"Hai nơi cùng có {', '.join(same)}. Hãy đổi tên hoặc sáp nhập các tổ chức đó trước.")


def _require_settled(unit: Unit, into: Unit, today: date) -> None:
    """No rating may be between its meeting and its decision, and nobody may miss theirs because the other branch has met already."""
    both, open_years = (unit.id, into.id), select(WorkYear.year).where(WorkYear.locked_at.is_(None))
    begun = select(RatingMeeting.year).where(RatingMeeting.unit_id.in_(both), RatingMeeting.closed_at.is_(None))
    between = select(Evaluation.year).where(Evaluation.unit_id.in_(both), Evaluation.state.in_(_UNDER_WAY))
    not_met = (Evaluation.unit_id == unit.id, Evaluation.state.in_(BEFORE_THE_MEETING), Evaluation.year < today.year)
    left = select(Evaluation.year).where(*not_met)
    dangling = union(
        begun.where(RatingMeeting.year.in_(open_years)), *(query.where(Evaluation.year.in_(open_years)) for query in (between, left))
    )
    year = db.session.execute(dangling.limit(1)).scalar()
    if year is not None:
        raise WrongMoment(f"Việc xếp loại năm {year} ở hai nơi đang dở. Hãy chờ Đoàn Khối công nhận xong rồi sáp nhập.")
    met = select(RatingMeeting.year).where(RatingMeeting.unit_id == into.id, RatingMeeting.year.in_(open_years))
    own = exists().where(RatingMeeting.unit_id == unit.id, RatingMeeting.year == WorkYear.year)
    query = select(WorkYear.year).where(WorkYear.year.in_(met), ~own)
    missed = db.session.execute(query).scalars().first() if unit.member_count else None
    if missed is not None:
        raise WrongMoment(f"{into.name} đã họp xét xếp loại năm {missed} mà {unit.name} thì chưa. Hãy xếp loại ở {unit.name} trước.")


def _require_no_paper_half_made(unit: Unit) -> None:
    reserved = (Document.unit_id == unit.id, Document.state == DocumentState.RESERVED)
    if db.session.execute(select(func.count()).select_from(Document).where(*reserved)).scalar_one():
        raise WrongMoment(f"{unit.name} còn văn bản đã lấy số mà chưa lập xong. Hãy bấm Phát hành lại các văn bản đó trước.")


def _officers(unit_id: int, today: date) -> Sequence[int]:
    query = select(Appointment.account_id).where(Appointment.unit_id == unit_id, Appointment.post.in_(OFFICERS), held_on(today))
    return db.session.execute(query).scalars().all()


def _turn_transfers(unit_id: int, into_id: int, today: date) -> None:
    """A transfer between the two is fulfilled, another one waits on at the unit that takes over."""
    waits = Transfer.state == TransferState.WAITING
    between = (Transfer.from_unit_id.in_((unit_id, into_id)), Transfer.to_unit_id.in_((unit_id, into_id)))
    ended = {"answered_at": clock.now()}
    fulfilled = update(Transfer).where(waits, *between, Transfer.to_unit_id == into_id)
    _run(fulfilled.values(state=TransferState.DONE, moved_on=today, **ended))
    _run(update(Transfer).where(waits, *between).values(state=TransferState.WITHDRAWN, **ended))
    _run(update(Transfer).where(waits, Transfer.to_unit_id == unit_id).values(to_unit_id=into_id))
    _run(update(Transfer).where(waits, Transfer.from_unit_id == unit_id).values(from_unit_id=into_id))


def _move_below(unit: Unit, into: Unit, today: date) -> int:
    """Put what stands below the unit below the other one, and the unit itself there too; how many open units went along."""
    old_path, into_path, unit_id, into_id = unit.path, into.path, unit.id, into.id
    moved = select(Unit.id).where(Unit.parent_id == unit_id, Unit.closed_on.is_(None))
    ids = db.session.execute(moved).scalars().all()
    _begin_versions(ids, into_id, today)
    low, high = path_range(old_path)
    everyone = db.session.execute(select(Unit.id).where(Unit.path >= low, Unit.path < high)).scalars().all()
    inner = into_path + func.substr(Unit.path, len(old_path) + 1)
    _run(update(Unit).where(Unit.path > low, Unit.path < high, Unit.id != unit_id).values(path=inner))
    _run(update(Unit).where(Unit.parent_id == unit_id).values(parent_id=into_id))
    _run(update(Unit).where(Unit.id == unit_id).values(path=child_path(into_path, unit_id), parent_id=into_id))
    left = {*(set(lineage(old_path)) - set(lineage(into_path))), unit_id}
    reroute(select(Unit.id).where(Unit.id.in_(everyone)), left, into_id)
    db.session.expire_all()
    return len(ids)


def _begin_versions(ids: Sequence[int], parent_id: int, today: date) -> None:
    """From today the units stand below another one; one whose version began today only changes it."""
    current = (UnitVersion.unit_id.in_(ids), UnitVersion.to_day.is_(None))
    _run(update(UnitVersion).where(*current, UnitVersion.from_day >= today).values(parent_id=parent_id))
    _run(update(UnitVersion).where(*current, UnitVersion.from_day < today).values(to_day=today - timedelta(days=1)))
    standing = exists().where(UnitVersion.unit_id == Unit.id, UnitVersion.to_day.is_(None))
    begun = select(Unit.id, literal(today), Unit.name, Unit.kind, literal(parent_id)).where(Unit.id.in_(ids), ~standing)
    db.session.execute(insert(UnitVersion).from_select(["unit_id", "from_day", "name", "kind", "parent_id"], begun))


def _run(statement: Any) -> None:
    db.session.execute(statement, execution_options=UNSYNCED)
