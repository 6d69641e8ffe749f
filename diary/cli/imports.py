"""`import NOUN FILE`: bring a list into the books; every noun adds its own command to the group."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from flask import Flask

from ..domain.errors import DiaryError
from ..migrations import Standing, standing
from ..queries import health

TAKEN, SOME_REFUSED, NOTHING_TAKEN = 0, 1, 2
"""How an import ends: all rows taken, some refused, none taken or the file unreadable."""

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("import")
def group() -> None:
    """Bring a list from a file (.xlsx, .xls, .ods, .csv) into the books."""


def init_app(app: Flask) -> None:
    """Add the group."""
    app.cli.add_command(group)


def require_set_up() -> None:
    """Refuse to go on (exit 2) on a database that was not set up, saying what to do."""
    if standing() is not Standing.CURRENT or not health.is_set_up():
        stop("Chương trình chưa được cài đặt trên cơ sở dữ liệu này. Hãy chạy lệnh setup trước.")


def attempt(happening: Callable[[], Any]) -> Any:
    """What `happening` returns; its refusal ends the command (exit 2) in words."""
    try:
        return happening()
    except DiaryError as error:
        stop(str(error))


def stop(words: str) -> None:
    """Say why nothing could be done, and end with 2."""
    click.echo(f"Lỗi: {words}", err=True)
    raise SystemExit(NOTHING_TAKEN)
