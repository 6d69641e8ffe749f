"""How far an actor's posts reach, as a condition on units: what `may` says of one subject, said of all at once."""

from sqlalchemy import ColumnElement, and_, false, or_

from ..domain.actors import Actor, Appointment, role_of
from ..domain.permissions import GRANTS, Action, scopes
from ..domain.units import Place, child_path, path_range
from ..models.units import Unit


def units_within(actor: Actor | None, action: Action) -> ColumnElement[bool] | None:
    """The condition that a unit lies where the posts of `actor` allow `action`; None (no condition) for the program itself.

    Only for actions granted whatever the subject's state.
    """
    if actor is None:
        return None
    return or_(false(), *(part for post in scopes(actor, action) for part in _reached(post, action)))


def _reached(post: Appointment, action: Action) -> list[ColumnElement[bool]]:
    low, high = path_range(post.path)
    parts: list[ColumnElement[bool]] = []
    if role_of(post, post.place) in GRANTS[action]:
        parts.append(Unit.id == post.unit_id)
    if role_of(post, Place(0, child_path(post.path, 0))) in GRANTS[action]:
        parts.append(and_(Unit.path > low, Unit.path < high))
    return parts
