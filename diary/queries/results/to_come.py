"""Whom a year's meetings have not voted on yet: waiting for their turn, or not rated, and why."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from ...domain.eligibility import Arrival, arrival, eligibility, rated_on
from ...domain.evaluations import BEFORE_THE_MEETING, EvaluationState
from ...domain.members import Standing
from ...domain.results import Unrated, unrated_of
from ...domain.schemes import Scheme
from ...domain.transfers import Stay
from ...models.base import db
from ...models.evaluations import Evaluation, RatingMeeting
from ...models.members import Member, Membership
from ...models.years import WorkYear
from ..evaluations.branches import STAYS, of_the_year

_A_MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class ToCome:
    """So many people of a branch that stand alike: `unrated` says why they are not rated, None where they wait in `state`."""

    unit_id: int
    state: EvaluationState
    unrated: Unrated | None
    people: int


def to_come(year: int, scheme: Scheme, today: date, where: ColumnElement[bool]) -> Iterator[ToCome]:
    """Whoever was not voted on yet, by branch (`where`: a condition on memberships).

    Those who have long been in their branch are counted by the database; only of who came lately is read how they came.
    """
    met, last = _meeting_days(year), rated_on(year, None, today)
    surely = min((*met.values(), last)) - _A_MONTH * (scheme.minimum_months + 1)
    long_here = or_(Membership.from_day.is_(None), Membership.from_day <= surely)
    keys = (Membership.unit_id, Evaluation.state, Member.party_member)
    counted = _asked(year, today, where, *keys, func.count()).where(long_here).group_by(*keys)
    for unit_id, state, party, count in db.session.execute(counted):
        found = eligibility(scheme, Arrival(), party, last)
        yield ToCome(unit_id, state or EvaluationState.NOT_STARTED, unrated_of(found), count)
    lately = _asked(year, today, where, Member.id, *keys).where(~long_here)
    rows = db.session.execute(lately).all()
    stays = _stays(lately.with_only_columns(Member.id)) if rows else {}
    for member_id, unit_id, state, party in rows:
        found = eligibility(scheme, arrival(unit_id, stays[member_id]), party, rated_on(year, met.get(unit_id), today))
        yield ToCome(unit_id, state or EvaluationState.NOT_STARTED, unrated_of(found), 1)


def _asked(year: int, today: date, where: ColumnElement[bool], *columns: Any) -> Select[*tuple[Any, ...]]:
    """In a locked year only who has an evaluation is told of: nobody else waits for anything any more."""
    this_year = and_(Evaluation.member_id == Membership.member_id, Evaluation.year == year)
    locked = select(WorkYear.year).where(WorkYear.year == year, WorkYear.locked_at.is_not(None)).exists()
    waits = or_(and_(Evaluation.id.is_(None), ~locked), Evaluation.state.in_(BEFORE_THE_MEETING))
    query = select(*columns).select_from(Membership).join(Member, Member.id == Membership.member_id).outerjoin(Evaluation, this_year)
    return query.where(where, of_the_year(year, today), Member.standing == Standing.ACTIVE, waits)


def _meeting_days(year: int) -> dict[int, date]:
    query = select(RatingMeeting.unit_id, RatingMeeting.held_on).where(RatingMeeting.year == year)
    return {row.unit_id: row.held_on for row in db.session.execute(query)}


def _stays(members: Select[*tuple[Any, ...]]) -> dict[int, tuple[Stay, ...]]:
    """The memberships of each, the newest first."""
    found: dict[int, list[Stay]] = defaultdict(list)
    for member_id, unit_id, from_day, to_day, merged, moved, said in db.session.execute(STAYS.where(Membership.member_id.in_(members))):
        found[member_id].append(Stay(unit_id, from_day, to_day, merged, bool(moved), bool(said)))
    return {member_id: tuple(theirs) for member_id, theirs in found.items()}
