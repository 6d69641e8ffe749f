"""What of the things on a reviewer's screen still waits for them, and in which version."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, union_all

from ...domain.actors import Actor
from ...domain.reviews import Kind, Reach, reach
from ...models.base import run
from .waiting import TABLES, Shape, shape_of, values_of, waiting_rows


def standing(actor: Actor, shown: Iterable[tuple[Kind, UUID]], now: datetime, days: int | None = None) -> dict[UUID, int]:
    """The version of each of `shown` that waits for `actor`; what is missing was handled, withdrawn, or never was theirs."""
    mine = reach(actor)
    wanted: dict[Kind, list[UUID]] = defaultdict(list)
    for kind, subject_id in shown:
        wanted[kind].append(subject_id)
    if mine == Reach() or not wanted:
        return {}
    values: dict[str, Any] = {f"{kind}_ids": wanted[kind] for kind in Kind}
    rows = run(_standing(shape_of(mine)), values_of(mine, actor, now, days) | values).all()
    return {row.id: row.version for row in rows}


@cache
def _standing(shape: Shape) -> Select[Any]:
    parts = []
    for kind, table in TABLES.items():
        rows = waiting_rows(kind, shape, table.id.label("id"), table.version.label("version"))
        parts.append(rows.where(table.id.in_(bindparam(f"{kind}_ids", expanding=True))))
    return union_all(*parts)  # type: ignore[return-value]  # a compound select names the same columns
