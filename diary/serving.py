"""What must hold before anyone is served: refused at the start, in words, rather than found out by visitors."""

import os

from flask import Flask

from .config import DEMO_SECRET, BadSettings
from .migrations import Standing, standing
from .models.base import db
from .queries import health

_SET_UP = "Run `flask --app wsgi setup` first."


def guard(app: Flask) -> None:
    """Check the application before it serves: a server at its start, `flask run` at its first request. Commands are never checked."""
    if os.environ.get("FLASK_RUN_FROM_CLI") == "true":
        app.before_request(lambda: require_servable(app))
    else:
        require_servable(app)


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
