"""What a request may cost: its statements end, its headers end, its body ends."""

import time as clocks

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from diary import create_app, serving
from diary.models.base import db

ENDLESS = {
    "sqlite": "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n",
    "postgresql": "SELECT pg_sleep(60)",
}


@pytest.fixture
def served(app):
    """The same installation as a server has it, a statement limited to a fifth of a second."""
    made = create_app({"TESTING": True, "DIARY_DEMO": False, "SQLALCHEMY_DATABASE_URI": app.config["SQLALCHEMY_DATABASE_URI"]})
    serving.limit_statements(made, 0.2)
    yield made
    with made.app_context():
        db.engine.dispose()


def test_a_statement_without_an_end_is_ended_and_the_next_one_runs(served):
    with served.app_context():
        start = clocks.monotonic()
        with pytest.raises(OperationalError):
            db.session.execute(text(ENDLESS[db.engine.dialect.name]))
        assert clocks.monotonic() - start < 20
        db.session.rollback()
        assert db.session.execute(text("SELECT 1")).scalar_one() == 1


@pytest.mark.sqlite
@pytest.mark.parametrize("by_command", [False, True], ids=["a server", "a command"])
def test_a_server_limits_its_statements_and_a_command_does_not(app, monkeypatch, by_command):
    monkeypatch.setenv("FLASK_RUN_FROM_CLI", "true" if by_command else "")
    made = create_app({"TESTING": True, "DIARY_DEMO": True})
    serving.guard(made)
    with made.app_context():
        assert event.contains(db.engine, "before_cursor_execute", serving._note_start) is not by_command


def test_a_failed_request_says_nothing_of_why(app, browser, monkeypatch):
    """Outside tests and debugging a failure is a page of words: no traceback, no statement, no path."""
    monkeypatch.setitem(app.config, "TESTING", False)
    monkeypatch.setitem(app.view_functions, "guide.index", lambda: 1 / 0)
    names = [name for name, view in app.view_functions.items() if name.startswith("guide.")]
    monkeypatch.setitem(app.view_functions, names[0], lambda: 1 / 0)
    answer = browser("member").get("/huong-dan")
    assert (
        answer.status_code == 500 and "ZeroDivision" not in answer.text and "diary/" not in answer.text and "Traceback" not in answer.text
    )
