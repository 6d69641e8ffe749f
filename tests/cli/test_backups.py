"""`backup`, `restore`, `copy-to`: everything comes back as it was, and nothing is written over."""

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from diary import create_app, migrations
from diary.files.storage import Storage
from diary.models.base import db
from diary.queries.backups import LATE, tables
from tests import lives, postgres


def all_rows():
    """Every row of every table, as text that reads the same on every engine; needs an application context."""
    return {table.name: sorted(map(_text, db.session.execute(select(table)).all())) for table in tables()}


def rows(app):
    with app.app_context():
        return all_rows()


def _text(row):
    return repr([value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value) for value in row])


def run(app, *words):
    return app.test_cli_runner().invoke(args=[str(word) for word in words])


@pytest.fixture
def lived(app, cast):
    """An installation in which somebody lived a whole year, with a photo."""
    with app.app_context():
        lives.planted(cast, Storage(Path(app.config["DIARY_INSTANCE"]) / "files"))
    return app


@pytest.fixture
def elsewhere(tmp_path):
    """An application on another folder and an empty database."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    made = create_app({"SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder / 'diary.sqlite3'}", "DIARY_INSTANCE": folder})
    yield made
    with made.app_context():
        db.engine.dispose()


def test_a_backup_put_back_elsewhere_holds_every_row_and_every_file(lived, elsewhere, tmp_path):
    file = tmp_path / "sao-luu.zip"
    answer = run(lived, "backup", file)
    assert answer.exit_code == 0, answer.output
    assert "Đã sao lưu" in answer.output and "Khóa bí mật không nằm trong tệp" in answer.output
    assert file.stat().st_mode & 0o077 == 0
    answer = run(elsewhere, "restore", file)
    assert answer.exit_code == 0, answer.output
    assert rows(elsewhere) == rows(lived)
    stores = [Storage(Path(one.config["DIARY_INSTANCE"]) / "files") for one in (lived, elsewhere)]
    assert set(stores[1].digests()) == set(stores[0].digests()) and not list(stores[1].damaged())


def test_after_putting_back_new_rows_take_the_next_numbers(app, cast, elsewhere, tmp_path):
    run(app, "backup", tmp_path / "b.zip")
    run(elsewhere, "restore", tmp_path / "b.zip")
    answer = run(elsewhere, "appoint", "member2", "committee_member")
    assert answer.exit_code == 0, answer.output


def test_the_secret_key_is_not_in_a_backup(app, cast, tmp_path):
    run(app, "backup", tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as packed:
        names = packed.namelist()
        key = app.config["SECRET_KEY"].encode()
        assert not any("secret_key" in name or key in packed.read(name) for name in names)


def test_nothing_is_put_over_what_is_there(app, cast, tmp_path):
    run(app, "backup", tmp_path / "b.zip")
    before = rows(app)
    answer = run(app, "restore", tmp_path / "b.zip")
    assert answer.exit_code == 2 and "đã có dữ liệu" in answer.output
    assert rows(app) == before


def broken(file):
    with file.open("r+b") as bytes_:
        bytes_.seek(file.stat().st_size // 2)
        bytes_.write(b"\0" * 64)


def newer(file):
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("manifest.json", json.dumps({"format": 1, "revision": "9999", "tables": {}}))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (broken, "không phải bản sao lưu"),
        (newer, "bản chương trình mới hơn"),
        (lambda file: file.write_text("không phải"), "không phải bản sao lưu"),
        (lambda file: zipfile.ZipFile(file, "w").close(), "không phải bản sao lưu"),
    ],
)
def test_a_file_that_is_no_good_backup_is_refused_in_words_and_fills_nothing(app, cast, elsewhere, tmp_path, spoil, said):
    file = tmp_path / "b.zip"
    run(app, "backup", file)
    spoil(file)
    answer = run(elsewhere, "restore", file)
    assert answer.exit_code == 2 and said in answer.output, answer.output
    with elsewhere.app_context():
        if migrations.standing() is migrations.Standing.CURRENT:
            assert not any(rows(elsewhere).values())


def test_a_backup_of_an_older_program_is_brought_to_the_newest_tables(elsewhere, tmp_path):
    """Its tables lack columns of today; the migrations after it fill them."""
    file = tmp_path / "b.zip"
    unit = {"id": 1, "code": "khoi", "parent_id": None, "path": "1.", "kind": "bloc", "name": "Khối", "search": "khoi", "symbol": "K"}
    unit |= {"place": "", "letterhead": "", "needs_placing": False, "member_count": 0, "opened_on": "2020-01-02", "closed_on": None}
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("rows/units.jsonl", json.dumps(unit) + "\n")
        about = {"format": 1, "revision": "0001", "made_at": "2026-01-01T00:00:00+00:00", "tables": {"units": 1}}
        packed.writestr("manifest.json", json.dumps(about))
    answer = run(elsewhere, "restore", file)
    assert answer.exit_code == 0, answer.output
    with elsewhere.app_context():
        assert migrations.standing() is migrations.Standing.CURRENT
        assert db.session.execute(select(db.metadata.tables["units"].c.version)).scalar_one() == 1


def test_a_backup_that_cannot_be_written_leaves_nothing_behind(app, cast, tmp_path):
    answer = run(app, "backup", tmp_path / "khong-co" / "b.zip")
    assert answer.exit_code == 2 and "Không ghi được" in answer.output
    assert not list(tmp_path.rglob("*dang-ghi*"))


def test_everything_is_copied_to_another_database(app, cast, tmp_path):
    url = f"sqlite:///{tmp_path / 'other.sqlite3'}"
    answer = run(app, "copy-to", url)
    assert answer.exit_code == 0, answer.output
    after = rows(app)
    with migrations.database_at(url):
        assert all_rows() == after
    assert run(app, "copy-to", url).exit_code == 2
    assert run(app, "copy-to", "mysql://x").exit_code == 2


@pytest.mark.sqlite
@pytest.mark.skipif(postgres.programs() is None, reason="PostgreSQL is not installed")
def test_everything_moves_from_sqlite_to_postgresql_and_goes_on_from_there(lived):
    with postgres.cluster() as url:
        answer = run(lived, "copy-to", url)
        assert answer.exit_code == 0, answer.output
        grown = create_app({"SQLALCHEMY_DATABASE_URI": url})
        assert rows(grown) == rows(lived)
        answer = run(grown, "appoint", "member2", "committee_member")
        assert answer.exit_code == 0, answer.output
        with grown.app_context():
            db.engine.dispose()


def test_every_key_points_at_a_table_that_is_filled_before_or_is_filled_in_later():
    order = {table.name: place for place, table in enumerate(tables())}
    late = {
        (table.name, key.parent.name)
        for table in tables()
        for key in table.foreign_keys
        if order[key.column.table.name] >= order[table.name]
    }
    assert late - {("units", "parent_id")} == {(table, name) for table, names in LATE.items() for name in names}
