"""Reads about wishes to change a pledge, for whoever may read the pledge."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, select

from ..domain.pledge_changes import CHANGE_LABELS, Body, Side, as_draft, sides
from ..domain.pledges import ChangeState, PledgeDraft
from ..models.accounts import Account
from ..models.base import db
from ..models.pledges import Pledge, PledgeChange

MOST_OF_A_PLEDGE = 50


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A wish to change a pledge, why, and what became of it. `by`: who answered, empty while nobody has."""

    id: UUID
    state: ChangeState
    sides: tuple[Side, ...]
    wanted: PledgeDraft
    reason: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None
    by: str

    @property
    def label(self) -> str:
        """The state in its own word."""
        return CHANGE_LABELS[self.state]

    @property
    def waits(self) -> bool:
        """Whether it has yet to be answered."""
        return self.state is ChangeState.WAITING


def changes_of(pledge_id: UUID) -> tuple[ChangeRow, ...]:
    """The wishes to change a pledge, the newest first. Whether one may read the pledge was asked before."""
    columns = (
        PledgeChange.id, PledgeChange.state, PledgeChange.before, PledgeChange.body, PledgeChange.reason, PledgeChange.asked_at,
        PledgeChange.answer, PledgeChange.answered_at, Account.name,
    )  # fmt: skip
    query = select(*columns).outerjoin(Account, Account.id == PledgeChange.answered_by).where(PledgeChange.pledge_id == pledge_id)
    rows: Any = db.session.execute(query.order_by(PledgeChange.asked_at.desc(), PledgeChange.id.desc()).limit(MOST_OF_A_PLEDGE))
    return tuple(_row(*row) for row in rows)


def _row(key: UUID, state: ChangeState, before: Body, after: Body, *said: Any) -> ChangeRow:
    reason, asked_at, answer, answered_at, name = said
    return ChangeRow(key, state, sides(before, after), as_draft(after), reason, asked_at, answer, answered_at, name or "")


def changed_at() -> Any:
    """When the pledge of a row last was changed, as a column of a select of pledges; nothing where it never was."""
    accepted = (PledgeChange.pledge_id == Pledge.id, PledgeChange.state == ChangeState.ACCEPTED)
    newest = select(func.max(PledgeChange.answered_at, type_=PledgeChange.answered_at.type)).where(*accepted)
    return newest.correlate(Pledge).scalar_subquery()


def waits() -> Any:
    """Whether a wish to change the pledge of a row waits, as a column of a select of pledges."""
    return exists().where(PledgeChange.pledge_id == Pledge.id, PledgeChange.state == ChangeState.WAITING).correlate(Pledge)
