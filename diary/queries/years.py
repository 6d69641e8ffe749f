"""Reads about work years: which is current, what is open for a unit, its virtues and its scheme."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Integer, and_, bindparam, func, select

from ..domain import schemes
from ..domain.actors import Actor
from ..domain.errors import NotFound
from ..domain.permissions import Action, Subject, may, require
from ..domain.units import Place, UnitKind, lineage
from ..domain.years import ACTIVITY_LABELS, Activity, OpenDays, UnitWindow, VirtueDraft, YearFacts, nearest_windows
from ..models.accounts import Account
from ..models.base import db, run
from ..models.evaluations import Decision
from ..models.units import Unit, Virtue
from ..models.years import Scheme, Window, WorkYear, YearLock

MOST_YEARS, MOST_OWN_WINDOWS = 100, 500


@dataclass(frozen=True, slots=True)
class VirtueRow:
    """A chuẩn mực one may choose: the bloc's and those of the units on the way down."""

    id: int
    name: str
    how_checked: str


_SET_ABOVE = and_(Window.year == WorkYear.year, Window.unit_id.in_(bindparam("line", expanding=True)))
_FACTS = (  # built once: every sending asks it
    select(WorkYear.scheme_code, WorkYear.locked_at, Window.unit_id, Window.activity, Window.opens_on, Window.closes_on)
    .outerjoin(Window, _SET_ABOVE)
    .where(WorkYear.year == bindparam("year", type_=Integer))
)


def year_facts(year: int, place: Place) -> YearFacts | None:
    """The work year as it holds for the unit at `place`; None when the bloc has not opened it."""
    line = lineage(place.path)
    rows = run(_FACTS, {"year": year, "line": line}).all()
    if not rows:
        return None
    scheme_code, locked_at = rows[0][:2]
    windows = [UnitWindow(unit_id, activity, OpenDays(opens, closes)) for _, _, unit_id, activity, opens, closes in rows if unit_id]
    return YearFacts(year, scheme_code, locked_at is not None, nearest_windows(windows, line))


def years() -> tuple[int, ...]:
    """Every work year, the newest first."""
    return tuple(db.session.execute(select(WorkYear.year).order_by(WorkYear.year.desc())).scalars())


def current_year(today: date) -> int:
    """The newest work year that has begun, or the calendar's year when there is none."""
    return (
        db.session.execute(select(WorkYear.year).where(WorkYear.year <= today.year).order_by(WorkYear.year.desc()).limit(1)).scalar()
        or today.year
    )


def virtues(year: int, place: Place) -> tuple[VirtueRow, ...]:
    """The virtues a member of the unit at `place` may choose in `year`, the bloc's first."""
    line = lineage(place.path)
    query = select(Virtue.unit_id, Virtue.id, Virtue.name, Virtue.how_checked).where(Virtue.year == year, Virtue.unit_id.in_(line))
    rows = sorted(db.session.execute(query.order_by(Virtue.position)), key=lambda row: line.index(row.unit_id))
    return tuple(VirtueRow(row.id, row.name, row.how_checked) for row in rows)


def scheme_of(year: int) -> schemes.Scheme | None:
    """The scheme `year` is rated by, or None when it has none."""
    body = db.session.execute(select(Scheme.body).join(WorkYear, WorkYear.scheme_code == Scheme.code).where(WorkYear.year == year)).scalar()
    return schemes.from_body(body) if body else None


@dataclass(frozen=True, slots=True)
class YearCard:
    """A work year in the list. `open_today`: what may be done today, in words."""

    year: int
    scheme_name: str
    locked: bool
    open_today: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnWindow:
    """Days a unit has for itself and all below it."""

    unit_id: int
    unit_name: str
    activity: Activity
    days: OpenDays


@dataclass(frozen=True, slots=True)
class LockRow:
    """One time a year was locked or unlocked."""

    locked: bool
    reason: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SchemeChoice:
    code: str
    name: str
    first_year: int
    last_year: int


@dataclass(frozen=True, slots=True)
class YearPage:
    """A work year as the committee sets it. `decisions`: how many branches have theirs; above 0 the scheme stays."""

    facts: YearFacts
    bloc: Place
    may_edit: bool
    own_windows: tuple[OwnWindow, ...]
    scheme: schemes.Scheme | None
    virtues: tuple[VirtueDraft, ...]
    decisions: int
    locks: tuple[LockRow, ...]


