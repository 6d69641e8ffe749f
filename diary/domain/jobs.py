"""Background work: the states of a job, when a worker that stopped has lost its hold on it, and what a worker knows of its job."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

LEASE = timedelta(minutes=2)  # a running job says so within this; after it another worker takes it up
MOST_TRIES = 5  # times a job is run without getting a piece further
FIRST_WAIT = timedelta(seconds=10)  # before a job that broke is run again; four times as long before each further run
KEPT = timedelta(days=90)  # what ended longer ago is forgotten
WORN_OUT = f"Đã thử {MOST_TRIES} lần mà không đi tiếp được."


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


STATE_LABELS = {
    JobState.WAITING: "Đang chờ",
    JobState.RUNNING: "Đang chạy",
    JobState.DONE: "Xong",
    JobState.FAILED: "Hỏng",
    JobState.CANCELLED: "Đã dừng",
}
OPEN = frozenset({JobState.WAITING, JobState.RUNNING})


@dataclass(frozen=True, slots=True)
class Task:
    """A job in the hands of a worker.

    `facts`: what was asked for. `pieces`: what is to be worked through, in order, as planned by the first worker; None until then.
    `made`: what came of the pieces done so far, so `len(made)` is where to go on. `asked_by`: an account, None for the program itself.
    """

    id: UUID
    kind: str
    facts: Mapping[str, Any]
    asked_by: int | None
    pieces: tuple[Any, ...] | None
    made: tuple[Any, ...]
    tries: int
    holder: str
    cancel_asked: bool = False


def wait_before(tries: int) -> timedelta:
    """How long a job rests that broke for the `tries`-th time: 10 s, 40 s, 160 s …"""
    times: int = 4 ** (max(tries, 1) - 1)
    return FIRST_WAIT * times


KIND_LABELS = {
    "bulk_papers": "In phiếu đánh giá hàng loạt",
    "password_code": "Gửi mã đặt lại mật khẩu",
}


def kind_label(kind: str) -> str:
    """What a job does, in words; the key itself where no words were given to it yet."""
    return KIND_LABELS.get(kind, kind)
