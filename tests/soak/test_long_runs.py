"""The long ones, run by `make soak`: a server killed while it writes, and the whole bloc made."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread
from uuid import uuid4

import pytest

from bench.serving import Client, serving

pytestmark = pytest.mark.soak
PASSWORD = "nhatky-demo"
ROOT = Path(__file__).parents[2]


def environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "DIARY_DEMO": "1", "DIARY_INSTANCE": str(folder), "DATABASE_URL": "", "SECRET_KEY": ""}


def flask(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=False)


class Writer(Thread):
    """Posts entries one after another until the line breaks; `kept` are the ids the server said it had kept."""

    def __init__(self, port: int, name: str):
        super().__init__(daemon=True)
        self.client, self.kept = Client(port), []
        self.client.get("/dang-nhap")
        assert self.client.post("/dang-nhap", {"username": name, "password": PASSWORD})[0] == 303
        self.client.get("/nhat-ky/moi")

    def run(self) -> None:
        day = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 86400))
        while True:
            fields = {"id": str(uuid4()), "happened_on": day, "did": f"Dọn kho lần {uuid4().hex[:8]}, xếp lại 3 kệ.", "act": "send"}
            try:
                status, _ = self.client.post("/nhat-ky/moi", fields)
            except OSError:
                return
            if status == 303:
                self.kept.append(fields["id"])


def test_a_server_killed_while_writing_keeps_what_it_acknowledged_and_its_figures_right(tmp_path):
    folder = tmp_path / "instance"
    assert flask(folder, "demo", "--members", "80", "--years", "1").returncode == 0
    kept: list[str] = []
    for _ in range(3):
        with serving("wsgi:app", environment(folder)) as server:
            writers = [Writer(server.port, name) for name in ("doanvien", "doanvien2", "bithu.khac")]
            for writer in writers:
                writer.start()
            deadline = time.monotonic() + 20
            while sum(len(writer.kept) for writer in writers) < 60 and time.monotonic() < deadline:
                Thread.join(writers[0], 0.05)
            for pid in family(server.process.pid):
                os.kill(pid, signal.SIGKILL)
            for writer in writers:
                writer.join(10)
            kept += [one for writer in writers for one in writer.kept]
    checked = flask(folder, "recount", "--check")
    assert checked.returncode == 0, checked.stdout
    rows = sqlite3.connect(folder / "diary.sqlite3").execute("SELECT id FROM entries").fetchall()
    stored = [row[0] for row in rows]
    assert len(kept) >= 100 and not {one.replace("-", "") for one in kept} - set(stored), "an acknowledged entry is gone"
    assert len(stored) == len(set(stored))


def test_the_whole_bloc_is_made_within_three_minutes(tmp_path):
    started = time.monotonic()
    assert flask(tmp_path / "instance", "demo", "--members", "6000", "--years", "1").returncode == 0
    assert time.monotonic() - started < 180


def family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children")
    below = [int(child) for child in children.read_text().split()] if children.exists() else []
    return [one for child in below for one in family(child)] + [pid]
