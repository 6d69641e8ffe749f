"""How Alembic reaches the application's tables; run by `flask --app wsgi db …` and by the commands that migrate."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from diary.models.base import db


def _no_empty_revisions(context_: Any, revision: Any, directives: list[Any]) -> None:
    if getattr(context.config.cmd_opts, "autogenerate", False) and directives[0].upgrade_ops.is_empty():
        directives[:] = []


def run() -> None:
    """Migrate over the application's own engine, so that its pragmas and settings hold."""
    options = current_app.extensions["migrate"].configure_args
    with db.engine.connect() as connection, _keys_let_go(connection):
        context.configure(connection=connection, target_metadata=db.metadata, process_revision_directives=_no_empty_revisions, **options)
        with context.begin_transaction():
            context.run_migrations()


@contextmanager
def _keys_let_go(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew and dropping the old one; held keys would then delete the rows that point at it.

    The pragma counts only outside a transaction, and a transaction begins with the first statement: so it goes to the driver itself.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        broken = driver.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"rows that point at nothing: {broken[:5]}")
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


run()
