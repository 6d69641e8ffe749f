"""The comments a reviewer kept."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from ..domain.actors import Actor
from ..domain.saved_comments import MOST
from ..models.base import run
from ..models.saved_comments import SavedComment

_OWN = (
    select(SavedComment.id, SavedComment.words)
    .where(SavedComment.account_id == bindparam("account"))
    .order_by(SavedComment.used.desc(), SavedComment.kept_at.desc(), SavedComment.id.desc())
    .limit(MOST)
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A comment that was kept."""

    id: int
    words: str


def saved_comments(actor: Actor) -> tuple[Kept, ...]:
    """The actor's own, those used most first."""
    return tuple(Kept(*row) for row in run(_OWN, {"account": actor.account_id}))
