"""Taking one's own data along: everything of one's own is in the archive, nothing of anybody else's, and it needs little memory."""

import json
import zipfile
from io import BytesIO

import pytest
from sqlalchemy import delete, func, select

from diary.domain.own_data import BODY_NAME, FORMAT, NOTE_NAME, PARTS, VERSION
from diary.files.storage import Storage
from diary.jobs.own_data import archive
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.entries import Entry, Evidence
from diary.models.evaluations import Evaluation
from diary.queries.own_data import own_data
from diary.services import clock
from tests import factories, lives
from tests.counting import counted
from tests.documents.reading import flowing_text, needs_pdftotext
from tests.factories import YEAR, actor


@pytest.fixture
def storage(tmp_path):
    return Storage(tmp_path / "files")


@pytest.fixture
def lived(session, cast, storage):
    lives.planted(cast, storage)
    return cast


def taken(who, storage):
    """The archive's files by name, and what its JSON says."""
    with archive(who, clock.today(), storage) as packed, zipfile.ZipFile(BytesIO(packed.read())) as archived:
        assert archived.testzip() is None
        files = {name: archived.read(name) for name in archived.namelist()}
    return files, json.loads(files[BODY_NAME])


def test_every_part_is_there_and_filled(lived, storage):
    _, body = taken(lives.who(), storage)
    assert (body["format"], body["version"], body["taken_on"]) == (FORMAT, VERSION, "2026-11-23")
    assert set(body) - {"format", "version", "taken_on"} == set(PARTS)
    assert [part for part in PARTS if not body[part] and part != "requests"] == []


def test_entries_come_with_every_text_of_theirs(lived, storage):
    _, body = taken(lives.who(), storage)
    assert [entry["state"] for entry in body["entries"]] == ["approved", "waiting", "draft"]
    first = body["entries"][0]
    assert first["did"] == lives.DEED and first["private_note"] == "Hơi mệt." and first["virtue"] == "Cần"
    assert [revision["body"]["result"] for revision in first["revisions"]] == ["40", "42"]
    assert [(review["verdict"], review["words"], review["by"]) for review in first["reviews"]] == [
        ("returned", "Bao nhiêu hộp?", "Lâm Thanh Sang"),
        ("approved", "Rõ rồi.", "Lâm Thanh Sang"),
    ]
    assert [addition["words"] for addition in first["additions"]] == ["Thêm một hộp nữa.", "Và một hộp nữa."]
    assert first["additions"][0]["reviews"][0]["words"] == "Đã đọc."
    assert [pledge["state"] for pledge in body["pledges"]] == ["approved", "waiting", "draft"]
    assert body["pledges"][0]["revisions"] and body["pledges"][0]["reviews"][0]["words"] == "Tốt."
    assert [(one["state"], one["body"]["title"], one["reason"]) for one in body["pledges"][0]["changes"]] == [
        ("waiting", "Mỗi chiều một lượt", "Đổi ca trực")
    ]
    assert body["readings"][0]["by"] == "Lâm Thanh Sang" and body["readings"][0]["subject_id"] == first["id"]


def test_photos_and_papers_have_names_a_person_reads(lived, storage):
    files, body = taken(lives.who(), storage)
    names = ["minh-chung/2026-11-20 ảnh tủ thuốc.jpg", "minh-chung/2026-11-20 ảnh tủ thuốc (2).jpg"]
    assert [one["file"] for one in body["entries"][0]["evidence"]] == names
    assert all(files[name].startswith(b"\xff\xd8") for name in names) and files[names[0]] != files[names[1]]
    (paper,) = body["documents"]
    assert files[paper["file"]] == storage.read(paper["sha256"])
    assert set(files) == {BODY_NAME, NOTE_NAME, *names, paper["file"], f"so-nhat-ky/so-nhat-ky-{YEAR}.pdf"}


@needs_pdftotext
def test_the_year_s_book_is_the_printed_one(lived, storage):
    files, _ = taken(lives.who(), storage)
    assert "Dọn tủ thuốc trực" in flowing_text(files[f"so-nhat-ky/so-nhat-ky-{YEAR}.pdf"])