def year_cards(actor: Actor, today: date) -> tuple[YearCard, ...]:
    """Every work year, the newest first, for who may read them; NotFound for others."""
    bloc = bloc_place()
    require(actor, Action.YEAR_READ, Subject(bloc))
    open_now: dict[int, list[Activity]] = {}
    windows = select(Window.year, Window.activity).where(
        Window.unit_id == bloc.unit_id, Window.opens_on <= today, Window.closes_on >= today
    )
    for year, activity in db.session.execute(windows):
        open_now.setdefault(year, []).append(activity)
    query = select(WorkYear.year, Scheme.name, WorkYear.locked_at).outerjoin(Scheme, Scheme.code == WorkYear.scheme_code)
    rows = db.session.execute(query.order_by(WorkYear.year.desc()).limit(MOST_YEARS))
    return tuple(
        YearCard(year, name or "", locked_at is not None, () if locked_at else _labels(open_now.get(year, [])))
        for year, name, locked_at in rows
    )


def load_year(actor: Actor, year: int) -> YearPage:
    """One work year for who may read it. NotFound for others, and for a year that was never opened."""
    bloc = bloc_place()
    require(actor, Action.YEAR_READ, Subject(bloc))
    facts = year_facts(year, bloc)
    if facts is None:
        raise NotFound(f"Năm {year} chưa được mở.")
    return YearPage(
        facts=facts,
        bloc=bloc,
        may_edit=may(actor, Action.YEAR_EDIT, Subject(bloc)),
        own_windows=_own_windows(year, bloc.unit_id),
        scheme=scheme_of(year),
        virtues=own_virtues(bloc.unit_id, year),
        decisions=db.session.execute(select(func.count()).select_from(Decision).where(Decision.year == year)).scalar_one(),
        locks=_locks(year),
    )


def own_virtues(unit_id: int, year: int) -> tuple[VirtueDraft, ...]:
    """The virtues a unit set itself for `year`, in their places."""
    query = select(Virtue.position, Virtue.name, Virtue.how_checked).where(Virtue.unit_id == unit_id, Virtue.year == year)
    return tuple(VirtueDraft(*row) for row in db.session.execute(query.order_by(Virtue.position)))


def scheme_choices() -> tuple[SchemeChoice, ...]:
    """Every scheme a year may be rated by, the shipped ones among them."""
    query = select(Scheme.code, Scheme.name, Scheme.first_year, Scheme.last_year)
    kept = {row.code: SchemeChoice(*row) for row in db.session.execute(query)}
    shipped = {one.code: SchemeChoice(one.code, one.name, one.first_year, one.last_year) for one in schemes.SHIPPED}
    return tuple(sorted((shipped | kept).values(), key=lambda one: (one.first_year, one.code)))


def bloc_place() -> Place:
    """Where the bloc stands in the tree."""
    return Place(*db.session.execute(select(Unit.id, Unit.path).where(Unit.kind == UnitKind.BLOC)).one())


def _labels(activities: list[Activity]) -> tuple[str, ...]:
    return tuple(label for activity, label in ACTIVITY_LABELS.items() if activity in activities)


def _own_windows(year: int, bloc_id: int) -> tuple[OwnWindow, ...]:
    query = (
        select(Window.unit_id, Unit.name, Window.activity, Window.opens_on, Window.closes_on)
        .join(Unit, Unit.id == Window.unit_id)
        .where(Window.year == year, Window.unit_id != bloc_id)
        .order_by(Unit.path, Window.opens_on)
        .limit(MOST_OWN_WINDOWS)
    )
    return tuple(
        OwnWindow(unit_id, name, activity, OpenDays(opens, closes)) for unit_id, name, activity, opens, closes in db.session.execute(query)
    )


def _locks(year: int) -> tuple[LockRow, ...]:
    query = select(YearLock.locked, YearLock.reason, Account.name, YearLock.at).join(Account, Account.id == YearLock.account_id)
    return tuple(LockRow(*row) for row in db.session.execute(query.where(YearLock.year == year).order_by(YearLock.id.desc()).limit(20)))
