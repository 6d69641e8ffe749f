"""Reads about notices: what a person was told, the newest first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from ..domain.actors import Actor
from ..models.base import db
from ..models.notices import Notice

A_PAGE = 30


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One thing the actor was told. `link`: a path of this site, or empty."""

    at: datetime
    text: str
    link: str
    unread: bool


@dataclass(frozen=True, slots=True)
class NoticePage:
    notices: tuple[NoticeRow, ...]
    unread: int
    page: int
    pages: int


def own_notices(actor: Actor, page: int = 1) -> NoticePage:
    """A page of what the actor was told; a page past the end is the last one."""
    mine = Notice.account_id == actor.account_id
    counted = select(func.count(), func.count().filter(Notice.read_at.is_(None))).where(mine)
    count, unread = db.session.execute(counted).one()
    pages = max(1, -(-count // A_PAGE))
    page = min(max(page, 1), pages)
    query = select(Notice.at, Notice.text, Notice.link, Notice.read_at.is_(None)).where(mine)
    rows = db.session.execute(query.order_by(Notice.at.desc(), Notice.id.desc()).limit(A_PAGE).offset((page - 1) * A_PAGE))
    return NoticePage(tuple(NoticeRow(*row) for row in rows), unread, page, pages)
