"""Usernames for new accounts: the tên, a dot, the initials of họ and chữ lót, with a number when taken."""

from collections.abc import Iterable
from itertools import count

from sqlalchemy import false, or_, select

from ..domain.names import username_base
from ..models.accounts import Account
from ..models.base import db

_FEW = 20  # up to so many beginnings it is cheaper to ask for them than to read every name


def free_usernames(names: Iterable[tuple[str, str]]) -> list[str]:
    """People as (họ và chữ lót, tên) in, a username nobody has for each out ("ngan.tk", "ngan.tk2", …), in their order."""
    bases = [username_base(family, given) for family, given in names]
    taken = _taken(sorted(set(bases)))
    numbers = {base: count(1) for base in set(bases)}
    return [_next_free(base, numbers[base], taken) for base in bases]


def _next_free(base: str, numbers: Iterable[int], taken: set[str]) -> str:
    names = (base if number == 1 else f"{base}{number}" for number in numbers)
    return next(name for name in names if name not in taken)


def _taken(bases: list[str]) -> set[str]:
    query = select(Account.username)
    if len(bases) <= _FEW:
        query = query.where(or_(false(), *(Account.username.startswith(base, autoescape=True) for base in bases)))
    return set(db.session.execute(query).scalars())
