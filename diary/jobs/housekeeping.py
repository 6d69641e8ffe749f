"""What has to be cleared away from time to time: stored files no row names, uploads nobody came back for, rows that ran out."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from ..files.storage import Storage
from ..files.uploads import Uploads
from ..queries import stored_files
from ..services import documents, expiry

AT_LEAST = timedelta(days=1)  # a file stands before the row that names it: what is younger may wait for one that is being written


def sweep_files(instance: Path, now: datetime) -> int:
    """Remove from the instance folder what nothing needs any more; how many stored files went. Safe while others write.

    Those are stored files that no row names and that nobody put in the last day, what crashed writes left of that age, and uploads
    past their time. It may be killed, and may run twice at once. Rows that ran out (sessions, old tries to sign in) are dropped with it.
    """
    removed = Storage(instance / "files").sweep(_named, now - AT_LEAST)
    Uploads(instance / "uploads").sweep(now)
    expiry.drop_expired(now)
    return len(removed)


def drop_unnamed(storage: Storage, digests: Sequence[str], now: datetime) -> int:
    """Remove those of the files that no row names and that are a day old, rather than let them wait for the next sweep; how many."""
    return len(storage.sweep(_named, now - AT_LEAST, digests))


def _named(digests: Sequence[str]) -> Collection[str]:
    found = stored_files.named(digests)
    documents.end_reading()  # no read stays open between slices, and each begins with what is committed by then
    return found
