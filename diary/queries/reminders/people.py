"""Whose turn has come: members of branches and holders of posts who can sign in, have agreed, and want to be reminded."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Integer, bindparam, exists, func, or_, select

from ...domain import consents
from ...domain.mails import is_address
from ...domain.members import Standing
from ...domain.reminders import HOURS_A_DAY, USUAL, Choice
from ...domain.units import Place
from ...models.accounts import Account, Consent
from ...models.base import run
from ...models.members import Member
from ...models.reminders import ReminderChoice
from ...models.units import Unit


@dataclass(frozen=True, slots=True)
class Person:
    """Someone to remind. `member_id` and `place` are None for who belongs to no branch, `address` is "" for who has none."""

    account_id: int
    member_id: int | None
    place: Place | None
    address: str
    choice: Choice


def _chosen(name: str) -> ColumnElement[int]:
    return func.coalesce(getattr(ReminderChoice, name), getattr(USUAL, name))


_AGREED = exists().where(Consent.account_id == Account.id, Consent.version == consents.VERSION, Consent.withdrawn_at.is_(None))
_SLOT = _chosen("weekday") * HOURS_A_DAY + _chosen("hour")
_PEOPLE = (
    select(
        Account.id, Account.member_id, Member.unit_id, Unit.path, Member.email,
        *(_chosen(name).label(name) for name in Choice.__dataclass_fields__),
    )
    .outerjoin(Member, Member.id == Account.member_id)
    .outerjoin(Unit, Unit.id == Member.unit_id)
    .outerjoin(ReminderChoice, ReminderChoice.account_id == Account.id)
    .where(Account.closed_at.is_(None))
    .order_by(Account.id)
)  # fmt: skip
_DUE = (
    _PEOPLE.where(Account.id > bindparam("after", type_=Integer), Account.password_hash != "")
    .where(or_(Account.member_id.is_(None), (Member.standing == Standing.ACTIVE) & _AGREED))
    .where(or_(ReminderChoice.account_id.is_(None), ReminderChoice.by_notice, ReminderChoice.by_mail, ReminderChoice.by_push))
    .where(_SLOT.between(bindparam("first", type_=Integer), bindparam("last", type_=Integer)))
    .limit(bindparam("size", type_=Integer))
)
_OF_MEMBERS = _PEOPLE.where(Account.member_id.in_(bindparam("members", expanding=True)))


def due_people(slots: tuple[int, int], after: int, size: int) -> tuple[Person, ...]:
    """At most `size` people whose hour of the week lies in `slots` (first and last, both counted), past the account `after`, by account."""
    rows = run(_DUE, {"first": slots[0], "last": slots[1], "after": after, "size": size})
    return tuple(_person(*row) for row in rows)


def people_of(member_ids: Sequence[int]) -> tuple[Person, ...]:
    """The holders of the members' accounts that are not closed, by account; nobody was asked whether they want to be reminded."""
    return tuple(_person(*row) for row in run(_OF_MEMBERS, {"members": member_ids}))


def _person(account_id: int, member_id: int | None, unit_id: int | None, path: str | None, email: str | None, *chosen: int) -> Person:
    place = Place(unit_id, path) if unit_id and path else None
    choice = Choice(*(bool(value) for value in chosen[:3]), *chosen[3:])
    return Person(account_id, member_id, place, email if email and is_address(email) else "", choice)