def test_the_note_says_in_words_what_is_there(lived, storage):
    files, _ = taken(lives.who(), storage)
    note = files[NOTE_NAME].decode("utf-8")
    assert "DỮ LIỆU CỦA Thạch Thị Sa Rinh" in note and "Lấy ra ngày 23/11/2026" in note
    assert all(words in note for words in PARTS.values()) and "entries: bài nhật ký" in note and "(3 mục)" in note
    assert "không còn trong kho" not in note


def test_a_file_the_store_lost_is_named_as_lost(lived, storage):
    storage.delete(db.session.execute(select(Evidence.sha256).order_by(Evidence.added_at, Evidence.id)).scalars().first())
    files, _ = taken(lives.who(), storage)
    assert "- minh-chung/2026-11-20 ảnh tủ thuốc.jpg" in files[NOTE_NAME].decode() and len(files) == 5


def test_of_an_evaluation_only_what_the_person_is_shown(lived, storage):
    _, body = taken(lives.who(), storage)
    (one,) = body["evaluations"]
    assert one["decided_level"] == "good" and one["decision_number"] == "21-QĐ/ĐTNK" and one["figures"]["sent"] == 2
    assert "votes" not in json.dumps(one) and "snapshot" not in one
    assert {step["words"] for step in one["steps"]} == {""}, "what officers wrote each other is theirs"


def test_before_the_meeting_nothing_of_it_is_told(session, cast, storage):
    from tests import year_end

    year_end.self_assess("member")
    row = db.session.execute(select(Evaluation).where(Evaluation.member_id == cast.member.member_id)).scalar_one()
    row.branch_words, row.proposal_reason, row.base_words = "Giữ kín 1", "Giữ kín 2", "Giữ kín 3"
    db.session.commit()
    files, body = taken(actor("member"), storage)
    assert "Giữ kín" not in files[BODY_NAME].decode() and body["evaluations"][0]["strengths"]


def test_nothing_of_anybody_else_is_in_it(lived, storage):
    factories.entry(lived.secretary, did="Việc riêng của bí thư.")
    files, _ = taken(lives.who(), storage)
    text = files[BODY_NAME].decode()
    assert "Việc của người khác" not in text and "Việc riêng của bí thư" not in text and "Võ Quốc Huy" not in text
    for secret in ("password", "code_hash", "token", '"secret"', "S" * 32, "ABCD-2345"):
        assert secret not in text.replace('"password_change"', "").replace('["password"]', "").replace('"fields": [\n    "password"', ""), (
            secret
        )
    others, _ = taken(actor("secretary"), storage)
    assert "Hơi mệt." not in others[BODY_NAME].decode() and lives.DEED not in others[BODY_NAME].decode()


def test_who_left_takes_everything_along_too(lived, storage):
    lives.leave()
    _, body = taken(lives.who(), storage)
    assert len(body["entries"]) == 3 and body["profile"]["standing"] == "matured" and body["memberships"][0]["to_day"]


def test_an_account_without_a_member_gets_what_there_is(session, cast, storage):
    files, body = taken(actor("administrator"), storage)
    assert set(body) >= {"account", "posts", "sessions", "activity"} and "entries" not in body and "profile" not in body
    assert set(files) == {BODY_NAME, NOTE_NAME} and body["posts"][0]["post"] == "administrator"


def test_taking_it_leaves_an_audit_line_and_no_file(lived, storage):
    before = set(storage.root.rglob("*"))
    taken(lives.who(), storage)
    line = db.session.execute(select(AuditLine).where(AuditLine.action == "own_data_download")).scalar_one()
    assert (line.account_id, line.fields) == (lived.member.account_id, ["entries:3", "files:3"])
    assert set(storage.root.rglob("*")) == before


def test_a_year_that_has_no_book_is_left_out_and_stops_nothing(lived, storage):
    db.session.execute(delete(Evidence))
    db.session.commit()
    files, _ = taken(lives.who(), storage)
    assert f"so-nhat-ky/so-nhat-ky-{YEAR}.pdf" in files


def test_it_asks_the_same_number_of_questions_for_much_as_for_little(app, lived):
    asked = []
    for _ in range(2):
        who = lives.who()
        with counted(app) as sent:
            own_data(who)
        asked.append(len(sent))
        for _ in range(60):
            factories.entry(lived.member)
    assert asked[0] == asked[1] <= 45
    assert db.session.execute(select(func.count()).select_from(Entry)).scalar_one() > 60
