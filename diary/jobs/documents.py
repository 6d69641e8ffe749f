"""Making documents: what they hold is read, then drawn, and only then are bytes stored and named.

No transaction is open while a document is drawn or stored: a slow renderer or a full disk never holds up anyone's writing.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from ..documents import base_list as base_list_paper
from ..documents import decision as bloc_paper
from ..documents import evaluation_sheet as sheet_paper
from ..documents import minutes as minutes_paper
from ..documents import month_sheet
from ..documents import petition as petition_paper
from ..documents import proposal_list as list_paper
from ..documents import registration as registration_paper
from ..documents import year_book as book_paper
from ..documents.outlines import Outline, docx, pdf, xlsx
from ..domain.accounts import shown_code
from ..domain.actors import Actor
from ..domain.decisions import DecisionPaper
from ..domain.documents import ENDINGS, About, DocumentKind, Ending, verification_url
from ..domain.eligibility import drawn_as_of
from ..domain.errors import NotFound
from ..domain.evaluation_sheets import EvaluationSheet
from ..domain.month_sheets import MonthSheet
from ..domain.papers import Letterhead, PaperNumber, Verification
from ..domain.registrations import Registration
from ..domain.year_books import BookPhoto, YearBook
from ..files.print_photos import for_print
from ..files.storage import Storage
from ..queries import documents as queries
from ..queries.decision_papers import decision_paper
from ..queries.evaluation_sheets import evaluation_sheet, evaluation_sheets_of
from ..queries.meeting_minutes import meeting_minutes
from ..queries.petitions import base_list, petition
from ..queries.proposal_lists import proposal_list
from ..queries.registrations import registration
from ..queries.year_books import BookPages, year_book
from ..services import documents as services

_Shape = TypeVar("_Shape")


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


class BranchOfSheets:
    """Drafts of evaluation sheets for who writes them all, branch by branch: a branch is read once."""

    def __init__(self) -> None:
        self._branch: tuple[int, int, date] | None = None
        self._sheets: dict[int, EvaluationSheet] = {}

    def draft(self, about: About, day: date) -> bytes:
        """The sheet of a member as it stands on `day`; NotFound where there is none."""
        branch = (about.unit_id, about.year, day)
        if branch != self._branch:
            self._sheets, self._branch = evaluation_sheets_of(*branch), branch
            services.end_reading()
        sheet = self._sheets.get(about.member_id or 0)
        if sheet is None:
            raise NotFound()
        return sheet_paper.render(sheet)


def printed(about: About, today: date, storage: Storage, sheets: BranchOfSheets | None = None) -> bytes:
    """The stored bytes of the document that holds for what `about` names, else a draft of it as it stands `today`: of a sheet from
    `sheets`, where they are given.

    NotFound where there is nothing to print, WrongMoment in a year without a scheme.
    """
    sha256 = queries.valid_bytes_of(about)
    if sha256:
        return stored(storage, sha256)
    if sheets is not None and about.kind is DocumentKind.EVALUATION_SHEET:
        return sheets.draft(about, drawn_as_of(about.year, today))
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


def issue(actor: Actor, about: About, press: Press) -> UUID:
    """Issue a paper of any kind that is issued; the document's id. Refusals as of `reserve`."""
    return _finish(actor, services.reserve(actor, about), press)


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
    return _DRAWN.get(about.kind, _draw_outlined)(about, day, storage, issue)


def _draw_sheet(about: About, day: date, storage: Storage, issue: Issue | None) -> bytes:
    assert about.member_id is not None
    sheet = evaluation_sheet(about.member_id, about.year, day)
    services.end_reading()
    if issue is None:
        return sheet_paper.render(sheet)
    return sheet_paper.render(replace(sheet, letterhead=_numbered(sheet.letterhead, issue, day), verification=issue.verification))


def _draw_book(about: About, day: date, storage: Storage, issue: Issue | None) -> bytes:
    assert about.member_id is not None
    pages = year_book(about.member_id, about.year, day)
    services.end_reading()
    book = with_photos(pages, storage)
    return book_paper.render(book if issue is None else replace(book, verification=issue.verification))


def _draw_outlined(about: About, day: date, storage: Storage, issue: Issue | None) -> bytes:
    return pdf(_outline(about, day, issue))


_DRAWN: dict[DocumentKind, Callable[[About, date, Storage, Issue | None], bytes]] = {
    DocumentKind.EVALUATION_SHEET: _draw_sheet,
    DocumentKind.YEAR_BOOK: _draw_book,
}


def drafted(about: About, ending: Ending, today: date) -> bytes:
    """The paper about what `about` names as a file to edit (DOCX) or to count on (XLSX), as it stands `today`; never an issued one.

    NotFound where the kind has no such file, or there is nothing to print.
    """
    if ending is Ending.PDF or ending not in ENDINGS[about.kind]:
        raise NotFound("Văn bản này không có tệp loại đó.")
    outline = _outline(about, drawn_as_of(about.year, today))
    return docx(outline) if ending is Ending.DOCX else xlsx(outline)


def _outline(about: About, day: date, issue: Issue | None = None) -> Outline:
    """What the paper says, read and then put together, with the number and the code of an issued one."""
    outline = _OUTLINED[about.kind](about, day)
    if issue is None:
        return outline
    return replace(outline, letterhead=_numbered(outline.letterhead, issue, day), verification=issue.verification)


def _outlined(read: Callable[[About, date], _Shape], put: Callable[[_Shape], Outline]) -> Callable[[About, date], Outline]:
    """What reads a paper's shape and ends the reading before it is put together."""

    def outline(about: About, day: date) -> Outline:
        shape = read(about, day)
        services.end_reading()
        return put(shape)

    return outline


def _registration(about: About, day: date) -> Registration:
    assert about.member_id is not None
    return registration(about.member_id, about.unit_id, about.year, day)


def _decision(about: About, day: date) -> DecisionPaper:
    assert about.day is not None
    return decision_paper(about.unit_id, about.year, about.number, about.day)


_OUTLINED: dict[DocumentKind, Callable[[About, date], Outline]] = {
    DocumentKind.PROPOSAL_LIST: _outlined(lambda about, day: proposal_list(about.unit_id, about.year, day), list_paper.outline),
    DocumentKind.MINUTES: _outlined(lambda about, day: meeting_minutes(about.unit_id, about.year, day), minutes_paper.outline),
    DocumentKind.REGISTRATION: _outlined(_registration, registration_paper.outline),
    DocumentKind.BASE_LIST: _outlined(lambda about, day: base_list(about.unit_id, about.year, day), base_list_paper.outline),
    DocumentKind.PETITION: _outlined(lambda about, day: petition(about.unit_id, about.year, day), petition_paper.outline),
    DocumentKind.DECISION: _outlined(_decision, bloc_paper.outline),
}


def month_sheets(sheets: tuple[MonthSheet, ...]) -> bytes:
    """At least one month's sheet as a PDF with a page for each, to write on by hand; never issued."""
    services.end_reading()
    first = sheets[0]
    return month_sheet.render(sheets, f"{month_sheet.TITLE} tháng {first.month:%m/%Y}", first.unit)


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
    """The letterhead with the number that was reserved, whatever the unit's symbol is by now; one that was given stays."""
    if not isinstance(letterhead.number, PaperNumber):
        return letterhead
    symbol = issue.symbol.partition("/")[2]
    return replace(letterhead, number=replace(letterhead.number, order=issue.order, symbol=symbol), day=day)
