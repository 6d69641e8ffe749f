"""How many transfers wait for a person to answer."""

from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, exists, false, func, or_, select

from ...domain.actors import OFFICERS, Actor
from ...domain.permissions import Action, scopes
from ...domain.reviews import OVERDUE_DAYS, overdue_before
from ...domain.transfers import TransferState
from ...domain.units import path_range
from ...models.accounts import Appointment as AppointmentRow
from ...models.base import UtcDateTime, run
from ...models.transfers import Transfer
from ...models.units import Unit
from ..accounts import held_on


def waiting_count(actor: Actor, now: datetime, today: date) -> int:
    """How many transfers wait for `actor` to answer: to a unit they have a post in, or further below where nobody else would."""
    posts = scopes(actor, Action.MEMBER_EDIT)
    if not posts:
        return 0
    values: dict[str, Any] = {"before": overdue_before(now, OVERDUE_DAYS), "today": today}
    for number, post in enumerate(posts):
        values[f"own{number}"] = post.unit_id
        values[f"low{number}"], values[f"high{number}"] = path_range(post.path)
    count: int = run(_waiting(len(posts)), values).scalar_one()
    return count


@cache
def _waiting(posts: int) -> Select[int]:
    """A committee above stands in where the unit has no officer, or lets it wait too long."""
    officers = exists().where(
        AppointmentRow.unit_id == Transfer.to_unit_id, AppointmentRow.post.in_(OFFICERS), held_on(bindparam("today", type_=Date))
    )
    left = or_(~officers, Transfer.asked_at < bindparam("before", type_=UtcDateTime()))
    ways: list[ColumnElement[bool]] = [false()]
    for number in range(posts):
        ways.append(Transfer.to_unit_id == bindparam(f"own{number}"))
        ways.append(and_(Unit.path > bindparam(f"low{number}"), Unit.path < bindparam(f"high{number}"), left))
    query = select(func.count()).select_from(Transfer).join(Unit, Unit.id == Transfer.to_unit_id)
    return query.where(Transfer.state == TransferState.WAITING, or_(*ways))
