"""One happening, one transaction. The only commit of the program stands here."""

import functools
import random
import time
from collections.abc import Callable
from sqlite3 import SQLITE_BUSY
from typing import ParamSpec, TypeVar

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from ..models.base import Model, db

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


def happening_in_turn(of: type[Model]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A happening that lets those before it end first: on PostgreSQL it waits for the table of `of` before it sees anything.

    For counters many take from at once: SERIALIZABLE would see the counter as it was before the wait, and send all but one away to try
    again, more often than anyone tries.
    """
    return lambda function: _repeated(function, "SERIALIZABLE", f"LOCK TABLE {of.__tablename__} IN EXCLUSIVE MODE")


def _repeated(function: Callable[P, R], isolation: str, turn: str = "") -> Callable[P, R]:
    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if db.session.info.get("in_happening"):
            return function(*args, **kwargs)
        for attempt in range(1, TRIES + 1):
            try:
                return _once(functools.partial(function, *args, **kwargs), isolation, turn)
            except DBAPIError as error:
                if attempt == TRIES or not _may_try_again(error):
                    raise
                time.sleep(random.uniform(0, FIRST_WAIT * 2 ** (attempt - 1)))  # noqa: S311 - not a secret
        raise AssertionError("unreachable")

    return run


def _once(function: Callable[[], R], isolation: str, turn: str) -> R:
    session = db.session
    session.rollback()
    with_locks = db.engine.dialect.name == "postgresql"
    session.connection(execution_options={"isolation_level": isolation} if with_locks else {"writes": True})
    session.info["in_happening"] = True
    try:
        if turn and with_locks:
            session.execute(text(turn))
        result = function()
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("in_happening", None)
    return result


def _may_try_again(error: DBAPIError) -> bool:
    busy = getattr(error.orig, "sqlite_errorcode", None) == SQLITE_BUSY  # SQLite lets in who asks at the right moment
    return error.connection_invalidated or busy or getattr(error.orig, "sqlstate", None) in _TRY_AGAIN
