"""Reads about what people asked of their own data: their own requests, and those that wait for an officer."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from ..domain.actors import Actor
from ..domain.data_requests import (
    KIND_LABELS,
    OTHERS_STEP_IN,
    STATE_LABELS,
    TIME_TO_THINK,
    RequestKind,
    RequestState,
    erasable_from,
    next_turn,
)
from ..domain.errors import NotFound
from ..domain.members import Standing
from ..domain.names import full_name
from ..domain.permissions import Action, Subject, may, may_somewhere, require, scopes
from ..domain.reviews import VIETNAM, day_start
from ..domain.units import Place
from ..models.base import db
from ..models.data_requests import DataRequest
from ..models.members import Member
from ..models.units import Unit
from .reach import units_within

A_PAGE, SHOWN_OF_OWN = 30, 20
_WAITS = DataRequest.state == RequestState.WAITING


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """Something the actor asked. `turn`: who acts next, "" when nobody need."""

    id: UUID
    kind: RequestKind
    words: str
    state: RequestState
    asked_at: datetime
    answered_at: datetime | None
    answer: str
    turn: str

    @property
    def label(self) -> str:
        return KIND_LABELS[self.kind]

    @property
    def state_label(self) -> str:
        return STATE_LABELS[self.state]

    @property
    def waits(self) -> bool:
        return self.state is RequestState.WAITING


@dataclass(frozen=True, slots=True)
class OwnRequests:
    """What a member asked so far, the newest first, and whether they may ask for erasure now (they have left)."""

    rows: tuple[OwnRequest, ...] = ()
    left: bool = False

    def waits(self, kind: str) -> bool:
        """Whether one of this kind waits for its answer."""
        return any(row.waits and row.kind == kind for row in self.rows)


def own_requests(actor: Actor, today: date) -> OwnRequests:
    """What the actor asked about their own data; nothing for an account without a member."""
    if actor.member_id is None:
        return OwnRequests()
    standing = db.session.execute(select(Member.standing).where(Member.id == actor.member_id)).scalar_one()
    columns = (
        DataRequest.id, DataRequest.kind, DataRequest.words, DataRequest.state, DataRequest.asked_at, DataRequest.answered_at,
        DataRequest.answer,
    )  # fmt: skip
    mine = select(*columns).where(DataRequest.member_id == actor.member_id)
    found = db.session.execute(mine.order_by(DataRequest.asked_at.desc(), DataRequest.id.desc()).limit(SHOWN_OF_OWN))
    rows = tuple(OwnRequest(*row, next_turn(row.kind, row.state, _day(row.asked_at), today)) for row in found)
    return OwnRequests(rows, left=standing is not Standing.ACTIVE)


@dataclass(frozen=True, slots=True)
class WaitingRequest:
    """A request as those who lead its asker see it. `may_answer`: they may answer it, the moment aside."""

    id: UUID
    kind: RequestKind
    words: str
    state: RequestState
    asked_at: datetime
    answer: str
    member_id: int
    name: str
    unit_name: str
    standing: Standing
    may_answer: bool

    @property
    def is_erasure(self) -> bool:
        return self.kind is RequestKind.ERASURE

    @property
    def label(self) -> str:
        return KIND_LABELS[self.kind]

    @property
    def state_label(self) -> str:
        return STATE_LABELS[self.state]

    @property
    def waits(self) -> bool:
        return self.state is RequestState.WAITING

    @property
    def erasable_from(self) -> date:
        """The first day on which an erasure may be carried out."""
        return erasable_from(_day(self.asked_at))


@dataclass(frozen=True, slots=True)
class RequestPage:
    """A page of what waits, the oldest first; pages from 1."""

    rows: tuple[WaitingRequest, ...]
    total: int
    page: int
    pages: int


def load_request(actor: Actor, request_id: UUID) -> WaitingRequest:
    """One request, for whoever may edit the member who asked; NotFound to a stranger, NotAllowed to a wrong role, the asker among them."""
    row = db.session.execute(_requests().where(DataRequest.id == request_id)).one_or_none()
    if row is None:
        raise NotFound()
    require(actor, Action.MEMBER_EDIT, Subject(Place(row.unit_id, row.path), owner_id=row.member_id))
    return _row(actor, row)


def waiting_of(actor: Actor, member_id: int) -> tuple[WaitingRequest, ...]:
    """What a member asked and nobody answered yet, for whoever may edit them; () for everyone else."""
    rows = [
        _row(actor, row)
        for row in db.session.execute(_requests().where(_WAITS, DataRequest.member_id == member_id))
        if _may_see(actor, row)
    ]
    return tuple(sorted(rows, key=lambda row: row.asked_at))


def waiting_page(actor: Actor, page: int = 1) -> RequestPage:
    """A page of what those below the actor asked and nobody answered yet."""
    reach = units_within(actor, Action.MEMBER_EDIT)
    assert reach is not None
    total = waiting_total(actor)
    pages = max(1, -(-total // A_PAGE))
    page = min(max(page, 1), pages)
    query = _requests().where(_WAITS, reach).order_by(DataRequest.asked_at, DataRequest.id)
    found = db.session.execute(query.limit(A_PAGE).offset((page - 1) * A_PAGE))
    return RequestPage(tuple(_row(actor, row) for row in found), total, page, pages)


def waiting_total(actor: Actor) -> int:
    """How many requests of those below the actor wait, whoever's turn it is."""
    reach = units_within(actor, Action.MEMBER_EDIT)
    assert reach is not None
    return db.session.execute(_counted().where(_WAITS, reach)).scalar_one()


