"""Bringing a database to the newest tables. Stands outside the floors: commands call it, nothing here decides."""

from enum import StrEnum
from pathlib import Path

import flask_migrate
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from ..models.base import db


class Standing(StrEnum):
    """How a database's tables stand to this program's."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"
    UNKNOWN = "unknown"  # of a newer program, or of another one


def upgrade() -> None:
    """Bring the application's database to the newest tables; does nothing where they are."""
    flask_migrate.upgrade()


def standing(folder: Path = Path(__file__).parent) -> Standing:
    """How the application's database stands to the migrations in `folder`; raises SQLAlchemy's errors where it does not answer."""
    scripts = ScriptDirectory(str(folder))
    with db.engine.connect() as connection:
        here = MigrationContext.configure(connection).get_current_revision()
    if here is None:
        return Standing.EMPTY
    if here == scripts.get_current_head():
        return Standing.CURRENT
    return Standing.OLDER if here in {script.revision for script in scripts.walk_revisions()} else Standing.UNKNOWN
