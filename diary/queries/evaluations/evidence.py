"""What the books say of the people of a branch, beside the level each is to get."""

from collections.abc import Mapping, Sequence
from datetime import date

from ...domain.proposals import Evidence
from ...domain.schemes import Scheme
from ...domain.suggestions import suggest, thin_diary
from ...domain.transfers import EarlierStay
from ..measures import member_measures, sick_days


def evidence_of(
    scheme: Scheme, member_ids: Sequence[int], year: int, today: date, came: Mapping[int, tuple[EarlierStay, ...]]
) -> dict[int, Evidence]:
    """The evidence of `year` per member; `came` says where movers were before. The same queries for one and for thousands."""
    measures, sick = member_measures(member_ids, year, today), sick_days(member_ids, year)
    return {
        member_id: Evidence(
            measures=measures[member_id],
            suggestion=suggest(scheme, measures[member_id], sick[member_id]),
            thin=thin_diary(scheme, measures[member_id]),
            uncommented=any(not stay.comment for stay in came.get(member_id, ())),
        )
        for member_id in member_ids
    }
