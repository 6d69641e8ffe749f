"""A branch at year-end: the unit, its meeting, and everyone in it with what was said of each so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select, union

from ...domain.actors import Actor
from ...domain.eligibility import Arrival, Eligibility, arrival, eligibility, rated_on
from ...domain.errors import NotFound
from ...domain.evaluations import (
    BEFORE_THE_MEETING,
    EvaluationState,
    base_between,
    next_turn,
    shown_state,
)
from ...domain.members import Standing
from ...domain.names import full_name
from ...domain.permissions import Action, Subject, may, require
from ...domain.proposals import Evidence, Said
from ...domain.schemes import Scheme, require_scheme
from ...domain.transfers import Stay, TransferState
from ...domain.units import Place
from ...domain.years import YearFacts
from ...models.base import db
from ...models.evaluations import Evaluation, RatingMeeting
from ...models.members import Member, Membership
from ...models.transfers import Transfer
from ...models.units import Unit
from .. import years

_COLUMNS = (
    Member.id.label("member_id"), Member.family_name, Member.given_name, Member.party_member, Evaluation.id, Evaluation.state,
    Evaluation.version, Evaluation.self_level, Evaluation.vote_level, Evaluation.proposed_level, Evaluation.proposal_reason,
    Evaluation.proposed_by, Evaluation.decided_level, Evaluation.return_words,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Branch:
    """The unit that rates, with the year as it holds there."""

    id: int
    name: str
    path: str
    year: int
    facts: YearFacts | None
    scheme: Scheme | None

    @property
    def place(self) -> Place:
        return Place(self.id, self.path)

    @property
    def through_base(self) -> bool:
        """Whether a base stands between the branch and the bloc."""
        return base_between(self.path)

    def the_scheme(self) -> Scheme:
        """The scheme; WrongMoment saying what to do when the year has none."""
        return require_scheme(self.scheme, self.year)


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """The branch's rating meeting of a year."""

    id: UUID
    held_on: date
    closed: bool
    version: int


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the branch and what was said so far; `evaluation_id` None before anything was."""

    evaluation_id: UUID | None
    member_id: int
    name: str
    state: EvaluationState
    version: int
    self_level: str
    vote_level: str
    proposed_level: str
    proposal_reason: str
    proposed_by: int | None
    decided_level: str
    return_words: str
    eligibility: Eligibility

    @property
    def rated(self) -> bool:
        return self.eligibility.rated

    @property
    def key(self) -> str:
        """The evaluation's id as forms name their fields by it."""
        return str(self.evaluation_id)

    @property
    def shown_state(self) -> str:
        return shown_state(self.state, self.return_words)

    def turn(self, through_base: bool) -> str:
        """Who acts next, in words."""
        return next_turn(self.state, through_base)

    def said(self, evidence: Evidence) -> Said:
        """What the rules of a proposal ask for."""
        return Said(self.name, self.self_level, self.vote_level, self.proposed_level, evidence)


def load_branch(actor: Actor, action: Action, unit_id: int, year: int) -> Branch:
    """The unit for someone who may do `action` to its evaluations; NotFound to a stranger, NotAllowed to a wrong role."""
    name, place = _unit(unit_id)
    require(actor, action, Subject(place))
    return _branch(name, place, year)


def load_branch_above(actor: Actor, unit_id: int, year: int) -> Branch:
    """The unit for someone who passes its evaluations on or decides them; NotFound to a stranger, NotAllowed to a wrong role."""
    name, place = _unit(unit_id)
    if not may(actor, Action.EVALUATION_PASS_ON, Subject(place)):
        require(actor, Action.EVALUATION_DECIDE, Subject(place))
    return _branch(name, place, year)


def _unit(unit_id: int) -> tuple[str, Place]:
    row = db.session.execute(select(Unit.name, Unit.path).where(Unit.id == unit_id)).one_or_none()
    if row is None:
        raise NotFound()
    return row.name, Place(unit_id, row.path)


def _branch(name: str, place: Place, year: int) -> Branch:
    return Branch(place.unit_id, name, place.path, year, years.year_facts(year, place), years.scheme_of(year))


def meeting_facts(unit_id: int, year: int) -> MeetingFacts | None:
    """The branch's meeting of the year, if one was opened."""
    columns = (RatingMeeting.id, RatingMeeting.held_on, RatingMeeting.closed_at.is_not(None), RatingMeeting.version)
    row = db.session.execute(select(*columns).where(RatingMeeting.unit_id == unit_id, RatingMeeting.year == year)).one_or_none()
    return MeetingFacts(row[0], row[1], bool(row[2]), row[3]) if row else None


