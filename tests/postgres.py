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
        _run(*as_user, str(bin_folder / "pg_ctl"), "-D", f"{folder}/data", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def keep_template(url: str) -> None:
    """Keep the database as it is now, to be copied before each test."""
    _admin(_server(url), "CREATE DATABASE diary_template TEMPLATE diary")


def restore(url: str) -> None:
    """Put the kept database back in the place of the used one."""
    _admin(_server(url), "DROP DATABASE diary WITH (FORCE)", "CREATE DATABASE diary TEMPLATE diary_template STRATEGY FILE_COPY")


def _server(url: str) -> str:
    return url.replace("+psycopg", "").rsplit("/", 1)[0] + "/postgres"


def _admin(server: str, *statements: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[call-overload]


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")
