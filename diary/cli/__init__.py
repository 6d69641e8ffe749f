"""Commands, a file per noun: `flask --app wsgi --help` lists them."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register every command."""