def people(branch: Branch, meeting: MeetingFacts | None, today: date) -> tuple[Person, ...]:
    """Everyone the branch has to do with this year, by name: those rated and those not (with the reason)."""
    scheme = branch.the_scheme()
    on_day = rated_on(branch.year, meeting.held_on if meeting else None, today)
    open_year = branch.facts is not None and not branch.facts.locked
    rows = db.session.execute(_people(branch.id, branch.year, today)).all()
    came = arrivals(branch.id, [row.member_id for row in rows])
    return tuple(_person(row, scheme, on_day, came.get(row.member_id, Arrival())) for row in rows if row.id is not None or open_year)


_MOVED_IN = and_(
    Transfer.member_id == Membership.member_id, Transfer.to_unit_id == Membership.unit_id, Transfer.moved_on == Membership.from_day,
    Transfer.state == TransferState.DONE,
)  # fmt: skip
STAYS = (  # to be narrowed to some members; newest first
    select(
        Membership.member_id, Membership.unit_id, Membership.from_day, Membership.to_day, Unit.merged_into_id,
        Transfer.id.is_not(None), func.coalesce(Transfer.comment, "") != "",
    )
    .join(Unit, Unit.id == Membership.unit_id)
    .outerjoin(Transfer, _MOVED_IN)
    .order_by(Membership.to_day.is_not(None), Membership.to_day.desc())
)  # fmt: skip


def arrivals(unit_id: int, member_ids: Sequence[int]) -> dict[int, Arrival]:
    """How each came to the branch; time in a unit that was merged into it counts."""
    stays: dict[int, tuple[Stay, ...]] = {}
    for member_id, stayed_in, from_day, to_day, merged, moved, said in db.session.execute(
        STAYS.where(Membership.member_id.in_(member_ids))
    ):
        stays[member_id] = (*stays.get(member_id, ()), Stay(stayed_in, from_day, to_day, merged, bool(moved), bool(said)))
    return {member_id: arrival(unit_id, theirs) for member_id, theirs in stays.items()}


def of_the_year(year: int, today: date) -> ColumnElement[bool]:
    """For a query on memberships: whether one holds on the day that decides who rates the year, today or the year's last day."""
    day = min(today, date(year, 12, 31))
    return and_(or_(Membership.from_day.is_(None), Membership.from_day <= day), or_(Membership.to_day.is_(None), Membership.to_day >= day))


def unstarted(unit_id: int, year: int, today: date) -> ColumnElement[bool]:
    """For a query on members: whether the branch rates them: they are there today, or were on the last day of a year that is over."""
    there = select(Membership.id).where(Membership.member_id == Member.id, Membership.unit_id == unit_id, of_the_year(year, today))
    return and_(Member.standing == Standing.ACTIVE, there.exists())


def branch_of_year(member_id: int, year: int, today: date) -> int | None:
    """The unit that rates the member's year, None where they were in none."""
    query = select(Membership.unit_id).where(Membership.member_id == member_id, of_the_year(year, today))
    return db.session.execute(query.order_by(Membership.id.desc()).limit(1)).scalar()


def _people(unit_id: int, year: int, today: date) -> Select[*tuple[Any, ...]]:
    """Those whose level this branch voted on stay with it; before that, whoever the branch is to rate."""
    candidates = union(
        select(Evaluation.member_id).where(Evaluation.unit_id == unit_id, Evaluation.year == year),
        select(Membership.member_id).where(Membership.unit_id == unit_id, of_the_year(year, today)),
    )
    voted_here = and_(Evaluation.unit_id == unit_id, Evaluation.state.not_in(BEFORE_THE_MEETING))
    to_come = and_(unstarted(unit_id, year, today), or_(Evaluation.id.is_(None), Evaluation.state.in_(BEFORE_THE_MEETING)))
    return (
        select(*_COLUMNS)
        .select_from(Member)
        .outerjoin(Evaluation, and_(Evaluation.member_id == Member.id, Evaluation.year == year))
        .where(Member.id.in_(candidates), or_(voted_here, to_come))
        .order_by(Member.sort_key, Member.id)
    )


def _person(row: Row[*tuple[Any, ...]], scheme: Scheme, on_day: date, came: Arrival) -> Person:
    state = row.state or EvaluationState.NOT_STARTED
    voted_on = state not in BEFORE_THE_MEETING
    return Person(
        evaluation_id=row.id,
        member_id=row.member_id,
        name=full_name(row.family_name, row.given_name),
        state=state,
        version=row.version or 0,
        self_level=row.self_level or "",
        vote_level=row.vote_level or "",
        proposed_level=row.proposed_level or "",
        proposal_reason=row.proposal_reason or "",
        proposed_by=row.proposed_by,
        decided_level=row.decided_level or "",
        return_words=row.return_words or "",
        eligibility=Eligibility(True) if voted_on else eligibility(scheme, came, row.party_member, on_day),
    )
