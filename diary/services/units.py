"""Units and posts: adding, renaming, moving, closing, appointing. An actor of None is the program itself (setup, import).

`unit_row` and `appointment_row` only make rows, for a happening that has already decided (import, demo data).
"""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, or_, select, update

from ..domain.actors import COMMITTEE, POST_LABELS, Actor, Post
from ..domain.errors import BadInput, NotAllowed, NotFound, WrongMoment
from ..domain.permissions import Action, Subject, require
from ..domain.units import Place, UnitDraft, UnitKind, child_path, clean_draft, is_below, kind_below, lineage, path_range, unit_code
from ..domain.vietnamese import fold
from ..models.accounts import Account, Appointment
from ..models.base import db
from ..models.entries import Entry, EntryAddition
from ..models.members import Member
from ..models.pledges import Pledge
from ..models.units import Unit, UnitVersion
from . import audit, notices
from .transaction import happening

_EDITED = {"name": "name", "symbol": "symbol", "town": "place", "letterhead": "letterhead"}  # field of the draft -> column
SENT = (Entry, Pledge, EntryAddition)  # what waits for a unit's officers to review


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
    parent = _unit(parent_id) if parent_id is not None else None
    if actor is not None:
        if parent is None:
            raise NotAllowed()
        require(actor, Action.UNIT_EDIT, Subject(Place(0, child_path(parent.path, 0))))
    if parent is not None:
        _require_open(parent)
        _require_free_name(parent.id, clean.name)
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
def rename_unit(actor: Actor | None, unit_id: int, draft: UnitDraft, today: date) -> None:
    """Change a unit's name, symbol, town and letterhead; a new name starts a new version of its history. BadInput as in `add_unit`."""
    unit, clean = _editable(actor, unit_id), clean_draft(draft)
    changed = [column for field, column in _EDITED.items() if getattr(unit, column) != getattr(clean, field)]
    if not changed:
        return
    if "name" in changed and unit.parent_id is not None:
        _require_free_name(unit.parent_id, clean.name, but=unit.id)
    unit.name, unit.search, unit.symbol, unit.place, unit.letterhead = (
        clean.name,
        fold(clean.name),
        clean.symbol,
        clean.town,
        clean.letterhead,
    )
    if "name" in changed:
        _new_version(unit, today)
    audit.record(actor, "unit_edit", "unit", unit.id, unit.id, changed)


@happening
def move_unit(actor: Actor | None, unit_id: int, parent_id: int, today: date) -> None:
    """Put a unit and all below it under another one; a "cần xếp" mark goes, and a chi đoàn takes the kind that fits its new place.

    What waits with a unit that no longer stands above goes to the new one.
    WrongMoment for the bloc, for a place within the unit itself, for a closed parent, and where the kind cannot stand.
    """
    unit, parent = _editable(actor, unit_id), _unit(parent_id)
    if actor is not None:
        require(actor, Action.UNIT_EDIT, Subject(Place(0, child_path(parent.path, 0))))
    if unit.kind is UnitKind.BLOC or is_below(parent.path, unit.path):
        raise WrongMoment("Không chuyển một tổ chức vào chính nó hoặc vào tổ chức bên dưới nó được.")
    if unit.parent_id == parent.id and not unit.needs_placing:
        return
    _require_open(parent)
    _require_free_name(parent.id, unit.name, but=unit.id)
    kind, before, old_path = kind_below(unit.kind, parent.kind), unit.parent_id, unit.path
    unit.kind, unit.parent_id, unit.needs_placing = kind, parent.id, False
    _move_subtree(unit, child_path(parent.path, unit.id))
    _reroute(unit, old_path, parent)
    _new_version(unit, today)
    audit.record(actor, "unit_move", "unit", unit.id, unit.id, [before, parent.id])


