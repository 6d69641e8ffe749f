"""A member's figures of the year, read from the summary rows only."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from ..domain.year_figures import YearFigures
from ..models.base import db
from ..models.counts import MemberYear
from .rhythm import rhythms_of


def year_figures(member_ids: Sequence[int], year: int, today: date) -> dict[int, YearFigures]:
    """The figures of `year` per member, all branches of a mover together; weeks count up to `today`.

    The same few queries for any number of members.
    """
    if not member_ids:
        return {}
    books = _books(member_ids, year)
    weeks = rhythms_of(member_ids, year, today)
    return {member_id: YearFigures(weeks[member_id].kept, weeks[member_id].due, *books.get(member_id, ())) for member_id in member_ids}


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
