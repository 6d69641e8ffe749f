"""How much waits in the branches below a committee and since when: figures only, never a text or a name of a person."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select, union_all

from ...domain.actors import Actor
from ...domain.permissions import Action, scopes
from ...domain.reviews import VIETNAM, overdue_before
from ...domain.units import UnitKind, path_range
from ...models.base import UtcDateTime, run
from ...models.units import Unit
from ..settings import overdue_days
from .waiting import SAYS_WAITING, TABLES

BRANCHES_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class BranchBacklog:
    """A branch where something waits: how much, how much of it longer than is allowed, and for how many days the oldest."""

    unit_id: int
    name: str
    waiting: int
    overdue: int
    oldest: int


@dataclass(frozen=True, slots=True)
class Backlog:
    """All that waits below a committee, in how many branches, and one page of them, the longest waiting first."""

    waiting: int = 0
    overdue: int = 0
    branches: int = 0
    late_branches: int = 0
    oldest: int = 0
    days: int = 0
    rows: tuple[BranchBacklog, ...] = ()


def looks_down(actor: Actor) -> bool:
    """Whether the actor sits in a committee that answers for what branches below let wait."""
    return bool(_posts(actor))


def backlog(actor: Actor, now: datetime, page: int = 1, size: int = BRANCHES_A_PAGE) -> Backlog:
    """What waits below the actor's base unions and bloc; nothing for all others. `size`: branches a page, 0 for the figures alone."""
    posts = _posts(actor)
    if not posts:
        return Backlog()
    days = overdue_days()
    values: dict[str, Any] = {"before": overdue_before(now, days), "size": max(size, 1), "skip": (page - 1) * size}
    for number, path in enumerate(posts):
        values[f"low{number}"], values[f"high{number}"] = path_range(path)
    rows = run(_backlog(len(posts)), values).all()
    if not rows:
        return Backlog(days=days)
    today = now.astimezone(VIETNAM).date()

    def waited(since: datetime) -> int:
        return (today - since.astimezone(VIETNAM).date()).days

    branches = tuple(BranchBacklog(row.unit_id, row.name, row.waiting, row.overdue, waited(row.since)) for row in rows)
    first = rows[0]
    return Backlog(
        first.all_waiting, first.all_overdue, first.branches, first.late_branches, waited(first.first), days, branches if size else ()
    )


def _posts(actor: Actor) -> list[str]:
    kinds = (UnitKind.BASE_UNION, UnitKind.BLOC)
    return sorted({post.path for post in scopes(actor, Action.ENTRY_REVIEW) if post.kind in kinds})


@cache
def _backlog(posts: int) -> Select[Any]:
    """Grouped by the branch that wrote; the sums over all branches stand beside each, so that one statement says it all."""
    below = or_(*(and_(Unit.path > bindparam(f"low{n}"), Unit.path < bindparam(f"high{n}")) for n in range(posts)))
    before: ColumnElement[Any] = bindparam("before", type_=UtcDateTime())
    parts = [
        select(table.unit_id.label("unit_id"), table.sent_at.label("sent_at")).where(table.state == SAYS_WAITING)
        for table in TABLES.values()
    ]
    waiting = union_all(*parts).subquery("waiting")
    count, late = func.count(), func.sum(case((waiting.c.sent_at < before, 1), else_=0))
    since = func.min(waiting.c.sent_at, type_=UtcDateTime())
    grouped = (
        select(Unit.id.label("unit_id"), Unit.name, count.label("waiting"), late.label("overdue"), since.label("since"))
        .join(Unit, Unit.id == waiting.c.unit_id)
        .where(below)
        .group_by(Unit.id, Unit.name)
        .subquery("grouped")
    )
    of_all = (
        func.sum(grouped.c.waiting).over().label("all_waiting"),
        func.sum(grouped.c.overdue).over().label("all_overdue"),
        func.count().over().label("branches"),
        func.sum(case((grouped.c.overdue > 0, 1), else_=0)).over().label("late_branches"),
        func.min(grouped.c.since, type_=UtcDateTime()).over().label("first"),
    )
    ordered = select(grouped, *of_all).order_by(grouped.c.since, grouped.c.unit_id)
    return ordered.limit(bindparam("size")).offset(bindparam("skip"))
