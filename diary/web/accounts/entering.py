"""What follows a right password or one-time code: into the program, or to the second factor first."""

from typing import Any
from urllib.parse import urlsplit

from flask import redirect, request, session, url_for

from ...services.accounts import Door
from ..session import enter

WAITING = "cho-ma"  # what the cookie calls the token of a sign-in that waits for its second factor


def go_in(door: Door) -> Any:
    """Open the session and go where the person wanted to; where a second factor is asked for, the cookie only carries what waits for it."""
    if not door.needs_code:
        return go_on(door.token)
    session.clear()
    session[WAITING] = door.token
    return redirect(url_for("second_factor.ask", tiep=next_page()), 303)


def go_on(token: str) -> Any:
    """Open the session of a token and go where the person wanted to."""
    enter(token)
    return redirect(next_page(), 303)


def next_page() -> str:
    """Where the person wanted to go before being asked to sign in; only ever a path of this site."""
    wanted = request.args.get("tiep", "")
    parts = urlsplit(wanted)
    inside = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return wanted if inside and wanted.isprintable() else "/"  # a line break would end the header it goes into
