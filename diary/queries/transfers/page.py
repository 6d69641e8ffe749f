"""One transfer for either side and the member, and all of one member."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from ...domain.actors import Actor
from ...domain.errors import NotFound
from ...domain.permissions import Action, Subject, may
from ...domain.reviews import VIETNAM
from ...domain.transfers import TransferState
from ...domain.units import Place
from ...domain.year_figures import YearFigures
from ...models.accounts import Account
from ...models.base import db
from ...models.counts import MemberYear
from ...models.transfers import Transfer
from ...models.units import Unit
from ..reach import units_within
from ..rhythm import rhythms_of
from .rows import FROM, ROW, TO, TransferRow, row_of, rows

MOST_OF_ONE = 20


@dataclass(frozen=True, slots=True)
class TransferPage:
    """One transfer as one of its ends, or the member, may see it.

    `figures` are those of the old branch's part of the year; they and the comment are `shown` to a unit that was asked only while it
    waits and once it took the member in.
    """

    row: TransferRow
    comment: str
    answer: str
    asked_by: str
    answered_by: str
    answered_at: datetime | None
    year: int
    figures: YearFigures
    shown: bool
    own: bool
    may_answer: bool
    may_withdraw: bool


def load_transfer(actor: Actor, transfer_id: UUID, today: date) -> TransferPage:
    """One transfer for those who may read the members of either unit, and for the member; NotFound to everyone else."""
    asker, answerer = aliased(Account), aliased(Account)
    more = (
        Transfer.from_unit_id, FROM.path, Transfer.to_unit_id, TO.path, Transfer.comment, Transfer.answer, asker.name, answerer.name,
        Transfer.answered_at,
    )  # fmt: skip
    query = rows(*more).join(asker, asker.id == Transfer.asked_by).outerjoin(answerer, answerer.id == Transfer.answered_by)
    found = db.session.execute(query.where(Transfer.id == transfer_id)).one_or_none()
    if found is None:
        raise NotFound()
    row = row_of(tuple(found))
    old_id, old_path, new_id, new_path, comment, answer, asked_by, answered_by, answered_at = tuple(found)[len(ROW) :]
    old, new = Place(old_id, old_path), Place(new_id, new_path)
    if not any(may(actor, Action.MEMBER_READ, Subject(place, row.member_id)) for place in (old, new)):
        raise NotFound()
    last_day = _last_day(row, answered_at, today)
    waits, asked_only = row.state is TransferState.WAITING, row.state in (TransferState.DECLINED, TransferState.WITHDRAWN)
    shown = not asked_only or may(actor, Action.MEMBER_READ, Subject(old, row.member_id))
    return TransferPage(
        row, comment if shown else "", answer, asked_by, answered_by or "", answered_at, last_day.year,
        figures=branch_figures(row.member_id, old_id, last_day) if shown else YearFigures(),
        shown=shown,
        own=row.member_id == actor.member_id,
        may_answer=waits and may(actor, Action.MEMBER_EDIT, Subject(new)),
        may_withdraw=waits and may(actor, Action.MEMBER_EDIT, Subject(old)),
    )  # fmt: skip


def _last_day(row: TransferRow, answered_at: datetime | None, today: date) -> date:
    """Up to when the old branch's figures count: the day before the move, the day of another answer, today while it waits."""
    if row.moved_on:
        return row.moved_on - timedelta(days=1)
    return answered_at.astimezone(VIETNAM).date() if answered_at else today


def branch_figures(member_id: int, unit_id: int, day: date) -> YearFigures:
    """What the member did in that branch in the year of `day` up to it: counts, never words."""
    row = db.session.get(MemberYear, (member_id, day.year, unit_id))
    weeks = rhythms_of((member_id,), day.year, day)[member_id]
    if row is None:
        return YearFigures(weeks.kept, weeks.due)
    return YearFigures(
        weeks_kept=weeks.kept,
        weeks_due=weeks.due,
        sent=row.entries_waiting + row.entries_returned + row.entries_approved,
        approved=row.entries_approved,
        late=row.entries_late,
        times_returned=row.times_returned,
        pledges_met=row.pledges_met,
        pledges_confirmed=row.pledges_approved + row.pledges_met + row.pledges_not_met,
    )


def transfers_of(actor: Actor, member_id: int) -> tuple[TransferRow, ...]:
    """The member's transfers the actor may know of, the newest first: their own, or those from and to units whose members they read."""
    reach = units_within(actor, Action.MEMBER_READ)
    assert reach is not None
    within = select(Unit.id).where(reach)
    known = or_(Transfer.to_unit_id.in_(within), Transfer.from_unit_id.in_(within))
    query = rows().where(Transfer.member_id == member_id)
    if member_id != actor.member_id:
        query = query.where(known)
    found = db.session.execute(query.order_by(Transfer.asked_at.desc(), Transfer.id.desc()).limit(MOST_OF_ONE))
    return tuple(row_of(tuple(row)) for row in found)
