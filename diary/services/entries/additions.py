"""Late additions: words put beside an approved entry, reviewed on their own; the approved text itself stays as it is."""

from datetime import date
from uuid import UUID

from ...domain import entries as rules
from ...domain.actors import Actor
from ...domain.entries import EntryState
from ...domain.errors import NotFound
from ...domain.years import require_unlocked
from ...models.base import db
from ...models.entries import EntryAddition
from ...queries import years
from .. import audit, clock
from ..review_routing import review_unit
from ..transaction import happening
from .ground import own_entry, place_that_day


@happening
def add_words(actor: Actor, addition_id: UUID, entry_id: UUID, words: str, today: date) -> UUID:
    """Send words that belong to an approved entry; the addition's id. The same form sent twice makes one addition.

    BadInput "words" where there are none or too many, WrongMoment unless the entry is approved and its year unlocked.
    """
    entry = own_entry(actor, entry_id)
    row = db.session.get(EntryAddition, addition_id)
    if row is not None:
        if row.entry_id != entry_id:
            raise NotFound()
        return row.id
    require_unlocked(years.year_facts(entry.year, place_that_day(actor, entry.happened_on)))
    rules.require_additions(entry.state)
    db.session.add(
        EntryAddition(
            id=addition_id,
            entry_id=entry_id,
            unit_id=entry.unit_id,
            words=rules.clean_addition(words),
            state=EntryState.WAITING,
            sent_at=clock.now(),
            review_unit_id=review_unit(entry.member_id, entry.unit_id, today),
        )
    )
    audit.record(actor, "entry_add_words", "entry", entry_id, entry.unit_id)
    return addition_id
