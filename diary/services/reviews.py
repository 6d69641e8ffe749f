"""Reviewing what members send: entries, pledges and late additions; and taking a review back while nothing has happened since."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from ..domain import entries, pledges
from ..domain import reviews as rules
from ..domain.actors import Actor
from ..domain.dates import short_day
from ..domain.entries import EntryState
from ..domain.errors import NotFound, Stale
from ..domain.permissions import Action, Subject, require
from ..domain.pledges import PledgeState
from ..domain.reviews import Kind, Verdict
from ..domain.units import Place
from ..domain.years import require_unlocked
from ..models.base import db
from ..models.entries import AdditionReview, Entry, EntryAddition, EntryReview, EntryRevision
from ..models.pledges import Pledge, PledgeChange, PledgeReview, PledgeRevision
from ..models.units import Unit
from ..queries import years
from ..queries.reviews import newest_review
from ..queries.settings import overdue_days
from . import audit, clock, counts, pledge_changes, review_news
from .transaction import happening

_TABLES: dict[Kind, Any] = {Kind.ENTRY: Entry, Kind.PLEDGE: Pledge, Kind.ADDITION: EntryAddition, Kind.CHANGE: PledgeChange}
_OF_PLEDGES = (Kind.PLEDGE, Kind.CHANGE)
_ENTRY_AFTER = {Verdict.APPROVED: EntryState.APPROVED, Verdict.RETURNED: EntryState.RETURNED}
_PLEDGE_AFTER = {Verdict.APPROVED: PledgeState.APPROVED, Verdict.RETURNED: PledgeState.RETURNED}


@happening
def review_entry(actor: Actor, entry_id: UUID, verdict: Verdict, words: str, version: int, reasons: tuple[str, ...] = ()) -> None:
    """Approve an entry that waits, or return it with words made of ready `reasons` and typed `words`; its author is told.

    NotFound or NotAllowed for those who may not (nobody reviews their own), WrongMoment saying whose review came first when it no
    longer waits, Stale when it was changed since `version`, BadInput "words" for a return without any.
    """
    _review(actor, _load(actor, Kind.ENTRY, entry_id), verdict, words, version, reasons)


@happening
def review_pledge(actor: Actor, pledge_id: UUID, verdict: Verdict, words: str, version: int, reasons: tuple[str, ...] = ()) -> None:
    """Approve a pledge that waits, or return it; refused as in `review_entry`."""
    _review(actor, _load(actor, Kind.PLEDGE, pledge_id), verdict, words, version, reasons)


@happening
def review_addition(actor: Actor, addition_id: UUID, verdict: Verdict, words: str, version: int, reasons: tuple[str, ...] = ()) -> None:
    """Approve words added to an approved entry, or return them; refused as in `review_entry`."""
    _review(actor, _load(actor, Kind.ADDITION, addition_id), verdict, words, version, reasons)


@happening
def review_change(actor: Actor, change_id: UUID, verdict: Verdict, words: str, version: int, reasons: tuple[str, ...] = ()) -> None:
    """Let a pledge say what its author wishes it to say from now on, or leave it as it is, with words; refused as in `review_entry`."""
    _review(actor, _load(actor, Kind.CHANGE, change_id), verdict, words, version, reasons)


@happening
def undo_review(actor: Actor, kind: Kind, subject_id: UUID) -> int:
    """Let the thing wait again, as if the actor's own review of at most 15 minutes ago had not been; its version from now on.

    The review stays, marked as undone. What its author was told is taken back, or where they have read it, they are told of that.
    NotFound or NotAllowed for those who may not, WrongMoment when it is too late or something was done since.
    """
    thing, now = _load(actor, kind, subject_id), clock.now()
    row = thing.row
    last = rules.require_undoable(kind, newest_review(kind, subject_id), actor.account_id, thing.version, now)
    require_unlocked(years.year_facts(thing.year, thing.place))
    if kind is Kind.CHANGE:
        pledge_changes.reopen(row, thing.owner)
    else:
        _take_back(thing, now)
        _move(thing, Verdict(last.verdict), back=True)
    audit.record(actor, f"{kind}_review_undo", kind, subject_id, row.unit_id, [last.verdict])
    _untell(thing, last.at)
    version: int = row.version
    return version


@dataclass(frozen=True, slots=True)
class _Thing:
    """What is reviewed: its row, the entry it is part of (an addition's) or is, the entry or pledge it is about, and where it belongs."""

    kind: Kind
    row: Any
    entry: Entry | None
    owner: Any
    member_id: int
    year: int
    place: Place

    @property
    def version(self) -> int:
        """That by which a review can be taken back: of a wish to change a pledge, the pledge's."""
        found: int = (self.owner if self.kind is Kind.CHANGE else self.row).version
        return found


def _load(actor: Actor, kind: Kind, subject_id: UUID) -> _Thing:
    row: Any = db.session.get(_TABLES[kind], subject_id)
    if row is None:
        raise NotFound()
    entry = None if kind in _OF_PLEDGES else db.session.get_one(Entry, row.entry_id) if kind is Kind.ADDITION else row
    owner = entry or (db.session.get_one(Pledge, row.pledge_id) if kind is Kind.CHANGE else row)
    place = Place(row.unit_id, db.session.get_one(Unit, row.unit_id).path)
    thing = _Thing(kind, row, entry, owner, owner.member_id, owner.year, place)
    require(actor, Action.PLEDGE_REVIEW if kind in _OF_PLEDGES else Action.ENTRY_REVIEW, _subject(actor, thing))
    return thing


def _subject(actor: Actor, thing: _Thing) -> Subject:
    """The thing as the rules of rights see it. Who may have reviewed it while it waited may still learn that it no longer does."""
    row = thing.row
    until = clock.now() if row.state == "waiting" else row.reviewed_at or clock.now()
    up = rules.passed_up(actor, thing.place, row.review_unit_id, row.sent_at, until, overdue_days)
    return Subject(thing.place, thing.member_id, sent=row.sent_at is not None, passed_up=up)


def _review(actor: Actor, thing: _Thing, verdict: Verdict, words: str, version: int, reasons: tuple[str, ...]) -> None:
    row, now = thing.row, clock.now()
    if row.state != "waiting":
        raise rules.already_reviewed(thing.kind, newest_review(thing.kind, row.id), actor.account_id)
    if row.version != version:
        raise Stale()
    require_unlocked(years.year_facts(thing.year, thing.place))
    row.review_words = rules.clean_words(verdict, reasons, words)
    row.reviewed_at = now
    if thing.kind is Kind.CHANGE:
        number = pledge_changes.answer(row, thing.owner, verdict, actor.account_id)
    else:
        _move(thing, verdict)
        number = _keep(actor, thing, verdict, now)
    audit.record(actor, f"{thing.kind}_review", thing.kind, row.id, row.unit_id, [verdict, *([number] if number else [])])
    review_news.tell_reviewed(thing.member_id, now)


def _move(thing: _Thing, verdict: Verdict, *, back: bool = False) -> None:
    """Bring the row and the figures from waiting to what the verdict says, or back."""
    row, before = thing.row, thing.row.state
    row.version += 1
    if thing.kind is Kind.PLEDGE:
        row.state = pledges.move(before, PledgeState.WAITING if back else _PLEDGE_AFTER[verdict])
        counts.pledge_moved(counts.member_year(thing.member_id, thing.year, row.unit_id), before, row.state)
        return
    row.state = entries.move(before, EntryState.WAITING if back else _ENTRY_AFTER[verdict])
    if thing.kind is Kind.ENTRY:
        figures = counts.member_year(thing.member_id, thing.year, row.unit_id)
        counts.entry_moved(figures, before, row.state)
        if verdict is Verdict.RETURNED:
            figures.times_returned += -1 if back else 1


def _keep(actor: Actor, thing: _Thing, verdict: Verdict, now: datetime) -> int:
    """Write the review down; the number of the revision it was of, 0 for an addition, which has none."""
    row = thing.row
    facts = {"account_id": actor.account_id, "verdict": verdict, "words": row.review_words, "at": now, "version": row.version}
    if thing.kind is Kind.ADDITION:
        db.session.add(AdditionReview(addition_id=row.id, **facts))
        return 0
    if thing.kind is Kind.PLEDGE:
        number = _newest(PledgeRevision.number, PledgeRevision.pledge_id == row.id)
        db.session.add(PledgeReview(pledge_id=row.id, revision=number, **facts))
    else:
        number = _newest(EntryRevision.number, EntryRevision.entry_id == row.id)
        db.session.add(EntryReview(entry_id=row.id, revision=number, **facts))
    return number


def _newest(number: Any, of_this: Any) -> int:
    return db.session.execute(select(func.max(number)).where(of_this)).scalar_one() or 1


def _reviews_that_stand(thing: _Thing) -> list[Any]:
    """The newest two reviews of the thing that were not undone, the newest first."""
    table: Any = {Kind.ENTRY: EntryReview, Kind.PLEDGE: PledgeReview, Kind.ADDITION: AdditionReview}[thing.kind]
    subject = getattr(table, f"{thing.kind}_id")
    query = select(table).where(subject == thing.row.id, table.undone_at.is_(None)).order_by(table.at.desc(), table.id.desc())
    return list(db.session.execute(query.limit(2)).scalars())


def _take_back(thing: _Thing, now: datetime) -> None:
    """Mark the newest review as undone, and let the row say again what the one before it said."""
    _reviews_that_stand(thing)[0].undone_at = now
    db.session.flush()
    before = next(iter(_reviews_that_stand(thing)), None)
    thing.row.reviewed_at, thing.row.review_words = (before.at, before.words) if before else (None, "")


def _link(thing: _Thing) -> str:
    return f"/nhat-ky/{thing.entry.id}" if thing.entry else f"/dang-ky/{thing.owner.id}"


def _untell(thing: _Thing, said_at: datetime) -> None:
    what = "nội dung bạn đăng ký" if thing.entry is None else f"bài ngày {short_day(thing.entry.happened_on)}"
    words = f"Lượt duyệt {what} vừa được rút lại; mời bạn chờ kết quả mới."
    review_news.untell_reviewed(thing.member_id, said_at, words, _link(thing))
