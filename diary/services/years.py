"""Work years as the bloc committee sets them: opening, windows, locking. An actor of None is the program itself."""

from collections.abc import Mapping

from sqlalchemy import delete, func, select, update

from ..domain import years as rules
from ..domain.actors import Actor
from ..domain.entries import EntryState
from ..domain.errors import BadInput, NotFound, WrongMoment
from ..domain.permissions import Action, Subject, require
from ..domain.units import Place, UnitKind
from ..domain.years import Activity, OpenDays
from ..models.base import db
from ..models.entries import Entry
from ..models.pledges import Pledge
from ..models.units import Unit, Virtue
from ..models.years import Window, WorkYear, YearLock
from . import audit, clock, installations, pledge_changes
from .transaction import happening


@happening
def open_year(actor: Actor | None, year: int) -> None:
    """Open a work year with the usual windows, and the virtues of the year before it; rated as that one, or by the scheme that covers it.

    BadInput for an implausible year, WrongMoment when it is open already.
    """
    bloc_id = bloc_to_set(actor)
    if not rules.FIRST_YEAR <= year <= rules.LAST_YEAR:
        raise BadInput("year", f"Năm phải từ {rules.FIRST_YEAR} đến {rules.LAST_YEAR}.")
    if db.session.get(WorkYear, year) is not None:
        raise WrongMoment(f"Năm {year} đã được mở rồi.")
    before = db.session.execute(select(func.max(WorkYear.year)).where(WorkYear.year < year)).scalar()
    installations.add_schemes()
    installations.add_year(year, bloc_id)
    if before is not None:
        _copy_virtues(before, year)
    audit.record(actor, "year_open", "year", year, bloc_id)


@happening
def set_windows(actor: Actor, year: int, unit_id: int, windows: Mapping[Activity, OpenDays]) -> None:
    """Set several windows of a unit at once; BadInput names its field after the activity: "writing_closes_on"."""
    for activity, days in windows.items():
        try:
            set_window(actor, year, unit_id, activity, days)
        except BadInput as error:
            raise BadInput(f"{activity.value}_{error.field}", str(error)) from error


@happening
def set_window(actor: Actor, year: int, unit_id: int, activity: Activity, days: OpenDays | None) -> None:
    """Set when an activity is open for a unit and all below it; None takes a unit's own days back, so that the days above it hold again.

    The bloc's own windows are changed, never taken away. BadInput for days out of order or out of the year.
    """
    bloc_id = bloc_to_set(actor)
    unlocked_year(year)
    if db.session.get(Unit, unit_id) is None:
        raise BadInput("unit_id", "Hãy chọn một tổ chức trong danh sách.")
    if days is not None:
        rules.check_days(year, days)
    elif unit_id == bloc_id:
        raise WrongMoment("Thời gian chung của Đoàn Khối chỉ đổi được, không bỏ được.")
    same = (Window.year == year) & (Window.unit_id == unit_id) & (Window.activity == activity)
    row = db.session.execute(select(Window).where(same)).scalars().one_or_none()
    if (row and OpenDays(row.opens_on, row.closes_on)) == days:
        return
    if days is None:
        db.session.execute(delete(Window).where(same))
    elif row is None:
        db.session.add(Window(year=year, unit_id=unit_id, activity=activity, opens_on=days.opens_on, closes_on=days.closes_on))
    else:
        row.opens_on, row.closes_on = days.opens_on, days.closes_on
    said = [activity.value, days.opens_on.isoformat(), days.closes_on.isoformat()] if days else [activity.value]
    audit.record(actor, "year_window", "year", year, unit_id, said)


@happening
def lock_year(actor: Actor, year: int, reason: str) -> None:
    """Close the year's books: nothing in it is written any more, its approved entries are locked, wishes to change a pledge lapse.

    WrongMoment when it is locked already.
    """
    bloc_id, row = bloc_to_set(actor), _year(year)
    clean = rules.clean_reason(reason)
    if row.locked_at is not None:
        raise WrongMoment(f"Năm {year} đã khóa sổ rồi.")
    row.locked_at = clock.now()
    _lock_entries(year, EntryState.APPROVED, EntryState.LOCKED)
    pledge_changes.drop_waiting(Pledge.year == year)
    _note_lock(actor, bloc_id, year, clean, locked=True)


@happening
def unlock_year(actor: Actor, year: int, reason: str) -> None:
    """Open the year's books again, for the windows to decide what may be done. WrongMoment when it is not locked."""
    bloc_id, row = bloc_to_set(actor), _year(year)
    clean = rules.clean_reason(reason)
    if row.locked_at is None:
        raise WrongMoment(f"Năm {year} đang mở, không cần mở lại.")
    row.locked_at = None
    _lock_entries(year, EntryState.LOCKED, EntryState.APPROVED)
    _note_lock(actor, bloc_id, year, clean, locked=False)


def bloc_to_set(actor: Actor | None) -> int:
    """The bloc's unit id; NotFound or NotAllowed unless the actor may set its years."""
    row = db.session.execute(select(Unit.id, Unit.path).where(Unit.kind == UnitKind.BLOC)).one()
    if actor is not None:
        require(actor, Action.YEAR_EDIT, Subject(Place(row.id, row.path)))
    bloc_id: int = row.id
    return bloc_id


def _year(year: int) -> WorkYear:
    row = db.session.get(WorkYear, year)
    if row is None:
        raise NotFound(f"Năm {year} chưa được mở.")
    return row


def unlocked_year(year: int) -> WorkYear:
    """The work year's row; NotFound where it was never opened, WrongMoment when its books are closed."""
    row = _year(year)
    if row.locked_at is not None:
        raise WrongMoment(f"Năm {year} đã khóa sổ, chỉ còn xem được.")
    return row


def _copy_virtues(before: int, year: int) -> None:
    db.session.execute(delete(Virtue).where(Virtue.year == year))
    query = select(Virtue.unit_id, Virtue.position, Virtue.name, Virtue.how_checked).where(Virtue.year == before)
    for unit_id, position, name, how_checked in db.session.execute(query):
        db.session.add(Virtue(unit_id=unit_id, year=year, position=position, name=name, how_checked=how_checked))


def _lock_entries(year: int, before: EntryState, after: EntryState) -> None:
    changed = update(Entry).where(Entry.year == year, Entry.state == before).values(state=after, version=Entry.version + 1)
    db.session.execute(changed, execution_options={"synchronize_session": False})


def _note_lock(actor: Actor, bloc_id: int, year: int, reason: str, *, locked: bool) -> None:
    db.session.add(YearLock(year=year, locked=locked, reason=reason, account_id=actor.account_id, at=clock.now()))
    audit.record(actor, "year_lock" if locked else "year_unlock", "year", year, bloc_id)
