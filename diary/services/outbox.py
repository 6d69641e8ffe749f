"""What waits to go out, mails and pushes alike: held by one sender at a time, tried again after a while, its words gone when it went."""

from datetime import datetime
from typing import Protocol

from ..domain.mails import HOLD, wait_after
from . import clock


class Waiting(Protocol):
    """The row of something that waits to be sent."""

    words: str
    not_before: datetime
    tries: int
    sent_at: datetime | None
    trouble: str


def hold(row: Waiting) -> None:
    """For five minutes it is this caller's alone to send."""
    row.tries, row.not_before = row.tries + 1, clock.now() + HOLD


def is_sent(row: Waiting) -> None:
    """It went out: its words go now."""
    row.words, row.sent_at, row.trouble = "", clock.now(), ""


def may_try_again(row: Waiting, trouble: str, *, for_good: bool) -> bool:
    """Whether what did not go out waits for a next try; where it was refused for good, or after the last try, its words go."""
    row.trouble = trouble[:300]
    wait = None if for_good else wait_after(row.tries)
    if wait is None:
        row.words = ""
        return False
    row.not_before = clock.now() + wait
    return True
