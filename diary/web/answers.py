"""The answer to a form that static/sending.js may send while its page stays: JSON for the script, a page as always for a browser."""

from collections.abc import Callable
from typing import Any

from flask import jsonify, redirect

from .attempts import REFUSED, WRONG_MOMENT
from .forms import DiaryForm
from .session import wants_json


def lead(url: str) -> Any:
    """Go on to `url`."""
    return jsonify(go=url) if wants_json() else redirect(url, 303)


def refuse(form: DiaryForm, status: int, page: Callable[[], str]) -> Any:
    """What is wrong with `form`: each fault with the id of its field ("" where it has none), or the `page` that shows them.

    `status` is the one of `attempts.attempt`; the script is told 422 where the page comes with 200, and at a wrong moment the id the page
    would come with.
    """
    if not wants_json():
        return page(), status
    faults = [{"field": "", "words": words} for words in form.form_errors]
    faults += [{"field": field.id, "words": str(field.errors[0])} for field in form if field.errors]
    fresh = {"id": str(form["id"].data)} if "id" in form and status == WRONG_MOMENT else {}
    return jsonify(errors=faults, **fresh), 422 if status == REFUSED else status
