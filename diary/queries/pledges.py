"""Reads about pledges: a member's own of a year, and one pledge for whoever may see it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from ..domain.actors import Actor
from ..domain.entries import EntryState
from ..domain.errors import NotFound
from ..domain.names import full_name
from ..domain.permissions import Action, Subject, may, require
from ..domain.pledge_changes import FIELD_LABELS, shown
from ..domain.pledges import AUTHOR_S_TURN, CONFIRMED, ENDED, STATE_LABELS, TURNS, PledgeState
from ..domain.reviews import Verdict, passed_up
from ..domain.units import Place
from ..models.accounts import Account
from ..models.audit import AuditLine
from ..models.base import db
from ..models.entries import Entry
from ..models.members import Member
from ..models.pledges import Pledge, PledgeReview, PledgeRevision
from ..models.units import Unit, Virtue
from .pledge_changes import ChangeRow, changes_of, waits
from .settings import overdue_days
from .stays import UnitStay, stay_in

MOST_OF_A_YEAR = 200


@dataclass(frozen=True, slots=True)
class PledgeRow:
    """A pledge as it stands in a list. `entries`: how many sent entries serve it; `changing`: a wish to change it waits."""

    id: UUID
    year: int
    virtue_id: int | None
    virtue: str
    title: str
    how: str
    target: str
    due_on: date | None
    state: PledgeState
    version: int
    sent_at: datetime | None
    reviewed_at: datetime | None
    review_words: str
    outcome_words: str
    entries: int
    changing: bool = False

    @property
    def label(self) -> str:
        """The state in its own word."""
        return STATE_LABELS[self.state]

    @property
    def turn(self) -> str:
        """Who acts next, told to the author; empty when nobody need."""
        return TURNS.get(self.state, "")

    @property
    def editable(self) -> bool:
        """Whether it is its author's turn to change or send it."""
        return self.state in AUTHOR_S_TURN

    @property
    def closable(self) -> bool:
        """Whether its author may say how it ended."""
        return self.state in CONFIRMED


