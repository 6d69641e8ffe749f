"""Reads for a branch's officers: who registered, who wrote, who is missing. As many statements for 20 members as for 2,000."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Date, Integer, Select, bindparam, case, exists, func, select

from ..domain.actors import Actor
from ..domain.branches import WEEKS_SHOWN, BranchFigures, Upkeep, branch_figures, missing_words
from ..domain.dates import monday, short_day
from ..domain.errors import NotFound
from ..domain.members import Standing
from ..domain.names import initials
from ..domain.permissions import Action, Subject, require, scopes
from ..domain.rhythm import Days, Square, WeekFacts, last_weeks
from ..domain.units import Place
from ..models.accounts import Account
from ..models.accounts import Appointment as AppointmentRow
from ..models.base import db, run
from ..models.counts import Leave, MemberWeek, MemberYear
from ..models.members import Member, Membership
from ..models.notices import Nudge
from ..models.units import Unit

PEOPLE_A_PAGE = 50
LOOK_AFTER = Action.EVALUATION_PROPOSE  # the right of a branch's own secretary and deputy


@dataclass(frozen=True, slots=True)
class BranchChoice:
    """A branch the actor is an officer of."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class BranchMember:
    """A member as their officers see them at a glance. `missing`: what is missing, in words; `nudged_on`: when last reminded."""

    id: int
    name: str
    initials: str
    pledges: int
    entries: int
    upkeep: Upkeep
    missing: str
    away: str
    activated: bool
    nudged_on: date | None

    @property
    def weeks(self) -> tuple[Square, ...]:
        """The last weeks, the oldest first."""
        return self.upkeep.weeks


@dataclass(frozen=True, slots=True)
class BranchPage:
    """A branch with those who miss something first, not reminded today before the others, and a page of all its people by name.

    `to_nudge`: how many others miss something and were not reminded today.
    """

    id: int
    name: str
    year: int
    monday: date  # of the week that is looked at
    sunday: date
    figures: BranchFigures
    missing: tuple[BranchMember, ...]
    people: tuple[BranchMember, ...]
    to_nudge: int
    page: int
    last: int


def my_branches(actor: Actor) -> tuple[BranchChoice, ...]:
    """The branches `actor` looks after, in the order of their posts."""
    found = {a.unit_id: a.unit_name for a in scopes(actor, LOOK_AFTER)}
    return tuple(BranchChoice(unit_id, name) for unit_id, name in found.items())


_NEW = timedelta(days=30)  # how long somebody is new in a post
_OF_THERE = (Member.unit_id == AppointmentRow.unit_id, Nudge.member_id == Member.id)
_NUDGED_BY = exists().where(*_OF_THERE, Nudge.account_id == AppointmentRow.account_id, Nudge.day >= AppointmentRow.from_day)
_BEGINS = (  # built once: the first page of the day asks it
    select(AppointmentRow.unit_id)
    .where(AppointmentRow.account_id == bindparam("account", type_=Integer), AppointmentRow.unit_id.in_(bindparam("units", expanding=True)))
    .where(AppointmentRow.from_day >= bindparam("since", type_=Date), AppointmentRow.to_day.is_(None), ~_NUDGED_BY)
    .limit(1)
)


def begins_here(actor: Actor, today: date) -> int | None:
    """A branch `actor` was appointed to lately and has reminded nobody of yet: there they begin. None where there is none."""
    units = [one.id for one in my_branches(actor)]
    return run(_BEGINS, {"account": actor.account_id, "units": units, "since": today - _NEW}).scalar() if units else None


