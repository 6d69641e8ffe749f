"""`worker`: background jobs, periodic duties and mail."""

import logging
import os
import signal
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from ..config import BadSettings
from ..files.push_keys import push_keys
from ..files.push_out import Sender
from ..jobs.kinds import Tools
from ..jobs.worker import Worker
from ..serving import require_servable


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(worker)


@click.command("worker")
@click.option("--parent", type=int, default=None, help="The id of the process that starts it: ends when that one has ended.")
@with_appcontext
def worker(parent: int | None) -> None:
    """Do background jobs, periodic duties and mail until stopped (SIGTERM, Ctrl-C)."""
    try:
        require_servable(current_app)
    except BadSettings as error:
        raise click.ClickException(str(error)) from error
    logging.basicConfig(level=logging.WARNING if parent else logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    stopping = _stopping(parent)
    logging.getLogger("diary.worker").info("ready")
    Worker(tools(), stopping).work()


def tools() -> Tools:
    """What the work of this installation needs, from its settings."""
    config = current_app.config
    instance, site, key = Path(config["DIARY_INSTANCE"]), config["DIARY_PUBLIC_URL"], config["SECRET_KEY"]
    return Tools(instance, site, key, config["DIARY_MAIL"], config["DIARY_PROCESSES"], _push_sender(instance))


def _push_sender(instance: Path) -> Sender | None:
    contact = current_app.config["DIARY_PUSH_CONTACT"]
    return Sender(contact, push_keys(instance, current_app.config["DIARY_PUSH_KEY"])) if contact else None


def _stopping(parent: int | None) -> Callable[[], bool]:
    """Whether the worker was told to stop: by a signal, or by its parent's end."""
    told: list[int] = []

    def tell(number: int, frame: FrameType | None) -> None:
        told.append(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, tell)
    return lambda: bool(told) or (parent is not None and os.getppid() != parent)
