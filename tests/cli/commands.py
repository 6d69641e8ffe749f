"""Running the program's commands as an operator does: another process, an instance folder of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SETUP = ("setup", "--name", "Đoàn Khối các cơ quan", "--symbol", "ĐTNK", "--admin", "quantri")


def environment(instance, **settings):
    """The environment of an installation that is no demo."""
    plain = {name: value for name, value in os.environ.items() if name not in {"DIARY_DEMO", "SECRET_KEY", "DATABASE_URL"}}
    return {**plain, "DIARY_INSTANCE": str(instance), **settings}


def run(instance, *args, **settings):
    """`flask --app wsgi …` with those words; its code, and all it said."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *map(str, args)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(instance, **settings), capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    return done.returncode, done.stdout + done.stderr
