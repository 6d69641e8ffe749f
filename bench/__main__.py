"""`make bench`: the diary beside the honest minimum, in turn; CPU per request of both, and their ratio.

    python -m bench [--members N] [--times N] [--rounds N]
    python -m bench import          a list of 10,000 people, see bench/imports.py
    python -m bench papers          6,000 evaluation sheets, see bench/papers.py

A timing on a shared machine is noise; the ratio of two things measured in turn in one run is not.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.serving import Client, Server, cost, serving

PASSWORD = "nhatky-demo"
DID = "Ở lại giúp bác Sáu điền hồ sơ khám bệnh, đọc lại từng mục cho bác nghe, lần {n} trong tuần."
AIMS = {"member's diary page": 1.5, "secretary's queue": 2.0, "posting an entry": 2.0}


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="diary-bench-") as folder:
        ours = {"DIARY_DEMO": "1", "DIARY_INSTANCE": f"{folder}/instance", "DATABASE_URL": "", "SECRET_KEY": ""}
        _make_demo(ours, options.members)
        floor = {"BENCH_DATABASE": f"{folder}/minimal.sqlite3"}
        with serving("wsgi:app", ours) as diary, serving("bench.minimal:app", floor) as minimal:
            for name, (mine, base) in _cases(diary, minimal).items():
                _compare(name, diary, mine, minimal, base, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--members", type=int, default=320, help="size of the demo bloc (6000 is the whole bloc)")
    parser.add_argument("--times", type=int, default=200, help="requests a round")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of both, in turn")
    return parser.parse_args()


def _make_demo(environment: dict[str, str], members: int) -> None:
    Path(environment["DIARY_INSTANCE"]).mkdir(parents=True)
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "demo", "--members", str(members), "--years", "1"]
    subprocess.run(command, check=True, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)


def _cases(diary: Server, minimal: Server) -> dict[str, tuple[Callable[[], None], Callable[[], None]]]:
    member, secretary, floor = _signed_in(diary, "doanvien"), _signed_in(diary, "bithu.chidoan"), Client(minimal.port)
    floor.get("/enter")
    floor.get("/")
    member.get("/nhat-ky/moi")
    return {
        "member's diary page": (lambda: _expect(member.get("/nhat-ky"), 200), lambda: _expect(floor.get("/"), 200)),
        "secretary's queue": (lambda: _expect(secretary.get("/duyet"), 200), lambda: _expect(floor.get("/"), 200)),
        "posting an entry": (lambda: _post_entry(member), lambda: _post_minimal(floor)),
    }


def _signed_in(server: Server, name: str) -> Client:
    client = Client(server.port)
    client.get("/dang-nhap")
    _expect(client.post("/dang-nhap", {"username": name, "password": PASSWORD}), 303)
    _expect(client.get("/"), 200)
    return client


def _post_entry(client: Client) -> None:
    fields = {
        "id": _new_id(),
        "happened_on": _yesterday(),
        "did": DID.format(n=uuid.uuid4().hex[:6]),
        "result": "1",
        "result_unit": "hồ sơ",
        "act": "send",
    }
    _expect(client.post("/nhat-ky/moi", fields), 303)


def _post_minimal(client: Client) -> None:
    _expect(client.post("/new", {"happened_on": _yesterday(), "did": DID.format(n=uuid.uuid4().hex[:6]), "result": "1 hồ sơ"}), 303)


def _new_id() -> str:
    from uuid_utils.compat import uuid7

    return str(uuid7())


def _yesterday() -> str:
    return (datetime.now(UTC) - timedelta(days=1)).date().isoformat()


def _expect(answer: tuple[int, str], status: int) -> None:
    if answer[0] != status:
        raise SystemExit(f"expected {status}, got {answer[0]}: {answer[1][:2000]}")


def _compare(
    name: str, ours: Server, mine: Callable[[], None], theirs: Server, base: Callable[[], None], options: argparse.Namespace
) -> None:
    pairs = [(cost(ours, mine, options.times), cost(theirs, base, options.times)) for _ in range(options.rounds)]
    ratios = [a / b for a, b in pairs]
    diary, minimal = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(ratios)
    verdict = "within" if ratio <= AIMS[name] else "OVER"
    spread = f"{min(ratios):.2f}–{max(ratios):.2f}"
    print(
        f"{name:22} diary {diary:6.2f} ms CPU   minimum {minimal:6.2f} ms   ratio {ratio:5.2f} ({spread})   aim {AIMS[name]} {verdict}",
        flush=True,
    )


if sys.argv[1:] == ["import"]:
    from bench import imports

    imports.main()
if sys.argv[1:2] == ["papers"]:
    from bench import papers

    raise SystemExit(papers.main(sys.argv[2:]))
main()
