"""`export NOUN FILE`: write a list out of the books; every noun adds its own command to the group."""

from collections.abc import Sequence
from itertools import count
from pathlib import Path

import click
from flask import Flask

from ..files.sheets.writing import OutCell
from ..services import exports as services
from .imports import attempt, stop

FILE = click.Path(dir_okay=False, path_type=Path)


@click.group("export")
def group() -> None:
    """Write a list out of the books, as .xlsx or .csv by the file's ending."""


def init_app(app: Flask) -> None:
    """Add the group."""
    app.cli.add_command(group)


def write(file: Path, header: Sequence[str], rows: Sequence[Sequence[OutCell]], subject: str, *said: object) -> None:
    """Write the rows, records of the kind `subject`, under the header to `file`, and leave an audit line of it, with what else is `said`.

    Ends the command (exit 2) where it cannot.
    """
    from ..files.sheets import write_sheet

    content = attempt(lambda: write_sheet(file.name, header, rows))
    try:
        file.write_bytes(content)
    except OSError as error:
        stop(f"Không ghi được tệp {file} ({error.strerror}).")
    services.note_export(None, subject, len(rows), fields=said)


def reserve(file: Path) -> Path:
    """Make sure, before anything is done, that codes can be written in the end; the file to write, readable by its owner only.

    What a file already holds is never written over: there the name gets a number. Ends the command (exit 2) where it cannot be.
    """
    from ..files.sheets import write_sheet

    attempt(lambda: write_sheet(file.name, (), ()))
    names = (file if number == 1 else file.with_stem(f"{file.stem}-{number}") for number in count(1))
    free = next(name for name in names if not name.exists() or not name.stat().st_size)
    try:
        free.touch(0o600)
    except OSError as error:
        stop(f"Không ghi được tệp {free} ({error.strerror}).")
    return free
