"""What waits for whom, counted and picked by index.

The statements are built once for each shape of a reviewer's reach: building them anew would cost more than running them.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Subquery,
    and_,
    bindparam,
    cast,
    exists,
    extract,
    func,
    literal_column,
    or_,
    select,
    union_all,
)

from ...domain.actors import Actor
from ...domain.reviews import OVERDUE_DAYS, Kind, Reach, day_start, overdue_before, reach
from ...domain.units import path_range
from ...models.base import UtcDateTime, run
from ...models.entries import AdditionReview, Entry, EntryAddition, EntryReview
from ...models.pledges import Pledge, PledgeChange, PledgeReview
from ...models.saved_comments import SavedComment
from ...models.units import Unit
from ..settings import OVERDUE, overdue_days, overdue_of

CARDS_A_PAGE = 20
Waiting = type[Entry] | type[Pledge] | type[EntryAddition] | type[PledgeChange]
TABLES: dict[Kind, Waiting] = {Kind.ENTRY: Entry, Kind.PLEDGE: Pledge, Kind.ADDITION: EntryAddition, Kind.CHANGE: PledgeChange}
Shape = tuple[int, int, int]  # how many units of each sort a reach has
SAYS_WAITING: ColumnElement[Any] = literal_column("'waiting'")  # a partial index serves only if the statement itself holds its condition
_BEFORE: ColumnElement[Any] = bindparam("before", type_=UtcDateTime())
_DAY, _AHEAD = 86_400, 7 * 3_600  # seconds of a day, and those that the clock of Vietnam is ahead


@dataclass(frozen=True, slots=True)
class QueueFigures:
    """How much waits for a reviewer and of how many people, how many reviews of today are theirs and stand, the days allowed, and
    whether they kept comments for using again."""

    waiting: int
    people: int
    reviewed_today: int
    days: int = OVERDUE_DAYS
    keeps_comments: bool = False


def waiting_count(actor: Actor, now: datetime) -> int:
    """How many entries, late additions and pledges wait for `actor` to review."""
    mine = reach(actor)
    if mine == Reach():
        return 0
    count: int = run(_count(shape_of(mine)), values_of(mine, actor, now)).scalar_one()
    return count


def queue_figures(actor: Actor, now: datetime, days: int | None = None) -> QueueFigures:
    """The figures above the queue of `actor`, and with them the days a branch is allowed; `days`: where these are known already."""
    mine = reach(actor)
    if mine == Reach():
        return QueueFigures(0, 0, 0)
    values = values_of(mine, actor, now, days) | {"account": actor.account_id, "since": day_start(now)}
    waiting, people, reviewed_today, kept, comments = run(_figures(shape_of(mine)), values).one()
    return QueueFigures(waiting, people, reviewed_today, overdue_of(kept), bool(comments))


def picked(shape: Shape) -> Subquery:
    """Kind, id and what they are ordered by, of the rows of one page; asks for "size" and "skip".

    The oldest day of sending comes first. Within a day each member's first comes before anyone's second.
    """
    parts = []
    for kind, table in TABLES.items():
        label: ColumnElement[str] = literal_column(f"'{kind.value}'")
        columns = label.label("kind"), table.id.label("id"), table.sent_at.label("sent_at"), _owner(kind).label("owner")
        parts.append(waiting_rows(kind, shape, *columns))
    waiting = union_all(*parts).subquery("waiting")
    first = waiting.c.sent_at, waiting.c.id
    day = (cast(extract("epoch", waiting.c.sent_at), BigInteger) + _AHEAD) // _DAY
    turn = func.row_number().over(partition_by=(day, waiting.c.owner), order_by=first)
    turns = select(waiting, day.label("day"), turn.label("turn")).subquery("turns")
    order = turns.c.day, turns.c.turn, turns.c.sent_at, turns.c.id
    chosen = select(turns.c.kind, turns.c.id, turns.c.sent_at, turns.c.day, turns.c.turn).order_by(*order)
    return chosen.limit(bindparam("size")).offset(bindparam("skip")).subquery("pick")


def shape_of(mine: Reach) -> Shape:
    """What the statements are built by."""
    return len(mine.whole), len(mine.above), len(mine.late)


def values_of(mine: Reach, actor: Actor, now: datetime, days: int | None = None) -> dict[str, Any]:
    """What the statements of that shape are asked with; the days a branch is allowed are asked for only where they decide."""
    values: dict[str, Any] = {"me": actor.member_id or 0}
    if mine.late:
        values["before"] = overdue_before(now, overdue_days() if days is None else days)
    for sort, places in (("whole", mine.whole), ("above", mine.above), ("late", mine.late)):
        for n, place in enumerate(places):
            values[f"{sort}{n}"] = place.unit_id
            values[f"{sort}{n}_from"], values[f"{sort}{n}_to"] = path_range(place.path)
    return values


def _within_reach(table: Waiting, shape: Shape) -> ColumnElement[bool]:
    """A unit that has moved elsewhere in the tree takes its sendings along: those above it now see them, those above it then do not."""
    whole, above, late = shape
    ways: list[ColumnElement[bool]] = []
    for unit in (f"whole{n}" for n in range(whole)):
        here: ColumnElement[int] = bindparam(unit)
        ways.append(and_(table.review_unit_id == here, or_(table.unit_id == here, table.unit_id.in_(_below(unit)))))
    for unit in (f"above{n}" for n in range(above)):
        ways.append(and_(table.review_unit_id == bindparam(unit), table.unit_id.in_(_below(unit))))
    for unit in (f"late{n}" for n in range(late)):
        below = table.unit_id.in_(_below(unit)), table.review_unit_id.in_(_below(unit))
        ways.append(and_(*below, table.sent_at < _BEFORE))
    return or_(*ways)


def _below(unit: str) -> Select[int]:
    return select(Unit.id).where(Unit.path > bindparam(f"{unit}_from"), Unit.path < bindparam(f"{unit}_to"))


def waiting_rows(kind: Kind, shape: Shape, *columns: ColumnElement[Any]) -> Select[Any]:
    """A select of `columns` of the rows of one kind that wait within the reach; nobody's own are theirs to review."""
    table = TABLES[kind]
    query = select(*columns).select_from(table).where(table.state == SAYS_WAITING, _within_reach(table, shape))
    if kind is Kind.ADDITION:
        query = query.join(Entry, Entry.id == EntryAddition.entry_id)
    elif kind is Kind.CHANGE:
        query = query.join(Pledge, Pledge.id == PledgeChange.pledge_id)
    return query.where(_owner(kind) != bindparam("me"))


