"""What is refused before anyone is served, and that commands work where serving would be refused."""

import shutil
import sqlite3
import subprocess
import sys

import pytest

from tests.cli.commands import ROOT, SETUP, environment, run

KEY = "a-secret-key-of-forty-characters-exactly"


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    instance = tmp_path_factory.mktemp("served")
    assert run(instance, *SETUP)[0] == 0
    return instance


def serve(instance, **settings):
    """What a server does first: import the application. Its code and its last words."""
    done = subprocess.run(
        [sys.executable, "-c", "import wsgi"], cwd=ROOT, env=environment(instance, **settings), capture_output=True, text=True, check=False
    )
    return done.returncode, (done.stderr.strip().splitlines() or [""])[-1]


def test_an_installation_that_was_set_up_is_served(installed):
    assert serve(installed) == (0, "")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"SECRET_KEY": "demo-secret-for-this-machine-only"}, "demo secret"),
        ({"SECRET_KEY": KEY, "DATABASE_URL": "sqlite:////khong-co/thu-muc.sqlite3"}, "does not answer"),
    ],
)
def test_a_bad_setting_refuses_to_serve(installed, settings, words):
    code, said = serve(installed, **settings)
    assert code != 0 and words in said


def test_no_key_and_no_tables_refuse_to_serve_and_say_what_to_do(tmp_path):
    code, said = serve(tmp_path)
    assert code != 0 and "SECRET_KEY" in said and "setup" in said
    code, said = serve(tmp_path, SECRET_KEY=KEY)
    assert code != 0 and "no tables" in said and "setup" in said


def test_a_database_with_demo_accounts_is_served_in_demo_mode_only(installed, tmp_path):
    copy = shutil.copy(installed / "diary.sqlite3", tmp_path)
    with sqlite3.connect(copy) as connection:
        connection.execute("UPDATE accounts SET is_demo = 1")
    connection.close()
    assert serve(tmp_path, DIARY_DEMO="1") == (0, "")
    code, said = serve(tmp_path, SECRET_KEY=KEY)
    assert code != 0 and "demo accounts" in said
    assert run(tmp_path, "export", "members", tmp_path / "ra.csv")[0] == 0, "commands work all the same"
