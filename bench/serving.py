"""A server in a process of its own, a client that keeps one connection, and what the server's processes cost in CPU."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

TICK = os.sysconf("SC_CLK_TCK")


class Client:
    """A browser as small as can be: one kept connection, cookies, the CSRF token of the last page."""

    def __init__(self, port: int):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies: dict[str, str] = {}
        self.token = ""

    def get(self, path: str) -> tuple[int, str]:
        return self._ask("GET", path, None)

    def post(self, path: str, fields: Mapping[str, str]) -> tuple[int, str]:
        return self._ask("POST", path, urlencode({**fields, "csrf_token": self.token}))

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Accept": "text/html", "Host": "127.0.0.1"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        answer = self._answer(method, path, body, headers)
        page = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        self.token = found[1] if found else self.token
        return answer.status, page

    def _answer(self, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> http.client.HTTPResponse:
        """The answer over the kept connection, or over a new one where the server closed it: it does after 30 s of waiting its turn."""
        for _ in range(2):
            try:
                self.connection.request(method, path, body, headers)
                return self.connection.getresponse()
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                self.connection.close()
        raise SystemExit(f"the server hangs up on {method} {path}")


class Server:
    """A running server: its port and the CPU its processes have used so far."""

    def __init__(self, process: subprocess.Popen[bytes], port: int):
        self.process, self.port = process, port

    def cpu_seconds(self) -> float:
        """User and system seconds of the server and its workers."""
        return sum(_ticks(pid) for pid in _family(self.process.pid)) / TICK


@contextmanager
def serving(target: str, environment: Mapping[str, str]) -> Iterator[Server]:
    """Serve the WSGI `target` with one granian worker on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    command += ["--blocking-threads", "1", "--log-level", "error", target]
    process = subprocess.Popen(command, env={**os.environ, **environment})
    try:
        _wait_until_open(port, process)
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait(20)


def cost(server: Server, request: Callable[[], None], times: int) -> float:
    """CPU milliseconds of the server for one `request`, over `times` of them after a short warm-up."""
    for _ in range(10):
        request()
    before = server.cpu_seconds()
    for _ in range(times):
        request()
    return (server.cpu_seconds() - before) * 1000 / times


def _wait_until_open(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not start")


def _family(pid: int) -> Iterator[int]:
    yield pid
    children = Path(f"/proc/{pid}/task/{pid}/children")
    for child in children.read_text().split() if children.exists() else ():
        yield from _family(int(child))


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
