"""The library of ready pledges, read from the TOML file beside this module."""

import functools
import tomllib
from pathlib import Path

from ...domain.pledge_library import ReadyPledge
from ...domain.vietnamese import nfc

_FILE = Path(__file__).parent / "ready.toml"


@functools.cache
def ready_pledges() -> tuple[ReadyPledge, ...]:
    """All of them in the file's order, read once."""
    jobs: dict[str, dict[str, list[list[str]]]] = tomllib.loads(nfc(_FILE.read_text(encoding="utf-8")))
    return tuple(
        _ready(job, virtue, number, row)
        for job, virtues in jobs.items()
        for virtue, rows in virtues.items()
        for number, row in enumerate(rows, 1)
    )


def ready_pledge(key: str) -> ReadyPledge | None:
    """The one of that key, or None."""
    return next((one for one in ready_pledges() if one.key == key), None)


def _ready(job: str, virtue: str, number: int, row: list[str]) -> ReadyPledge:
    title, how, target, due = row
    day, month = (int(part) for part in due.split("/"))
    return ReadyPledge(f"{job}-{virtue}-{number}", job, virtue, title, how, target, (day, month))