@happening
def close_unit(actor: Actor, unit_id: int, today: date) -> None:
    """Close a unit that has no active member and no open unit below; its history stays. WrongMoment otherwise."""
    unit = _editable(actor, unit_id)
    below = select(func.count()).where(Unit.parent_id == unit.id, Unit.closed_on.is_(None))
    if unit.kind is UnitKind.BLOC:
        raise WrongMoment("Đoàn Khối không đóng được.")
    if unit.member_count or db.session.execute(below).scalar_one():
        raise WrongMoment("Còn đoàn viên hoặc tổ chức trực thuộc. Hãy chuyển hết sang nơi khác rồi đóng.")
    if _waits_for(unit.id):
        raise WrongMoment("Còn bài hoặc nội dung đăng ký chờ tổ chức này duyệt. Hãy duyệt hết rồi đóng.")
    if unit.closed_on is None:
        unit.closed_on = today
        db.session.execute(update(Appointment).where(Appointment.unit_id == unit.id, _still_held(today)).values(to_day=today))
        audit.record(actor, "unit_close", "unit", unit.id, unit.id)


@happening
def reopen_unit(actor: Actor, unit_id: int) -> None:
    """Open a closed unit again; posts that ended with it stay ended. WrongMoment while the unit above is closed."""
    unit = _editable(actor, unit_id)
    if unit.parent_id is not None:
        _require_open(_unit(unit.parent_id))
    if unit.closed_on is not None:
        unit.closed_on = None
        audit.record(actor, "unit_reopen", "unit", unit.id, unit.id)


@happening
def appoint(actor: Actor | None, unit_id: int, account_id: int, post: Post, today: date) -> int:
    """Give the account's member a post in the unit from `today`; the id of the appointment, the one held already when it is the same.

    The member belongs to the unit or below it. BadInput when not, when there is a Bí thư already, and for a post that unit does not have.
    """
    unit = _editable(actor, unit_id)
    _require_open(unit)
    if actor is not None and post not in posts_of(unit.kind):
        raise BadInput("post", "Tổ chức này không có chức vụ đó.")
    if actor is not None:
        _require_member_below(account_id, unit)
    held = list(
        db.session.execute(
            select(Appointment).where(Appointment.unit_id == unit.id, Appointment.post == post, _still_held(today))
        ).scalars()
    )
    same = next((row for row in held if row.account_id == account_id), None)
    if same is not None:
        return same.id
    if post is Post.SECRETARY and held:
        raise BadInput("post", "Tổ chức đang có Bí thư. Hãy cho thôi giữ chức trước, rồi giao cho người mới.")
    row = appointment_row(account_id, unit.id, post, today)
    audit.record(actor, "post_give", "account", account_id, unit.id, [post.value])
    if actor is not None:
        notices.tell(account_id, f"Bạn được giao chức vụ {POST_LABELS[post]} – {unit.name}.", "/")
    return row.id


def appointment_row(account_id: int, unit_id: int, post: Post, from_day: date) -> Appointment:
    """An appointment without an end, flushed; no question asked and nothing told."""
    row = Appointment(account_id=account_id, unit_id=unit_id, post=post, from_day=from_day)
    db.session.add(row)
    db.session.flush()
    return row


@happening
def end_appointment(actor: Actor | None, appointment_id: int, today: date) -> None:
    """End a post now: yesterday was its last day, and one given today is taken back whole. NotAllowed for one's own post."""
    row = db.session.get(Appointment, appointment_id)
    if row is None or (actor is not None and row.post is Post.ADMINISTRATOR):
        raise NotFound()
    unit = _editable(actor, row.unit_id)
    if actor is not None and row.account_id == actor.account_id:
        raise NotAllowed("Bạn không tự cho mình thôi chức vụ được. Hãy nhờ người khác trong ban chấp hành, hoặc cấp trên.")
    if row.to_day is not None and row.to_day < today:
        return
    if row.from_day >= today:
        db.session.delete(row)
    else:
        row.to_day = today - timedelta(days=1)
    audit.record(actor, "post_end", "account", row.account_id, unit.id, [row.post.value])
    if actor is not None:
        notices.tell(row.account_id, f"Bạn thôi giữ chức vụ {POST_LABELS[row.post]} – {unit.name}.", "/")


