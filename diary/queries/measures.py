"""What the year's books say of members, measure by measure.

A new register joins by a function of its own in `_SOURCES`, and its measure in `domain/measures.py`.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import select

from ..domain.leaves import LeaveKind
from ..domain.measures import MEMBER_MEASURES, Measured
from ..domain.year_figures import measures as measures_of_books
from ..domain.year_registers import measures as measures_of_registers
from ..models.base import db
from ..models.counts import Leave
from .figures import year_figures
from .noted_figures import noted_of_members
from .year_registers import year_registers

Measures = dict[str, Measured]
Source = Callable[[Sequence[int], int, date], Mapping[int, Measures]]
"""Members, a year, and the day to count up to in; what is known of each member by code of measure out, in a fixed number of queries."""


def member_measures(member_ids: Sequence[int], year: int, today: date) -> dict[int, Measures]:
    """Every measure of the year per member by code, all branches of a mover together; the same queries for one and for thousands."""
    found: dict[int, Measures] = {member_id: {} for member_id in member_ids}
    for source in _SOURCES if member_ids else ():
        for member_id, measures in source(member_ids, year, today).items():
            found[member_id].update(measures)
    return {member_id: _completed(measures) for member_id, measures in found.items()}


def _completed(measures: Measures) -> Measures:
    """The measures in the order they are shown, those that are made of others beside them, nothing known of the rest."""
    both = [code for code in ("meetings", "activities") if code in measures]
    if both:
        measures = {"participation": _together({code: measures[code] for code in both}), **measures}
    return {code: measures.get(code, Measured()) for code in MEMBER_MEASURES}


def _together(shares: Measures) -> Measured:
    """Meetings and activities as one share: "Dự sinh hoạt chi đoàn 10/12; tham gia hoạt động 4/5"."""
    words = "; ".join(f"{MEMBER_MEASURES[code].label} {share.count}/{share.of}" for code, share in shares.items())
    count, of = sum(share.count or 0 for share in shares.values()), sum(share.of or 0 for share in shares.values())
    return Measured(count, of, words[:1] + words[1:].replace("; T", "; t"))


def _of_books(member_ids: Sequence[int], year: int, today: date) -> dict[int, Measures]:
    return {member_id: measures_of_books(figures) for member_id, figures in year_figures(member_ids, year, today).items()}


def _of_registers(member_ids: Sequence[int], year: int, today: date) -> dict[int, Measures]:
    return {member_id: measures_of_registers(noted) for member_id, noted in year_registers(member_ids, year).items()}


def _of_notes(member_ids: Sequence[int], year: int, today: date) -> Mapping[int, Measures]:
    return noted_of_members(member_ids, year)


_SOURCES: tuple[Source, ...] = (_of_books, _of_registers, _of_notes)


def sick_days(member_ids: Sequence[int], year: int) -> dict[int, int]:
    """Days of sick leave within the year per member, a day of two leaves counted once; 0 for who had none."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    sick = (Leave.kind == LeaveKind.SICK) & Leave.taken_back_at.is_(None) & (Leave.from_day <= last) & (Leave.to_day >= first)
    query = select(Leave.member_id, Leave.from_day, Leave.to_day).where(sick, Leave.member_id.in_(member_ids))
    days: dict[int, set[date]] = {member_id: set() for member_id in member_ids}
    for member_id, from_day, to_day in db.session.execute(query) if member_ids else ():
        start, end = max(from_day, first), min(to_day, last)
        days[member_id].update(start + timedelta(days=n) for n in range((end - start).days + 1))
    return {member_id: len(theirs) for member_id, theirs in days.items()}