def waiting_count(actor: Actor, now: datetime) -> int:
    """How many requests are the actor's turn: corrections of their own unit, those further below that have waited OTHERS_STEP_IN, and
    for who may erase, erasures whose asker had time to think. Their own are none."""
    if not may_somewhere(actor, Action.MEMBER_EDIT):
        return 0
    turn = or_(_corrections(actor, now), _erasures(actor, now))
    return db.session.execute(_counted().where(_WAITS, DataRequest.member_id != (actor.member_id or 0), turn)).scalar_one()


def _counted() -> Select[int]:
    counted = select(func.count()).select_from(DataRequest).join(Member, Member.id == DataRequest.member_id)
    return counted.join(Unit, Unit.id == Member.unit_id)


def _corrections(actor: Actor, now: datetime) -> ColumnElement[bool]:
    reach = units_within(actor, Action.MEMBER_EDIT)
    assert reach is not None
    homes = [post.unit_id for post in scopes(actor, Action.MEMBER_EDIT)]
    late = DataRequest.asked_at < now - OTHERS_STEP_IN
    return and_(DataRequest.kind == RequestKind.CORRECTION, reach, or_(Unit.id.in_(homes), late))


def _erasures(actor: Actor, now: datetime) -> ColumnElement[bool]:
    if not may_somewhere(actor, Action.MEMBER_ERASE):
        return false()
    reach = units_within(actor, Action.MEMBER_ERASE)
    assert reach is not None
    ripe = DataRequest.asked_at < day_start(now) - TIME_TO_THINK + timedelta(days=1)
    return and_(DataRequest.kind == RequestKind.ERASURE, reach, ripe)


def _requests() -> Select[*tuple[Any, ...]]:
    columns = (
        DataRequest.id, DataRequest.kind, DataRequest.words, DataRequest.state, DataRequest.asked_at, DataRequest.answer,
        DataRequest.member_id, Member.family_name, Member.given_name, Member.standing, Member.unit_id, Unit.name.label("unit_name"),
        Unit.path,
    )  # fmt: skip
    return select(*columns).join(Member, Member.id == DataRequest.member_id).join(Unit, Unit.id == Member.unit_id)


def _row(actor: Actor, row: Any) -> WaitingRequest:
    action = Action.MEMBER_ERASE if row.kind is RequestKind.ERASURE else Action.MEMBER_EDIT
    subject = Subject(Place(row.unit_id, row.path), owner_id=row.member_id)
    return WaitingRequest(
        id=row.id,
        kind=row.kind,
        words=row.words,
        state=row.state,
        asked_at=row.asked_at,
        answer=row.answer,
        member_id=row.member_id,
        name=full_name(row.family_name, row.given_name),
        unit_name=row.unit_name,
        standing=row.standing,
        may_answer=may(actor, action, subject) and row.member_id != actor.member_id,
    )


def _may_see(actor: Actor, row: Any) -> bool:
    return may(actor, Action.MEMBER_EDIT, Subject(Place(row.unit_id, row.path), owner_id=row.member_id))


def _day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()
