"""Second looks as the member and the bloc see them, and the results that were replaced."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, select

from ..domain import second_looks as rules
from ..domain.actors import Actor
from ..domain.entries import EntryState
from ..domain.errors import NotFound
from ..domain.evaluation_sheets import EvaluationSheet
from ..domain.evaluations import EvaluationState
from ..domain.names import full_name
from ..domain.permissions import Action, Subject, may, require
from ..domain.reviews import VIETNAM
from ..domain.schemes import Scheme
from ..domain.units import Place
from ..models.base import db
from ..models.entries import Entry
from ..models.evaluations import Decision, Evaluation, PastResult, SecondLook
from ..models.members import Member
from ..models.units import Unit
from . import years
from .evaluation_sheets import evaluation_sheet
from .reach import units_within

MOST_WAITING, MOST_ENTRIES = 100, 120


@dataclass(frozen=True, slots=True)
class Look:
    """A second look: why it was asked, and the answer once there is one (`level_after` "" before). Levels are codes of the scheme."""

    id: UUID
    words: str
    asked_at: datetime
    level_before: str
    level_after: str
    answer: str
    answered_at: datetime | None

    @property
    def state(self) -> str:
        return rules.ANSWERED if self.level_after else rules.ASKED

    @property
    def turn(self) -> str:
        """Who acts next, in words; "" after the answer."""
        return "" if self.level_after else "Đến lượt Đoàn Khối trả lời"


@dataclass(frozen=True, slots=True)
class Past:
    """A result that was replaced: the level, its decision, when and why it was replaced."""

    level: str
    number: str
    decided_on: date
    replaced_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class OwnLook:
    """What a member may know and do about a second look at their own result; `last_day` None where nothing can be asked."""

    look: Look | None
    last_day: date | None
    past: tuple[Past, ...]


@dataclass(frozen=True, slots=True)
class WaitingLook:
    """A second look that waits for an answer, in a list."""

    id: UUID
    name: str
    unit_name: str
    year: int
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class ReadableEntry:
    """An entry the result rested on, to be opened for the second look."""

    id: UUID
    happened_on: date
    did: str


@dataclass(frozen=True, slots=True)
class LookPage:
    """A second look with all it is about: the sheet, and the approved entries of the year, newest first."""

    look: Look
    evaluation_id: UUID
    version: int
    year: int
    level: str
    scheme: Scheme | None
    sheet: EvaluationSheet
    entries: tuple[ReadableEntry, ...]
    past: tuple[Past, ...]
    may_answer: bool


_LOOK = (
    SecondLook.id, SecondLook.words, SecondLook.asked_at, SecondLook.level_before, SecondLook.level_after, SecondLook.answer,
    SecondLook.answered_at,
)  # fmt: skip


def own_look(evaluation_id: UUID | None, today: date) -> OwnLook:
    """What the member of an evaluation sees of second looks at it."""
    query = (
        select(Evaluation.decision_id, Decision.at)
        .join(Decision, Decision.id == Evaluation.decision_id)
        .where(Evaluation.id == evaluation_id, Evaluation.state == EvaluationState.DECIDED)
    )
    decided = db.session.execute(query).one_or_none() if evaluation_id else None
    if evaluation_id is None or decided is None:
        return OwnLook(None, None, past_results(evaluation_id) if evaluation_id else ())
    newest = select(*_LOOK).where(SecondLook.evaluation_id == evaluation_id).order_by(SecondLook.asked_at.desc()).limit(1)
    row = db.session.execute(newest.where(SecondLook.decision_id == decided.decision_id)).one_or_none()
    last = rules.last_day(decided.at.astimezone(VIETNAM).date())
    return OwnLook(Look(*row) if row else None, last if row is None and today <= last else None, past_results(evaluation_id))


def year_of_own(actor: Actor, evaluation_id: UUID) -> int:
    """The year of one's own evaluation; NotFound for another's."""
    mine = (Evaluation.id == evaluation_id) & (Evaluation.member_id == actor.member_id)
    year = db.session.execute(select(Evaluation.year).where(mine)).scalar_one_or_none()
    if year is None:
        raise NotFound()
    return year


def past_results(evaluation_id: UUID) -> tuple[Past, ...]:
    """The results of an evaluation that were replaced, the newest first."""
    query = (
        select(PastResult.level, Decision.number, Decision.decided_on, PastResult.replaced_at, PastResult.reason)
        .join(Decision, Decision.id == PastResult.decision_id)
        .where(PastResult.evaluation_id == evaluation_id)
        .order_by(PastResult.replaced_at.desc(), PastResult.id.desc())
    )
    return tuple(Past(*row) for row in db.session.execute(query))


def waiting_looks(actor: Actor) -> tuple[WaitingLook, ...]:
    """The second looks `actor` may answer, the oldest first; one's own waits for a colleague."""
    reach = units_within(actor, Action.EVALUATION_DECIDE)
    assert reach is not None, "an actor's reach is bounded"
    query = (
        select(SecondLook.id, Member.family_name, Member.given_name, Unit.name, Evaluation.year, SecondLook.asked_at)
        .join(Evaluation, Evaluation.id == SecondLook.evaluation_id)
        .join(Member, Member.id == Evaluation.member_id)
        .join(Unit, Unit.id == Evaluation.unit_id)
        .where(SecondLook.answered_at.is_(None), reach, Evaluation.member_id != (actor.member_id or 0))
        .order_by(SecondLook.asked_at)
        .limit(MOST_WAITING)
    )
    return tuple(
        WaitingLook(key, full_name(family, given), unit, year, at) for key, family, given, unit, year, at in db.session.execute(query)
    )


