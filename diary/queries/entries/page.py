"""One entry with everything about it, for whoever may see it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from ...domain.actors import Actor
from ...domain.entries import AUTHOR_S_TURN, FIELD_LABELS, STATE_LABELS, TURNS, EntryState, Field, shown_result
from ...domain.errors import NotFound
from ...domain.evidence import EvidenceKind, StoredEvidence, megabytes
from ...domain.names import full_name
from ...domain.permissions import Action, Subject, may, require
from ...domain.reviews import passed_up
from ...domain.units import Place
from ...models.base import db
from ...models.entries import Entry, Evidence, PrivateNote
from ...models.members import Member
from ...models.pledges import Pledge
from ...models.units import Unit, Virtue
from ..settings import overdue_days
from .history import AdditionRow, ReviewRow, Revision, additions_of, reviews_of, revisions_of
from .opened import opened_again


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A photo or file of an entry; `size` in bytes, `width` and `height` in pixels (photos only)."""

    id: UUID
    kind: EvidenceKind
    name: str
    size: int
    width: int | None
    height: int | None

    @property
    def is_photo(self) -> bool:
        return self.kind is EvidenceKind.PHOTO

    @property
    def weight(self) -> str:
        """Its size in words: "1,5 MB"."""
        return megabytes(self.size)


@dataclass(frozen=True, slots=True)
class EntryPage:
    """An entry as the asking person may see it; `note` is None for all but its author."""

    id: UUID
    member_id: int
    author: str
    place: Place
    unit_name: str
    year: int
    state: EntryState
    version: int
    happened_on: date
    written_at: datetime
    sent_at: datetime | None
    reviewed_at: datetime | None
    review_unit_id: int | None
    pledge_id: UUID | None
    pledge: str
    virtue_id: int | None
    virtue: str
    field: Field | None
    did: str
    people: str
    result: str
    result_unit: str
    lesson: str
    own: bool
    may_review: bool
    note: str | None
    evidence: tuple[EvidenceRow, ...]
    revisions: tuple[Revision, ...]  # the newest first
    reviews: tuple[ReviewRow, ...]  # the newest first
    additions: tuple[AdditionRow, ...]  # in the order sent

    @property
    def label(self) -> str:
        """The state in its own word."""
        return STATE_LABELS[self.state]

    @property
    def turn(self) -> str:
        """Who acts next, told to the author; empty when nobody need."""
        if self.state is EntryState.WAITING and self.review_unit_id != self.place.unit_id:
            return "Đến lượt cấp trên"
        return TURNS.get(self.state, "")

    @property
    def outcome(self) -> str:
        """The result with its unit; empty where there is none."""
        return shown_result(self.result, self.result_unit)

    @property
    def field_label(self) -> str:
        return FIELD_LABELS[self.field] if self.field else ""

    @property
    def editable(self) -> bool:
        """Whether it is its author's turn to change or send it."""
        return self.state in AUTHOR_S_TURN

    @property
    def photos(self) -> tuple[EvidenceRow, ...]:
        return tuple(row for row in self.evidence if row.is_photo)

    @property
    def files(self) -> tuple[EvidenceRow, ...]:
        return tuple(row for row in self.evidence if not row.is_photo)


def subject_of(
    actor: Actor,
    place: Place,
    member_id: int,
    state: EntryState,
    review_unit_id: int | None,
    sent_at: datetime | None,
    reviewed_at: datetime | None,
    now: datetime,
) -> Subject:
    """An entry of the branch at `place` as the rules of rights see it when `actor` asks."""
    until = now if state is EntryState.WAITING else reviewed_at or now
    up = passed_up(actor, place, review_unit_id, sent_at, until, overdue_days)
    return Subject(place, member_id, sent=state is not EntryState.DRAFT, passed_up=up)


