"""`setup`: a real installation from nothing, and what it refuses."""

import re
import sqlite3
import stat
from datetime import date

import pytest

from diary.services.accounts import hash_code
from tests.cli.commands import SETUP, run

CODE = re.compile(r"\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b")


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    instance = tmp_path_factory.mktemp("real")
    return instance, run(instance, *SETUP)


def rows(instance, query):
    with sqlite3.connect(instance / "diary.sqlite3") as connection:
        return connection.execute(query).fetchall()


def test_setup_makes_the_bloc_this_year_and_an_administrator_with_a_code(installed):
    instance, (code, said) = installed
    assert code == 0, said
    assert "quantri" in said and CODE.search(said)
    assert rows(instance, "SELECT name, symbol, kind FROM units") == [("Đoàn Khối các cơ quan", "ĐTNK", "bloc")]
    assert rows(instance, "SELECT name FROM virtues ORDER BY position") == [("Cần",), ("Kiệm",), ("Liêm",), ("Chính",), ("Chí công vô tư",)]
    assert rows(instance, "SELECT count(*) FROM windows") == [(5,)] and len(rows(instance, "SELECT code FROM schemes")) >= 2
    assert rows(instance, "SELECT year FROM work_years") == [(date.today().year,)]
    accounts = rows(instance, "SELECT username, is_demo, password_hash, length(code_hash) FROM accounts")
    assert accounts == [("quantri", 0, "", 64)]
    assert rows(instance, "SELECT post FROM appointments") == [("administrator",)]


def test_the_secret_key_is_only_the_owner_s_to_read(installed):
    key = installed[0] / "secret_key"
    assert stat.S_IMODE((installed[0] / "push_key").stat().st_mode) == 0o600
    assert stat.S_IMODE(key.stat().st_mode) == 0o600 and len(key.read_text()) >= 32


def test_setup_a_second_time_is_refused_and_changes_nothing(installed):
    instance, _ = installed
    before = (instance / "secret_key").read_text(), rows(instance, "SELECT * FROM accounts")
    code, said = run(instance, *SETUP)
    assert code == 1 and "đã được cài đặt" in said
    assert before == ((instance / "secret_key").read_text(), rows(instance, "SELECT * FROM accounts"))


def test_setup_without_a_terminal_says_what_is_missing(tmp_path):
    code, said = run(tmp_path, "setup", "--name", "Đoàn Khối")
    assert code == 2 and "--symbol" in said


def test_setup_refuses_a_demo_and_a_bad_username(tmp_path):
    code, said = run(tmp_path, *SETUP, DIARY_DEMO="1")
    assert code == 1 and "DIARY_DEMO" in said
    code, said = run(tmp_path, *SETUP[:-1], "a b")
    assert code == 1 and "Tên đăng nhập" in said
    assert list(tmp_path.iterdir()) == [], "nothing was made before the answers were good"


def test_the_administrator_s_code_opens_the_account_with_the_key_of_the_file(installed):
    instance, (_, said) = installed
    key = (instance / "secret_key").read_text()
    assert rows(instance, "SELECT code_hash FROM accounts") == [(hash_code(CODE.search(said)[0], "quantri", key),)]
