"""Periodic duties: when each was last begun and how it went, so that over all workers each is done at most once a period."""

from datetime import timedelta

from sqlalchemy import Select, select
from sqlalchemy.dialects import postgresql, sqlite

from ..models.base import db, table_of
from ..models.jobs import Duty
from . import clock
from .transaction import happening


@happening
def begin(name: str, every: timedelta) -> bool:
    """Whether the duty is due and this caller's to do now: to one worker yes, to the others no until `every` has passed."""
    now = clock.now()
    _make_known(name)
    row = db.session.execute(_row(name)).scalar_one()
    if row.ran_at is not None and row.due_at > now:
        return False
    row.ran_at, row.due_at = now, now + every
    return True


@happening
def went_well(name: str) -> None:
    """Note that a duty that was begun is done."""
    row = db.session.execute(_row(name)).scalar_one()
    row.went_well_at, row.trouble = clock.now(), ""


@happening
def went_wrong(name: str, trouble: str, rest: timedelta) -> None:
    """Note what kept a duty that was begun from being done; it is due again after `rest`, or after its period where that is longer."""
    row = db.session.execute(_row(name)).scalar_one()
    row.trouble, row.due_at = trouble[:300], max(row.due_at, clock.now() + rest)


def _row(name: str) -> Select[Duty]:
    return select(Duty).where(Duty.name == name).with_for_update().execution_options(populate_existing=True)


def _make_known(name: str) -> None:
    """The row of a duty done for the first time; two workers that begin it at once make one."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    born = {"name": name, "due_at": clock.now(), "trouble": ""}
    db.session.execute(insert(table_of(Duty)).values(born).on_conflict_do_nothing(index_elements=["name"]))
