"""What the pages of a year-end ask of their address and of the rules."""

from collections.abc import Callable
from typing import Any

from flask import request, url_for

from ..domain.actors import Appointment
from ..domain.errors import NotFound, WrongMoment


def chosen_unit(posts: tuple[Appointment, ...]) -> Appointment:
    """The post whose unit `?don-vi=` names, or the first; NotFound for a unit the person holds no such post in."""
    if not request.args.get("don-vi"):
        return posts[0]
    wanted = request.args.get("don-vi", type=int)
    found = next((post for post in posts if post.unit_id == wanted), None)
    if found is None:
        raise NotFound()
    return found


def branch_url(endpoint: str, unit_id: int, year: int, **more: Any) -> str:
    """The address of a page of a branch's year-end."""
    arguments: dict[str, Any] = {"don-vi": unit_id, "nam": year, **more}
    return url_for(endpoint, **arguments)


def why_closed(*checks: Callable[[], Any]) -> str:
    """The words of the first check that finds it the wrong moment, "" when none does."""
    for check in checks:
        try:
            check()
        except WrongMoment as error:
            return str(error)
    return ""
