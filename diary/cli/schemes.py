"""`export schemes`, `import schemes`: the rules of years as a TOML file, the same both ways."""

from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext

from ..files.scheme_files import read_schemes, write_schemes
from ..queries import schemes as queries
from ..services import schemes as services
from ..services.schemes import Imported, Outcome
from . import exports, imports


def init_app(app: Flask) -> None:
    """Add the commands to their groups."""
    exports.group.add_command(export_schemes)
    imports.group.add_command(import_schemes)


@click.command("schemes")
@click.argument("file", type=exports.FILE)
@with_appcontext
def export_schemes(file: Path) -> None:
    """Write every rating scheme, those that ship and one's own, as a TOML file to read, compare, change and import again."""
    imports.require_set_up()
    found = queries.all_schemes()
    try:
        file.write_bytes(write_schemes(found))
    except OSError as error:
        imports.stop(f"Không ghi được tệp {file} ({error.strerror}).")
    click.echo(f"Đã ghi {len(found)} bộ tiêu chí vào {file}.")


@click.command("schemes")
@click.argument("file", type=imports.FILE)
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@with_appcontext
def import_schemes(file: Path, dry_run: bool) -> None:
    """Bring rating schemes from a TOML file into the books; what is refused is printed with its reasons."""
    imports.require_set_up()
    drafts = imports.attempt(lambda: read_schemes(file.read_bytes()))
    done = imports.attempt(lambda: (services.plan_import if dry_run else services.import_schemes)(drafts))
    _tell(done, dry_run)
    raise SystemExit(_ending(done))


def _tell(done: tuple[Imported, ...], dry_run: bool) -> None:
    for one in done:
        if one.outcome is Outcome.REFUSED:
            for words in one.words:
                click.echo(f"Từ chối: {one.code or '(chưa có mã)'}: {words}")
    counts = ", ".join(f"{sum(one.outcome is outcome for one in done)} {outcome.value}" for outcome in Outcome)
    click.echo(f"{'Xem trước' if dry_run else 'Đã nạp'} {len(done)} bộ tiêu chí: {counts}.")


def _ending(done: tuple[Imported, ...]) -> int:
    refused = sum(one.outcome is Outcome.REFUSED for one in done)
    if not refused:
        return imports.TAKEN
    return imports.SOME_REFUSED if refused < len(done) else imports.NOTHING_TAKEN