def load_look(actor: Actor, look_id: UUID, today: date) -> LookPage:
    """A second look for who may decide there; NotFound to everyone else."""
    row = db.session.execute(_page(look_id)).one_or_none()
    if row is None:
        raise NotFound()
    subject = Subject(Place(row.unit_id, row.path), owner_id=row.member_id)
    if not may(actor, Action.EVALUATION_DECIDE, Subject(subject.place)):  # one's own is known to an officer, and left to a colleague
        require(actor, Action.EVALUATION_DECIDE, subject)
    return LookPage(
        look=Look(*row[:7]),
        evaluation_id=row.evaluation_id,
        version=row.version,
        year=row.year,
        level=row.decided_level,
        scheme=years.scheme_of(row.year),
        sheet=evaluation_sheet(row.member_id, row.year, today),
        entries=_entries(row) if row.answered_at is None else (),
        past=past_results(row.evaluation_id),
        may_answer=row.answered_at is None and may(actor, Action.EVALUATION_DECIDE, subject),
    )


def _page(look_id: UUID) -> Select[*tuple[Any, ...]]:
    columns = (Evaluation.id.label("evaluation_id"), Evaluation.version, Evaluation.year, Evaluation.decided_level, Evaluation.member_id)
    return (
        select(*_LOOK, *columns, Evaluation.unit_id, Unit.path)
        .join(Evaluation, Evaluation.id == SecondLook.evaluation_id)
        .join(Unit, Unit.id == Evaluation.unit_id)
        .where(SecondLook.id == look_id)
    )


def _entries(row: Row[*tuple[Any, ...]]) -> tuple[ReadableEntry, ...]:
    shown = Entry.state.in_((EntryState.APPROVED, EntryState.LOCKED))
    query = (
        select(Entry.id, Entry.happened_on, func.substr(Entry.did, 1, 160))
        .where(Entry.member_id == row.member_id, Entry.year == row.year, shown)
        .order_by(Entry.happened_on.desc(), Entry.id.desc())
        .limit(MOST_ENTRIES)
    )
    return tuple(ReadableEntry(*found) for found in db.session.execute(query))
