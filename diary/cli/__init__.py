"""Commands, a file per noun: `flask --app wsgi --help` lists them."""

from flask import Flask

from . import demo, doctor, recount

COMMANDS = (demo, doctor, recount)


def init_app(app: Flask) -> None:
    """Register every command."""
    for module in COMMANDS:
        module.init_app(app)
