"""One happening, one transaction. The only commit of the program stands here."""

import functools
import random
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from sqlalchemy.exc import DBAPIError

from ..models.base import db

P = ParamSpec("P")
R = TypeVar("R")
TRIES = 8
FIRST_WAIT = 0.01  # seconds at most before the second try, twice as long before each further one
_TRY_AGAIN = {"40001", "40P01", "55P03"}  # serialization failure, deadlock, lock not available


def happening(function: Callable[P, R]) -> Callable[P, R]:
    """Run `function` as one transaction: everything in it happens, or nothing.

    The read the request began is ended first, so that the writer starts from the newest state; SQLite begins IMMEDIATE,
    PostgreSQL runs SERIALIZABLE. A serialization failure or a lost connection runs the whole again, after a moment of chance
    length, so that those who met do not meet again. A happening called within another is part of it.
    """

    return _repeated(function, "SERIALIZABLE")


def happening_of_one_row(function: Callable[P, R]) -> Callable[P, R]:
    """A happening whose statements each say in their WHERE what must still hold: PostgreSQL runs it READ COMMITTED.

    For many who change one row at the same moment (30 phones, one tally): they wait for each other, where SERIALIZABLE would send all
    but one away to try again.
    """
    return _repeated(function, "READ COMMITTED")


def _repeated(function: Callable[P, R], isolation: str) -> Callable[P, R]:
    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if db.session.info.get("in_happening"):
            return function(*args, **kwargs)
        for attempt in range(1, TRIES + 1):
            try:
                return _once(function, isolation, *args, **kwargs)
            except DBAPIError as error:
                if attempt == TRIES or not _may_try_again(error):
                    raise
                time.sleep(random.uniform(0, FIRST_WAIT * 2 ** (attempt - 1)))  # noqa: S311 - not a secret
        raise AssertionError("unreachable")

    return run


def _once(function: Callable[P, R], isolation: str, *args: P.args, **kwargs: P.kwargs) -> R:
    session = db.session
    session.rollback()
    options = {"isolation_level": isolation} if db.engine.dialect.name == "postgresql" else {"writes": True}
    session.connection(execution_options=options)
    session.info["in_happening"] = True
    try:
        result = function(*args, **kwargs)
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("in_happening", None)
    return result


def _may_try_again(error: DBAPIError) -> bool:
    return error.connection_invalidated or getattr(error.orig, "sqlstate", None) in _TRY_AGAIN
