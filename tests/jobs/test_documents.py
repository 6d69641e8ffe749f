"""Making documents: drawn between two transactions, stored once, served byte for byte."""

import hashlib
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from diary.documents import proposal_list as list_paper
from diary.domain.documents import About, DocumentKind, DocumentState
from diary.domain.entries import EntryState
from diary.domain.errors import NotFound, WrongMoment
from diary.domain.evidence import EvidenceKind
from diary.domain.units import UnitDraft
from diary.files.storage import Storage
from diary.jobs import documents as jobs
from diary.models.base import db
from diary.models.entries import Evidence, PrivateNote
from diary.models.evaluations import Evaluation
from diary.services import clock, units
from tests import factories, papers, year_end
from tests.documents.reading import flowing_text, metadata, needs_pdftotext, pictures
from tests.documents.samples import jpeg
from tests.factories import YEAR

TODAY = date(2026, 11, 23)
LIST, SHEET, BOOK = DocumentKind.PROPOSAL_LIST, DocumentKind.EVALUATION_SHEET, DocumentKind.YEAR_BOOK


@pytest.fixture
def proposed(session, cast):
    papers.propose()
    return cast


def full_disk(folder: Path) -> Path:
    """A place where nothing can be stored: a file stands where the folder would."""
    folder.mkdir(exist_ok=True)
    place = folder / "files"
    place.write_bytes(b"")
    return place


class WatchingStorage(Storage):
    """A store that, while it keeps something, writes to the database from elsewhere: which waits where a transaction is open."""

    def __init__(self, root: Path, url: str):
        super().__init__(root)
        self.engine = create_engine(url, connect_args={"timeout": 0.2} if url.startswith("sqlite") else {"options": "-c lock_timeout=200"})
        self.open_transactions: list[bool] = []

    def put(self, content: bytes) -> str:
        self.open_transactions.append(db.session().in_transaction())
        with self.engine.begin() as connection:
            connection.execute(text("UPDATE document_counters SET last = last"))
            connection.execute(text("UPDATE documents SET size = size"))
        self.engine.dispose()
        return super().put(content)


def test_no_transaction_is_open_while_a_document_is_drawn_and_stored(proposed, tmp_path, engine_url):
    storage = WatchingStorage(tmp_path / "files", engine_url)
    document_id = jobs.issue_sheet(factories.actor("secretary"), papers.sheet_id(), jobs.Press(storage, papers.SITE))
    assert storage.open_transactions == [False]
    assert papers.document(document_id).state is DocumentState.VALID


def test_what_breaks_while_drawing_leaves_the_number_reserved_and_can_be_finished(proposed, tmp_path):
    who, place = factories.actor("secretary"), full_disk(tmp_path)
    with pytest.raises(OSError, match="files"):
        jobs.issue_sheet(who, papers.sheet_id(), papers.press(place))
    row = papers.all_of(SHEET)[0]
    number, code = row.number, row.code
    assert (row.state, row.sha256) == (DocumentState.RESERVED, "")
    place.unlink()
    assert jobs.finish(who, row.id, papers.press(place)) == row.id
    row = papers.document(row.id)
    assert (row.state, row.number, row.code) == (DocumentState.VALID, number, code)
    with pytest.raises(WrongMoment):
        jobs.finish(who, row.id, papers.press(place))


def test_issuing_again_after_a_crash_takes_the_same_number(proposed, tmp_path):
    who, place = factories.actor("secretary"), full_disk(tmp_path)
    with pytest.raises(OSError, match="files"):
        jobs.issue_list(who, proposed.member.unit_id, YEAR, papers.press(place))
    place.unlink()
    jobs.issue_list(who, proposed.member.unit_id, YEAR, papers.press(place))
    assert [(row.number, row.state) for row in papers.all_of(LIST)] == [(1, DocumentState.VALID)]


def test_what_was_finished_on_a_later_day_keeps_the_day_of_its_number(proposed, tmp_path, time):
    who, place = factories.actor("secretary"), full_disk(tmp_path)
    with pytest.raises(OSError, match="files"):
        jobs.issue_list(who, proposed.member.unit_id, YEAR, papers.press(place))
    place.unlink()
    time.shift(3 * 86400)
    row = papers.issued_list(place)
    assert row.dated_on == TODAY and clock.local_day(row.issued_at) == date(2026, 11, 26)


def test_a_replacement_that_breaks_leaves_the_old_one_valid(proposed, tmp_path):
    row = papers.issued_sheet(tmp_path / "good")
    with pytest.raises(OSError, match="files"):
        jobs.issue_again(factories.actor("secretary"), row.id, papers.press(full_disk(tmp_path / "bad")))
    assert papers.document(row.id).state is DocumentState.VALID


def test_the_stored_bytes_are_served_whatever_changes_afterwards(proposed, tmp_path):
    row, storage = papers.issued_sheet(tmp_path), Storage(tmp_path)
    about = About(SHEET, row.unit_id, YEAR, row.member_id)
    first = jobs.printed(about, TODAY, storage)
    assert hashlib.sha256(first).hexdigest() == row.sha256 and len(first) == row.size
    db.session.get_one(Evaluation, papers.sheet_id()).branch_words = "Một nhận xét khác."
    db.session.commit()
    assert jobs.printed(about, date(2026, 12, 30), storage) == first


