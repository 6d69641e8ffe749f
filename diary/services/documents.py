"""Issuing documents: a number and a code are reserved in one transaction, the bytes are named in another; drawing stands between.

A number once reserved is never given again. What was reserved and not finished is taken up again by the next try.
"""

import secrets
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from ..domain.accounts import CODE_LENGTH, CODE_LETTERS, LOOKUP
from ..domain.actors import Actor
from ..domain.document_rights import require_issuing
from ..domain.documents import (
    FAILED_LOOKUPS,
    LOOKUP_WINDOW,
    About,
    DocumentKind,
    DocumentState,
    clean_reason,
    counter_of,
    move,
    numbered,
)
from ..domain.errors import NotFound, TooManyTries, WrongMoment
from ..domain.permissions import Subject
from ..domain.units import Place
from ..models.accounts import SignInAttempt
from ..models.base import db
from ..models.documents import Document, DocumentCounter
from ..models.evaluations import Evaluation
from ..models.units import Unit
from ..queries.documents import about_the_same
from ..queries.letterheads import issuer
from . import audit, clock, notices, readings
from .document_moments import require_ready
from .transaction import happening, happening_in_turn


@happening_in_turn(DocumentCounter)
def reserve_sheet(actor: Actor, evaluation_id: UUID) -> UUID:
    """Reserve number and code for a member's evaluation sheet; the document's id. The branch's officers may, once it was proposed."""
    row = db.session.get(Evaluation, evaluation_id)
    if row is None:
        raise NotFound()
    return reserve(actor, About(DocumentKind.EVALUATION_SHEET, row.unit_id, row.year, row.member_id))


@happening_in_turn(DocumentCounter)
def reserve_list(actor: Actor, unit_id: int, year: int) -> UUID:
    """Reserve number and code for a branch's proposal list; the document's id. Its officers may, once the branch has proposed."""
    return reserve(actor, About(DocumentKind.PROPOSAL_LIST, unit_id, year))


@happening_in_turn(DocumentCounter)
def reserve(actor: Actor, about: About) -> UUID:
    """Reserve number and code for a paper of any kind that is issued; the document's id. NotFound or NotAllowed for whom the kind's
    rights refuse, WrongMoment while it is no more than a draft, or when a document holds for the same already."""
    require_issuing(actor, about.kind, Subject(_place(about.unit_id), owner_id=about.member_id))
    return _reserve(actor, about)


@happening_in_turn(DocumentCounter)
def reserve_again(actor: Actor, document_id: UUID) -> UUID:
    """Reserve number and code for what will replace a valid document; the new one's id. WrongMoment when it no longer holds."""
    row = load(actor, document_id)
    move(row.state, DocumentState.REPLACED)
    return _reserve(actor, about(row), instead=True)


@happening
def require_reserved(actor: Actor, document_id: UUID) -> None:
    """WrongMoment unless the document still waits for its bytes; for officers of the branch that issues it."""
    move(load(actor, document_id).state, DocumentState.VALID)


@happening_in_turn(DocumentCounter)
def finish(actor: Actor, document_id: UUID, sha256: str, size: int) -> bool:
    """Name the stored bytes of a reserved document, which makes it valid and replaces what held before; False when that was done already.

    `sha256` are 64 hex digits, `size` is in bytes.
    """
    row = load(actor, document_id)
    if row.state is not DocumentState.RESERVED:
        return False
    row.state, row.sha256, row.size, row.issued_at = move(row.state, DocumentState.VALID), sha256, size, clock.now()
    for before in _of(about(row), DocumentState.VALID):
        if before.id != row.id:
            before.state, before.replaced_by = move(before.state, DocumentState.REPLACED), row.id
            audit.record(actor, "document_replace", "document", before.id, row.unit_id, [before.symbol, row.symbol])
    audit.record(actor, "document_issue", "document", row.id, row.unit_id, [row.kind.value, row.symbol])
    if row.member_id is not None:
        notices.tell_member(row.member_id, f"{row.title} của bạn đã phát hành, số {row.symbol}.", _link(row))
    return True


@happening
def withdraw_document(actor: Actor, document_id: UUID, reason: str) -> None:
    """Say that a valid document no longer holds, and why. BadInput "reason" without words, WrongMoment when it does not hold now."""
    row = load(actor, document_id)
    words = clean_reason(reason)
    row.state = move(row.state, DocumentState.WITHDRAWN)
    row.withdrawn_at, row.withdrawal_reason = clock.now(), words
    audit.record(actor, "document_withdraw", "document", row.id, row.unit_id, [row.kind.value, row.symbol])
    if row.member_id is not None:
        notices.tell_member(row.member_id, f"{row.title} của bạn, số {row.symbol}, đã được thu hồi.", _link(row))


