import os
import re
import shutil
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import select, text, update

from diary import MIGRATIONS, create_app
from diary.cli import doctor
from diary.documents import readiness
from diary.domain.duties import TIDY
from diary.files.mail_out import read_server
from diary.files.storage import Storage
from diary.jobs.kinds import Tools
from diary.jobs.worker import Worker
from diary.migrations import Standing, standing
from diary.models.accounts import Account
from diary.models.audit import AuditBlock
from diary.models.base import db
from diary.models.counts import MemberYear
from diary.models.entries import Evidence
from diary.models.members import Member
from diary.services import audit, duties, jobs, mails
from tests import factories


@pytest.fixture
def well(app, monkeypatch, tmp_path):
    """The application as a real installation that lacks nothing."""
    monkeypatch.setitem(app.config, "SECRET_KEY", "k" * 48)
    monkeypatch.setitem(app.config, "DIARY_INSTANCE", tmp_path)
    (tmp_path / "secret_key").write_text("k" * 48)
    (tmp_path / "secret_key").chmod(0o600)
    return SimpleNamespace(app=app, folder=tmp_path, monkeypatch=monkeypatch)


def look(app):
    """The exit code and the lines of `doctor`."""
    result = app.test_cli_runner().invoke(args=["doctor"])
    return result.exit_code, result.output.splitlines()


def troubles(app):
    code, lines = look(app)
    found = [line for line in lines if line.startswith("Cần xử lý: ")]
    assert code == (1 if found else 0)
    return found


def test_an_installation_that_lacks_nothing_gets_only_good_words_and_ends_with_0(well, cast):
    with well.app.app_context():
        factories.entry(cast.member)
    code, lines = look(well.app)
    assert code == 0
    assert all(re.fullmatch(r"Được: .+\.", line) for line in lines)
    words = "\n".join(lines)
    for part in (
        "khóa bí mật",
        "proxy",
        "thư mục",
        "thông báo đẩy",
        "secret_key",
        "ổ đĩa",
        "phông chữ",
        "rl_accel",
        "cơ sở dữ liệu",
        "các bảng",
        "dòng đếm",
    ):
        assert part in words


def test_a_missing_or_short_secret_is_named(well):
    well.monkeypatch.setitem(well.app.config, "SECRET_KEY", "")
    assert "chưa có khóa bí mật" in troubles(well.app)[0]
    well.monkeypatch.setitem(well.app.config, "SECRET_KEY", "short")
    assert "ngắn hơn 32" in troubles(well.app)[0]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such modes")
def test_a_secret_that_others_may_read_is_named_with_the_command_that_closes_it(well):
    (well.folder / "secret_key").chmod(0o644)
    assert troubles(well.app) == [
        f"Cần xử lý: người khác trên máy đọc được tệp {well.folder}/secret_key (quyền 644). Chạy: chmod 600 {well.folder}/secret_key."
    ]


def test_a_folder_that_cannot_be_written_is_named(well):
    well.monkeypatch.setitem(well.app.config, "DIARY_INSTANCE", well.folder / "gone")
    assert "không ghi được vào thư mục" in troubles(well.app)[0]


def test_a_disk_that_is_nearly_full_is_named(well):
    free = shutil.disk_usage(well.folder).free
    well.monkeypatch.setattr(doctor, "LEAST_FREE", free * 2)
    (line,) = troubles(well.app)
    assert line.startswith("Cần xử lý: ổ đĩa của thư mục") and "GB" in line


def test_a_face_without_some_vietnamese_letter_is_named(well):
    well.monkeypatch.setattr(readiness.fonts, "covered", lambda: frozenset(map(ord, readiness.LETTERS - {"ẵ", "Ợ"})))
    assert "thiếu các chữ ẵỢ" in troubles(well.app)[0]


def test_reportlab_without_its_fast_parts_is_named(well):
    well.monkeypatch.setattr(readiness, "find_spec", lambda name: None)
    assert "rl_accel" in troubles(well.app)[0]


def test_the_alphabet_has_89_letters_with_their_tones_small_and_capital():
    assert len(readiness.LETTERS) == 2 * 89
    assert readiness.letters_missing() == ""


