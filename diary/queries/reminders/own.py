"""Reads about reminding one person: what they chose."""

from dataclasses import dataclass

from sqlalchemy import select

from ...domain.actors import Actor
from ...domain.mails import is_address
from ...domain.reminders import USUAL, Choice
from ...models.base import db
from ...models.members import Member
from ...models.reminders import ReminderChoice


@dataclass(frozen=True, slots=True)
class OwnChoice:
    """What a person chose, its version (0: nothing yet, the usual holds), and the address mail would go to ("" for none)."""

    choice: Choice
    version: int
    address: str


def own_choice(actor: Actor) -> OwnChoice:
    """How the actor is reminded."""
    row = db.session.execute(select(*_COLUMNS, ReminderChoice.version).where(ReminderChoice.account_id == actor.account_id)).one_or_none()
    email = db.session.execute(select(Member.email).where(Member.id == actor.member_id)).scalar_one_or_none() or ""
    address = email if is_address(email) else ""
    return OwnChoice(Choice(*row[:-1]), row.version, address) if row else OwnChoice(USUAL, 0, address)


_COLUMNS = (
    ReminderChoice.by_notice, ReminderChoice.by_mail, ReminderChoice.by_push, ReminderChoice.weekday, ReminderChoice.hour,
    ReminderChoice.quiet_from, ReminderChoice.quiet_to,
)  # fmt: skip
