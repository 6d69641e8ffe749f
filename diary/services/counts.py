"""Summary rows: moved in the same transaction as what they count, and recounted by a command that tells where they were off."""

from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Date, Integer, bindparam
from sqlalchemy.dialects import postgresql, sqlite

from ..domain.dates import monday
from ..domain.entries import EntryState
from ..domain.pledges import PledgeState
from ..models.base import db, run, table_of
from ..models.counts import MemberWeek, MemberYear

ENTRY_COLUMNS = {
    EntryState.DRAFT: "entries_draft",
    EntryState.WAITING: "entries_waiting",
    EntryState.RETURNED: "entries_returned",
    EntryState.APPROVED: "entries_approved",
    EntryState.LOCKED: "entries_approved",
}


def member_year(member_id: int, year: int, unit_id: int) -> MemberYear:
    """The member's figures of the year in that branch, made empty where there were none."""
    row = db.session.get(MemberYear, (member_id, year, unit_id))
    if row is None:
        row = MemberYear(member_id=member_id, year=year, unit_id=unit_id)
        db.session.add(row)
        db.session.flush()  # the columns get their zeros
    return row


def entry_moved(figures: MemberYear, before: EntryState | None, after: EntryState | None) -> None:
    """Count an entry from one state to another; None stands for not being there (before it is made, after it is deleted)."""
    if before is not None:
        _add(figures, ENTRY_COLUMNS[before], -1)
    if after is not None:
        _add(figures, ENTRY_COLUMNS[after], 1)


def pledge_moved(figures: MemberYear, before: PledgeState | None, after: PledgeState | None) -> None:
    """Count a pledge from one state to another; None stands for not being there."""
    if before is not None:
        _add(figures, f"pledges_{before.value}", -1)
    if after is not None:
        _add(figures, f"pledges_{after.value}", 1)


def week_changed(member_id: int, day: date, change: int) -> None:
    """Count `change` (1 or -1) sent entries in the week of `day`."""
    run(
        _week_change(db.session.connection().dialect.name),
        {"member": member_id, "week": monday(day), "first": max(change, 0), "change": change},
    )


@cache
def _week_change(engine: str) -> Any:
    """One statement where reading the row and writing it were two: every entry sent asks it."""
    table = table_of(MemberWeek)
    insert = postgresql.insert(table) if engine == "postgresql" else sqlite.insert(table)
    change = bindparam("change", type_=Integer)
    key = {"member_id": bindparam("member"), "monday": bindparam("week", type_=Date)}
    row = insert.values(**key, entries=bindparam("first", type_=Integer), nothing_to_do=False)
    return row.on_conflict_do_update(index_elements=["member_id", "monday"], set_={"entries": table.c.entries + change})


def week_of(member_id: int, day: date) -> MemberWeek:
    """The member's week that holds `day`, made empty where there was none."""
    key = (member_id, monday(day))
    row = db.session.get(MemberWeek, key, populate_existing=True)
    if row is None:
        row = MemberWeek(member_id=member_id, monday=key[1], entries=0, nothing_to_do=False)
        db.session.add(row)
    return row


def _add(figures: MemberYear, column: str, change: int) -> None:
    setattr(figures, column, getattr(figures, column) + change)
