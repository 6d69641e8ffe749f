"""Ids made with a form, so that the same form sent twice makes one thing."""

from uuid import UUID

import uuid_utils.compat as uuid_utils


def new_id() -> UUID:
    """A fresh UUIDv7."""
    return uuid_utils.uuid7()


def form_id(text: str | None) -> UUID:
    """The id a form carried, or a fresh one where it carries none or a broken one."""
    try:
        return UUID(text or "")
    except ValueError:
        return new_id()
