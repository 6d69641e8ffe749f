"""The pledges a member may name in an entry."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Integer, bindparam, func, select

from ...models.base import db
from ...models.entries import Entry
from ...models.pledges import Pledge

MOST_PLEDGES = 50


@dataclass(frozen=True, slots=True)
class PledgeChoice:
    """A pledge an entry may serve, with the virtue it stands under."""

    id: UUID
    year: int
    title: str
    virtue_id: int | None


_LAST_SERVED = select(func.max(Entry.sent_at)).where(Entry.pledge_id == Pledge.id).correlate(Pledge).scalar_subquery()
_CHOICES = (
    select(Pledge.id, Pledge.year, Pledge.title, Pledge.virtue_id)
    .where(Pledge.member_id == bindparam("member", type_=Integer), Pledge.year >= bindparam("year", type_=Integer))
    .where(Pledge.state == "approved")
    .order_by(Pledge.year.desc(), _LAST_SERVED.is_(None), _LAST_SERVED.desc(), Pledge.id)
    .limit(MOST_PLEDGES)
)


def pledge_choices(member_id: int, year: int) -> tuple[PledgeChoice, ...]:
    """The member's approved pledges from `year` on, the newest year first and in it the one of the entry sent last first."""
    return tuple(PledgeChoice(*row) for row in db.session.execute(_CHOICES, {"member": member_id, "year": year}))
