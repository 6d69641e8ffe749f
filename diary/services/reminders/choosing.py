"""How a person wants to be reminded: kept as they say it."""

from dataclasses import asdict

from ...domain.actors import Actor
from ...domain.errors import Stale
from ...domain.reminders import USUAL, Choice, check_choice
from ...models.base import db
from ...models.reminders import ReminderChoice
from .. import audit
from ..transaction import happening


@happening
def choose(actor: Actor, choice: Choice, version: int) -> None:
    """Keep how the actor wants to be reminded. BadInput at a day or an hour that is none, Stale where it was changed since `version`
    (0: nothing was kept yet)."""
    check_choice(choice)
    row = db.session.get(ReminderChoice, actor.account_id, populate_existing=True)
    if (row.version if row else 0) != version:
        raise Stale()
    facts = asdict(choice)
    old = {name: getattr(row, name) for name in facts} if row else asdict(USUAL)
    changed = [name for name in facts if facts[name] != old[name]]
    if row is None:
        db.session.add(ReminderChoice(account_id=actor.account_id, **facts))
    elif changed:
        row.version += 1
        for name in changed:
            setattr(row, name, facts[name])
    if changed:
        audit.record(actor, "reminders_choose", "account", actor.account_id, None, changed)