def test_bytes_the_store_lost_are_said_to_be_lost(proposed, tmp_path):
    row, storage = papers.issued_sheet(tmp_path), Storage(tmp_path)
    storage.delete(row.sha256)
    with pytest.raises(NotFound, match="không còn trong kho"):
        jobs.stored(storage, row.sha256)


def test_the_same_data_gives_the_same_draft(proposed, tmp_path):
    about, storage = About(LIST, proposed.member.unit_id, YEAR), Storage(tmp_path)
    assert jobs.printed(about, TODAY, storage) == jobs.printed(about, TODAY, storage)


@needs_pdftotext
def test_a_draft_says_so_and_an_issued_one_carries_number_day_code_and_address(proposed, tmp_path):
    about = About(SHEET, proposed.member.unit_id, YEAR, proposed.member.member_id)
    draft = flowing_text(jobs.printed(about, TODAY, Storage(tmp_path)))
    assert "Bản nháp, chưa phát hành" in draft and "Số: ......-PĐG/BV-NOI" in draft
    row = papers.issued_sheet(tmp_path)
    issued = flowing_text(jobs.printed(about, TODAY, Storage(tmp_path)))
    assert "Bản nháp" not in issued and "Số: 01-PĐG/BV-NOI" in issued
    assert "Phước Châu, ngày 23 tháng 11 năm 2026" in issued
    assert f"Mã văn bản: {row.code[:4]}-{row.code[4:]}" in issued and "nhập mã tại nhatky.example/xac-minh" in issued


@needs_pdftotext
def test_the_number_keeps_the_symbol_it_was_reserved_with(proposed, tmp_path):
    who, place = factories.actor("secretary"), full_disk(tmp_path)
    with pytest.raises(OSError, match="files"):
        jobs.issue_list(who, proposed.member.unit_id, YEAR, papers.press(place))
    place.unlink()
    units.rename_unit(None, proposed.member.unit_id, UnitDraft("Chi đoàn Khối Nội", symbol="MỚI"), TODAY)
    row = papers.issued_list(place)
    assert row.symbol == "01-DS/BV-NOI" and "Số: 01-DS/BV-NOI" in flowing_text(jobs.stored(Storage(place), row.sha256))


@needs_pdftotext
def test_a_list_names_everyone_and_says_whose_it_is(proposed, tmp_path):
    row = papers.issued_list(tmp_path)
    pdf = jobs.stored(Storage(tmp_path), row.sha256)
    found = flowing_text(pdf)
    for words in (
        "Thạch Thị Sa Rinh",
        "Sơn Ngọc Rạch Thi",
        "- BCH Đoàn cơ sở Bệnh viện Đa khoa (để xem xét);",
        "CHI ĐOÀN KHỐI NỘI",
        "BÍ THƯ Lâm Thanh Sang",
    ):
        assert words in found
    about = metadata(pdf)
    assert about["author"] == "Chi đoàn Khối Nội, Đoàn cơ sở Bệnh viện Đa khoa" and list_paper.TITLE in about["title"]


@needs_pdftotext
def test_a_book_holds_deeds_and_photos_and_never_a_draft_or_a_private_note(session, cast, tmp_path):
    storage = Storage(tmp_path)
    entry = factories.entry(cast.member, EntryState.APPROVED, did="Đo huyết áp cho bà con.")
    factories.entry(cast.member, EntryState.DRAFT, did="Còn đang nghĩ dở.")
    db.session.add(PrivateNote(entry_id=entry.id, words="Điều tôi giữ riêng cho mình."))
    facts = {"kind": EvidenceKind.PHOTO, "media_type": "image/jpeg", "name": "a.jpg", "size": 1, "added_at": clock.now()}
    lost = "0" * 64
    db.session.add_all([Evidence(entry_id=entry.id, sha256=sha256, **facts) for sha256 in (storage.put(jpeg(1600, 1200)), lost)])
    db.session.commit()
    pdf = jobs.printed(About(BOOK, cast.member.unit_id, YEAR, cast.member.member_id), TODAY, storage)
    found = flowing_text(pdf)
    assert "Đo huyết áp cho bà con." in found and "Thạch Thị Sa Rinh" in found and "Không đọc được ảnh" in found
    assert "nghĩ dở" not in found and "giữ riêng" not in found and len(pictures(pdf)) == 1
    assert b"gi\xe1\xbb\xaf ri\xc3\xaang" not in pdf


def test_the_year_end_moves_on_while_the_first_sheet_still_holds(proposed, tmp_path):
    first = papers.issued_sheet(tmp_path)
    year_end.pass_on("base_secretary", proposed.member.unit_id)
    year_end.decide("bloc_secretary", proposed.member.unit_id)
    second = papers.document(jobs.issue_again(factories.actor("secretary"), first.id, papers.press(tmp_path)))
    assert papers.document(first.id).replaced_by == second.id and second.sha256 != papers.document(first.id).sha256
