"""What someone who takes over a post finds waiting in the unit: queues with ages, who is behind, the year's days, papers, accounts."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select, union_all

from ..domain.actors import COMMITTEE, POST_LABELS, Actor
from ..domain.branches import BranchFigures, branch_figures
from ..domain.documents import DocumentState
from ..domain.errors import NotFound
from ..domain.evaluations import STATE_LABELS, EvaluationState
from ..domain.members import Standing
from ..domain.permissions import Action, Subject, may, require
from ..domain.reviews import VIETNAM, overdue_before
from ..domain.transfers import TransferState
from ..domain.units import BRANCHES, Place, UnitKind, path_range
from ..domain.years import ACTIVITY_LABELS, Activity, OpenDays, YearFacts
from ..models.accounts import Account, Appointment
from ..models.base import db
from ..models.documents import Document
from ..models.entries import Entry, EntryAddition
from ..models.evaluations import Evaluation
from ..models.members import Member
from ..models.pledges import Pledge, PledgeChange
from ..models.transfers import Transfer
from ..models.units import Unit
from . import years
from .accounts import held_on
from .branches import LOOK_AFTER, BranchMember, branch_members
from .evaluations.branches import MeetingFacts, meeting_facts
from .settings import overdue_days
from .units.rows import Officer, by_rank, officer_query

MOST_NOTES, MOST_BEHIND = 5, 12


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the unit's officers of one kind: how many, how many too long, and for how many days the oldest."""

    count: int
    late: int
    oldest: int


@dataclass(frozen=True, slots=True)
class Note:
    """What someone who held a post left for who comes after."""

    name: str
    post: str
    until: date | None
    words: str


@dataclass(frozen=True, slots=True)
class YearDays:
    """When something may be done this year, and whether that is today."""

    label: str
    days: OpenDays
    open: bool


@dataclass(frozen=True, slots=True)
class HandoverPage:
    """The unit as its new officer takes it over. `own`: the asker looks after it themselves, so that the links lead somewhere for them."""

    unit_id: int
    name: str
    kind: UnitKind
    year: int
    officers: tuple[Officer, ...]
    notes: tuple[Note, ...]
    own_note: str | None  # None: the asker holds no post here
    entries: Waiting
    pledges: Waiting
    additions: Waiting
    changes: Waiting
    members: BranchFigures
    behind: tuple[BranchMember, ...]
    windows: tuple[YearDays, ...]
    meeting: MeetingFacts | None
    evaluations: tuple[tuple[str, int], ...]
    papers: int
    not_activated: int
    coming: int
    going: int
    without_officer: int
    own: bool
    may_edit: bool

    @property
    def is_branch(self) -> bool:
        return self.kind in BRANCHES

    @property
    def waiting(self) -> int:
        return self.entries.count + self.pledges.count + self.additions.count + self.changes.count


def handover_page(actor: Actor, unit_id: int, now: datetime) -> HandoverPage:
    """The unit for its officers and those above it; NotFound to strangers, NotAllowed to those who only read."""
    row = db.session.execute(select(Unit.name, Unit.kind, Unit.path).where(Unit.id == unit_id)).one_or_none()
    if row is None:
        raise NotFound()
    place, today = Place(unit_id, row.path), now.astimezone(VIETNAM).date()
    subject, year = Subject(place), years.current_year(today)
    require(actor, Action.MEMBER_EDIT, subject)
    entries, pledges, additions, changes = _queue(actor, unit_id, now)
    everyone = branch_members(unit_id, year, today)
    facts = years.year_facts(year, place)
    return HandoverPage(
        unit_id=unit_id, name=row.name, kind=row.kind, year=year,
        officers=_officers(unit_id, today),
        notes=_notes(unit_id, today),
        own_note=_own_note(actor, unit_id, today),
        entries=entries, pledges=pledges, additions=additions, changes=changes,
        members=branch_figures([one.upkeep for one in everyone]),
        behind=tuple(one for one in everyone if one.upkeep.missing)[:MOST_BEHIND],
        windows=_windows(facts, today),
        meeting=meeting_facts(unit_id, year),
        evaluations=_evaluations(unit_id, year),
        papers=_count(Document.unit_id == unit_id, Document.state == DocumentState.RESERVED),
        not_activated=_not_activated(place),
        coming=_count(Transfer.to_unit_id == unit_id, Transfer.state == TransferState.WAITING),
        going=_count(Transfer.from_unit_id == unit_id, Transfer.state == TransferState.WAITING),
        without_officer=_without_officer(place, today),
        own=may(actor, LOOK_AFTER, subject),
        may_edit=may(actor, Action.UNIT_EDIT, subject),
    )  # fmt: skip


def _windows(facts: YearFacts | None, today: date) -> tuple[YearDays, ...]:
    """The days of the year in the order of what is done in them."""
    if facts is None:
        return ()
    found = ((activity, facts.windows.get(activity)) for activity in Activity)
    return tuple(YearDays(ACTIVITY_LABELS[one], days, facts.is_open(one, today)) for one, days in found if days is not None)


