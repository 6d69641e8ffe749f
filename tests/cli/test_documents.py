"""`flask documents`: every paper of a unit and those below it, as files."""

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from diary.domain.entries import EntryState
from diary.domain.pledges import PledgeState
from diary.files.storage import Storage
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.entries import PrivateNote
from diary.models.years import WorkYear
from tests import factories, papers, year_end
from tests.documents.reading import flowing_text, needs_pdftotext
from tests.factories import YEAR


@pytest.fixture
def files(app):
    return Path(app.config["DIARY_INSTANCE"]) / "files"


@pytest.fixture
def branch(app, cast):
    """A branch that proposed, where one member has written."""
    with app.app_context():
        papers.propose()
        entry = factories.entry(cast.member, EntryState.APPROVED, did="Đọc truyện cho các em.")
        factories.entry(cast.member2, EntryState.DRAFT)
        db.session.add(PrivateNote(entry_id=entry.id, words="Điều giữ riêng."))
        db.session.commit()
    return cast


def write(app, out, year=YEAR, unit="BV-NOI"):
    return app.test_cli_runner().invoke(args=["documents", str(year), "--unit", unit, "--out", str(out)])


def names(out):
    return sorted(path.name for path in out.iterdir())


def test_it_writes_the_list_each_sheet_and_the_books_of_those_who_wrote(app, branch, tmp_path):
    done = write(app, tmp_path / "ra")
    assert done.exit_code == 0, done.output
    written, member = names(tmp_path / "ra"), branch.member.member_id
    assert f"bv-noi-so-nhat-ky-{YEAR}-thach-thi-sa-rinh-{member}.pdf" in written
    assert f"bv-noi-phieu-{YEAR}-thach-thi-sa-rinh-{member}.pdf" in written
    assert [name for name in written if "danh-sach" in name] == [f"bv-noi-danh-sach-{YEAR}.pdf"]
    assert f"bv-noi-bien-ban-{YEAR}.pdf" in written
    assert len(written) == 1 + 1 + 5 + 1
    assert "Sổ nhật ký năm: 1" in done.output and "Đã ghi 8 tệp" in done.output
    assert all(path.read_bytes().startswith(b"%PDF") for path in (tmp_path / "ra").iterdir())


@needs_pdftotext
def test_what_was_issued_is_written_byte_for_byte_and_the_rest_as_drafts(app, branch, files, tmp_path):
    with app.app_context():
        row = papers.issued_sheet(files)
    write(app, tmp_path)
    sheets = {path.name: path.read_bytes() for path in tmp_path.glob("*-phieu-*")}
    assert [name for name, content in sheets.items() if content == Storage(files).read(row.sha256)] == [
        f"bv-noi-phieu-{YEAR}-thach-thi-sa-rinh-{branch.member.member_id}.pdf"
    ]
    draft = next(content for name, content in sheets.items() if "sa-rinh" not in name)
    assert "Bản nháp, chưa phát hành" in flowing_text(draft) and "......-PĐG" in flowing_text(draft)


@needs_pdftotext
def test_a_private_note_is_in_no_file(app, branch, tmp_path):
    write(app, tmp_path)
    assert not any("giữ riêng" in flowing_text(path.read_bytes()) for path in tmp_path.iterdir())


def test_a_unit_above_has_everything_below_and_the_whole_bloc_has_a_name(app, branch, tmp_path):
    for unit in ("BV", "tat-ca", "TAT-CA"):
        assert write(app, tmp_path / unit, unit=unit).exit_code == 0
    assert names(tmp_path / "BV") == names(tmp_path / "tat-ca") == names(tmp_path / "TAT-CA")
    assert write(app, tmp_path / "KB", unit="KB").exit_code == 0 and names(tmp_path / "KB") == []


@pytest.mark.parametrize(("year", "unit", "said"), [(YEAR, "KHONG-CO", "Không có đơn vị"), (2031, "BV-NOI", "Chưa có năm công tác 2031")])
def test_an_unknown_unit_or_year_is_said(app, tmp_path, year, unit, said):
    done = write(app, tmp_path, year, unit)
    assert done.exit_code == 1 and said in done.output


def test_a_year_without_a_scheme_has_books_only(app, branch, tmp_path):
    with app.app_context():
        db.session.get_one(WorkYear, YEAR).scheme_code = None
        db.session.commit()
    done = write(app, tmp_path)
    assert done.exit_code == 0 and "chưa có bộ tiêu chí" in done.output
    assert [name for name in names(tmp_path) if "so-nhat-ky" not in name] == [] and len(names(tmp_path)) == 1


def test_the_papers_of_those_above_and_the_registrations_are_written_too(app, branch, tmp_path):
    with app.app_context():
        factories.pledge(branch.member, PledgeState.APPROVED)
        unit_id = year_end.branch_of("secretary")
        year_end.pass_on("base_secretary", unit_id)
        year_end.decide("bloc_secretary", unit_id)
    for unit in ("BV", "tat-ca"):
        assert write(app, tmp_path / unit, unit=unit).exit_code == 0
    of_base, of_bloc = names(tmp_path / "BV"), names(tmp_path / "tat-ca")
    assert {f"bv-to-trinh-{YEAR}.pdf", f"bv-danh-sach-co-so-{YEAR}.pdf"} <= set(of_base)
    assert f"bv-noi-ban-dang-ky-{YEAR}-thach-thi-sa-rinh-{branch.member.member_id}.pdf" in of_base
    (decision,) = set(of_bloc) - set(of_base)
    assert re.fullmatch(rf"khoi-quyet-dinh-{YEAR}-[\w-]+-2026-11-\d\d\.pdf", decision)


def test_one_lost_file_is_named_and_the_others_are_written(app, branch, files, tmp_path):
    with app.app_context():
        Storage(files).delete(papers.issued_sheet(files).sha256)
    done = write(app, tmp_path)
    assert done.exit_code == 1 and "sa-rinh" in done.output and "không còn trong kho" in done.output
    assert len(names(tmp_path)) == 7


def test_that_it_was_run_is_noted(app, branch, tmp_path):
    write(app, tmp_path)
    with app.app_context():
        line = db.session.execute(select(AuditLine).where(AuditLine.action == "documents_print")).scalar_one()
        book = db.session.execute(select(AuditLine).where(AuditLine.action == "book_print")).scalar_one()
    assert line.account_id is None and line.fields == [YEAR, "evaluation_sheet=5", "minutes=1", "proposal_list=1", "year_book=1"]
    assert book.account_id is None and book.fields == ["book", YEAR] and book.subject == "member"
    assert str(book.owner_id) == book.subject_id
