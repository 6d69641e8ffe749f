"""A member's figures of the year, read from the summary rows only."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import and_, func, or_, select

from ..domain.dates import year_weeks
from ..domain.year_figures import YearFigures
from ..models.base import db
from ..models.counts import Leave, MemberWeek, MemberYear
from ..models.members import Membership

_WEEK = timedelta(days=6)


def year_figures(member_ids: Sequence[int], year: int, today: date) -> dict[int, YearFigures]:
    """The figures of `year` per member, all branches of a mover together; weeks count up to `today`.

    The same few queries for any number of members.
    """
    if not member_ids:
        return {}
    weeks = weeks_kept_and_due(member_ids, year, today)
    books = _books(member_ids, year)
    return {member_id: YearFigures(*weeks[member_id], *books.get(member_id, ())) for member_id in member_ids}


def _books(member_ids: Sequence[int], year: int) -> dict[int, tuple[int, ...]]:
    sent = MemberYear.entries_waiting + MemberYear.entries_returned + MemberYear.entries_approved
    confirmed = MemberYear.pledges_approved + MemberYear.pledges_met + MemberYear.pledges_not_met
    counts = (sent, MemberYear.entries_approved, MemberYear.entries_late, MemberYear.times_returned, MemberYear.pledges_met, confirmed)
    query = (
        select(MemberYear.member_id, *(func.sum(count) for count in counts))
        .where(MemberYear.member_id.in_(member_ids), MemberYear.year == year)
        .group_by(MemberYear.member_id)
    )
    return {row[0]: tuple(int(count) for count in row[1:]) for row in db.session.execute(query)}


def weeks_kept_and_due(member_ids: Sequence[int], year: int, today: date) -> dict[int, tuple[int, int]]:
    """Weeks kept and weeks due in `year` per member.

    Due is every whole week since they joined that is over, whole weeks of leave left out unless something was written in them;
    the week of `today` counts only once it is kept.
    """
    mondays = [monday for monday in year_weeks(year) if monday <= today]
    if not mondays:
        return dict.fromkeys(member_ids, (0, 0))
    kept, free, since = _kept_weeks(member_ids, mondays), _leaves(member_ids, mondays), _first_days(member_ids)
    found = {}
    for member_id in member_ids:
        mine = kept[member_id]
        first = since.get(member_id)
        due = [m for m in mondays if m in mine or (m + _WEEK < today and (first is None or first <= m) and not _inside(m, free[member_id]))]
        found[member_id] = (len(mine), len(due))
    return found


def _kept_weeks(member_ids: Sequence[int], mondays: Sequence[date]) -> dict[int, set[date]]:
    query = select(MemberWeek.member_id, MemberWeek.monday).where(
        MemberWeek.member_id.in_(member_ids),
        MemberWeek.monday.between(mondays[0], mondays[-1]),
        or_(MemberWeek.entries > 0, MemberWeek.nothing_to_do),
    )
    found: dict[int, set[date]] = defaultdict(set)
    for member_id, monday in db.session.execute(query):
        found[member_id].add(monday)
    return found


def _leaves(member_ids: Sequence[int], mondays: Sequence[date]) -> dict[int, list[tuple[date, date]]]:
    query = select(Leave.member_id, Leave.from_day, Leave.to_day).where(
        and_(Leave.member_id.in_(member_ids), Leave.to_day >= mondays[0], Leave.from_day <= mondays[-1] + _WEEK)
    )
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for member_id, first, last in db.session.execute(query):
        found[member_id].append((first, last))
    return found


def _inside(monday: date, leaves: list[tuple[date, date]]) -> bool:
    return any(first <= monday and monday + _WEEK <= last for first, last in leaves)


def _first_days(member_ids: Sequence[int]) -> dict[int, date]:
    """The first day of each member's first membership; those who were there before the records are left out."""
    first, unknown = func.min(Membership.from_day), func.count() - func.count(Membership.from_day)
    query = select(Membership.member_id, first).where(Membership.member_id.in_(member_ids)).group_by(Membership.member_id)
    return {member_id: day for member_id, day in db.session.execute(query.having(unknown == 0)) if day is not None}