def test_a_database_that_does_not_answer_is_named_and_nothing_further_is_asked(instance):
    app = create_app({"SQLALCHEMY_DATABASE_URI": "postgresql+psycopg://diary@127.0.0.1:1/diary"})
    code, lines = look(app)
    assert code == 1
    assert lines[-1].startswith("Cần xử lý: không hỏi được cơ sở dữ liệu (") and "DATABASE_URL" in lines[-1]


def test_a_file_that_is_no_database_is_named(instance, tmp_path):
    (tmp_path / "x.sqlite3").write_text(
        "không phải cơ sở dữ liệu, chỉ là một đoạn chữ dài hơn một trăm ký tự để không bị coi là tệp trống." * 9
    )
    app = create_app({"SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'x.sqlite3'}"})
    assert "không hỏi được cơ sở dữ liệu" in troubles(app)[-1]


def test_a_database_without_tables_is_told_from_one_of_another_program(well, tmp_path):
    empty = create_app({"SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'new.sqlite3'}"})
    assert "chưa có bảng nào" in troubles(empty)[-1]
    with well.app.app_context():
        db.session.execute(text("UPDATE alembic_version SET version_num = 'ffff'"))
        db.session.commit()
    assert "bản chương trình khác" in troubles(well.app)[-1]


def test_tables_behind_the_program_s_migrations_are_older(app, tmp_path):
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder)
    with app.app_context():
        assert standing(folder) is Standing.CURRENT
        head = db.session.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        db.session.rollback()
        (folder / "versions" / "9999_later.py").write_text(f"revision = '9999'\ndown_revision = {head!r}\n")
        assert standing(folder) is Standing.OLDER
    assert "db upgrade" in doctor.TABLES[Standing.OLDER].todo


def test_demo_accounts_in_a_real_installation_are_named(well, cast):
    with well.app.app_context():
        db.session.execute(update(Account).where(Account.id == cast.member.account_id).values(is_demo=True))
        db.session.commit()
    assert "tài khoản dùng thử" in troubles(well.app)[0]
    well.monkeypatch.setitem(well.app.config, "DIARY_DEMO", True)
    assert troubles(well.app) == []


def test_a_summary_that_is_off_is_named_with_the_command_that_mends_it(well, cast):
    with well.app.app_context():
        factories.entry(cast.member)
        db.session.execute(update(MemberYear).values(entries_waiting=7))
        db.session.commit()
    (line,) = troubles(well.app)
    assert "1 trên 1 dòng đếm" in line and "recount" in line


def test_evidence_that_is_gone_from_the_disk_is_named(well, cast):
    stored = Storage(Path(well.folder) / "files").put(b"a photo")
    with well.app.app_context():
        entry = factories.entry(cast.member)
        facts = {"entry_id": entry.id, "kind": "photo", "media_type": "image/jpeg", "size": 7, "added_at": entry.written_at}
        db.session.add(Evidence(name="a.jpg", sha256=stored, **facts))
        db.session.commit()
        assert db.session.execute(select(Evidence)).scalars().one()
    assert troubles(well.app) == []
    Storage(Path(well.folder) / "files").delete(stored)
    assert "1 trên 1 tệp minh chứng" in troubles(well.app)[0]


def logged(app, number=1):
    with app.app_context():
        audit.record_all(None, "unit_edit", [audit.About("unit", n) for n in range(number)])
        db.session.commit()


def sealed(app):
    result = app.test_cli_runner().invoke(args=["seal"])
    assert result.exit_code == 0
    return result.output


def test_the_newest_block_of_the_audit_log_is_named_with_its_hash(well, time):
    assert "Chưa có dòng nào phải niêm phong" in sealed(well.app)
    logged(well.app, 3)
    assert any("chưa có khối niêm phong nào, 3 dòng đang chờ" in line for line in look(well.app)[1])
    time.shift(timedelta(hours=1))
    assert "Đã niêm phong 1 khối.\nKhối mới nhất: 1 " in sealed(well.app)
    with well.app.app_context():
        digest = db.session.execute(select(AuditBlock.hash)).scalar_one()
    code, lines = look(well.app)
    assert code == 0 and any(line.endswith(f"khối mới nhất 1 {digest}.") and "3 dòng trong 1 khối còn nguyên" in line for line in lines)
    assert (well.folder / "sealed_blocks").read_text() == f"1 {digest}\n"


