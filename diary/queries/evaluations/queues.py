"""What waits for a committee: the branches below it with their counts, those waiting for this person first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import aliased

from ...domain.actors import COMMITTEE, Actor, Appointment
from ...domain.evaluations import RETURNED_LABEL, STATE_LABELS, EvaluationState
from ...domain.permissions import Action, scopes
from ...domain.schemes import Scheme, cap_warnings
from ...domain.units import UnitKind, path_range
from ...models.accounts import Account
from ...models.accounts import Appointment as AppointmentRow
from ...models.base import db
from ...models.evaluations import Evaluation
from ...models.units import Unit
from ..accounts import held_on

PAGE = 50


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A branch below: how many evaluations wait for this person (and are odd), stand in each state or returned, and have each level,
    highest first."""

    unit_id: int
    name: str
    above: str
    members: int
    waiting: int
    odd: int
    states: Mapping[str, int]  # by the word each is shown by, in the order of the steps
    counts: tuple[int, ...]
    over: str = ""  # the caps that the counts pass, in short words


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of branches, and whether more follow."""

    rows: tuple[QueueRow, ...]
    page: int
    pages: int


def queue(actor: Actor, year: int, scheme: Scheme, today: date, page: int = 1) -> Queue:
    """The branches `actor` reviews or decides, those waiting for them first, then by place in the tree; PAGE of them."""
    units = _units_below(actor, year)
    total = db.session.execute(select(func.count()).select_from(Unit).where(units)).scalar_one()
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    rows = db.session.execute(_rows(actor, year, scheme, today, units).limit(PAGE).offset((page - 1) * PAGE))
    return Queue(tuple(_row(tuple(row), scheme) for row in rows), page, pages)


def only_officers(today: date) -> frozenset[int]:
    """Members who are the only one of their base's committee: nobody of the base but they could pass their own evaluation on."""
    query = (
        select(AppointmentRow.unit_id, Account.id, Account.member_id)
        .join(Account, Account.id == AppointmentRow.account_id)
        .join(Unit, Unit.id == AppointmentRow.unit_id)
        .where(Unit.kind == UnitKind.BASE_UNION, AppointmentRow.post.in_(COMMITTEE), held_on(today), Account.closed_at.is_(None))
    )
    found: dict[int, dict[int, int | None]] = {}
    for unit_id, account_id, member_id in db.session.execute(query):
        found.setdefault(unit_id, {})[account_id] = member_id
    alone = (next(iter(officers.values())) for officers in found.values() if len(officers) == 1)
    return frozenset(member_id for member_id in alone if member_id is not None)


def _units_below(actor: Actor, year: int) -> ColumnElement[bool]:
    rated = select(Evaluation.unit_id).where(Evaluation.year == year)
    return and_(or_(_as_base(actor), below(actor, Action.EVALUATION_DECIDE)), or_(Unit.member_count > 0, Unit.id.in_(rated)))


def _as_base(actor: Actor) -> ColumnElement[bool]:
    return or_(false(), *(_below(post) & (Unit.id != post.unit_id) for post in scopes(actor, Action.EVALUATION_PASS_ON)))


def below(actor: Actor, action: Action) -> ColumnElement[bool]:
    """For a query on units: those at or below the units where `actor` may do `action`."""
    return or_(false(), *(_below(post) for post in scopes(actor, action)))


def _below(post: Appointment) -> ColumnElement[bool]:
    first, after = path_range(post.path)
    return and_(Unit.path >= first, Unit.path < after)


def waiting_for(actor: Actor, parent_kind: Any, alone: frozenset[int]) -> ColumnElement[bool]:
    """For a query on evaluations with their units: whether one waits for `actor` to pass on or to decide.

    Never their own, nor a decision on what they proposed.
    """
    proposed = Evaluation.state == EvaluationState.PROPOSED
    straight = and_(proposed, or_(parent_kind.is_(None), parent_kind == UnitKind.BLOC, Evaluation.member_id.in_(alone)))
    from_others = or_(Evaluation.proposed_by.is_(None), Evaluation.proposed_by != actor.account_id)
    to_decide = and_(below(actor, Action.EVALUATION_DECIDE), or_(Evaluation.state == EvaluationState.PASSED_ON, straight), from_others)
    waits = or_(and_(_as_base(actor), proposed, ~straight), to_decide)
    return waits if actor.member_id is None else and_(waits, Evaluation.member_id != actor.member_id)


def _rows(actor: Actor, year: int, scheme: Scheme, today: date, units: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    parent = aliased(Unit)
    waits = waiting_for(actor, parent.kind, only_officers(today))
    states = [_count(and_(Evaluation.state == state, Evaluation.return_words == "")) for state in EvaluationState]
    returned = _count(Evaluation.return_words != "")
    levels = [_count(_level() == level.code) for level in scheme.levels]
    waiting = _count(waits)
    return (
        select(Unit.id, Unit.name, parent.name, Unit.member_count, waiting, _count(and_(waits, Evaluation.odd)), returned, *states, *levels)
        .select_from(Unit)
        .outerjoin(parent, parent.id == Unit.parent_id)
        .outerjoin(Evaluation, and_(Evaluation.unit_id == Unit.id, Evaluation.year == year))
        .where(units)
        .group_by(Unit.id, Unit.name, parent.name, Unit.member_count, Unit.path)
        .order_by(case((waiting > 0, 0), else_=1), Unit.path)
    )


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _level() -> ColumnElement[str]:
    return case((Evaluation.decided_level != "", Evaluation.decided_level), else_=Evaluation.proposed_level)


def _row(row: tuple[Any, ...], scheme: Scheme) -> QueueRow:
    unit_id, name, above, members, waiting, odd, *counts = row
    words = (RETURNED_LABEL, *(STATE_LABELS[state] for state in EvaluationState))
    levels = {level.code: count for level, count in zip(scheme.levels, counts[len(words) :], strict=True)}
    over = "; ".join(warning.title for warning in cap_warnings(scheme, levels)) if waiting else ""
    states = dict(zip(words, counts[: len(words)], strict=True))
    return QueueRow(unit_id, name, above or "", members, waiting, odd, states, tuple(levels.values()), over)
