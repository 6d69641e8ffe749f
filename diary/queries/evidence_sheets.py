"""The evidence of members' years, of one or of many at once."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import extract, func, select

from ..domain.entries import EntryState
from ..domain.evidence_sheets import NO_MONTHS, EvidenceSheet, kept_evidence
from ..domain.schemes import Scheme
from ..domain.suggestions import suggest
from ..models.base import db
from ..models.entries import Entry
from .measures import member_measures, sick_days

_COUNTED = (EntryState.APPROVED, EntryState.LOCKED)


def evidence_sheets(scheme: Scheme | None, member_ids: Sequence[int], year: int, today: date) -> dict[int, EvidenceSheet]:
    """What the books say of `year` per member, as they stand `today`; the same queries for one and for thousands."""
    measures, sick, months = member_measures(member_ids, year, today), sick_days(member_ids, year), approved_by_month(member_ids, year)
    return {
        one: EvidenceSheet(measures[one], months.get(one, NO_MONTHS), suggest(scheme, measures[one], sick[one]) if scheme else None)
        for one in member_ids
    }


def evidence_of(scheme: Scheme | None, member_id: int, year: int, today: date, snapshot: Mapping[str, Any] | None = None) -> EvidenceSheet:
    """One member's evidence: what a decision rested on where it kept it, else the books of `today`."""
    return evidence_of_many(scheme, {member_id: snapshot}, year, today)[member_id]


def evidence_of_many(
    scheme: Scheme | None, snapshots: Mapping[int, Mapping[str, Any] | None], year: int, today: date
) -> dict[int, EvidenceSheet]:
    """The same for many, by member id: `snapshots` is what was kept of each."""
    kept = {member_id: kept_evidence(snapshot) if snapshot else None for member_id, snapshot in snapshots.items()}
    read = evidence_sheets(scheme, [member_id for member_id, evidence in kept.items() if evidence is None], year, today)
    return {member_id: evidence or read[member_id] for member_id, evidence in kept.items()}


def approved_by_month(member_ids: Sequence[int], year: int) -> dict[int, tuple[int, ...]]:
    """Approved entries per member by month of the deed, twelve counts; who has none is left out. One query."""
    month = extract("month", Entry.happened_on)
    mine = (Entry.member_id.in_(member_ids), Entry.year == year, Entry.state.in_(_COUNTED))
    found: dict[int, list[int]] = {}
    query = select(Entry.member_id, month, func.count()).where(*mine).group_by(Entry.member_id, month)
    for member_id, number, count in db.session.execute(query) if member_ids else ():
        found.setdefault(member_id, [0] * 12)[int(number) - 1] = count
    return {member_id: tuple(counts) for member_id, counts in found.items()}
