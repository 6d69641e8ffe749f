"""Which stored files some row still names."""

from collections.abc import Collection

from sqlalchemy import select

from ..models.base import db
from ..models.documents import Document
from ..models.entries import Evidence
from ..models.jobs import JobFile

NAMING = (Evidence.sha256, Evidence.thumbnail_sha256, Document.sha256, JobFile.sha256)
"""Every column that names a file of the store. Whoever adds one elsewhere adds it here, or its files are swept away."""

MOST_AT_ONCE = 500


def named(digests: Collection[str]) -> set[str]:
    """Those of the digests that a row names."""
    wanted, found = sorted(digests), set[str]()
    for start in range(0, len(wanted), MOST_AT_ONCE):
        some = wanted[start : start + MOST_AT_ONCE]
        for column in NAMING:
            found.update(db.session.execute(select(column).where(column.in_(some))).scalars())
    return found
