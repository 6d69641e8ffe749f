"""`hints FILE`: what the hints against formality would say to each line of a file. Needs no database."""

from pathlib import Path

import click
from flask import Flask

from ..domain.hints import Earlier, hints


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(print_hints)


@click.command("hints")
@click.argument("file", type=click.Path(path_type=Path))
def print_hints(file: Path) -> None:
    """Print the hints each line of FILE would get, a text a line; each line is also compared with those before it."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        click.echo(f"Không đọc được {file}: cần một tệp văn bản UTF-8, mỗi dòng một bài.", err=True)
        raise SystemExit(2) from None
    earlier: list[Earlier] = []
    for number, line in enumerate(lines, 1):
        click.echo(f"{number}\t{' '.join(hint.words for hint in hints(line, earlier))}")
        earlier.append(Earlier(line))
