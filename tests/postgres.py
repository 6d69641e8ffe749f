"""A throw-away PostgreSQL cluster on loopback, from the programs Debian installs.

The server refuses to run as root, so root lends it to the user `postgres`.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

USER = "diary"


def programs() -> Path | None:
    """The folder of initdb and postgres, or None where they are not installed."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return next((folder for folder in reversed(folders) if (folder / "initdb").exists()), None)


@contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster with durability off; yields the URL of its empty database, and removes everything at the end."""
    bin_folder = programs()
    assert bin_folder is not None, "PostgreSQL is not installed"
    folder = Path(tempfile.mkdtemp(prefix="diary-pg-"))
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(folder, "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"
    start = f"-h 127.0.0.1 -p {port} -k {folder} {settings}"
    _run(*as_user, str(bin_folder / "initdb"), "-D", f"{folder}/data", "-U", USER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
    _run(*as_user, str(bin_folder / "pg_ctl"), "-D", f"{folder}/data", "-w", "-l", f"{folder}/log", "-o", start, "start")
    try:
        _admin(f"postgresql://{USER}@127.0.0.1:{port}/postgres", "CREATE DATABASE diary")
        yield f"postgresql+psycopg://{USER}@127.0.0.1:{port}/diary"
    finally:
        while _RESTORING:
            _RESTORING.popitem()[1].close()
        _run(*as_user, str(bin_folder / "pg_ctl"), "-D", f"{folder}/data", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def keep_template(url: str) -> None:
    """Keep every row as it is now, in a schema of their own, to be put back before each test."""
    with psycopg.connect(_plain(url), autocommit=True) as connection:
        tables = [row[0] for row in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        connection.execute("CREATE SCHEMA kept")
        for table in tables:
            connection.execute(f"CREATE TABLE kept.{table} AS TABLE public.{table}")
        numbered = [row[0] for row in connection.execute(_NUMBERED)]
        connection.execute(f"CREATE PROCEDURE kept.restore() LANGUAGE plpgsql AS $$ BEGIN {_restoring(tables, numbered)} END $$")


def restore(url: str) -> None:
    """Put the kept rows back in the place of whatever a test left; ten times as fast as making the database anew.

    The connection stays open: the procedure's plans are made once in it, which takes three quarters of a first call.
    """
    if url not in _RESTORING:
        _RESTORING[url] = psycopg.connect(_plain(url), autocommit=True)
    connection = _RESTORING[url]
    connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    connection.execute("CALL kept.restore()")


_RESTORING: dict[str, psycopg.Connection] = {}


def _restoring(tables: list[str], numbered: list[str]) -> str:
    """What puts all rows back, in any order, for triggers and keys are off; and lets numbers go on after the last one."""
    steps = ["SET LOCAL session_replication_role = replica"]
    steps += [f"DELETE FROM public.{table}" for table in tables]
    steps += [f"INSERT INTO public.{table} SELECT * FROM kept.{table}" for table in tables]
    steps += [
        f"PERFORM setval(pg_get_serial_sequence('public.{table}', 'id'), coalesce((SELECT max(id) FROM public.{table}), 0) + 1, false)"
        for table in numbered
    ]
    return "; ".join(steps) + ";"


_NUMBERED = """SELECT table_name FROM information_schema.columns
WHERE table_schema = 'public' AND column_name = 'id' AND column_default LIKE 'nextval%'"""


def _plain(url: str) -> str:
    return url.replace("+psycopg", "")


def _admin(server: str, *statements: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")