@happening
def note_printing(unit_id: int, year: int, counts: dict[str, int], books: Sequence[tuple[int, int]] = ()) -> None:
    """Note that the program's own command wrote a unit's documents of a year to files: how many of each kind, and whose `books` (member,
    unit) were among them, which their owners are shown."""
    readings.note_books(None, year, books)
    audit.record(None, "documents_print", "unit", unit_id, unit_id, [year, *(f"{name}={count}" for name, count in sorted(counts.items()))])


def require_lookups_left(address: str) -> None:
    """TooManyTries when too many unknown codes were looked up from `address` within the window."""
    failed = (SignInAttempt.address == address) & (SignInAttempt.subject == LOOKUP) & (SignInAttempt.at > clock.now() - LOOKUP_WINDOW)
    if db.session.execute(select(func.count()).where(failed)).scalar_one() >= FAILED_LOOKUPS:
        raise TooManyTries("Bạn đã tra quá nhiều mã không có. Hãy đợi 15 phút rồi thử lại.")


@happening
def note_failed_lookup(address: str) -> None:
    """Count a look-up of a code that no document has."""
    db.session.add(SignInAttempt(at=clock.now(), subject=LOOKUP, address=address, succeeded=False))


def _link(row: Document) -> str:
    """Where the member finds the paper."""
    return f"/dang-ky?nam={row.year}" if row.kind is DocumentKind.REGISTRATION else f"/danh-gia?nam={row.year}"


def end_reading() -> None:
    """End the transaction that reading began, so that none is open while a document is drawn."""
    db.session.rollback()


def load(actor: Actor, document_id: UUID) -> Document:
    """A document for those who may issue it; NotFound to a stranger, NotAllowed to a reader."""
    row = db.session.get(Document, document_id)
    if row is None:
        raise NotFound()
    require_issuing(actor, row.kind, Subject(_place(row.unit_id), owner_id=row.member_id))
    return row


def about(row: Document) -> About:
    """What a document is about."""
    if row.kind is DocumentKind.DECISION:
        return About(row.kind, row.unit_id, row.year, number=row.symbol, day=row.dated_on)
    return About(row.kind, row.unit_id, row.year, row.member_id)


def take_number(unit_id: int, year: int, kind: DocumentKind) -> int:
    """The next number of this issuing unit, year and kind, from its locked counter; part of a happening."""
    key = {"unit_id": unit_id, "year": year, "kind": kind}
    counter = db.session.get(DocumentCounter, key, with_for_update=True)
    if counter is None:
        counter = DocumentCounter(**key, last=0)
        db.session.add(counter)
    counter.last += 1
    db.session.flush()
    return counter.last


def _reserve(actor: Actor, subject: About, instead: bool = False) -> UUID:
    require_ready(subject)
    waiting = next((row for row in _of(subject, DocumentState.RESERVED) if row.unit_id == subject.unit_id), None)
    if waiting is not None:
        return waiting.id  # begun before and not finished: its number is the one to use
    valid = next(iter(_of(subject, DocumentState.VALID)), None)
    if valid is not None and not instead:
        raise WrongMoment(f"Văn bản này đã phát hành, số {valid.symbol}. Muốn thay bằng bản mới, hãy bấm Phát hành lại.")
    return _new(actor, subject, clock.today()).id


def _new(actor: Actor, subject: About, today: date) -> Document:
    """The row of a new document. A decision carries the number and the day typed when it was made: what it takes from the counter
    only tells its printings apart."""
    number, day = take_number(subject.unit_id, subject.year, counter_of(subject.kind)), subject.day or today
    row = Document(
        code=_new_code(),
        kind=subject.kind,
        unit_id=subject.unit_id,
        member_id=subject.member_id,
        year=subject.year,
        number=number,
        symbol=subject.number or numbered(number, subject.kind, issuer(subject.unit_id, day).symbol),
        title=subject.title,
        dated_on=day,
        issued_by=actor.account_id,
        issued_at=clock.now(),
        state=DocumentState.RESERVED,
    )
    db.session.add(row)
    db.session.flush()
    audit.record(actor, "document_reserve", "document", row.id, row.unit_id, [row.kind.value, row.symbol])
    return row


def _new_code() -> str:
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if db.session.execute(select(Document.id).where(Document.code == code)).first() is None:
            return code


def _of(subject: About, state: DocumentState) -> Sequence[Document]:
    """The documents in `state` that are about the same thing, the oldest first."""
    found = select(Document).where(about_the_same(subject), Document.state == state).order_by(Document.issued_at)
    return db.session.execute(found).scalars().all()


def _place(unit_id: int) -> Place:
    path = db.session.execute(select(Unit.path).where(Unit.id == unit_id)).scalar()
    if path is None:
        raise NotFound()
    return Place(unit_id, path)
