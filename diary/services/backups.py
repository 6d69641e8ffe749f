"""Putting back every row of a backup, or of another database, into an empty one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import JSON, Column, Table, bindparam, column, func, insert, select, table, text, update
from sqlalchemy.types import TypeEngine

from ..domain.errors import WrongMoment
from ..models.base import db
from ..queries.backups import LATE, Lot, is_empty, tables
from .transaction import happening

NOT_EMPTY = "Cơ sở dữ liệu này đã có dữ liệu. Hãy dùng một cơ sở dữ liệu trống."


@happening
def fill(lots: Iterable[Lot]) -> int:
    """Insert all rows in one transaction, exactly as they were, ids and audit lines included; how many. WrongMoment where a row is already.

    A table may lack columns that came later: the database's own defaults, or the migrations after it, fill them.
    """
    if not is_empty():
        raise WrongMoment(NOT_EMPTY)
    known, filled, late = {one.name: one for one in tables()}, Counter[str](), defaultdict[str, list[dict[str, Any]]](list)
    for lot in lots:
        if lot.rows:
            _insert(known[lot.table], lot.rows, late[lot.table])
            filled[lot.table] += len(lot.rows)
    for name, rows in late.items():
        _fill_late(known[name], rows)
    _count_on(known[name] for name in filled)
    return filled.total()


def _insert(into: Table, rows: Sequence[Mapping[str, Any]], late: list[dict[str, Any]]) -> None:
    """Insert through a table of only the columns that were sent: the models' defaults would fill in others."""
    held = LATE.get(into.name, ())
    (key,) = into.primary_key if held else (None,)
    if key is not None:
        late += [{"row": row[key.name], **_named(row, held)} for row in rows if any(_named(row, held).values())]
    names = [name for name in rows[0] if name not in held]
    bare = table(into.name, *(column(name, _kind(into.c[name])) for name in names))
    db.session.connection().execute(insert(bare), [{name: row[name] for name in names} for row in rows])


def _named(row: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: row.get(name) for name in names}


def _kind(one: Column[Any]) -> TypeEngine[Any]:
    """The column's type; nothing in a JSON column stays nothing, not the JSON word null."""
    return JSON(none_as_null=True) if isinstance(one.type, JSON) else one.type


def _fill_late(into: Table, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    (key,) = into.primary_key
    names = LATE[into.name]
    statement = update(into).where(key == bindparam("row")).values({name: bindparam(name) for name in names})
    db.session.connection().execute(statement, rows)


def _count_on(all_tables: Iterable[Table]) -> None:
    """Let numbered rows go on after the last one; SQLite does so by itself."""
    if db.engine.dialect.name != "postgresql":
        return
    for one in all_tables:
        key: Column[Any] = one.primary_key.columns[0]
        if len(one.primary_key.columns) == 1 and key is one.autoincrement_column:
            last = db.session.execute(select(func.max(key))).scalar()
            if last:
                sequence = text("SELECT setval(pg_get_serial_sequence(:name, :key), :last)")
                db.session.execute(sequence, {"name": one.name, "key": key.name, "last": last})
