"""A made-up kind of job, and a real worker process that knows it: `python -m tests.jobs.made_up` works until it is stopped.

Each piece leaves a line in a file when it is worked, and a notice when it is kept; `facts` say how many pieces, how long one takes, and
which of them breaks or is refused.
"""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from diary.domain.errors import WrongMoment
from diary.domain.jobs import Task
from diary.jobs.kinds import Kind, Tools
from diary.jobs.registry import KINDS
from diary.services import notices

NAME = "made_up"


def plan(task: Task, tools: Tools) -> list[int]:
    return list(range(100, 100 + task.facts["pieces"]))


def work(task: Task, piece: int, tools: Tools) -> str:
    with Path(tools.instance, "worked").open("a") as file:
        file.write(f"{piece}\n")
    if piece == task.facts.get("breaks"):
        raise RuntimeError("it broke")
    if piece == task.facts.get("refused"):
        raise WrongMoment("Không làm được lúc này.")
    time.sleep(task.facts.get("seconds", 0))
    return f"made-{piece}"


def keep(task: Task, piece: int, made: str) -> None:
    notices.tell(task.facts["tells"], f"{piece} {made}")
    time.sleep(task.facts.get("seconds_in_keep", 0))


def end(task: Task, tools: Tools) -> Mapping[str, Any]:
    return {"all": list(task.made)}


KIND = Kind(plan, work, keep, end)


def worked(folder: Path) -> list[int]:
    """The pieces that were begun, in order, as often as they were."""
    file = folder / "worked"
    return [int(line) for line in file.read_text().split()] if file.exists() else []


if __name__ == "__main__":
    from diary import create_app
    from diary.cli.worker import worker

    KINDS[NAME] = KIND
    with create_app().app_context():
        worker.main(args=[], standalone_mode=False)
