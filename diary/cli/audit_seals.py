"""`seal`: bind what the audit log says into blocks; and the newest block's hash, kept in the instance folder beside the database."""

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from ..queries import audit_seals as queries
from ..services import audit_seals as services
from ..services import clock
from .imports import require_set_up

KEPT_FILE = "sealed_blocks"


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(seal)


@click.command("seal")
@with_appcontext
def seal() -> None:
    """Seal the audit lines older than a quarter of an hour into blocks. For cron, where no worker runs."""
    require_set_up()
    made = services.seal(clock.now())
    newest = queries.newest_block()
    click.echo(f"Đã niêm phong {made} khối." if made else "Chưa có dòng nào phải niêm phong.")
    if newest:
        keep(newest)
        click.echo(f"Khối mới nhất: {newest.number} {newest.hash}")


def kept() -> dict[int, str]:
    """The hashes of blocks by number, as they were noted in the instance folder; lines that make no sense are left out."""
    try:
        lines = _file().read_text("utf-8").splitlines()
    except OSError:
        return {}
    pairs = (line.split() for line in lines)
    return {int(pair[0]): pair[1] for pair in pairs if len(pair) == 2 and pair[0].isascii() and pair[0].isdigit()}


def keep(block: queries.Block) -> None:
    """Note the hash of a block, once; where the folder cannot be written, `doctor` says so elsewhere."""
    if block.number in kept():
        return
    try:
        with _file().open("a", encoding="utf-8") as file:
            file.write(f"{block.number} {block.hash}\n")
    except OSError:
        pass


def _file() -> Path:
    return Path(current_app.config["DIARY_INSTANCE"]) / KEPT_FILE
