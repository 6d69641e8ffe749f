"""The settings of the bloc, changed by those who set its years and by the administrator."""

from collections.abc import Mapping

from ..domain import settings as rules
from ..domain.actors import Actor
from ..domain.errors import Stale
from ..domain.permissions import Action, require_somewhere
from ..models.base import db
from ..models.settings import Setting
from ..queries.settings import settings
from . import audit, clock
from .transaction import happening


@happening
def set_settings(actor: Actor, typed: Mapping[str, str], seen: str) -> None:
    """Set all settings as typed, by name; one at its usual value is not kept. Nothing changed: nothing happens.

    `seen` is the fingerprint of those the actor saw: Stale when somebody changed them since. BadFields at wrong ones.
    """
    (post, *_) = require_somewhere(actor, Action.SETTING_EDIT)
    wanted, now = rules.parse(typed), settings()
    if seen != rules.fingerprint(now):
        raise Stale()
    changed = rules.changed(now, wanted)
    for name, value in changed.items():
        _keep(actor, name, value)
    if changed:
        words = [f"{name}={rules.shown(rules.ASKED[name], value)}" for name, value in changed.items()]
        audit.record(actor, "settings_set", "settings", "", post.place.unit_id, words)


def _keep(actor: Actor, name: str, value: float) -> None:
    row = db.session.get(Setting, name)
    if value == getattr(rules.USUAL, name):
        if row is not None:
            db.session.delete(row)
        return
    if row is None:
        row = Setting(name=name)
        db.session.add(row)
    row.value, row.changed_by, row.changed_at = value, actor.account_id, clock.now()
