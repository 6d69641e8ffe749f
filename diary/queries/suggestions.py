"""The levels that the figures of a year speak for, of many members at once."""

from collections.abc import Sequence
from datetime import date

from ..domain.schemes import Scheme
from ..domain.suggestions import Suggestion, suggest
from .measures import member_measures, sick_days


def suggestions(scheme: Scheme, member_ids: Sequence[int], year: int, today: date) -> dict[int, Suggestion]:
    """What the books of `year` speak for, per member; the same queries for one and for thousands."""
    measures, sick = member_measures(member_ids, year, today), sick_days(member_ids, year)
    return {member_id: suggest(scheme, measures[member_id], sick[member_id]) for member_id in member_ids}
