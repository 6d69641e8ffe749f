"""Telling people something by the ways each of them picked: always inside the app, by mail and push where they want it, not at night."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ...domain.reminder_words import Matter, letter
from ...domain.reminders import PAGE, after_quiet
from ...queries.reminders import Person, people_of
from .. import clock, mails, notices, pushes


@dataclass(frozen=True, slots=True)
class Site:
    """What words that leave the program need: scheme and host for their links ("" where nobody said), and whether mail goes out at all."""

    address: str = ""
    sends_mail: bool = False


def tell(told: Sequence[tuple[int, Matter]], site: Site) -> None:
    """Tell members something each, by the member's id. Part of the happening that causes it, in as many statements for one as for many."""
    by_member = dict(told)
    people = [(one, by_member[one.member_id]) for one in people_of(list(by_member)) if one.member_id is not None]
    now = clock.now()
    notices.tell_many([(one.account_id, matter.text, matter.link) for one, matter in people])
    write([(one, (matter,)) for one, matter in people if one.choice.by_mail], site, now)
    pushed = [(one, matter) for one, matter in people if one.choice.by_push]
    pushes.push_all([pushes.Words(one.account_id, matter.text, matter.link, not_before(one, now)) for one, matter in pushed])


def write(told: Sequence[tuple[Person, Sequence[Matter]]], site: Site, now: datetime) -> None:
    """Write a mail to each who has an address, where the installation sends mail."""
    if site.sends_mail:
        mails.write_many([_mail(one, matters, site, now) for one, matters in told if one.address])


def _mail(one: Person, matters: Sequence[Matter], site: Site, now: datetime) -> mails.Outgoing:
    subject, words = letter(matters, site.address)
    page = f"{site.address}{PAGE}" if site.address else ""
    return mails.Outgoing(one.account_id, one.address, subject, words, not_before(one, now), page)


def not_before(one: Person, now: datetime) -> datetime:
    """The first moment that is not in the person's quiet hours."""
    return after_quiet(now, one.choice.quiet_from, one.choice.quiet_to)