def load_branch(actor: Actor, unit_id: int, year: int, today: date, page: int = 1, week: date | None = None) -> BranchPage:
    """The branch `unit_id` for one of its officers, by the week that began on `week` (None: the last one that is over).

    NotFound to strangers, NotAllowed to those above, who see figures only.
    """
    row = db.session.execute(select(Unit.name, Unit.path).where(Unit.id == unit_id)).one_or_none()
    if row is None:
        raise NotFound()
    require(actor, LOOK_AFTER, Subject(Place(unit_id, row.path)))
    asked = week or last_week(today)
    everyone = branch_members(unit_id, year, today, asked)
    figures, last = branch_figures([one.upkeep for one in everyone]), max(1, -(-len(everyone) // PEOPLE_A_PAGE))
    number, missing = min(max(page, 1), last), [one for one in everyone if one.upkeep.missing]
    return BranchPage(
        unit_id, row.name, year, asked, asked + timedelta(days=6), figures,
        missing=tuple(sorted(missing, key=lambda one: one.nudged_on == today))[:PEOPLE_A_PAGE],
        people=everyone[(number - 1) * PEOPLE_A_PAGE : number * PEOPLE_A_PAGE],
        to_nudge=sum(one.nudged_on != today and one.id != actor.member_id for one in missing),
        page=number, last=last,
    )  # fmt: skip


def branch_members(unit_id: int, year: int, today: date, week: date | None = None) -> tuple[BranchMember, ...]:
    """Everyone of the unit, by name, up to the week that began on `week` (None: the last one that is over).

    Whether the asking person may see them was decided before.
    """
    return members_of_branches((unit_id,), year, today, week or last_week(today))[unit_id]


def members_of_branches(unit_ids: Sequence[int], year: int, today: date, week: date) -> dict[int, tuple[BranchMember, ...]]:
    """The same for many branches in as many statements as for one. The week counts as if it were over: who has not written is missing."""
    end = week + timedelta(weeks=1)
    weeks, leaves, nudged = _weeks(unit_ids, end), _leaves(unit_ids, end), _nudged(unit_ids, today)
    found: dict[int, list[BranchMember]] = {unit_id: [] for unit_id in unit_ids}
    for row in db.session.execute(_people(unit_ids, year)):
        away = leaves.get(row.id, [])
        upkeep = Upkeep(row.registered > 0, last_weeks(WEEKS_SHOWN, end, weeks.get(row.id, {}), (days for days, _ in away), row.joined))
        found[row.unit_id].append(
            BranchMember(
                id=row.id,
                name=f"{row.family_name} {row.given_name}",
                initials=initials(row.family_name, row.given_name),
                pledges=row.registered,
                entries=row.entries,
                upkeep=upkeep,
                missing=missing_words(upkeep, running=end > today),
                away=_away_words(away, today),
                activated=row.activated,
                nudged_on=nudged.get(row.id),
            )
        )
    return {unit_id: tuple(people) for unit_id, people in found.items()}


def last_week(today: date) -> date:
    """The Monday of the last week that is over."""
    return monday(today) - timedelta(weeks=1)


def _people(unit_ids: Sequence[int], year: int) -> Select[*tuple[object, ...]]:
    """Names and figures; those of the year are summed over the branches a mover was in."""
    registered = MemberYear.pledges_waiting + MemberYear.pledges_approved + MemberYear.pledges_met + MemberYear.pledges_not_met
    written = MemberYear.entries_waiting + MemberYear.entries_returned + MemberYear.entries_approved
    joined = select(case((func.count() == func.count(Membership.from_day), func.min(Membership.from_day))))
    return (
        select(
            Member.id, Member.unit_id, Member.family_name, Member.given_name,
            func.coalesce(func.sum(registered), 0).label("registered"), func.coalesce(func.sum(written), 0).label("entries"),
            (func.coalesce(func.max(Account.password_hash), "") != "").label("activated"),
            joined.where(Membership.member_id == Member.id).scalar_subquery().label("joined"),
        )
        .outerjoin(MemberYear, (MemberYear.member_id == Member.id) & (MemberYear.year == year))
        .outerjoin(Account, Account.member_id == Member.id)
        .where(_in_units(unit_ids))
        .group_by(Member.id)
        .order_by(Member.sort_key)
    )  # fmt: skip


def _in_units(unit_ids: Sequence[int]) -> ColumnElement[bool]:
    return Member.unit_id.in_(unit_ids) & (Member.standing == Standing.ACTIVE)


def _weeks(unit_ids: Sequence[int], end: date) -> dict[int, dict[date, WeekFacts]]:
    query = select(MemberWeek.member_id, MemberWeek.monday, MemberWeek.entries, MemberWeek.nothing_to_do)
    query = query.join(Member, Member.id == MemberWeek.member_id).where(_in_units(unit_ids))
    found: dict[int, dict[date, WeekFacts]] = {}
    last = MemberWeek.monday.between(end - timedelta(weeks=WEEKS_SHOWN), end - timedelta(days=1))
    for member_id, week, entries, nothing_to_do in db.session.execute(query.where(last)):
        found.setdefault(member_id, {})[week] = WeekFacts(entries, nothing_to_do)
    return found


def _leaves(unit_ids: Sequence[int], end: date) -> dict[int, list[tuple[Days, str]]]:
    query = select(Leave.member_id, Leave.from_day, Leave.to_day, Leave.reason).join(Member, Member.id == Leave.member_id)
    shown = (Leave.taken_back_at.is_(None), Leave.to_day >= end - timedelta(weeks=WEEKS_SHOWN), Leave.from_day <= end)
    found: dict[int, list[tuple[Days, str]]] = {}
    for member_id, from_day, to_day, reason in db.session.execute(query.where(_in_units(unit_ids), *shown).order_by(Leave.from_day)):
        found.setdefault(member_id, []).append((Days(from_day, to_day), reason))
    return found


def _nudged(unit_ids: Sequence[int], today: date) -> dict[int, date]:
    """When each was last reminded within the weeks shown."""
    query = select(Nudge.member_id, func.max(Nudge.day).label("day")).join(Member, Member.id == Nudge.member_id)
    query = query.where(Nudge.day >= today - timedelta(weeks=WEEKS_SHOWN))
    rows = db.session.execute(query.where(_in_units(unit_ids)).group_by(Nudge.member_id))
    return {row.member_id: row.day for row in rows}


def _away_words(leaves: Iterable[tuple[Days, str]], today: date) -> str:
    """Since when a member is on leave today, and why where that is known; empty when they are here."""
    for days, reason in leaves:
        if days.from_day <= today <= days.to_day:
            return f"{f'Nghỉ {reason}' if reason else 'Đang nghỉ'} từ {short_day(days.from_day)}"
    return ""
