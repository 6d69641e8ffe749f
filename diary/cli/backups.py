"""`backup FILE`, `restore FILE`, `copy-to URL`: everything the program keeps, to a file, back from it, or into another database."""

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from ..config import BadSettings, database_url
from ..domain.errors import WrongMoment
from ..domain.figures import number
from ..files.archives import Reading
from ..jobs import backups as jobs
from ..migrations import Standing, database_at, head, known, standing, upgrade
from ..services import clock, exports
from .imports import attempt, require_set_up, stop

OTHER_PROGRAM = "Bản sao lưu này do một bản chương trình mới hơn làm ra. Hãy cài bản chương trình ấy rồi khôi phục."
TABLES_THERE = "Cơ sở dữ liệu này đã có bảng của một bản chương trình khác với bản sao lưu. Hãy dùng một cơ sở dữ liệu chưa có bảng nào."


def init_app(app: Flask) -> None:
    """Add the commands."""
    for command in (backup, restore, copy_to):
        app.cli.add_command(command)


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """Write all rows and stored files to FILE, while the server runs. The secret key is not in it: keep that elsewhere."""
    require_set_up()
    exports.note_export(None, "database", jobs.row_count(), fields=["backup"])  # first, so that the backup tells of itself
    try:
        with click.progressbar(length=jobs.row_count(), label="Đang sao lưu") as bar:
            made = jobs.take(file, _instance(), head(), clock.now(), bar.update)
    except OSError as error:
        stop(f"Không ghi được tệp {file} ({error.strerror}).")
    click.echo(
        f"Đã sao lưu {number(made['rows'])} dòng và {number(made['files'])} tệp vào {file} ({number(file.stat().st_size // 1024)} KB)."
    )
    click.echo("Khóa bí mật không nằm trong tệp này. Hãy cất riêng một bản của secret_key (hoặc SECRET_KEY).")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def restore(file: Path) -> None:
    """Fill an empty database and instance folder with a backup, then bring its tables to this program's."""
    reading: Reading = attempt(lambda: Reading(file))
    revision = str(reading.about.get("revision", ""))
    if not known(revision):
        stop(OTHER_PROGRAM)
    _make_tables(revision)
    with click.progressbar(length=sum(reading.about["tables"].values()), label="Đang khôi phục") as bar:
        filled = attempt(lambda: jobs.put_back(reading, _instance(), bar.update))
    reading.close()
    upgrade()
    click.echo(f"Đã khôi phục {number(filled)} dòng của bản sao lưu lúc {reading.about['made_at']}.")
    click.echo("Việc tiếp theo: đặt lại secret_key cũ, rồi chạy doctor và recount --check.")


def _make_tables(revision: str) -> None:
    here = standing()
    if here is Standing.EMPTY:
        upgrade(revision)
    elif here is not Standing.CURRENT or revision != head():
        stop(TABLES_THERE)


@click.command("copy-to")
@click.argument("url")
@with_appcontext
def copy_to(url: str) -> None:
    """Copy every row into the empty database at URL (postgresql:// or sqlite:///). Stop the server first; stored files stay."""
    require_set_up()
    try:
        target = database_at(database_url(url, _instance()))
    except BadSettings as error:
        stop(str(error))
    exports.note_export(None, "database", jobs.row_count(), fields=["copy"])
    with click.progressbar(length=jobs.row_count(), label="Đang chép") as bar:
        filled = attempt(lambda: jobs.copy_into(target, _prepare, bar.update))
    click.echo(f"Đã chép {number(filled)} dòng. Đặt DATABASE_URL thành địa chỉ mới rồi chạy doctor và recount --check, trước khi mở lại.")


def _prepare() -> None:
    if standing() not in {Standing.EMPTY, Standing.CURRENT}:
        raise WrongMoment(TABLES_THERE)
    upgrade()


def _instance() -> Path:
    return Path(current_app.config["DIARY_INSTANCE"])
