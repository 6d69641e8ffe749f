"""Ids made with a form, so that the same form sent twice makes one thing; and numbers of rows as addresses and forms carry them."""

from typing import Any
from uuid import UUID

import uuid_utils.compat as uuid_utils
from flask import Flask
from werkzeug.routing import IntegerConverter

_LARGEST = 2**31 - 1  # what an integer column of any engine holds; a larger one would fail in the database


class RowNumber(IntegerConverter):
    """`<int:…>` of an address: one no row can have is no page (404)."""

    def __init__(self, *args: Any, **limits: Any):
        super().__init__(*args, **{"max": _LARGEST, **limits})


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = RowNumber


def row_number(text: str) -> int:
    """The number of a row a form or query carried, for `get(…, type=row_number)`; ValueError where no row can have it."""
    number = int(text)
    if not 0 < number <= _LARGEST:
        raise ValueError("no row has this number")
    return number


def new_id() -> UUID:
    """A fresh UUIDv7."""
    return uuid_utils.uuid7()


def form_id(text: str | None) -> UUID:
    """The id a form carried, or a fresh one where it carries none or a broken one."""
    try:
        return UUID(text or "")
    except ValueError:
        return new_id()
