"""The member who writes, and a way to log an entry."""

import pytest

from diary.models.base import db, new_id
from diary.models.entries import Entry
from diary.services import entries
from tests.services.entries.facts import TODAY, draft


@pytest.fixture
def me(actor):
    return actor("member")


@pytest.fixture
def log(session, me):
    """Log an entry; the row as it stands afterwards."""

    def write(send=True, person=me, entry_id=None, files=(), **facts):
        found = entries.log_entry(person, entry_id or new_id(), draft(**facts), TODAY, send=send, files=files)
        return db.session.get_one(Entry, found, populate_existing=True)

    return write
