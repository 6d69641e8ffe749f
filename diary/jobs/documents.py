"""Making documents: what they hold is read, then drawn, and only then are bytes stored and named.

No transaction is open while a document is drawn or stored: a slow renderer or a full disk never holds up anyone's writing.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from ..documents import evaluation_sheet as sheet_paper
from ..documents import proposal_list as list_paper
from ..documents import year_book as book_paper
from ..domain.accounts import shown_code
from ..domain.actors import Actor
from ..domain.documents import About, DocumentKind, verification_url
from ..domain.errors import NotFound
from ..domain.evaluations import drawn_as_of
from ..domain.papers import Letterhead, Verification
from ..domain.year_books import BookPhoto, YearBook
from ..files.print_photos import for_print
from ..files.storage import Storage
from ..queries import documents as queries
from ..queries.evaluation_sheets import evaluation_sheet
from ..queries.proposal_lists import proposal_list
from ..queries.year_books import BookPages, year_book
from ..services import documents as services


@dataclass(frozen=True, slots=True)
class Press:
    """Where a document's bytes are kept, and the site its QR leads to ("https://nhatky.example")."""

    storage: Storage
    site: str


@dataclass(frozen=True, slots=True)
class Issue:
    """What an issued paper carries and a draft does not: its whole number ("03-DS/ĐTNK"), and how it is checked."""

    order: int
    symbol: str
    verification: Verification


def printed(about: About, today: date, storage: Storage) -> bytes:
    """The stored bytes of the document that holds for what `about` names, else a draft of it as it stands `today`.

    NotFound where there is nothing to print, WrongMoment in a year without a scheme.
    """
    sha256 = queries.valid_bytes_of(about)
    if sha256:
        return stored(storage, sha256)
    return draw(about, today if about.kind is DocumentKind.YEAR_BOOK else drawn_as_of(about.year, today), storage)


def stored(storage: Storage, sha256: str) -> bytes:
    """The bytes of an issued document; NotFound where the store lost them."""
    try:
        return storage.read(sha256)
    except NotFound as error:
        raise NotFound("Tệp của văn bản này không còn trong kho. Hãy báo người quản trị.") from error


def issue_sheet(actor: Actor, evaluation_id: UUID, press: Press) -> UUID:
    """Issue a member's evaluation sheet; the document's id. Refusals as of `reserve_sheet`."""
    return _finish(actor, services.reserve_sheet(actor, evaluation_id), press)


def issue_list(actor: Actor, unit_id: int, year: int, press: Press) -> UUID:
    """Issue a branch's proposal list; the document's id. Refusals as of `reserve_list`."""
    return _finish(actor, services.reserve_list(actor, unit_id, year), press)


def issue_again(actor: Actor, document_id: UUID, press: Press) -> UUID:
    """Issue what replaces a valid document; the new one's id. Refusals as of `reserve_again`."""
    return _finish(actor, services.reserve_again(actor, document_id), press)


def finish(actor: Actor, document_id: UUID, press: Press) -> UUID:
    """Finish what was reserved and then interrupted; its id. WrongMoment when it waits for nothing."""
    services.require_reserved(actor, document_id)
    return _finish(actor, document_id, press)


def _finish(actor: Actor, document_id: UUID, press: Press) -> UUID:
    row = queries.load_document(actor, document_id)
    address = verification_url(press.site, row.code)
    content = draw(
        row.about, row.dated_on, press.storage, Issue(row.number, row.symbol, Verification(shown_code(row.code), address, row.dated_on))
    )
    services.finish(actor, document_id, press.storage.put(content), len(content))
    return document_id


def draw(about: About, day: date, storage: Storage, issue: Issue | None = None) -> bytes:
    """The paper of `day` about what `about` names, as a PDF: a draft where `issue` is None."""
    return _DRAWN[about.kind](about, day, storage, issue)


def _draw_sheet(about: About, day: date, storage: Storage, issue: Issue | None) -> bytes:
    assert about.member_id is not None
    sheet = evaluation_sheet(about.member_id, about.year, day)
    services.end_reading()
    if issue is None:
        return sheet_paper.render(sheet)
    return sheet_paper.render(replace(sheet, letterhead=_numbered(sheet.letterhead, issue, day), verification=issue.verification))


def _draw_list(about: About, day: date, storage: Storage, issue: Issue | None) -> bytes:
    listing = proposal_list(about.unit_id, about.year, day)
    services.end_reading()
    if issue is None:
        return list_paper.render(listing)
    return list_paper.render(replace(listing, letterhead=_numbered(listing.letterhead, issue, day), verification=issue.verification))


def _draw_book(about: About, day: date, storage: Storage, issue: Issue | None) -> bytes:
    assert about.member_id is not None
    pages = year_book(about.member_id, about.year, day)
    services.end_reading()
    book = with_photos(pages, storage)
    return book_paper.render(book if issue is None else replace(book, verification=issue.verification))


_DRAWN: dict[DocumentKind, Callable[[About, date, Storage, Issue | None], bytes]] = {
    DocumentKind.EVALUATION_SHEET: _draw_sheet,
    DocumentKind.PROPOSAL_LIST: _draw_list,
    DocumentKind.YEAR_BOOK: _draw_book,
}


def with_photos(pages: BookPages, storage: Storage) -> YearBook:
    """The book with its photos read from the store, each once; one that is lost leaves a frame that says so."""
    photos = {sha256: _photo(storage, sha256) for sha256 in {sha256 for digests in pages.photos for sha256 in digests}}
    entries = tuple(
        replace(entry, photos=tuple(photos[sha256] for sha256 in digests))
        for entry, digests in zip(pages.book.entries, pages.photos, strict=True)
    )
    return replace(pages.book, entries=entries)


def _photo(storage: Storage, sha256: str) -> BookPhoto:
    try:
        return BookPhoto(for_print(storage.read(sha256)))
    except NotFound:
        return BookPhoto(b"")


def _numbered(letterhead: Letterhead, issue: Issue, day: date) -> Letterhead:
    """The letterhead with the number that was reserved, whatever the unit's symbol is by now."""
    assert letterhead.number is not None
    symbol = issue.symbol.partition("/")[2]
    return replace(letterhead, number=replace(letterhead.number, order=issue.order, symbol=symbol), day=day)
