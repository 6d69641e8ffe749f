"""Keeping comments for using again, using them, and dropping them: each reviewer their own."""

from collections.abc import Sequence

from sqlalchemy import delete, func, insert, select, update

from ..domain import saved_comments as rules
from ..domain.actors import Actor
from ..domain.errors import NotFound
from ..domain.permissions import Action, require_somewhere
from ..models.base import db
from ..models.saved_comments import SavedComment
from . import audit, clock
from .transaction import happening

_SUBJECT = "saved_comment"


@happening
def keep_comment(actor: Actor, words: str) -> int:
    """Keep words for using again; the id of it. Words kept already are not kept twice. BadInput "words" for none, too many or no room."""
    require_somewhere(actor, Action.ENTRY_REVIEW)
    clean = rules.clean_comment(words)
    mine = SavedComment.account_id == actor.account_id
    there = db.session.execute(select(SavedComment.id).where(mine, SavedComment.words == clean)).scalar_one_or_none()
    if there is not None:
        return there
    rules.require_room(db.session.execute(select(func.count()).select_from(SavedComment).where(mine)).scalar_one())
    row = {"account_id": actor.account_id, "words": clean, "kept_at": clock.now()}
    comment_id = db.session.execute(insert(SavedComment).values(row).returning(SavedComment.id)).scalar_one()
    audit.record(actor, "comment_keep", _SUBJECT, comment_id)
    return comment_id


@happening
def count_uses(actor: Actor, comment_ids: Sequence[int]) -> None:
    """Count that the actor used these comments of theirs once more, so that those used most stand first."""
    mine = SavedComment.account_id == actor.account_id, SavedComment.id.in_(comment_ids)
    db.session.execute(update(SavedComment).where(*mine).values(used=SavedComment.used + 1))


@happening
def drop_comment(actor: Actor, comment_id: int) -> None:
    """Keep a comment no longer. NotFound where it is not the actor's."""
    mine = SavedComment.account_id == actor.account_id, SavedComment.id == comment_id
    if not db.session.execute(delete(SavedComment).where(*mine).returning(SavedComment.id)).all():
        raise NotFound()
    audit.record(actor, "comment_drop", _SUBJECT, comment_id)
