"""The entries of a member's book: what was sent, never a draft and never a private note."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from ...domain.dates import short_day
from ...domain.entries import FIELD_LABELS, EntryState, shown_result
from ...domain.evidence import EvidenceKind
from ...domain.reviews import VIETNAM
from ...domain.vietnamese import clean_line
from ...domain.year_books import BookEntry, BookRemark
from ...models.base import db
from ...models.entries import Entry, EntryAddition, Evidence
from ...models.evaluations import BestEntry, Evaluation
from ...models.units import Virtue

MOST_DEEDS = 1000  # three a day all year round is more than anyone writes
MOMENT_LENGTH = 160
APPROVED = (EntryState.APPROVED, EntryState.LOCKED)
SPOKEN_OF = (*APPROVED, EntryState.RETURNED)  # the states in which the last reviewer's words are about the text as it stands
NO_VIRTUE = "Không ghi chuẩn mực"


@dataclass(frozen=True, slots=True)
class Deed:
    """An entry as the book prints it, and the SHA-256 of its photos in the order they were added."""

    entry: BookEntry
    photos: tuple[str, ...]


def sent_deeds(member_id: int, year: int, orders: Mapping[UUID, int]) -> tuple[Deed, ...]:
    """The member's entries of `year` that left their hands, by day; `orders` numbers the pledges they may serve."""
    columns = (
        Entry.id, Entry.happened_on, Entry.written_at, Entry.reviewed_at, Entry.pledge_id, Entry.field, Entry.did, Entry.people,
        Entry.result, Entry.result_unit, Entry.lesson, Entry.state, Entry.review_words, Virtue.name.label("virtue"),
    )  # fmt: skip
    query = (
        select(*columns)
        .outerjoin(Virtue, Virtue.id == Entry.virtue_id)
        .where(Entry.member_id == member_id, Entry.year == year, Entry.state != EntryState.DRAFT)
        .order_by(Entry.happened_on, Entry.written_at, Entry.id)
        .limit(MOST_DEEDS)
    )
    rows = db.session.execute(query).all()
    photos, additions = _photos(member_id, year), _additions(member_id, year)
    return tuple(Deed(_entry(row, orders.get(row.pledge_id), additions.get(row.id, ())), tuple(photos.get(row.id, ()))) for row in rows)


@dataclass(frozen=True, slots=True)
class Moment:
    """An entry the member chose to stand for the year, in one line, with its virtue and its result."""

    day: date
    words: str
    virtue: str
    result: str


def chosen_moments(member_id: int, year: int) -> tuple[Moment, ...]:
    """The entries the member chose to stand for the year, by day."""
    query = (
        select(Entry.happened_on, Entry.did, Virtue.name, Entry.result, Entry.result_unit)
        .join(BestEntry, BestEntry.entry_id == Entry.id)
        .join(Evaluation, Evaluation.id == BestEntry.evaluation_id)
        .outerjoin(Virtue, Virtue.id == Entry.virtue_id)
        .where(Evaluation.member_id == member_id, Evaluation.year == year, Entry.state != EntryState.DRAFT)
        .order_by(Entry.happened_on, Entry.id)
    )
    rows = db.session.execute(query)
    return tuple(Moment(day, _one_line(did), virtue or NO_VIRTUE, shown_result(result, unit)) for day, did, virtue, result, unit in rows)


def _entry(row: Row[*tuple[Any, ...]], pledge: int | None, additions: tuple[str, ...] | list[str]) -> BookEntry:
    remark = None
    if row.review_words and row.reviewed_at and row.state in SPOKEN_OF:
        remark = BookRemark(row.review_words, row.reviewed_at.astimezone(VIETNAM).date())
    return BookEntry(
        happened_on=row.happened_on,
        written_on=row.written_at.astimezone(VIETNAM).date(),
        virtue=row.virtue or NO_VIRTUE,
        sphere=FIELD_LABELS[row.field].lower() if row.field else "",
        pledge=pledge,
        done="\n".join((row.did, *additions)),
        with_whom=row.people,
        result=shown_result(row.result, row.result_unit),
        lesson=row.lesson,
        remark=remark,
        approved=row.state in APPROVED,
    )


def _photos(member_id: int, year: int) -> dict[UUID, list[str]]:
    query = (
        select(Evidence.entry_id, Evidence.sha256)
        .join(Entry, Entry.id == Evidence.entry_id)
        .where(Entry.member_id == member_id, Entry.year == year, Entry.state != EntryState.DRAFT, Evidence.kind == EvidenceKind.PHOTO)
        .order_by(Evidence.entry_id, Evidence.added_at, Evidence.id)
    )
    found: dict[UUID, list[str]] = {}
    for entry_id, sha256 in db.session.execute(query):
        found.setdefault(entry_id, []).append(sha256)
    return found


def _additions(member_id: int, year: int) -> dict[UUID, list[str]]:
    """What was added to approved entries later, each with the day it was sent."""
    query = (
        select(EntryAddition.entry_id, EntryAddition.words, EntryAddition.sent_at)
        .join(Entry, Entry.id == EntryAddition.entry_id)
        .where(Entry.member_id == member_id, Entry.year == year)
        .order_by(EntryAddition.sent_at, EntryAddition.id)
    )
    found: dict[UUID, list[str]] = {}
    for entry_id, words, sent_at in db.session.execute(query):
        found.setdefault(entry_id, []).append(f"Bổ sung ngày {short_day(sent_at.astimezone(VIETNAM).date())}: {words}")
    return found


def _one_line(text: str) -> str:
    """The first sentence of what was written, or its beginning where that is long."""
    line = clean_line(text)
    sentence, stop, _ = line.partition(". ")
    sentence += stop.strip()
    return sentence if len(sentence) <= MOMENT_LENGTH else sentence[:MOMENT_LENGTH].rsplit(" ", 1)[0].rstrip(",;:") + "…"
