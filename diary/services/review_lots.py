"""Approving all that a reviewer was shown and has seen, and taking such a lot back: one transaction, and each thing by itself in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from ..domain.actors import Actor
from ..domain.errors import DiaryError, NotFound
from ..domain.permissions import Action, require_somewhere
from ..domain.reviews import Kind, Verdict
from ..models.base import db
from . import reviews
from .transaction import happening

REVIEW = {
    Kind.ENTRY: reviews.review_entry,
    Kind.PLEDGE: reviews.review_pledge,
    Kind.ADDITION: reviews.review_addition,
    Kind.CHANGE: reviews.review_change,
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A thing as a reviewer saw it: in that version."""

    kind: Kind
    id: UUID
    version: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done, each with its version from now on where it waits again, and what was left as it was, with the words why."""

    done: tuple[Seen, ...]
    left: tuple[tuple[Seen, str], ...]


@happening
def approve_seen(actor: Actor, seen: Sequence[Seen]) -> Outcome:
    """Approve what the actor saw. What somebody else handled, what changed since, and what is not theirs is left alone and told."""
    require_somewhere(actor, Action.ENTRY_REVIEW)

    def approve(one: Seen) -> Seen:
        REVIEW[one.kind](actor, one.id, Verdict.APPROVED, "", one.version)
        return one

    return _each(seen, approve)


@happening
def undo_lot(actor: Actor, things: Sequence[Seen]) -> Outcome:
    """Take back the actor's own reviews of these, as `reviews.undo_review` does; what can no longer be taken back is left and told."""
    require_somewhere(actor, Action.ENTRY_REVIEW)
    return _each(things, lambda one: Seen(one.kind, one.id, reviews.undo_review(actor, one.kind, one.id)))


def _each(things: Sequence[Seen], do: Callable[[Seen], Seen]) -> Outcome:
    done, left = [], []
    for one in things:
        try:
            with db.session.begin_nested():
                done.append(do(one))
        except NotFound:
            left.append((one, "Mục này không còn ở hàng chờ của bạn."))
        except DiaryError as refusal:
            left.append((one, str(refusal)))
    return Outcome(tuple(done), tuple(left))
