"""One happening, one transaction: what meets another is run again."""

import sqlite3
from threading import Timer

import pytest
from sqlalchemy import text

from diary.models.base import db
from diary.services import documents
from diary.services.transaction import happening
from tests.factories import YEAR


@happening
def take(unit_id):
    return documents.take_number(unit_id, YEAR, documents.DocumentKind.PROPOSAL_LIST)


@pytest.mark.sqlite
def test_who_waited_in_vain_for_the_one_writer_of_sqlite_asks_again(session, cast, engine_url):
    session.execute(text("PRAGMA busy_timeout=1"))
    session.rollback()
    other = sqlite3.connect(engine_url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = Timer(0.03, other.rollback)
    release.start()
    assert take(cast.member.unit_id) == 1
    release.join()
    other.close()
    db.engine.dispose()  # the next test's connections wait as they should
