"""Assemble the application: the only place that knows every floor."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

MIGRATIONS = str(Path(__file__).parent / "migrations")


def create_app(overrides: Mapping[str, Any] | None = None) -> "Flask":
    """The application with its settings from the environment; `overrides` are Flask settings that win over them (tests)."""
    from flask import Flask  # here, not above: helpers that only draw load this package without the program
    from flask_migrate import Migrate

    from . import cli, config, models, web
    from .models.base import db

    settings = config.load()
    app = Flask(__name__, instance_path=str(settings.instance), static_folder=None)
    app.config.from_mapping(settings.for_flask())
    app.config.from_mapping(overrides or {})
    app.json.ensure_ascii = False  # type: ignore[attr-defined] # Vietnamese stays readable
    assert models  # importing it registers every table
    db.init_app(app)
    Migrate(app, db, directory=MIGRATIONS, render_as_batch=True, compare_type=True)
    cli.init_app(app)
    web.init_app(app)
    return app
