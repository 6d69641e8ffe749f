"""The newest review of a thing, and whether its reviewer may still take it back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from ...domain.actors import Actor
from ...domain.pledge_changes import VERDICTS
from ...domain.reviews import UNDO_FOR, Kind, LastReview, Verdict
from ...models.accounts import Account
from ...models.base import db
from ...models.entries import AdditionReview, Entry, EntryAddition, EntryReview
from ...models.members import Member
from ...models.pledges import Pledge, PledgeChange, PledgeReview

REVIEWS: dict[Kind, type[EntryReview] | type[PledgeReview] | type[AdditionReview]] = {
    Kind.ENTRY: EntryReview,
    Kind.PLEDGE: PledgeReview,
    Kind.ADDITION: AdditionReview,
}
SUBJECTS: dict[Kind, Any] = {
    Kind.ENTRY: EntryReview.entry_id,
    Kind.PLEDGE: PledgeReview.pledge_id,
    Kind.ADDITION: AdditionReview.addition_id,
}


@dataclass(frozen=True, slots=True)
class UndoOffer:
    """A review its reviewer may still take back, and whose thing it was of."""

    kind: Kind
    id: UUID
    verdict: Verdict
    name: str


def newest_review(kind: Kind, subject_id: UUID) -> LastReview | None:
    """The newest review of the thing that was not undone; None where there is none."""
    if kind is Kind.CHANGE:
        return _answer(subject_id)
    review = REVIEWS[kind]
    query = (
        select(review.account_id, Account.name, review.verdict, review.at, review.version)
        .join(Account, Account.id == review.account_id)
        .where(SUBJECTS[kind] == subject_id, review.undone_at.is_(None))
        .order_by(review.at.desc(), review.id.desc())
        .limit(1)
    )
    row = db.session.execute(query).one_or_none()
    return LastReview(*row) if row else None


def _answer(change_id: UUID) -> LastReview | None:
    """The answer to a wish to change a pledge, with the version it left the pledge at."""
    query = (
        select(PledgeChange.answered_by, Account.name, PledgeChange.state, PledgeChange.answered_at, PledgeChange.pledge_version)
        .join(Account, Account.id == PledgeChange.answered_by)
        .where(PledgeChange.id == change_id, PledgeChange.state.in_(VERDICTS))
    )
    row: Any = db.session.execute(query).one_or_none()
    return LastReview(row[0], row[1], VERDICTS[row[2]], row[3], row[4]) if row else None


def undo_offer(actor: Actor, kind: Kind, subject_id: UUID, now: datetime) -> UndoOffer | None:
    """The review of the thing that `actor` may take back now; None when there is none (any more)."""
    last = newest_review(kind, subject_id)
    if last is None or last.account_id != actor.account_id or now - last.at > UNDO_FOR:
        return None
    standing = _standing(kind, subject_id)
    if standing is None or standing[0] != last.version:
        return None
    return UndoOffer(kind, subject_id, last.verdict, standing[1])


def _standing(kind: Kind, subject_id: UUID) -> tuple[int, str] | None:
    """The version a thing has now (of a wish to change a pledge, the pledge), and its owner's name."""
    if kind is Kind.PLEDGE:
        query = select(Pledge.version, Member.family_name, Member.given_name).join(Member, Member.id == Pledge.member_id)
        query = query.where(Pledge.id == subject_id)
    elif kind is Kind.CHANGE:
        query = select(Pledge.version, Member.family_name, Member.given_name).join(PledgeChange, PledgeChange.pledge_id == Pledge.id)
        query = query.join(Member, Member.id == Pledge.member_id).where(PledgeChange.id == subject_id)
    elif kind is Kind.ENTRY:
        query = select(Entry.version, Member.family_name, Member.given_name).join(Member, Member.id == Entry.member_id)
        query = query.where(Entry.id == subject_id)
    else:
        query = select(EntryAddition.version, Member.family_name, Member.given_name).join(Entry, Entry.id == EntryAddition.entry_id)
        query = query.join(Member, Member.id == Entry.member_id).where(EntryAddition.id == subject_id)
    row = db.session.execute(query).one_or_none()
    return (row[0], f"{row[1]} {row[2]}") if row else None
