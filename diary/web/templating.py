"""Jinja as the pages use it: what every page would pay anew for being drawn is paid once."""

from collections.abc import MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment


class Drawing(Environment):
    """An environment whose globals are all known before the first template is loaded."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A plain dict: asking Jinja's chain of two which names it holds, at every import of a page, takes 5 % of drawing it."""
        return {**self.globals, **(d or {})}


def init_app(app: Flask) -> None:
    """Must come before anything that gives templates a filter or a name."""
    app.jinja_environment = Drawing
