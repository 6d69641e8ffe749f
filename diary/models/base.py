"""The database handle, the column types every table uses, and how each engine is opened."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import uuid_utils.compat as uuid_utils
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CursorResult, DateTime, Dialect, Enum, Executable, MetaData, String, Table, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with its zone, stored as UTC; SQLite forgets zones, so they are put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    registry = registry(metadata=MetaData(naming_convention=NAMES), type_annotation_map={datetime: UtcDateTime})


def enum_type(members: type[StrEnum], name: str) -> Enum:
    """A column of one of the enum's values, stored as its text and held by a check constraint called `name`."""
    return Enum(members, name=name, native_enum=False, create_constraint=True, length=24, values_callable=lambda e: [m.value for m in e])


def byte_ordered(length: int) -> String:
    """Text that sorts byte by byte on every engine: paths, sort keys."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


new_id = uuid_utils.uuid7  # time-ordered, so that rows of one time stand together; a browser may make one too

db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False}, disable_autonaming=True)
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def table_of(model: type[Base]) -> Table:
    """The table behind a model, for inserts that `run` sends."""
    return model.metadata.tables[model.__tablename__]


def run(statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]] = ()) -> CursorResult[*tuple[Any, ...]]:
    """What the statement answers, past the object layer, in the session's transaction.

    For statements that every request or sending asks and that name columns only: the same select takes 45 µs instead of 95.
    """
    session = db.session()
    if session.autoflush:
        session.flush()  # as the object layer does before it asks
    return session.connection().execute(statement, values or None)


@event.listens_for(Engine, "connect")
def _open_sqlite(connection: Any, record: Any) -> None:
    if "sqlite" not in type(connection).__module__:
        return
    connection.isolation_level = None  # BEGIN is ours to say, see _begin
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")
