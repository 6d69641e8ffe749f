"""Bringing a database to the newest tables. Stands outside the floors: commands call it, nothing here decides."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

import flask_migrate
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from ..models.base import db


class Standing(StrEnum):
    """How a database's tables stand to this program's."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"
    UNKNOWN = "unknown"  # of a newer program, or of another one


FOLDER = Path(__file__).parent


def upgrade(revision: str = "head") -> None:
    """Bring the application's database to the newest tables, or to those of `revision`; does nothing where they are."""
    flask_migrate.upgrade(revision=revision)


def head() -> str:
    """The revision of this program's tables."""
    found = ScriptDirectory(str(FOLDER)).get_current_head()
    assert found is not None
    return found


def known(revision: str) -> bool:
    """Whether this program knows how to come from the tables of `revision` to its own."""
    return revision in {script.revision for script in ScriptDirectory(str(FOLDER)).walk_revisions()}


@contextmanager
def database_at(url: str) -> Iterator[None]:
    """Within it, the application's database is the one at `url`: there it is migrated, asked and filled."""
    app = Flask("elsewhere")
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    db.init_app(app)
    flask_migrate.Migrate(app, db, directory=str(FOLDER), render_as_batch=True, compare_type=True)
    with app.app_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


def standing(folder: Path = FOLDER) -> Standing:
    """How the application's database stands to the migrations in `folder`; raises SQLAlchemy's errors where it does not answer."""
    scripts = ScriptDirectory(str(folder))
    with db.engine.connect() as connection:
        here = MigrationContext.configure(connection).get_current_revision()
    if here is None:
        return Standing.EMPTY
    if here == scripts.get_current_head():
        return Standing.CURRENT
    return Standing.OLDER if here in {script.revision for script in scripts.walk_revisions()} else Standing.UNKNOWN
