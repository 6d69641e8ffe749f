"""Clearing away: what no row names goes after a day, everything else stays."""

import os
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from diary.files.storage import Storage
from diary.files.uploads import Uploads
from diary.jobs.housekeeping import sweep_files
from diary.models.accounts import SignInAttempt, SignInSession
from diary.models.base import db
from diary.models.documents import Document
from diary.services import clock
from tests import lives


@pytest.fixture
def storage(tmp_path):
    return Storage(tmp_path / "files")


def aged(storage, *digests):
    """The files as they are two days later."""
    then = (clock.now() - timedelta(days=2)).timestamp()
    for digest in digests:
        os.utime(storage.path(digest), (then, then))


def test_files_that_rows_name_stay_however_old(session, cast, storage, tmp_path):
    lives.planted(cast, storage)
    kept = set(storage.digests())
    assert len(kept) == 5 and db.session.execute(select(func.count()).select_from(Document)).scalar_one() == 1
    aged(storage, *kept)
    assert sweep_files(tmp_path, clock.now()) == 0 and set(storage.digests()) == kept


def test_a_file_no_row_names_goes_after_a_day(session, cast, storage, tmp_path):
    old, young = storage.put(b"old"), storage.put(b"young")
    aged(storage, old)
    assert sweep_files(tmp_path, clock.now()) == 1
    assert list(storage.digests()) == [young]


def test_a_file_put_before_its_row_is_committed_is_left_alone(session, cast, storage, tmp_path):
    photo = lives.photo(storage)
    aged(storage, photo.sha256, photo.thumbnail_sha256)
    assert lives.photo(storage) == photo, "sent again: the same files, young again"
    assert sweep_files(tmp_path, clock.now()) == 0 and storage.exists(photo.sha256)


def test_what_crashed_writes_left_and_uploads_nobody_came_back_for_go_too(session, cast, storage, tmp_path, time):
    storage.put(b"x")
    leftover = storage.root / "tmp" / "half"
    leftover.write_bytes(b"half")
    uploads = Uploads(tmp_path / "uploads")
    uploads.keep(7, "ds.xlsx", b"...", clock.now())
    time.shift(timedelta(days=3))
    sweep_files(tmp_path, clock.now())
    assert not leftover.exists() and not list((tmp_path / "uploads").glob("*/*")) and not list(storage.digests())


def test_sessions_that_ran_out_and_old_tries_are_dropped(session, actor, cast, tmp_path, time):
    actor("member")
    db.session.add(SignInAttempt(at=clock.now(), subject="member", address="203.0.113.9", succeeded=False))
    db.session.commit()
    sweep_files(tmp_path, clock.now())
    assert _count(SignInSession) == 1 and _count(SignInAttempt) == 1
    time.shift(timedelta(days=91))
    sweep_files(tmp_path, clock.now())
    assert _count(SignInSession) == 0 and _count(SignInAttempt) == 0


def _count(table):
    return db.session.execute(select(func.count()).select_from(table)).scalar_one()


def test_an_instance_without_files_is_swept_too(session, cast, tmp_path):
    assert sweep_files(tmp_path / "empty", clock.now()) == 0
