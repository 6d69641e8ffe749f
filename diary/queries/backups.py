"""Every row of every table, read as it stood at one moment, table by table in an order in which they can be put back."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Date, Numeric, Table, Uuid, func, inspect, select

from ..models.base import UtcDateTime, db

LATE = {"units": ("merged_into_id",), "documents": ("replaced_by",), "entries": ("alike_id",)}
"""Columns that name a row of the same table that may come later: they are filled in when all rows are there."""

AT_ONCE = 1000  # rows in one piece


@dataclass(frozen=True, slots=True)
class Lot:
    """Some rows of one table, as columns -> values of the database's own kinds."""

    table: str
    rows: tuple[Mapping[str, Any], ...]


def tables() -> list[Table]:
    """Every table, those that others point at first."""
    return db.metadata.sorted_tables


@contextmanager
def snapshot() -> Iterator[Connection]:
    """A connection that sees the database as it is now, whatever is written meanwhile."""
    with db.engine.connect() as connection:
        whole = {"isolation_level": "REPEATABLE READ"} if connection.dialect.name == "postgresql" else {}
        yield connection.execution_options(**whole)


def counts(connection: Connection) -> dict[str, int]:
    """How many rows each table holds."""
    return {table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables()}


def lots(connection: Connection) -> Iterator[Lot]:
    """All rows, in pieces; a unit comes after the one above it."""
    for table in tables():
        order = [func.length(table.c.path)] if table.name == "units" else []
        found = connection.execution_options(yield_per=AT_ONCE).execute(select(table).order_by(*order, *table.primary_key))
        for part in found.mappings().partitions(AT_ONCE):
            yield Lot(table.name, tuple(dict(row) for row in part))


def is_empty() -> bool:
    """Whether no table that is there holds a row."""
    there = set(inspect(db.session.connection()).get_table_names())
    keys = (table.primary_key.columns[0] for table in tables() if table.name in there)
    return all(db.session.execute(select(key).limit(1)).first() is None for key in keys)


def plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as JSON can hold it."""
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):  # moments too
        return value.isoformat()
    return str(value) if isinstance(value, UUID | Decimal) else value


def lots_of(table: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[Lot]:
    """Rows that `plain` made, as they were before, in pieces."""
    known = db.metadata.tables[table]
    read = (dict(_back(known, row)) for row in rows)
    while some := tuple(islice(read, AT_ONCE)):
        yield Lot(table, some)


def _back(table: Table, row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in row.items():
        made = _MADE.get(type(table.c[name].type))
        yield name, made(value) if made and value is not None else value


_MADE: Mapping[type, Callable[[str], Any]] = {
    UtcDateTime: datetime.fromisoformat,
    Date: date.fromisoformat,
    Uuid: UUID,
    Numeric: Decimal,
}