def _owner(kind: Kind) -> Any:
    return (Pledge if kind in (Kind.PLEDGE, Kind.CHANGE) else Entry).member_id


@cache
def _count(shape: Shape) -> Select[Any]:
    entries, pledges, additions, changes = (waiting_rows(kind, shape, func.count()).scalar_subquery() for kind in Kind)
    return select(entries + pledges + additions + changes)


@cache
def _figures(shape: Shape) -> Select[int, int, int, Any, bool]:
    owners = union_all(*(waiting_rows(kind, shape, _owner(kind).label("owner")) for kind in Kind)).subquery()
    entries, pledges, additions = (_reviewed_today(table) for table in (EntryReview, PledgeReview, AdditionReview))
    done = entries + pledges + additions + _answered_today()
    comments = exists().where(SavedComment.account_id == bindparam("account"))
    return select(func.count(), func.count(owners.c.owner.distinct()), done, OVERDUE, comments).select_from(owners)


def _answered_today() -> ColumnElement[int]:
    since: ColumnElement[Any] = bindparam("since", type_=UtcDateTime())
    mine = (PledgeChange.answered_by == bindparam("account"), PledgeChange.answered_at >= since)
    return select(func.count()).select_from(PledgeChange).where(*mine).scalar_subquery()


def _reviewed_today(table: type[EntryReview] | type[PledgeReview] | type[AdditionReview]) -> ColumnElement[int]:
    since: ColumnElement[Any] = bindparam("since", type_=UtcDateTime())
    mine = (table.account_id == bindparam("account"), table.at >= since, table.undone_at.is_(None))
    return select(func.count()).select_from(table).where(*mine).scalar_subquery()