def test_a_log_that_nobody_seals_is_named_with_the_command_that_does(well, time):
    logged(well.app)
    time.shift(timedelta(days=2))
    (line,) = troubles(well.app)
    assert "hơn một ngày chưa được niêm phong" in line and "flask --app wsgi seal" in line


@pytest.mark.sqlite
def test_an_altered_log_is_named_with_its_block_and_so_is_one_made_anew_since_the_last_look(well, time):
    logged(well.app)
    time.shift(timedelta(hours=1))
    sealed(well.app)
    with well.app.app_context():
        db.session.execute(text("DROP TRIGGER audit_lines_sealed_once"))
        db.session.execute(text("UPDATE audit_lines SET action = 'unit_add'"))
        db.session.commit()
    (line,) = troubles(well.app)
    assert line.startswith("Cần xử lý: nhật ký hệ thống: khối 1 có dòng bị sửa hoặc bị thay.") and "báo người phụ trách" in line
    with well.app.app_context():
        for statement in (
            "DROP TRIGGER audit_lines_kept",
            "DROP TRIGGER audit_blocks_kept",
            "DELETE FROM audit_lines",
            "DELETE FROM audit_blocks",
        ):
            db.session.execute(text(statement))
        db.session.commit()
    (line,) = troubles(well.app)
    assert "khối 1 đã ghi lại trước đây nay không còn" in line


def test_work_that_no_worker_does_is_named_once_it_has_waited_a_while(well, time):
    assert any("chưa có việc nền nào phải làm" in line for line in look(well.app)[1])
    with well.app.app_context():
        jobs.ask_job(None, "password_code", {"username": "member"})
    assert troubles(well.app) == []
    time.shift(timedelta(minutes=16))
    (line,) = troubles(well.app)
    assert "việc nền chưa được làm lần nào (1 việc, 0 thư đang chờ)" in line and "flask --app wsgi worker" in line
    with well.app.app_context():
        Worker(Tools(Path(well.folder), "", "k" * 48)).turn()
    assert "Được: việc nền được làm đúng hạn." in look(well.app)[1]
    time.shift(timedelta(hours=3))
    assert "việc nền chưa được làm từ 09:16 23/11/2026" in troubles(well.app)[0]


def test_a_duty_that_fails_is_named_with_what_kept_it(well):
    with well.app.app_context():
        duties.begin(TIDY, timedelta(hours=1))
        duties.went_wrong(TIDY, "Chương trình gặp lỗi (RuntimeError).", timedelta(minutes=1))
    (line,) = troubles(well.app)
    assert "việc định kỳ" in line and "RuntimeError" in line and "chưa lần nào xong" in line


def test_jobs_and_mails_that_wait_while_a_worker_runs_are_told_from_a_worker_that_does_not(well, time, cast):
    with well.app.app_context():
        jobs.ask_job(None, "no_such_kind", {})
        db.session.execute(update(Member).where(Member.id == cast.member.member_id).values(email="rinh@example.vn"))
        db.session.commit()
        assert mails.write_to(cast.member.account_id, "a", "b")
        time.shift(timedelta(minutes=16))
        duties.begin(TIDY, timedelta(hours=1))
        duties.went_well(TIDY)
    found = troubles(well.app)
    assert len(found) == 2 and "1 việc nền đợi quá 15 phút" in found[0]
    assert "1 thư chờ gửi quá 15 phút dù worker vẫn chạy" in found[1] and "DIARY_MAIL_URL" in found[1]


def test_mail_is_told_without_its_password_and_asks_for_the_address_of_the_pages(well):
    assert any("không gửi thư" in line for line in look(well.app)[1])
    well.monkeypatch.setitem(well.app.config, "DIARY_MAIL", read_server("smtp://u:bi-mat-lam@thu.example.vn", "nhatky@example.vn"))
    (line,) = troubles(well.app)
    assert "thu.example.vn" in line and "DIARY_PUBLIC_URL" in line and "bi-mat-lam" not in line
    well.monkeypatch.setitem(well.app.config, "DIARY_PUBLIC_URL", "https://nhatky.example")
    assert troubles(well.app) == []
