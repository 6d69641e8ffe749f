"""Jinja as the pages use it: what every page would pay anew for being drawn is paid once, or not at all."""

from collections.abc import MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]  # private; requirements.txt pins it, a test holds it


def escaped(value: Any) -> str:
    """The characters of markupsafe's escape, without its mark: the pieces of a page are joined, and the whole is marked where need be.

    A page of twenty cards escapes 400 pieces; a mark around each takes 8 % of its time.
    """
    if type(value) is str:
        return _escape_inner(value)
    return value if type(value) is Markup else escape(value)


class _Generator(CodeGenerator):
    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        super().visit_Template(node, frame)
        self.writeline("escape = environment.escaped")


class Drawing(Environment):
    """An environment whose globals are all known before the first template is loaded."""

    code_generator_class = _Generator
    escaped = staticmethod(escaped)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A plain dict: asking Jinja's chain of two which names it holds, at every import of a page, takes 5 % of drawing it."""
        return {**self.globals, **(d or {})}


def init_app(app: Flask) -> None:
    """Must come before anything that gives templates a filter or a name."""
    app.jinja_environment = Drawing
