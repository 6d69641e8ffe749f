"""What there is to remind a batch of people of: the same number of statements for one as for five hundred."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ...domain.reminder_words import Matter
from .branch_matters import branch_matters
from .own_matters import away_today, own_matters
from .people import Person


@dataclass(frozen=True, slots=True)
class Turn:
    """A person and what they are to be reminded of, the most telling first."""

    person: Person
    matters: tuple[Matter, ...]


def turns(people: Sequence[Person], today: date, now: datetime) -> tuple[Turn, ...]:
    """The turns of those of `people` there is something for; who is on leave today is left in peace."""
    away = away_today([one.member_id for one in people if one.member_id is not None], today)
    here = [one for one in people if one.member_id not in away]
    if not here:
        return ()
    above, own = branch_matters(here, today, now), own_matters(here, today)
    found = (Turn(one, (*above.get(one.account_id, ()), *own.get(one.account_id, ()))) for one in here)
    return tuple(turn for turn in found if turn.matters)