def load_entry(actor: Actor, entry_id: UUID, now: datetime) -> EntryPage:
    """One entry with its evidence and history: one's own, or one that `actor` may read. NotFound for everyone else."""
    query = (
        select(
            Entry.member_id, Member.family_name, Member.given_name, Entry.unit_id, Unit.path, Unit.name.label("unit_name"),
            Entry.year, Entry.state, Entry.version, Entry.happened_on, Entry.written_at, Entry.sent_at, Entry.reviewed_at,
            Entry.review_unit_id, Entry.pledge_id, func.coalesce(Pledge.title, "").label("pledge"), Entry.virtue_id,
            func.coalesce(Virtue.name, "").label("virtue"), Entry.field, Entry.did, Entry.people, Entry.result, Entry.result_unit,
            Entry.lesson, Entry.evidence_count,
        )
        .join(Member, Member.id == Entry.member_id)
        .join(Unit, Unit.id == Entry.unit_id)
        .outerjoin(Pledge, Pledge.id == Entry.pledge_id)
        .outerjoin(Virtue, Virtue.id == Entry.virtue_id)
        .where(Entry.id == entry_id)
    )  # fmt: skip
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound()
    place = Place(row.unit_id, row.path)
    subject = subject_of(actor, place, row.member_id, row.state, row.review_unit_id, row.sent_at, row.reviewed_at, now)
    subject = opened_again(actor, subject, row.year)
    require(actor, Action.ENTRY_READ, subject)
    return _page(actor, entry_id, row, place, subject)


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """A photo or file of the entry `entry_id`; `own`: the asking person wrote that."""

    stored: StoredEvidence
    entry_id: UUID
    own: bool


def load_evidence(actor: Actor, evidence_id: UUID, now: datetime) -> ShownEvidence:
    """What is kept of a photo or file whose entry `actor` may read; NotFound for everyone else."""
    query = (
        select(
            Entry.id, Entry.member_id, Entry.year, Entry.unit_id, Unit.path, Entry.state, Entry.review_unit_id, Entry.sent_at,
            Entry.reviewed_at, Evidence.sha256, Evidence.size, Evidence.kind, Evidence.media_type, Evidence.name, Evidence.width,
            Evidence.height, Evidence.thumbnail_sha256,
        )
        .join(Entry, Entry.id == Evidence.entry_id)
        .join(Unit, Unit.id == Entry.unit_id)
        .where(Evidence.id == evidence_id)
    )  # fmt: skip
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound()  # in the words of a refusal: nobody learns whether it is there
    place = Place(row.unit_id, row.path)
    subject = subject_of(actor, place, row.member_id, row.state, row.review_unit_id, row.sent_at, row.reviewed_at, now)
    require(actor, Action.ENTRY_READ, opened_again(actor, subject, row.year))
    stored: Any = tuple(row)[9:]
    return ShownEvidence(StoredEvidence(*stored), row.id, row.member_id == actor.member_id)


def _page(actor: Actor, entry_id: UUID, row: Any, place: Place, subject: Subject) -> EntryPage:
    facts = row._asdict()
    for name in ("family_name", "given_name", "path", "unit_id", "evidence_count"):
        del facts[name]
    sent = row.sent_at is not None
    return EntryPage(
        id=entry_id,
        author=full_name(row.family_name, row.given_name),
        place=place,
        own=may(actor, Action.ENTRY_EDIT, subject),
        may_review=may(actor, Action.ENTRY_REVIEW, subject),
        note=_note(entry_id) if may(actor, Action.NOTE_READ, subject) else None,
        evidence=_evidence(entry_id) if row.evidence_count else (),
        revisions=revisions_of(entry_id) if sent else (),
        reviews=reviews_of(entry_id) if sent else (),
        additions=additions_of(entry_id) if sent else (),
        **facts,
    )


def _note(entry_id: UUID) -> str:
    return db.session.execute(select(PrivateNote.words).where(PrivateNote.entry_id == entry_id)).scalar() or ""


def _evidence(entry_id: UUID) -> tuple[EvidenceRow, ...]:
    columns = (Evidence.id, Evidence.kind, Evidence.name, Evidence.size, Evidence.width, Evidence.height)
    query = select(*columns).where(Evidence.entry_id == entry_id).order_by(Evidence.added_at, Evidence.id)
    return tuple(EvidenceRow(*row) for row in db.session.execute(query))
