"""The best entry of a month, as its author sees it: chosen, changed, taken back.

It is a mark for oneself: nobody else is shown it, and it moves nothing in the books. So it may be set in a year that is locked, as one
looks back in January; what stands for the year at the evaluation is chosen there.
"""

from uuid import UUID

from sqlalchemy import delete, or_, select

from ..domain.actors import Actor
from ..domain.entries import EntryState
from ..domain.errors import NotFound, WrongMoment
from ..models.base import db
from ..models.entries import Entry, MonthChoice
from . import audit
from .transaction import happening


@happening
def choose_best(actor: Actor, entry_id: UUID) -> tuple[int, int]:
    """Hold the actor's own entry to be the best of its month, in place of another; that year and month.

    Choosing it twice changes nothing. NotFound for another's entry, WrongMoment for a draft.
    """
    entry = _own(actor, entry_id)
    if entry.state is EntryState.DRAFT:
        raise WrongMoment("Bài nháp chưa chọn được. Hãy gửi bí thư trước.")
    key = (entry.member_id, entry.happened_on.year, entry.happened_on.month)
    row = db.session.get(MonthChoice, key)
    _forget_elsewhere(entry_id, key)
    if row is None:
        db.session.add(MonthChoice(member_id=key[0], year=key[1], month=key[2], entry_id=entry_id))
    elif row.entry_id != entry_id:
        row.entry_id = entry_id
    else:
        return key[1:]
    audit.record(actor, "month_choose", "entry", entry_id, entry.unit_id)
    return key[1:]


@happening
def take_back_best(actor: Actor, entry_id: UUID) -> tuple[int, int]:
    """Hold the actor's own entry to be the best of no month any more; its year and month. NotFound for another's entry."""
    entry = _own(actor, entry_id)
    mine = (MonthChoice.member_id == entry.member_id, MonthChoice.entry_id == entry_id)
    taken = db.session.execute(delete(MonthChoice).where(*mine).returning(MonthChoice.month)).all()
    if taken:
        audit.record(actor, "month_choice_take_back", "entry", entry_id, entry.unit_id)
    return entry.happened_on.year, entry.happened_on.month


def _forget_elsewhere(entry_id: UUID, key: tuple[int, int, int]) -> None:
    """An entry whose day was mended after it was chosen is the best of one month only."""
    elsewhere = or_(MonthChoice.year != key[1], MonthChoice.month != key[2])
    db.session.execute(delete(MonthChoice).where(MonthChoice.entry_id == entry_id, elsewhere))


def _own(actor: Actor, entry_id: UUID) -> Entry:
    mine = select(Entry).where(Entry.id == entry_id, Entry.member_id == actor.member_id)
    entry = db.session.execute(mine).scalars().one_or_none() if actor.member_id is not None else None
    if entry is None:
        raise NotFound()
    return entry
