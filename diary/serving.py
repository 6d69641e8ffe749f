"""What must hold before anyone is served: refused at the start, in words, rather than found out by visitors."""

import os
import time
from typing import Any

from flask import Flask
from sqlalchemy import event

from .config import DEMO_SECRET, BadSettings
from .migrations import Standing, standing
from .models.base import db
from .queries import health

_SET_UP = "Run `flask --app wsgi setup` first."
STATEMENT_SECONDS = 30  # the slowest page asks statements of some tens of milliseconds
_STEPS = 100_000  # of SQLite's machine between two looks at the clock: about a millisecond


def guard(app: Flask) -> None:
    """Check the application before it serves: a server at its start, `flask run` at its first request. Commands are never checked."""
    if os.environ.get("FLASK_RUN_FROM_CLI") == "true":
        app.before_request(lambda: require_servable(app))
    else:
        require_servable(app)
        limit_statements(app)


def require_servable(app: Flask) -> None:
    """Raise BadSettings, saying what to do, where serving would be unsafe or of no use: no secret key or the demo's, demo accounts outside
    demo mode, a database that does not answer or lacks tables. Asks once: what held at the start is not asked again."""
    if app.config["DIARY_DEMO"] or app.extensions.get("diary_servable"):
        return
    secret = app.config["SECRET_KEY"]
    if not secret or secret == DEMO_SECRET:
        raise BadSettings(f"There is no SECRET_KEY of this installation's own. Set one, or let setup make one. {_SET_UP}")
    with app.app_context():
        _require_database()
        db.engine.dispose()  # a server may fork after this, and connections do not live in two processes
    app.extensions["diary_servable"] = True


def _require_database() -> None:
    if trouble := health.trouble():
        raise BadSettings(f"The database does not answer ({trouble}). Look at DATABASE_URL, and whether its server runs.")
    stands = standing()
    if stands is Standing.EMPTY:
        raise BadSettings(f"The database has no tables. {_SET_UP}")
    if stands is not Standing.CURRENT:
        raise BadSettings("The tables are not of this version of the program. Run `flask --app wsgi db upgrade`.")
    if health.holds_demo_accounts():
        raise BadSettings("The database holds demo accounts, whose password everyone knows. Use another DATABASE_URL, or DIARY_DEMO=1.")


def limit_statements(app: Flask, seconds: float = STATEMENT_SECONDS) -> None:
    """Let the database end any statement of this process that takes longer; the request fails as any other, and the worker is free again.

    Commands are not limited: an upgrade or a recount may take its time.
    """
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "postgresql":
        event.listen(engine, "connect", lambda connection, record: _limit_postgresql(connection, seconds))
    else:
        event.listen(engine, "connect", lambda connection, record: _limit_sqlite(connection, record.info, seconds))
        event.listen(engine, "before_cursor_execute", _note_start)


def _limit_postgresql(connection: Any, seconds: float) -> None:
    connection.autocommit = True  # outside any transaction, so that no rollback takes it back
    with connection.cursor() as cursor:
        cursor.execute(f"SET statement_timeout = {int(seconds * 1000)}")
    connection.autocommit = False


def _limit_sqlite(connection: Any, info: dict[Any, Any], seconds: float) -> None:
    info["started"] = time.monotonic()
    connection.set_progress_handler(lambda: time.monotonic() - info["started"] > seconds, _STEPS)


def _note_start(connection: Any, *_: Any) -> None:
    connection.info["started"] = time.monotonic()
