"""Trying what a form asks for, so that nothing typed is lost when the rules refuse it."""

from collections.abc import Callable
from typing import Any

from ..domain.errors import Stale, WrongMoment
from .forms import DiaryForm

HAPPENED, REFUSED, WRONG_MOMENT = 303, 200, 409


def attempt(form: DiaryForm, happening: Callable[[], Any]) -> int:
    """The status to answer with: 303 when it happened, 200 after a refusal at a field, 409 at the wrong moment.

    The refusal stands in the form, with the text that was typed.
    """
    try:
        return HAPPENED if form.attempt(lambda: (happening(), True)) else REFUSED
    except WrongMoment as error:
        kept = "" if isinstance(error, Stale) else " Những gì bạn gõ vẫn còn dưới đây."
        form.form_errors.append(f"{error}{kept}")
        return WRONG_MOMENT
