"""`setup`: a real installation."""

import sys
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from ..config import load, write_secret
from ..domain.accounts import CODE_LIFE
from ..domain.errors import DiaryError
from ..files.push_keys import push_keys
from ..migrations import upgrade
from ..services import installations


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(setup)


@click.command("setup")
@click.option("--name", default="", help="The bloc's name, such as “Đoàn Khối các cơ quan tỉnh”.")
@click.option("--symbol", default="", help="The letters of its documents, such as ĐTNK in “Số 36-BC/ĐTNK”.")
@click.option("--admin", default="", help="The username of the first administrator.")
@with_appcontext
def setup(name: str, symbol: str, admin: str) -> None:
    """Set up a new installation: tables, secret key, the bloc, this year, the first administrator with a one-time code."""
    if current_app.config["DIARY_DEMO"]:
        raise click.ClickException("DIARY_DEMO=1 là bản dùng thử, không cài đặt thật được. Hãy bỏ DIARY_DEMO rồi chạy lại.")
    name = name or _ask("--name", "Tên Đoàn Khối (ví dụ Đoàn Khối các cơ quan tỉnh)")
    symbol = symbol or _ask("--symbol", "Ký hiệu văn bản (ví dụ ĐTNK)")
    admin = admin or _ask("--admin", "Tên đăng nhập của quản trị (ví dụ quantri)")
    try:
        installations.check_answers(name, symbol, admin)
        upgrade()
        code = installations.install(name, symbol, admin, _key())
    except DiaryError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Đã cài đặt “{name}” (ký hiệu {symbol}).")
    click.echo(f"Quản trị: tên đăng nhập {admin}, mã kích hoạt {code} (dùng một lần, trong {CODE_LIFE.days} ngày, ở trang /kich-hoat).")
    click.echo("Tiếp theo: nhập danh sách đoàn viên bằng lệnh import members TỆP --codes MÃ.xlsx.")


def _ask(option: str, words: str) -> str:
    if not sys.stdin.isatty():
        raise click.UsageError(f"Thiếu {option}.")
    answer: str = click.prompt(words)
    return answer


def _key() -> str:
    """The installation's secret key, made now where there is none, and the keys of pushes beside it; this very command already uses it."""
    instance = Path(current_app.config["DIARY_INSTANCE"])
    write_secret(instance)
    push_keys(instance, current_app.config["DIARY_PUSH_KEY"])
    current_app.config["SECRET_KEY"] = current_app.config["SECRET_KEY"] or load().secret_key
    key: str = current_app.config["SECRET_KEY"]
    return key
