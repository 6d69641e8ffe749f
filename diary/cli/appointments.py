"""`appoint`: give somebody a post from the machine itself, as the first officers of a new bloc must be."""

import click
from flask import Flask
from flask.cli import with_appcontext

from ..domain.actors import POST_LABELS, Post
from ..domain.errors import DiaryError
from ..domain.units import WHOLE_BLOC
from ..queries import accounts
from ..queries import units as unit_queries
from ..services import clock, units
from .imports import require_set_up


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(appoint)


@click.command("appoint")
@click.argument("username")
@click.argument("post", type=click.Choice([post.value for post in Post]))
@click.option("--unit", default=WHOLE_BLOC, help="The unit's code; the bloc when not given.")
@with_appcontext
def appoint(username: str, post: str, unit: str) -> None:
    """Give the account USERNAME the POST from today on."""
    require_set_up()
    account_id, unit_id = accounts.account_id(username), unit_queries.unit_id(unit)
    if account_id is None:
        raise click.ClickException(f"Không có tài khoản “{username}”.")
    if unit_id is None:
        raise click.ClickException(f"Không có tổ chức mã “{unit}”.")
    try:
        units.appoint(None, unit_id, account_id, Post(post), clock.today())
    except DiaryError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{username}: {POST_LABELS[Post(post)]}.")
