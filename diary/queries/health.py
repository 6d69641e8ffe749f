"""Whether the database answers, and whether a handful of what it holds agrees with itself."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, literal, select
from sqlalchemy.exc import SQLAlchemyError

from ..domain.entries import EntryState
from ..models.accounts import Account
from ..models.base import db
from ..models.counts import MemberYear
from ..models.entries import Entry, Evidence
from ..models.units import Unit


@dataclass(frozen=True, slots=True)
class Sample:
    """How many were looked at, and how many of them are off."""

    looked_at: int
    off: int


def trouble() -> str:
    """Why the database cannot be asked, in its driver's words; "" when it answers."""
    try:
        db.session.execute(select(literal(1)))
    except (SQLAlchemyError, OSError) as error:
        db.session.rollback()
        return _first_line(error)
    return ""


def _first_line(error: Exception) -> str:
    words = str(getattr(error, "orig", None) or error).strip()
    return words.splitlines()[0] if words else type(error).__name__


def engine() -> str:
    """The name and version of the database's engine: "SQLite 3.40.1", "PostgreSQL 15.8"."""
    dialect = db.session.connection().dialect
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(dialect.name, dialect.name)
    return f"{name} {'.'.join(map(str, dialect.server_version_info or ()))}".strip()


def is_set_up() -> bool:
    """Whether there is a bloc to work in."""
    return db.session.execute(select(Unit.id).limit(1)).first() is not None


def holds_demo_accounts() -> bool:
    """Whether some account is one of the demo's, whose password everyone knows."""
    return db.session.execute(select(Account.id).where(Account.is_demo).limit(1)).first() is not None


def summaries(size: int) -> Sample:
    """Count the entries of `size` members' years, taken by lot, and compare them with their summary rows."""
    figures = (MemberYear.entries_draft, MemberYear.entries_waiting, MemberYear.entries_returned, MemberYear.entries_approved)
    lot = select(MemberYear.member_id, MemberYear.year, MemberYear.unit_id, *figures).order_by(func.random()).limit(size)
    rows = [tuple(row) for row in db.session.execute(lot)]
    counted = _entries_by_state({row[0] for row in rows})
    return Sample(len(rows), sum(row[3:] != _figures(counted, row[:3]) for row in rows))


def _entries_by_state(members: set[int]) -> Counter[tuple[object, ...]]:
    key = (Entry.member_id, Entry.year, Entry.unit_id, Entry.state)
    query = select(*key, func.count()).where(Entry.member_id.in_(members)).group_by(*key)
    return Counter({tuple(row[:4]): row[4] for row in db.session.execute(query)})


def _figures(counted: Counter[tuple[object, ...]], key: tuple[object, ...]) -> tuple[int, ...]:
    draft, waiting, returned, approved, locked = (counted[*key, state] for state in _STATES)
    return draft, waiting, returned, approved + locked


_STATES = (EntryState.DRAFT, EntryState.WAITING, EntryState.RETURNED, EntryState.APPROVED, EntryState.LOCKED)


def some_files(size: int) -> tuple[str, ...]:
    """The SHA-256 of at most `size` files that rows of evidence name, taken by lot."""
    return tuple(db.session.execute(select(Evidence.sha256).order_by(func.random()).limit(size)).scalars())
