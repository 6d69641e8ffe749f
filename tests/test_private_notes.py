"""A private note is its author's alone: a marker in one is in nobody else's page, paper, export, search, audit line or log."""

import logging
import shutil
import subprocess
import zipfile
from datetime import date
from io import BytesIO
from urllib.parse import quote

import pytest
from sqlalchemy import select

from diary.domain.entries import EntryDraft
from diary.domain.reviews import Verdict
from diary.models.base import Base, new_id
from diary.models.entries import PrivateNote
from diary.services import entries, reviews
from tests import factories, subjects
from tests.test_access import COLUMNS, TABLE
from tests.web.reading import hidden

MARKER = "Dấu riêng 8KW3Q"
OTHERS = [person for person in COLUMNS if person != "member"]


@pytest.fixture
def noted(app, cast):
    """An entry of `member` with the marker in its note, sent, returned, mended and approved."""
    with app.app_context():
        entry_id = new_id()
        member, secretary = factories.actor("member"), factories.actor("secretary")
        draft = EntryDraft(happened_on=date(2026, 11, 20), did="Dọn tủ thuốc trực, ghi lại hạn dùng từng hộp.", private_note=MARKER)
        entries.log_entry(member, entry_id, draft, date(2026, 11, 23), send=True)
        reviews.review_entry(secretary, entry_id, Verdict.RETURNED, "Bao nhiêu hộp?", 1)
    return entry_id


def texts_of(content: bytes, kind: str, folder) -> str:
    """What a person could read in an answer; a PDF is turned into its words."""
    if "pdf" in kind and shutil.which("pdftotext"):
        (folder / "x.pdf").write_bytes(content)
        done = subprocess.run(["pdftotext", str(folder / "x.pdf"), "-"], capture_output=True, check=False)
        return done.stdout.decode("utf-8", "replace")
    return content.decode("utf-8", "replace")


def archive_of(browser, person):
    """What `person` may take along of their own data, every file of it as text."""
    client = browser(person)
    packed = client.post("/ca-nhan/tai-du-lieu", data={"csrf_token": hidden(client.get("/ca-nhan").text, "csrf_token")})
    content = packed.data
    packed.close()
    with zipfile.ZipFile(BytesIO(content)) as archived:
        return {name: archived.read(name) for name in archived.namelist()}


@pytest.mark.parametrize("person", [person for person in OTHERS if person], ids=str)
def test_nobody_else_takes_the_marker_along(browser, noted, person, tmp_path):
    for name, content in archive_of(browser, person).items():
        assert MARKER not in texts_of(content, name.rpartition(".")[2], tmp_path), name


def test_the_author_takes_the_note_along_in_the_data_and_not_in_the_book(browser, noted, tmp_path):
    holding = {name for name, content in archive_of(browser, "member").items() if MARKER in texts_of(content, name[-3:], tmp_path)}
    assert holding == {"du-lieu.json"}


@pytest.mark.parametrize("person", OTHERS, ids=str)
def test_nobody_else_gets_the_marker_at_any_address(app, browser, cast, noted, person, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    client = browser(person)
    for route in TABLE:
        method, rule = route.split(" ", 1)
        if method != "GET":
            continue
        with app.app_context():
            path = rule.replace("<uuid:entry_id>", str(noted)) if "entry_id" in rule else subjects.address(rule, cast)
        for address in (path, f"{path}?q={quote('8KW3Q')}"):
            answer = client.get(address)
            assert MARKER not in texts_of(answer.data, answer.mimetype, tmp_path), f"{person} at {address}"
            answer.close()
    assert MARKER not in caplog.text


def test_the_author_reads_the_note_and_finds_nothing_by_it(browser, noted):
    client = browser("member")
    assert MARKER in client.get(f"/nhat-ky/{noted}").text
    found = client.get("/nhat-ky?q=8KW3Q").text
    assert MARKER not in found and "Không có bài nào" in found


def test_the_marker_stands_in_one_table_only(session, noted):
    for table in Base.metadata.sorted_tables:
        if table.name != PrivateNote.__tablename__:
            rows = session.execute(select(table)).all()
            assert "8KW3Q" not in repr(rows), f"the note leaked into {table.name}"
    assert session.execute(select(PrivateNote.words)).scalars().all() == [MARKER]


def test_no_export_and_no_paper_of_the_owner_holds_it(app, browser, noted, tmp_path):
    target = tmp_path / "ra.csv"
    assert app.test_cli_runner().invoke(args=["export", "members", str(target)]).exit_code == 0
    assert "8KW3Q" not in target.read_text(encoding="utf-8-sig")
    book = browser("member").get(f"/so-nhat-ky/{factories.YEAR}.pdf")
    assert book.status_code == 200 and "8KW3Q" not in texts_of(book.data, "application/pdf", tmp_path)
