"""`code`: a new one-time code for who is locked out, from the machine itself."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from ..domain.dates import screen_day
from ..domain.errors import DiaryError
from ..services import codes
from .imports import require_set_up


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(code)


@click.command("code")
@click.argument("username")
@click.option("--clear-second-factor", is_flag=True, help="Turn its second factor off too: phone and recovery codes are lost.")
@with_appcontext
def code(username: str, clear_second_factor: bool) -> None:
    """Print a new one-time code for the account USERNAME; the password stays until the code is used."""
    require_set_up()
    try:
        issued = codes.issue_operator_code(username, current_app.config["SECRET_KEY"], clear_factor=clear_second_factor)
    except DiaryError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{issued.name}: tên đăng nhập {issued.username}, mã kích hoạt {issued.code}.")
    click.echo(f"Mã dùng một lần, đến hết ngày {screen_day(issued.good_until)}, ở trang /kich-hoat.")
    if clear_second_factor:
        click.echo("Đã tắt xác thực hai bước của tài khoản này.")
