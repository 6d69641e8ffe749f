"""How Alembic reaches the application's tables; run by `flask --app wsgi db …` and by the commands that migrate."""

from typing import Any

from alembic import context
from flask import current_app

from diary.models.base import db


def _no_empty_revisions(context_: Any, revision: Any, directives: list[Any]) -> None:
    if getattr(context.config.cmd_opts, "autogenerate", False) and directives[0].upgrade_ops.is_empty():
        directives[:] = []


def run() -> None:
    """Migrate over the application's own engine, so that its pragmas and settings hold."""
    options = current_app.extensions["migrate"].configure_args
    with db.engine.connect() as connection:
        context.configure(connection=connection, target_metadata=db.metadata, process_revision_directives=_no_empty_revisions, **options)
        with context.begin_transaction():
            context.run_migrations()


run()
