"""Figures that branches noted by hand, for who counts with them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from ..domain.measures import Measured
from ..models.base import db
from ..models.noted_figures import MemberFigure


def noted_of_members(member_ids: Sequence[int], year: int) -> Mapping[int, dict[str, Measured]]:
    """What was noted of `year` per member and measure, all branches of a mover together; one query."""
    columns = (MemberFigure.member_id, MemberFigure.measure, MemberFigure.count, MemberFigure.of, MemberFigure.words)
    query = select(*columns).where(MemberFigure.member_id.in_(member_ids), MemberFigure.year == year).order_by(MemberFigure.noted_at)
    rows: dict[int, dict[str, list[Measured]]] = defaultdict(lambda: defaultdict(list))
    for member_id, code, count, of, words in db.session.execute(query):
        rows[member_id][code].append(Measured(count, of, words))
    return {member_id: {code: _summed(found) for code, found in theirs.items()} for member_id, theirs in rows.items()}


def _summed(found: Sequence[Measured]) -> Measured:
    of = None if any(one.of is None for one in found) else sum(one.of or 0 for one in found)
    return Measured(sum(one.count or 0 for one in found), of, "; ".join(one.words for one in found if one.words))
