"""Which page of a list and which work year an address asks for; a broken number is the first page, an unknown year the current one."""

from flask import request

from ..queries import years
from ..services import clock

_LAST = 100_000


def page_number(name: str = "trang") -> int:
    """The page of a list, from 1."""
    return min(max(request.args.get(name, 1, type=int), 1), _LAST)


def chosen_year(name: str = "nam") -> int:
    """The work year asked for, the current one when it is none."""
    wanted = request.args.get(name, type=int)
    return wanted if wanted in years.years() else years.current_year(clock.today())
