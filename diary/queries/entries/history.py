"""The history of an entry: every text that was sent, what its reviewers said, and the words added later."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from uuid import UUID

from sqlalchemy import select

from ...domain.dates import screen_day
from ...domain.entries import STATE_LABELS, EntryState
from ...domain.reviews import RETURN_REASONS, Verdict
from ...domain.wording import Piece, changes, without_reasons
from ...models.accounts import Account
from ...models.base import db
from ...models.entries import EntryAddition, EntryReview, EntryRevision

REVISION_LABELS = {
    "happened_on": "Ngày thực hiện",
    "pledge": "Nội dung đăng ký",
    "virtue": "Chuẩn mực",
    "field": "Lĩnh vực",
    "did": "Việc đã làm",
    "people": "Cho ai, cùng ai",
    "result": "Kết quả cụ thể",
    "result_unit": "Đơn vị",
    "lesson": "Bài học",
}


@dataclass(frozen=True, slots=True)
class Change:
    """What a sending changed in one field, piece by piece."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """The entry as it was once sent; `changes` are against the sending before, none for the first."""

    number: int
    sent_at: datetime
    changes: tuple[Change, ...]
    body: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """What a reviewer said of the sending `revision`."""

    name: str
    verdict: Verdict
    words: str
    at: datetime
    revision: int

    @property
    def reasons(self) -> str:
        """The ready reasons the reviewer chose, "; " between them; empty when they only wrote."""
        return without_reasons(self.words, RETURN_REASONS)[0]

    @property
    def said(self) -> str:
        """What the reviewer wrote beside the ready reasons; the reasons themselves where that is all there is."""
        reasons, typed = without_reasons(self.words, RETURN_REASONS)
        return typed or reasons


@dataclass(frozen=True, slots=True)
class AdditionRow:
    """Words added to the approved entry, with what their reviewer said."""

    id: UUID
    words: str
    state: EntryState
    sent_at: datetime
    review_words: str

    @property
    def label(self) -> str:
        """The state in its own word."""
        return STATE_LABELS[self.state]


def revisions_of(entry_id: UUID) -> tuple[Revision, ...]:
    """Every text of the entry that was sent, the newest first; whether the asking person may see it was decided before."""
    query = select(EntryRevision.number, EntryRevision.sent_at, EntryRevision.body).where(EntryRevision.entry_id == entry_id)
    rows = [tuple(row) for row in db.session.execute(query.order_by(EntryRevision.number))]
    made = [Revision(number, sent_at, (), _shown(body)) for number, sent_at, body in rows[:1]]
    for (*_, before), (number, sent_at, body) in pairwise(rows):
        made.append(Revision(number, sent_at, _changes(_shown(before), _shown(body)), _shown(body)))
    return tuple(reversed(made))


def _shown(body: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """A revision's words under the labels of the form, without what was left empty."""
    words = {name: body.get(name, "") for name in REVISION_LABELS}
    if words["happened_on"]:
        words["happened_on"] = screen_day(date.fromisoformat(words["happened_on"]))
    return tuple((REVISION_LABELS[name], text) for name, text in words.items() if text)


def _changes(before: tuple[tuple[str, str], ...], after: tuple[tuple[str, str], ...]) -> tuple[Change, ...]:
    old, new = dict(before), dict(after)
    found = ((label, changes(old.get(label, ""), new.get(label, ""))) for label in REVISION_LABELS.values())
    return tuple(Change(label, pieces) for label, pieces in found if pieces)


def reviews_of(entry_id: UUID) -> tuple[ReviewRow, ...]:
    """What reviewers said of the entry and did not take back, the newest first."""
    query = (
        select(Account.name, EntryReview.verdict, EntryReview.words, EntryReview.at, EntryReview.revision)
        .join(Account, Account.id == EntryReview.account_id)
        .where(EntryReview.entry_id == entry_id, EntryReview.undone_at.is_(None))
        .order_by(EntryReview.at.desc(), EntryReview.id.desc())
    )
    return tuple(ReviewRow(*row) for row in db.session.execute(query))


def additions_of(entry_id: UUID) -> tuple[AdditionRow, ...]:
    """The words added to the entry, in the order they were sent."""
    columns = (EntryAddition.id, EntryAddition.words, EntryAddition.state, EntryAddition.sent_at, EntryAddition.review_words)
    query = select(*columns).where(EntryAddition.entry_id == entry_id).order_by(EntryAddition.sent_at, EntryAddition.id)
    return tuple(AdditionRow(*row) for row in db.session.execute(query))
