"""What the demo's books say beside the levels that were proposed, as a proposal and a decision keep it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, update

from ...domain.evaluations import SENT_UP
from ...domain.proposals import Said, odd_cases, to_body
from ...domain.schemes import Scheme
from ...models.base import db
from ...models.evaluations import Evaluation
from ...queries import years
from ...queries.evaluations.evidence import evidence_of

_AT_ONCE = 2_000
_COLUMNS = (
    Evaluation.id, Evaluation.member_id, Evaluation.unit_id, Evaluation.self_level, Evaluation.vote_level, Evaluation.proposed_level,
    Evaluation.snapshot,
)  # fmt: skip


def weigh_proposals(of_years: Iterable[int], today: date) -> None:
    """Write beside every proposal of these years what the figures speak for, and into the snapshot of every decision."""
    for year in of_years:
        scheme = years.scheme_of(year)
        rows = db.session.execute(select(*_COLUMNS).where(Evaluation.year == year, Evaluation.state.in_(SENT_UP))).all()
        for start in range(0, len(rows) if scheme else 0, _AT_ONCE):
            assert scheme is not None
            _weigh(scheme, rows[start : start + _AT_ONCE], year, today)


def _weigh(scheme: Scheme, rows: Sequence[Row[*tuple[Any, ...]]], year: int, today: date) -> None:
    found = evidence_of(scheme, [row.member_id for row in rows], year, today, {})
    said = {row.id: Said("", row.self_level, row.vote_level, row.proposed_level, found[row.member_id]) for row in rows}
    branches: dict[int, dict[UUID, str]] = {}
    for row in rows:
        branches.setdefault(row.unit_id, {})[row.id] = row.proposed_level
    odd = {key for levels in branches.values() for key in odd_cases(scheme, {key: said[key] for key in levels}, levels).of}
    kept = [_beside(key, one, key in odd) for key, one in said.items()]
    frozen = [{"id": row.id, "snapshot": row.snapshot | to_body(said[row.id].evidence)} for row in rows if row.snapshot]
    for changes in (kept, frozen):
        if changes:
            db.session.execute(update(Evaluation), changes)


def _beside(key: UUID, said: Said, odd: bool) -> dict[str, Any]:
    return {"id": key, "suggested_level": said.evidence.suggestion.level, "diary_thin": bool(said.evidence.thin), "odd": odd}
