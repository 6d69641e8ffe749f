"""Rows of a query as plain data, named as the file of one's own data names them."""

from itertools import groupby
from typing import Any

from sqlalchemy import Select

from ...models.base import db

Part = list[dict[str, Any]]


def rows(query: Select[*tuple[Any, ...]]) -> Part:
    """Each row as a dict, by the names of its columns."""
    return [dict(row) for row in db.session.execute(query).mappings()]


def row(query: Select[*tuple[Any, ...]]) -> dict[str, Any] | None:
    """The first row as a dict; None where there is none."""
    return next(iter(rows(query)), None)


def by(key: str, part: Part) -> dict[Any, Part]:
    """The rows by the value of `key`, which they lose; they have to come in its order."""
    return {value: [_without(key, one) for one in some] for value, some in groupby(part, key=lambda one: one[key])}


def _without(key: str, one: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name != key}
