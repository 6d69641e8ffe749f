"""What the public may learn of a document: what it is and whether it holds, never whom it is about."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from ...domain.documents import ISSUED, STATE_LABELS, DocumentState
from ...domain.reviews import VIETNAM
from ...models.base import db
from ...models.documents import Document
from ..letterheads import issuer


@dataclass(frozen=True, slots=True)
class Replacement:
    """What stands in a document's place, and since when."""

    code: str
    symbol: str
    since: date


@dataclass(frozen=True, slots=True)
class Verified:
    """A document as its public page shows it. `issuer` is the unit and the one above it, as they were called on the document's day."""

    code: str
    title: str
    symbol: str
    issuer: str
    dated_on: date
    state: DocumentState
    sha256: str
    replacement: Replacement | None
    withdrawn_on: date | None

    @property
    def label(self) -> str:
        """The state in its own words."""
        return STATE_LABELS[self.state]


def verified(code: str) -> Verified | None:
    """The document with this code (as stored); None when no document has it."""
    newer = aliased(Document)
    columns = (
        Document.code, Document.title, Document.symbol, Document.unit_id, Document.kind, Document.dated_on, Document.state, Document.sha256,
        Document.withdrawn_at, newer.code.label("new_code"), newer.symbol.label("new_symbol"), newer.issued_at.label("new_at"),
    )  # fmt: skip
    query = select(*columns).select_from(Document).outerjoin(newer, newer.id == Document.replaced_by).where(Document.code == code)
    row = db.session.execute(query).one_or_none()
    if row is None:
        return None
    return Verified(
        code=row.code,
        title=row.title,
        symbol=row.symbol,
        issuer=issuer(row.unit_id, row.dated_on).letterhead(row.kind).author,
        dated_on=row.dated_on,
        state=row.state,
        sha256=row.sha256,
        replacement=Replacement(row.new_code, row.new_symbol, _day(row.new_at)) if row.new_code else None,
        withdrawn_on=_day(row.withdrawn_at) if row.withdrawn_at else None,
    )


def code_of_file(sha256: str) -> str:
    """The code of the issued document whose bytes have this SHA-256 (64 hex digits), "" when there is none."""
    return db.session.execute(select(Document.code).where(Document.sha256 == sha256, Document.state.in_(ISSUED)).limit(1)).scalar() or ""


def _day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()
