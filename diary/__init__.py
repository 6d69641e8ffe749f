"""Assemble the application: the only place that knows every floor."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import Migrate

from . import cli, config, models, web
from .models.base import db

MIGRATIONS = str(Path(__file__).parent / "migrations")


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """The application with its settings from the environment; `overrides` are Flask settings that win over them (tests)."""
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
