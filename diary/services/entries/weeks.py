"""The one-tap word that a week held nothing to write down."""

from datetime import date

from ...domain.actors import Actor
from ...domain.dates import monday, week_year
from ...domain.errors import WrongMoment
from ...domain.years import require_unlocked
from ...queries import years
from .. import counts
from ..transaction import happening
from .ground import place_that_day


@happening
def say_nothing_to_do(actor: Actor, today: date, *, said: bool) -> None:
    """Say that there is nothing to write down in the week of `today`, or take that word back. Saying it twice changes nothing.

    NotAllowed to all but active members, WrongMoment in a locked year and in a week that has its entry already.
    """
    place = place_that_day(actor, today)
    require_unlocked(years.year_facts(week_year(monday(today)), place))
    assert actor.member_id is not None
    week = counts.week_of(actor.member_id, today)
    if said and week.entries:
        raise WrongMoment("Tuần này bạn đã ghi bài nên nhịp đã giữ, không cần báo thêm.")
    week.nothing_to_do = said
