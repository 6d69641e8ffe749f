"""Documents as those who may read them see them: one, or a page of all that the units below them issued."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, false, func, or_, select

from ...domain.actors import OFFICERS, Actor, Appointment, Role, role_of
from ...domain.document_rights import OF_PLEDGES, may_issue, require_reading
from ...domain.documents import STATE_LABELS, About, DocumentKind, DocumentState
from ...domain.errors import NotFound
from ...domain.names import full_name
from ...domain.permissions import Action, Subject, scopes
from ...domain.units import Place, UnitKind, path_range
from ...models.base import db
from ...models.documents import Document
from ...models.members import Member
from ...models.units import Unit

PAGE = 25
_COLUMNS = (
    Document.id, Document.kind, Document.unit_id, Document.year, Document.member_id, Document.title, Document.symbol, Document.number,
    Document.code, Document.dated_on, Document.state, Document.sha256, Document.withdrawal_reason, Unit.name, Unit.path,
    Member.family_name, Member.given_name,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document that was issued or is being made. `person` is whom it is about, "" where it is about a unit; `may_change` says
    whether the asker may issue it again or withdraw it, the moment aside."""

    id: UUID
    about: About
    title: str
    symbol: str
    number: int
    code: str
    dated_on: date
    state: DocumentState
    sha256: str
    withdrawal_reason: str
    unit_name: str
    person: str
    may_change: bool

    @property
    def label(self) -> str:
        """The state in its own words."""
        return STATE_LABELS[self.state]

    @property
    def file_name(self) -> str:
        """What a download is called, without its ending: kind and year, number, whom it is about."""
        return " ".join(part for part in (self.title, self.symbol.replace("/", "-"), self.person) if part)


@dataclass(frozen=True, slots=True)
class DocumentsPage:
    """One page of the list, newest first, of `pages`; `total` documents in all."""

    rows: tuple[DocumentRow, ...]
    page: int
    pages: int
    total: int


def load_document(actor: Actor, document_id: UUID) -> DocumentRow:
    """One document for whoever may read what it is about; NotFound to everyone else."""
    row = db.session.execute(documents().where(Document.id == document_id)).one_or_none()
    if row is None:
        raise NotFound()
    require_reading(actor, row.kind, Subject(Place(row.unit_id, row.path), owner_id=row.member_id))
    return document_row(actor, row)


def issued_documents(actor: Actor, year: int, page: int = 1) -> DocumentsPage:
    """The documents of `year` that `actor` may read by a post; the same queries for any number of them."""
    wanted = and_(Document.year == year, _readable(actor))
    counted = select(func.count()).select_from(Document).join(Unit, Unit.id == Document.unit_id).where(wanted)
    total = db.session.execute(counted).scalar_one()
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    query = documents().where(wanted).order_by(Document.issued_at.desc(), Document.id.desc()).limit(PAGE).offset((page - 1) * PAGE)
    return DocumentsPage(tuple(document_row(actor, row) for row in db.session.execute(query)), page, pages, total)


def documents() -> Select[*tuple[Any, ...]]:
    """Documents with their unit and whom they are about, for `document_row`."""
    return (
        select(*_COLUMNS).select_from(Document).join(Unit, Unit.id == Document.unit_id).outerjoin(Member, Member.id == Document.member_id)
    )


def document_row(actor: Actor, row: Row[*tuple[Any, ...]]) -> DocumentRow:
    """A row of `documents()` as `actor` sees it."""
    place = Place(row.unit_id, row.path)
    return DocumentRow(
        id=row.id,
        about=_about(row),
        title=row.title,
        symbol=row.symbol,
        number=row.number,
        code=row.code,
        dated_on=row.dated_on,
        state=row.state,
        sha256=row.sha256,
        withdrawal_reason=row.withdrawal_reason,
        unit_name=row.name,
        person=full_name(row.family_name, row.given_name) if row.given_name else "",
        may_change=may_issue(actor, row.kind, Subject(place, owner_id=row.member_id)),
    )


def _about(row: Row[*tuple[Any, ...]]) -> About:
    if row.kind is DocumentKind.DECISION:
        return About(row.kind, row.unit_id, row.year, number=row.symbol, day=row.dated_on)
    return About(row.kind, row.unit_id, row.year, row.member_id)


def _readable(actor: Actor) -> ColumnElement[bool]:
    """What one of the actor's posts lets them read: of evaluations in its reach, of pledges in their own branch alone."""
    own = [post.unit_id for post in actor.appointments if role_of(post, post.place) is Role.BRANCH_OFFICER]
    reach = or_(false(), *(_reach(post) for post in scopes(actor, Action.EVALUATION_READ)))
    return or_(and_(Document.kind.not_in(OF_PLEDGES), reach), and_(Document.kind.in_(OF_PLEDGES), Document.unit_id.in_(own)))


def _reach(post: Appointment) -> ColumnElement[bool]:
    first, after = path_range(post.path)
    below = and_(Unit.path >= first, Unit.path < after)
    only_below = post.kind is UnitKind.BASE_UNION and post.post not in OFFICERS  # a base's committee is no officer of its own members
    return and_(below, Unit.id != post.unit_id) if only_below else below
