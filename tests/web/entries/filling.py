"""Filling in the form of an entry as a browser does."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from diary.domain.entries import EntryState
from diary.models.base import db
from diary.models.entries import Entry
from tests import factories
from tests.web.reading import hidden

DEED = "Xuống ấp Rạch Sậy giúp bà con nộp hồ sơ."


def fill(client: FlaskClient, path: str = "/nhat-ky/moi", post_to: str = "", **fields: Any) -> Any:
    """Open the form at `path` and send it with `fields` over what it holds; a field given as None is left out."""
    page = client.get(path).text
    seen = {name: hidden(page, name) for name in ("csrf_token", "id", "version") if f'name="{name}"' in page}
    given = seen | {"happened_on": "2026-11-23", "did": DEED, "act": "send"} | fields
    kept = {name: value for name, value in given.items() if value is not None}
    return client.post(post_to or path, data=kept, content_type="multipart/form-data")


def made(app: Flask, person: Any, state: EntryState = EntryState.WAITING, **facts: Any) -> Any:
    """The id of a new entry of `person`."""
    with app.app_context():
        return factories.entry(person, state, **facts).id


def kept(app: Flask) -> list[Entry]:
    """Every entry there is, in the order written."""
    with app.app_context():
        return list(db.session.execute(select(Entry).order_by(Entry.id)).scalars())
