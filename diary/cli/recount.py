"""`recount`: count the summaries again and set right what is off."""

import click
from flask import Flask
from flask.cli import with_appcontext

from ..services import recounting
from .imports import require_set_up


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(recount)


@click.command("recount")
@click.option("--check", is_flag=True, help="Only say what is off; end with 1 when something is.")
@with_appcontext
def recount(check: bool) -> None:
    """Count every summary again, say where it was off, and set it right."""
    require_set_up()
    found = recounting.recount(mend=not check)
    for difference in found:
        where = ", ".join(str(part) for part in difference.key)
        click.echo(f"{difference.table} ({where}) {difference.column}: ghi {difference.stored}, đếm được {difference.counted}")
    click.echo(f"{len(found)} chỗ lệch." if found else "Mọi con số đều khớp.")
    if check and found:
        raise SystemExit(1)
