"""The rhythm of writing of one member or of many, in the same three statements."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func, select

from ..domain.dates import year_weeks
from ..domain.rhythm import Days, Rhythm, WeekFacts, year_rhythm
from ..models.base import db
from ..models.counts import Leave, MemberWeek
from ..models.members import Membership


def rhythm_of(member_id: int, year: int, today: date) -> Rhythm:
    """The member's year in squares, a week each, as it stands `today`."""
    return rhythms_of((member_id,), year, today)[member_id]


def rhythms_of(member_ids: Sequence[int], year: int, today: date) -> dict[int, Rhythm]:
    """The year of each of the members; the number of statements is the same for one and for a thousand."""
    weeks, away, joined = _weeks(member_ids, year), _leaves(member_ids, year), first_days(member_ids)
    return {m: year_rhythm(year, today, weeks.get(m, {}), away.get(m, ()), joined.get(m)) for m in member_ids}


def _weeks(member_ids: Sequence[int], year: int) -> dict[int, dict[date, WeekFacts]]:
    mondays = year_weeks(year)
    query = select(MemberWeek.member_id, MemberWeek.monday, MemberWeek.entries, MemberWeek.nothing_to_do)
    query = query.where(MemberWeek.member_id.in_(member_ids), MemberWeek.monday.between(mondays[0], mondays[-1]))
    found: dict[int, dict[date, WeekFacts]] = {}
    for member_id, monday, entries, nothing_to_do in db.session.execute(query):
        found.setdefault(member_id, {})[monday] = WeekFacts(entries, nothing_to_do)
    return found


def _leaves(member_ids: Sequence[int], year: int) -> dict[int, list[Days]]:
    mondays = year_weeks(year)
    query = select(Leave.member_id, Leave.from_day, Leave.to_day).where(
        Leave.member_id.in_(member_ids),
        Leave.taken_back_at.is_(None),
        Leave.from_day <= mondays[-1] + timedelta(days=6),
        Leave.to_day >= mondays[0],
    )
    found: dict[int, list[Days]] = {}
    for member_id, from_day, to_day in db.session.execute(query):
        found.setdefault(member_id, []).append(Days(from_day, to_day))
    return found


def first_days(member_ids: Sequence[int]) -> dict[int, date | None]:
    """The first day of each member in any unit; None where the books begin later than they do."""
    query = select(Membership.member_id, func.min(Membership.from_day), func.count(), func.count(Membership.from_day))
    rows = db.session.execute(query.where(Membership.member_id.in_(member_ids)).group_by(Membership.member_id))
    return {member_id: first if known == rows_of_it else None for member_id, first, rows_of_it, known in rows}
