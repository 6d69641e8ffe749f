"""Running the program's commands as an operator does: another process, an instance folder of its own."""

import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

from diary import create_app
from diary.models.base import db

ROOT = Path(__file__).parents[2]
SETUP = ("setup", "--name", "Đoàn Khối các cơ quan", "--symbol", "ĐTNK", "--admin", "quantri")


def environment(instance, **settings):
    """The environment of an installation that is no demo."""
    plain = {name: value for name, value in os.environ.items() if name not in {"DIARY_DEMO", "SECRET_KEY", "DATABASE_URL"}}
    return {**plain, "DIARY_INSTANCE": str(instance), **settings}


def run(instance, *args, **settings):
    """A command by the application itself, made anew with an installation's environment; its code, and all it said.

    A process of its own costs two seconds, nearly all of them imports: `run_apart` is for what only that shows.
    """
    with mock.patch.dict(os.environ, environment(instance, **settings), clear=True):
        app = create_app()
        try:
            done = app.test_cli_runner().invoke(args=[str(arg) for arg in args])
        finally:
            with app.app_context():
                db.engine.dispose()
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


def run_apart(instance, *args, **settings):
    """`flask --app wsgi …` with those words in a process of its own; its code, and all it said."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *map(str, args)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(instance, **settings), capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    return done.returncode, done.stdout + done.stderr
