"""What the demo's books say beside the levels that were proposed, as a proposal and a decision keep it."""

import random
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, update

from ...domain.evaluations import SENT_UP
from ...domain.proposals import Evidence, Said, above_evidence, odd_cases, to_body
from ...domain.schemes import Scheme
from ...models.base import db
from ...models.evaluations import Evaluation
from ...queries import years
from ...queries.evaluations.evidence import evidence_of
from .content import Content, phrase

_AT_ONCE = 2_000
_COLUMNS = (
    Evaluation.id, Evaluation.member_id, Evaluation.unit_id, Evaluation.self_level, Evaluation.vote_level, Evaluation.proposed_level,
    Evaluation.proposal_reason, Evaluation.snapshot,
)  # fmt: skip


def weigh_proposals(content: Content, seed: int, of_years: Iterable[int], today: date) -> None:
    """Write beside every proposal of these years what the figures speak for, and into the snapshot of every decision."""
    dice = random.Random(seed)
    for year in of_years:
        scheme = years.scheme_of(year)
        sent_up = (Evaluation.year == year, Evaluation.state.in_(SENT_UP))
        rows = db.session.execute(select(*_COLUMNS).where(*sent_up).order_by(Evaluation.id)).all()
        for start in range(0, len(rows) if scheme else 0, _AT_ONCE):
            assert scheme is not None
            _weigh(scheme, rows[start : start + _AT_ONCE], year, today, lambda: phrase(content, "proposal.above_books", dice))


def _weigh(scheme: Scheme, rows: Sequence[Row[*tuple[Any, ...]]], year: int, today: date, why: Callable[[], str]) -> None:
    found = evidence_of(scheme, [row.member_id for row in rows], year, today, {})
    said = {row.id: Said("", row.self_level, row.vote_level, row.proposed_level, found[row.member_id]) for row in rows}
    branches: dict[int, dict[UUID, str]] = {}
    for row in rows:
        branches.setdefault(row.unit_id, {})[row.id] = row.proposed_level
    odd = {key for levels in branches.values() for key in odd_cases(scheme, {key: said[key] for key in levels}, levels).of}
    kept = [
        _beside(row.id, said[row.id].evidence, row.id in odd)
        | {"proposal_reason": row.proposal_reason or (why() if above_evidence(scheme, said[row.id].evidence, row.proposed_level) else "")}
        for row in rows
    ]
    frozen = [{"id": row.id, "snapshot": row.snapshot | to_body(said[row.id].evidence)} for row in rows if row.snapshot]
    for changes in (kept, frozen):
        if changes:
            db.session.execute(update(Evaluation), changes)


def _beside(key: UUID, evidence: Evidence, odd: bool) -> dict[str, Any]:
    return {"id": key, "suggested_level": evidence.suggestion.level, "diary_thin": bool(evidence.thin), "odd": odd}
