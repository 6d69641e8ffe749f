"""Mail the program sends: what one is, in which state, when it is tried again, and what an address is."""

import re
from datetime import timedelta
from enum import StrEnum

from .vietnamese import clean_line, clean_text

ADDRESS_LIMIT, SUBJECT_LIMIT = 254, 200
HOLD = timedelta(minutes=5)  # whoever takes a mail to send has it for so long; after a crash it is tried again then
KEPT = timedelta(days=30)  # what was sent or given up longer ago is forgotten
WAITS = tuple(map(lambda minutes: timedelta(minutes=minutes), (1, 5, 15, 60, 180, 360, 720)))  # noqa: C417 - the minutes read best so
MOST_TRIES = len(WAITS) + 1
_ADDRESS = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE
)


class MailState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


def is_address(text: str) -> bool:
    """Whether `text` is one plain address (RFC 5321, ASCII, no name beside it): nothing else is ever written to."""
    return len(text) <= ADDRESS_LIMIT and text.isascii() and _ADDRESS.fullmatch(text) is not None


def clean_subject(text: str) -> str:
    """A subject on one line, without control characters, cut to its limit."""
    return clean_line(text)[:SUBJECT_LIMIT]


def clean_words(text: str) -> str:
    """The words of a mail: NFC, plain line ends, no control characters."""
    return clean_text(text)


def wait_after(tries: int) -> timedelta | None:
    """How long a mail rests after its `tries`-th try failed; None when that was the last."""
    return WAITS[tries - 1] if tries < MOST_TRIES else None
