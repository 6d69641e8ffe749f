"""Background work: the states of a job, and when a worker that stopped has lost its hold on one."""

from datetime import timedelta
from enum import StrEnum

LEASE = timedelta(minutes=2)  # a running job says so within this; after it another worker takes it up
MOST_TRIES = 5


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
