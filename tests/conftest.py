"""What every test stands on: a fresh database with the cast in it, and browsers signed in as each of them.

SQLite by default; `--engine postgresql` runs the tests that need a database again on a throw-away PostgreSQL cluster.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests import factories, postgres

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=factories.VIETNAM)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=["sqlite", "postgresql"], default="sqlite", help="the database the tests run on")
    parser.addoption("--soak", action="store_true", help="run the long ones too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave soak tests out unless asked; on PostgreSQL run only what touches the database, and no browser a second time."""
    out = []
    for item in items:
        names = getattr(item, "fixturenames", ())
        soak = item.get_closest_marker("soak") is not None and not config.getoption("--soak")
        on_postgresql = config.getoption("--engine") == "postgresql"
        once = "app" not in names or item.get_closest_marker("sqlite") or item.get_closest_marker("browser")
        if soak or (on_postgresql and once):
            out.append(item)
    config.hook.pytest_deselected(items=out)
    left = set(items) - set(out)
    items[:] = sorted((item for item in items if item in left), key=_may_wait)


LONG = ("browser", "cli", "jobs", "security", "test_leaks.py", "test_serving.py", "web/test_scripts.py")


def _may_wait(item: pytest.Item) -> bool:
    """The long ones go first, so that no worker is left with one of them when the others have ended."""
    return not item.path.relative_to(Path(__file__).parent).as_posix().startswith(LONG)


@pytest.fixture(scope="session", autouse=True)
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder of this run's own, in the environment before any application is made."""
    folder = tmp_path_factory.mktemp("instance")
    os.environ.update(DIARY_INSTANCE=str(folder), DIARY_DEMO="1")
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("SECRET_KEY", None)
    return folder


@pytest.fixture(scope="session")
def engine_url(request: pytest.FixtureRequest, instance: Path) -> Iterator[str]:
    if request.config.getoption("--engine") == "sqlite":
        yield f"sqlite:///{instance / 'test.sqlite3'}"
        return
    with postgres.cluster() as url:
        yield url


@pytest.fixture(scope="session")
def base_app(engine_url: str) -> Iterator[Flask]:
    """One application for all tests of a worker, its tables migrated and the cast set once."""
    from flask_migrate import upgrade

    from diary import create_app
    from diary.models.base import db

    app = create_app({"TESTING": True, "DIARY_DEMO": False, "SESSION_COOKIE_SECURE": False, "SQLALCHEMY_DATABASE_URI": engine_url})
    with app.app_context(), time_machine.travel(NOW):
        upgrade()
        factories.set_cast()
        db.engine.dispose()
    _keep_template(engine_url)
    yield app
    with app.app_context():
        db.engine.dispose()


def _keep_template(url: str) -> None:
    if url.startswith("sqlite"):
        file = Path(url.removeprefix("sqlite:///"))
        shutil.copy(file, file.with_suffix(".template"))
    else:
        postgres.keep_template(url)


def _restore(url: str) -> None:
    if url.startswith("sqlite"):
        file = Path(url.removeprefix("sqlite:///"))
        for left in (f"{file}-wal", f"{file}-shm"):
            Path(left).unlink(missing_ok=True)
        shutil.copy(file.with_suffix(".template"), file)
    else:
        postgres.restore(url)


@pytest.fixture
def app(base_app: Flask, engine_url: str, time: time_machine.Traveller) -> Iterator[Flask]:
    """The application on a fresh copy of the database. No context is open: open one with `with app.app_context()`."""
    from diary.models.base import db

    with base_app.app_context():
        db.engine.dispose()
    _restore(engine_url)
    yield base_app


@pytest.fixture
def time() -> Iterator[time_machine.Traveller]:
    """It is Monday, 23 November 2026, nine o'clock in Vietnam; `time.move_to(…)` changes that."""
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def session(app: Flask) -> Iterator[object]:
    """An open application context and its database session, for tests below the web floor."""
    from diary.models.base import db

    with app.app_context():
        yield db.session


@pytest.fixture
def cast(app: Flask) -> SimpleNamespace:
    """The fixed cast by name: each with username, account_id, member_id, unit_id (see factories.CAST)."""
    with app.app_context():
        return factories.read_cast()


@pytest.fixture
def actor(session: object, cast: SimpleNamespace) -> Callable[[str], object]:
    """actor("secretary") is that person as the services take them."""
    return factories.actor


@pytest.fixture
def browser(app: Flask) -> Callable[[str | None], FlaskClient]:
    """browser("member") is a client signed in as that person; browser(None) is a visitor."""

    def open_for(name: str | None) -> FlaskClient:
        client = app.test_client()
        if name is not None:
            factories.sign_in(app, client, name)
        return client

    return open_for
