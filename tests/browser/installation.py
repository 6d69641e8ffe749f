"""A real installation for a test: set up by command in an empty folder, served by granian on a free port, left at the end."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Installation:
    """Where it is, and its commands."""

    def __init__(self, folder: Path):
        self.folder, self.url = folder, ""
        cleared = {"DIARY_DEMO": "", "DATABASE_URL": "", "SECRET_KEY": "", "DIARY_REQUIRE_SECOND_FACTOR": ""}
        self.environment = {**os.environ, **cleared, "DIARY_INSTANCE": str(folder)}

    def flask(self, *arguments: str) -> str:
        """Run a command of the program; what it printed. Fails the test when it failed."""
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Serve it; yields its address."""
        with served(self.environment) as server:
            self.url = server.url
            yield self.url


@dataclass
class Server:
    """A running server; `kill` ends it at once with all its workers, as a power cut would."""

    url: str
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)


@contextmanager
def served(environment: Mapping[str, str], target: str = "wsgi:app", port: int = 0) -> Iterator[Server]:
    """Serve `target` by granian on a free port, or on `port`."""
    port = port or _free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--log-level", "error"]
    command += ["--workers", "1", "--blocking-threads", "4", "--backpressure", "64", target]
    process = subprocess.Popen(command, cwd=ROOT, env=dict(environment), start_new_session=True)
    try:
        _wait_until_open(port, process)
        yield Server(f"http://127.0.0.1:{port}", process)
    finally:
        process.terminate()
        process.wait(20)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def _wait_until_open(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended at its start"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server did not open its port within a minute")