def posts_of(kind: UnitKind) -> tuple[Post, ...]:
    """The posts a unit of `kind` has, in the order of their rank; the Ủy ban Kiểm tra is the bloc's alone."""
    posts = tuple(post for post in Post if post in COMMITTEE)
    return (*posts, Post.INSPECTOR) if kind is UnitKind.BLOC else posts


def _unit(unit_id: int) -> Unit:
    unit = db.session.get(Unit, unit_id)
    if unit is None:
        raise NotFound()
    return unit


def _editable(actor: Actor | None, unit_id: int) -> Unit:
    unit = _unit(unit_id)
    if actor is not None:
        require(actor, Action.UNIT_EDIT, Subject(Place(unit.id, unit.path)))
    return unit


def _require_open(unit: Unit) -> None:
    if unit.closed_on is not None:
        raise WrongMoment(f"{unit.name} đã đóng.")


def _require_free_name(parent_id: int, name: str, but: int | None = None) -> None:
    query = select(Unit.id).where(Unit.parent_id == parent_id, Unit.search == fold(name), Unit.closed_on.is_(None))
    if set(db.session.execute(query).scalars()) - {but}:
        raise BadInput("name", "Đã có tổ chức tên này ở cùng một nơi.")


def _free_code(name: str, parent: Unit | None, code: str) -> str:
    if code:
        if db.session.execute(select(Unit.id).where(Unit.code == code)).scalar() is not None:
            raise BadInput("code", "Mã này đã có tổ chức khác dùng.")
        return code
    above = parent.code if parent is not None and parent.parent_id is not None else ""
    first = unit_code(name, above, ())
    taken = set(db.session.execute(select(Unit.code).where(Unit.code.startswith(first, autoescape=True))).scalars())
    return unit_code(name, above, taken)


def _move_subtree(unit: Unit, path: str) -> None:
    low, high = path_range(unit.path)
    moved = path + func.substr(Unit.path, len(unit.path) + 1)
    db.session.flush()
    db.session.execute(
        update(Unit).where(Unit.path >= low, Unit.path < high).values(path=moved), execution_options={"synchronize_session": False}
    )
    db.session.expire_all()


def _reroute(unit: Unit, old_path: str, parent: Unit) -> None:
    """What the units that moved had sent up waits from now on with `parent` where it waited with one no longer above them."""
    left = set(lineage(old_path)[:-1]) - set(lineage(unit.path))
    low, high = path_range(unit.path)
    moved = select(Unit.id).where(Unit.path >= low, Unit.path < high)
    for table in SENT:
        waiting = (table.unit_id.in_(moved)) & (table.state == "waiting") & table.review_unit_id.in_(left)
        db.session.execute(update(table).where(waiting).values(review_unit_id=parent.id), execution_options={"synchronize_session": False})


def _waits_for(unit_id: int) -> bool:
    """Whether something sent waits for the unit's officers."""
    return any(
        db.session.execute(select(table.id).where(table.review_unit_id == unit_id, table.state == "waiting").limit(1)).first()
        for table in SENT
    )


def _new_version(unit: Unit, today: date) -> None:
    current = db.session.execute(select(UnitVersion).where(UnitVersion.unit_id == unit.id, UnitVersion.to_day.is_(None))).scalars().one()
    if current.from_day >= today:  # changed again on the same day: history keeps the last word of a day
        current.name, current.kind, current.parent_id = unit.name, unit.kind, unit.parent_id
        return
    current.to_day = today - timedelta(days=1)
    db.session.add(UnitVersion(unit_id=unit.id, from_day=today, name=unit.name, kind=unit.kind, parent_id=unit.parent_id))


def _require_member_below(account_id: int, unit: Unit) -> None:
    query = select(Unit.path).join(Member, Member.unit_id == Unit.id).join(Account, Account.member_id == Member.id)
    path = db.session.execute(query.where(Account.id == account_id, Account.closed_at.is_(None))).scalar()
    if path is None or not is_below(path, unit.path):
        raise BadInput("account_id", "Hãy chọn một đoàn viên của tổ chức này hoặc của tổ chức bên dưới.")


def _still_held(today: date) -> ColumnElement[bool]:
    return or_(Appointment.to_day.is_(None), Appointment.to_day >= today)
