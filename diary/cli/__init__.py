"""Commands, a file per noun: `flask --app wsgi --help` lists them."""

from flask import Flask

from . import appointments, demo, doctor, documents, exports, imports, members, recount, setup

COMMANDS = (appointments, demo, doctor, documents, exports, imports, members, recount, setup)


def init_app(app: Flask) -> None:
    """Register every command."""
    for module in COMMANDS:
        module.init_app(app)
