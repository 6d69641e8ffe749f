"""Files that wait for their next step: theirs who sent them, for two hours, and no more than a few."""

from datetime import UTC, datetime, timedelta

import pytest

from diary.domain.errors import NotFound
from diary.files.uploads import LIFE, MOST_OF_ONE, Uploads

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def uploads(tmp_path):
    return Uploads(tmp_path / "uploads")


def test_a_file_waits_for_its_sender_with_its_name_and_notes(uploads):
    token = uploads.keep(7, "Danh sách.xlsx", b"abc", NOW)
    uploads.note(7, token, {"new": [1, 2]})
    waiting = uploads.get(7, token, NOW + LIFE)
    assert (waiting.name, waiting.content, waiting.notes) == ("Danh sách.xlsx", b"abc", {"new": [1, 2]})


def test_nobody_else_gets_it_and_a_made_up_token_is_nothing(uploads):
    token = uploads.keep(7, "a.csv", b"abc", NOW)
    for sender, wanted in ((8, token), (7, token + "x"), (7, "../../" + token), (7, "")):
        with pytest.raises(NotFound):
            uploads.get(sender, wanted, NOW)


def test_it_goes_after_two_hours_and_when_dropped(uploads, tmp_path):
    old, dropped = uploads.keep(7, "a.csv", b"a", NOW), uploads.keep(7, "b.csv", b"b", NOW)
    uploads.drop(7, dropped)
    later = NOW + LIFE + timedelta(seconds=1)
    for token in (old, dropped):
        with pytest.raises(NotFound, match="2 giờ"):
            uploads.get(7, token, later)
    uploads.keep(8, "c.csv", b"c", later)
    assert len(list((tmp_path / "uploads").glob("*/*"))) == 1, "what is too old is swept off the disk"


def test_one_sender_keeps_only_the_newest_few(uploads, tmp_path):
    tokens = [uploads.keep(7, "a.csv", bytes([n]), NOW + timedelta(seconds=n)) for n in range(MOST_OF_ONE + 2)]
    assert {folder.name for folder in (tmp_path / "uploads" / "7").iterdir()} == set(tokens[2:])


def test_only_the_program_reads_what_waits(uploads, tmp_path):
    uploads.keep(7, "a.csv", b"a", NOW)
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "uploads" / "7").rglob("*"))
