"""A second look opens the texts behind a level to who answers it, while it waits; nothing else does to a committee of the bloc."""

from dataclasses import replace

from sqlalchemy import select

from ...domain.actors import Actor
from ...domain.permissions import Action, Subject, may
from ...models.base import db
from ...models.evaluations import Evaluation, SecondLook


def opened_again(actor: Actor, subject: Subject, year: int) -> Subject:
    """The entry as the rules of rights see it, open to `actor` as if in a sample where they answer a second look at its author's year."""
    if not subject.sent or may(actor, Action.ENTRY_READ, subject) or not may(actor, Action.EVALUATION_DECIDE, subject):
        return subject
    query = (
        select(SecondLook.id)
        .join(Evaluation, Evaluation.id == SecondLook.evaluation_id)
        .where(Evaluation.member_id == subject.owner_id, Evaluation.year == year, SecondLook.answered_at.is_(None))
    )
    waits = db.session.execute(query.limit(1)).first() is not None
    return replace(subject, sampled=True) if waits else subject
