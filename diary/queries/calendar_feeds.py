"""Reads about calendars other programs read: whose an address is, and what stands in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from ..domain.actors import Actor, Role, roles_anywhere
from ..domain.calendar_feeds import Event, Hour, UnitYear, review_days, window_events, writing_hours
from ..domain.errors import NotFound
from ..domain.members import Standing
from ..domain.reminders import USUAL, Choice
from ..domain.rhythm import Days
from ..domain.units import Place
from ..models.accounts import Account
from ..models.base import db
from ..models.counts import Leave
from ..models.members import Member
from ..models.reminders import CalendarFeed, ReminderChoice
from .accounts import actor_of
from .years import year_facts

MOST_UNITS = 10  # of one person; whoever holds more posts sees the first


@dataclass(frozen=True, slots=True)
class OwnFeed:
    """That a person has an address, with or without the weekly hour, since when; the address itself is known to them alone."""

    weekly: bool
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Calendar:
    """What stands in a person's calendar."""

    events: tuple[Event, ...]
    hours: tuple[Hour, ...]


def own_feed(actor: Actor) -> OwnFeed | None:
    """The actor's address; None where they have none."""
    query = select(CalendarFeed.weekly, CalendarFeed.made_at).where(CalendarFeed.account_id == actor.account_id)
    row = db.session.execute(query).one_or_none()
    return OwnFeed(*row) if row else None


def calendar_of(token_hash: str, today: date) -> Calendar:
    """The calendar behind an address; NotFound for one that nobody has, or whose owner left or lost the account."""
    feed = (
        select(CalendarFeed.account_id, CalendarFeed.weekly, ReminderChoice.weekday, ReminderChoice.hour)
        .join(Account, Account.id == CalendarFeed.account_id)
        .outerjoin(Member, Member.id == Account.member_id)
        .outerjoin(ReminderChoice, ReminderChoice.account_id == Account.id)
        .where(CalendarFeed.token_hash == token_hash, Account.closed_at.is_(None))
        .where(Member.id.is_(None) | (Member.standing == Standing.ACTIVE))
    )
    row = db.session.execute(feed).one_or_none()
    if row is None:
        raise NotFound("Địa chỉ lịch này không còn dùng được.")
    choice = USUAL if row.weekday is None else Choice(weekday=row.weekday, hour=row.hour)
    return _calendar(actor_of(row.account_id, today), choice, today, weekly=row.weekly)


def _calendar(actor: Actor, choice: Choice, today: date, *, weekly: bool) -> Calendar:
    held = {post.unit_id: (post.unit_name, post.place) for post in actor.appointments}
    own = {actor.place.unit_id: (actor.unit_name, actor.place)} if actor.place else {}
    years = _years({**own, **held}, today)
    if not weekly:
        return Calendar(tuple(window_events(years)), ())
    reviewed = {post.unit_id for post in actor.appointments if Role.BRANCH_OFFICER in roles_anywhere(post)}
    reviews = review_days(one for one in years if one.unit_id in reviewed)
    hours = writing_hours((one for one in years if one.unit_id in own), choice, _leaves(actor.member_id, today))
    return Calendar((*window_events(years), *reviews), tuple(hours))


def _leaves(member_id: int | None, today: date) -> list[Days]:
    """The days of leave of a member from the year before on."""
    query = select(Leave.from_day, Leave.to_day).where(Leave.member_id == member_id, Leave.taken_back_at.is_(None))
    return [Days(*row) for row in db.session.execute(query.where(Leave.to_day >= date(today.year - 1, 1, 1)))]


def _years(units: dict[int, tuple[str, Place]], today: date) -> tuple[UnitYear, ...]:
    """The years that may still have dates to come, for each of the units."""
    asked: Iterable[tuple[int, str, Place, int]] = (
        (unit_id, name, place, year)
        for unit_id, (name, place) in list(units.items())[:MOST_UNITS]
        for year in range(today.year - 1, today.year + 2)
    )
    found = ((unit_id, name, year_facts(year, place)) for unit_id, name, place, year in asked)
    return tuple(UnitYear(unit_id, name, facts) for unit_id, name, facts in found if facts is not None)