def _queue(actor: Actor, unit_id: int, now: datetime) -> tuple[Waiting, Waiting, Waiting, Waiting]:
    """Entries, pledges, additions and wishes to change a pledge that wait for the unit, the asker's own left out: one statement."""
    tables: tuple[Any, ...] = (Entry, Pledge, EntryAddition, PledgeChange)
    before = overdue_before(now, overdue_days())
    parts = [_waiting(table, number, unit_id, before, actor.member_id or 0) for number, table in enumerate(tables)]
    found = {row[0]: row[1:] for row in db.session.execute(union_all(*parts))}
    today = now.astimezone(VIETNAM).date()
    made = []
    for number in range(len(tables)):
        count, late, oldest = found.get(number, (0, 0, None))
        made.append(Waiting(count, late or 0, (today - oldest.astimezone(VIETNAM).date()).days if oldest else 0))
    return made[0], made[1], made[2], made[3]


def _waiting(table: Any, number: int, unit_id: int, before: datetime, me: int) -> Any:
    late = func.sum(case((table.sent_at < before, 1), else_=0))
    query = select(db.literal(number), func.count(), late, func.min(table.sent_at, type_=table.sent_at.type))
    query = query.where(table.review_unit_id == unit_id, table.state == "waiting")
    if table is EntryAddition:
        return query.join(Entry, Entry.id == EntryAddition.entry_id).where(Entry.member_id != me)
    if table is PledgeChange:
        return query.join(Pledge, Pledge.id == PledgeChange.pledge_id).where(Pledge.member_id != me)
    return query.where(table.member_id != me)


def _officers(unit_id: int, today: date) -> tuple[Officer, ...]:
    rows = db.session.execute(officer_query().where(Appointment.unit_id == unit_id, held_on(today)))
    return tuple(sorted((Officer(*rest) for _, *rest in rows), key=by_rank))


def _notes(unit_id: int, today: date) -> tuple[Note, ...]:
    """What those left who held a post here and hold it no more, the newest first."""
    query = (
        select(Account.name, Appointment.post, Appointment.to_day, Appointment.handover_note)
        .join(Account, Account.id == Appointment.account_id)
        .where(Appointment.unit_id == unit_id, Appointment.handover_note != "", Appointment.to_day < today)
        .order_by(Appointment.to_day.desc(), Appointment.id.desc())
        .limit(MOST_NOTES)
    )
    return tuple(Note(name, POST_LABELS[post], until, words) for name, post, until, words in db.session.execute(query))


def _own_note(actor: Actor, unit_id: int, today: date) -> str | None:
    mine = (Appointment.unit_id == unit_id, Appointment.account_id == actor.account_id, Appointment.post.in_(COMMITTEE), held_on(today))
    words: str | None = db.session.execute(select(Appointment.handover_note).where(*mine).limit(1)).scalar()
    return words


def _evaluations(unit_id: int, year: int) -> tuple[tuple[str, int], ...]:
    """How many evaluations stand in each state, in the order of the steps."""
    query = select(Evaluation.state, func.count()).where(Evaluation.unit_id == unit_id, Evaluation.year == year)
    counts = {state: count for state, count in db.session.execute(query.group_by(Evaluation.state))}  # noqa: C416 - dict() of rows loses their types
    return tuple((STATE_LABELS[state], counts[state]) for state in EvaluationState if state in counts)


def _not_activated(place: Place) -> int:
    """Active members of the unit and below whose account was never activated."""
    query = select(func.count()).select_from(Account).join(Member, Member.id == Account.member_id).join(Unit, Unit.id == Member.unit_id)
    waiting = (Member.standing == Standing.ACTIVE, Account.password_hash == "", Account.closed_at.is_(None))
    return db.session.execute(query.where(_below(place), *waiting)).scalar_one()


def _without_officer(place: Place, today: date) -> int:
    """Open units under this one in which nobody holds a post."""
    held = select(Appointment.id).where(Appointment.unit_id == Unit.id, Appointment.post.in_(COMMITTEE), held_on(today))
    under = (_below(place), Unit.id != place.unit_id, Unit.closed_on.is_(None))
    return db.session.execute(select(func.count()).select_from(Unit).where(*under, ~held.exists())).scalar_one()


def _below(place: Place) -> ColumnElement[bool]:
    low, high = path_range(place.path)
    return and_(Unit.path >= low, Unit.path < high)


def _count(*where: ColumnElement[bool]) -> int:
    return db.session.execute(select(func.count()).where(*where)).scalar_one()


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post a member holds today which the actor may hand over."""

    appointment_id: int
    unit_id: int
    words: str


def posts_to_hand_over(actor: Actor, member_id: int, today: date) -> tuple[HeldPost, ...]:
    """The posts of the member which the actor may hand over to somebody else before the member goes."""
    query = officer_query().add_columns(Unit.name, Unit.path).join(Unit, Unit.id == Appointment.unit_id)
    rows = db.session.execute(query.where(Account.member_id == member_id, held_on(today)).order_by(Unit.path))
    found = []
    for unit_id, appointment_id, account_id, post, _, _, _, name, path in rows:
        if account_id != actor.account_id and may(actor, Action.UNIT_EDIT, Subject(Place(unit_id, path))):
            found.append(HeldPost(appointment_id, unit_id, f"{POST_LABELS[post]} – {name}"))
    return tuple(found)