@dataclass(frozen=True, slots=True)
class VirtuePledges:
    """What one promised under a virtue; a draft that names none yet stands under an empty name."""

    virtue: str
    pledges: tuple[PledgeRow, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What a sending changed in one field; `before` is empty where there was nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Revision:
    number: int
    sent_at: datetime
    changes: tuple[Change, ...]  # against the sending before; none for the first


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """What a reviewer said."""

    name: str
    verdict: Verdict
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PledgePage:
    """One pledge with its history, as `actor` may see it."""

    pledge: PledgeRow
    member_id: int
    member_name: str
    unit_name: str
    place: Place
    own: bool
    may_review: bool
    revisions: tuple[Revision, ...]  # the newest first
    reviews: tuple[ReviewRow, ...]  # the newest first
    changes: tuple[ChangeRow, ...] = ()  # the newest first

    @property
    def change(self) -> ChangeRow | None:
        """The wish to change it that waits."""
        return next((one for one in self.changes if one.waits), None)


def own_pledges(actor: Actor, year: int) -> tuple[VirtuePledges, ...]:
    """The actor's pledges of `year` under each virtue, in the order of the year's virtues; drafts without one come last."""
    query = (
        _rows()
        .where(Pledge.member_id == actor.member_id, Pledge.year == year)
        .order_by(Virtue.unit_id.is_(None), Virtue.unit_id, Virtue.position, Pledge.id)
        .limit(MOST_OF_A_YEAR)
    )
    groups: dict[str, list[PledgeRow]] = {}
    for row in db.session.execute(query):
        pledge = PledgeRow(*row)
        groups.setdefault(pledge.virtue, []).append(pledge)
    return tuple(VirtuePledges(virtue, tuple(rows)) for virtue, rows in groups.items())


def load_pledge(actor: Actor, pledge_id: UUID, now: datetime) -> PledgePage:
    """One pledge with its history: the author's own, or one the actor may read. NotFound for everyone else."""
    columns = (Pledge.member_id, Member.family_name, Member.given_name, Unit.name, Unit.id, Unit.path, Pledge.review_unit_id)
    query = _rows(*columns).join(Member, Member.id == Pledge.member_id).join(Unit, Unit.id == Pledge.unit_id)
    row = db.session.execute(query.where(Pledge.id == pledge_id)).one_or_none()
    if row is None:
        raise NotFound()
    member_id, family, given, unit_name, unit_id, path, review_unit_id = row[-len(columns) :]
    pledge, place = PledgeRow(*row[: -len(columns)]), Place(unit_id, path)
    until = now if pledge.state is PledgeState.WAITING else pledge.reviewed_at or now
    up = passed_up(actor, place, review_unit_id, pledge.sent_at, until, overdue_days)
    subject = Subject(place, member_id, sent=pledge.state is not PledgeState.DRAFT, passed_up=up)
    require(actor, Action.PLEDGE_READ, subject)
    own = may(actor, Action.PLEDGE_EDIT, subject)
    stay = None if own else stay_in(member_id, unit_id)
    return PledgePage(
        pledge=pledge if stay is None else _as_the_branch_knows_it(pledge, unit_id, stay),
        member_id=member_id,
        member_name=full_name(family, given),
        unit_name=unit_name,
        place=place,
        own=own,
        may_review=may(actor, Action.PLEDGE_REVIEW, subject),
        revisions=tuple(one for one in _revisions(pledge_id) if stay is None or stay.began_by(one.sent_at)),
        reviews=tuple(one for one in _reviews(pledge_id) if stay is None or stay.began_by(one.at)),
        changes=tuple(one for one in changes_of(pledge_id) if stay is None or stay.began_by(one.asked_at)),
    )


def _as_the_branch_knows_it(pledge: PledgeRow, unit_id: int, stay: UnitStay) -> PledgeRow:
    """A branch sees its own period only: not what a pledge served elsewhere, nor how it ended after its author had left."""
    here = (Entry.pledge_id == pledge.id, Entry.state != EntryState.DRAFT, Entry.unit_id == unit_id)
    known = replace(pledge, entries=db.session.execute(select(func.count()).select_from(Entry).where(*here)).scalar_one())
    if pledge.state in ENDED and stay.to_day is not None and not stay.lasts_at(_ended_at(pledge.id)):
        return replace(known, state=PledgeState.APPROVED, outcome_words="")
    return known


def _ended_at(pledge_id: UUID) -> datetime | None:
    """When its author last said how the pledge ended; None where no line tells."""
    closing = (AuditLine.subject == "pledge", AuditLine.subject_id == str(pledge_id), AuditLine.action == "pledge_close")
    return db.session.execute(select(AuditLine.at).where(*closing).order_by(AuditLine.at.desc()).limit(1)).scalar()


def _rows(*more: Any) -> Select[*tuple[Any, ...]]:
    served = (Entry.pledge_id == Pledge.id) & (Entry.state != EntryState.DRAFT)
    entries = select(func.count()).select_from(Entry).where(served).correlate(Pledge).scalar_subquery()
    return select(
        Pledge.id, Pledge.year, Pledge.virtue_id, func.coalesce(Virtue.name, ""), Pledge.title, Pledge.how, Pledge.target,
        Pledge.due_on, Pledge.state, Pledge.version, Pledge.sent_at, Pledge.reviewed_at, Pledge.review_words, Pledge.outcome_words,
        entries, waits(), *more,
    ).outerjoin(Virtue, Virtue.id == Pledge.virtue_id)  # fmt: skip


def _revisions(pledge_id: UUID) -> tuple[Revision, ...]:
    query = select(PledgeRevision.number, PledgeRevision.sent_at, PledgeRevision.body).where(PledgeRevision.pledge_id == pledge_id)
    rows = [tuple(row) for row in db.session.execute(query.order_by(PledgeRevision.number))]
    made = [Revision(number, sent_at, ()) for number, sent_at, _ in rows[:1]]
    made += [Revision(number, sent_at, _changes(before, after)) for (*_, before), (number, sent_at, after) in pairwise(rows)]
    return tuple(reversed(made))


def _changes(before: dict[str, str], after: dict[str, str]) -> tuple[Change, ...]:
    changed = [field for field in FIELD_LABELS if before.get(field, "") != after.get(field, "")]
    return tuple(Change(FIELD_LABELS[field], shown(field, before), shown(field, after)) for field in changed)


def _reviews(pledge_id: UUID) -> tuple[ReviewRow, ...]:
    query = (
        select(Account.name, PledgeReview.verdict, PledgeReview.words, PledgeReview.at)
        .join(Account, Account.id == PledgeReview.account_id)
        .where(PledgeReview.pledge_id == pledge_id, PledgeReview.undone_at.is_(None))
        .order_by(PledgeReview.at.desc(), PledgeReview.id.desc())
    )
    return tuple(ReviewRow(*row) for row in db.session.execute(query))
