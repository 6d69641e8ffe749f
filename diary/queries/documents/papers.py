"""The papers of a member's or a branch's year: what may be printed, and which document holds for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, select

from ...domain.actors import Actor
from ...domain.documents import About, DocumentKind, DocumentState
from ...domain.errors import NotFound
from ...domain.evaluations import SENT_UP
from ...domain.names import full_name
from ...domain.permissions import Action, Subject, may, require
from ...domain.units import Place
from ...models.base import db
from ...models.documents import Document
from ...models.evaluations import Evaluation
from ...models.members import Member
from ...models.units import Unit
from .rows import DocumentRow, document_row, documents

_Live = Mapping[int | None, DocumentRow]  # by the member it is about; None: the branch's list
_SHEET, _LIST, _BOOK = DocumentKind.EVALUATION_SHEET, DocumentKind.PROPOSAL_LIST, DocumentKind.YEAR_BOOK


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper one may print. `issued` is the document that holds or is being made, None where there is only a draft; `issuable` says
    whether the asker may issue it now. A sheet names its evaluation and its `person`."""

    about: About
    issued: DocumentRow | None = None
    issuable: bool = False
    evaluation_id: UUID | None = None
    person: str = ""

    @property
    def title(self) -> str:
        return self.about.title

    @property
    def is_issued(self) -> bool:
        """Whether a download gives the stored bytes of an issued document."""
        return self.issued is not None and self.issued.state is DocumentState.VALID


def of_member(actor: Actor, member_id: int, year: int) -> tuple[Paper, ...]:
    """The papers of a member's year that `actor` may print: the sheet, and for the member alone the book. () for a stranger."""
    row = db.session.execute(_sheets().where(Evaluation.member_id == member_id, Evaluation.year == year)).one_or_none()
    papers = []
    if row is not None and may(actor, Action.EVALUATION_READ, Subject(Place(row.unit_id, row.path), owner_id=member_id)):
        papers.append(_sheet(actor, row, _live(actor, year, Document.member_id == member_id)))
    if member_id == actor.member_id and actor.place is not None:
        papers.append(Paper(About(_BOOK, actor.place.unit_id, year, member_id)))
    return tuple(papers)


def of_branch(actor: Actor, unit_id: int, year: int) -> tuple[Paper, ...]:
    """The papers of a branch's year-end: its list first, then the sheet of everyone in it, by name. NotFound to a stranger."""
    subject = list_of(actor, unit_id, year)
    here = _sheets().where(Evaluation.unit_id == unit_id, Evaluation.year == year)
    rows = db.session.execute(here.order_by(Member.sort_key, Member.id)).all()
    live = _live(actor, year, Document.unit_id == unit_id)
    proposed = any(row.state in SENT_UP for row in rows)
    listed = Paper(subject, live.get(None), _issuable(actor, _place(unit_id), live.get(None), proposed))
    return (listed, *(_sheet(actor, row, live) for row in rows))


def sheet_of(actor: Actor, evaluation_id: UUID) -> Paper:
    """The sheet of an evaluation for whoever may read it; NotFound to everyone else."""
    row = db.session.execute(_sheets().where(Evaluation.id == evaluation_id)).one_or_none()
    if row is None:
        raise NotFound()
    require(actor, Action.EVALUATION_READ, Subject(Place(row.unit_id, row.path), owner_id=row.member_id))
    return _sheet(actor, row, _live(actor, row.year, Document.member_id == row.member_id))


def list_of(actor: Actor, unit_id: int, year: int) -> About:
    """What a branch's proposal list is about, for whoever may read its evaluations; NotFound to everyone else."""
    require(actor, Action.EVALUATION_READ, Subject(_place(unit_id)))
    return About(_LIST, unit_id, year)


def valid_bytes_of(about: About) -> str:
    """The SHA-256 of the document that holds for what `about` names, "" when there is none."""
    same = (Document.kind == about.kind) & (Document.year == about.year)
    whose = Document.unit_id == about.unit_id if about.member_id is None else Document.member_id == about.member_id
    return db.session.execute(select(Document.sha256).where(same, whose, Document.state == DocumentState.VALID)).scalar() or ""


def _sheets() -> Select[*tuple[Any, ...]]:
    columns = (
        Evaluation.id, Evaluation.state, Evaluation.year, Evaluation.unit_id, Evaluation.member_id, Unit.path, Member.family_name,
        Member.given_name,
    )  # fmt: skip
    return select(*columns).join(Unit, Unit.id == Evaluation.unit_id).join(Member, Member.id == Evaluation.member_id)


def _sheet(actor: Actor, row: Row[*tuple[Any, ...]], live: _Live) -> Paper:
    issued = live.get(row.member_id)
    return Paper(
        about=About(_SHEET, row.unit_id, row.year, row.member_id),
        issued=issued,
        issuable=_issuable(actor, Place(row.unit_id, row.path), issued, row.state in SENT_UP),
        evaluation_id=row.id,
        person=full_name(row.family_name, row.given_name),
    )


def _issuable(actor: Actor, place: Place, issued: DocumentRow | None, proposed: bool) -> bool:
    free = issued is None or issued.state is DocumentState.RESERVED
    return proposed and free and may(actor, Action.EVALUATION_PROPOSE, Subject(place))


def _live(actor: Actor, year: int, whose: ColumnElement[bool]) -> _Live:
    """The sheets and lists that hold or are being made; one that is being made shows only where none holds."""
    wanted = (Document.year == year) & Document.kind.in_((_SHEET, _LIST)) & whose
    alive = Document.state.in_((DocumentState.RESERVED, DocumentState.VALID))
    rows = [document_row(actor, row) for row in db.session.execute(documents().where(wanted, alive))]
    rows.sort(key=lambda row: row.state is DocumentState.VALID)
    return {row.about.member_id: row for row in rows}


def _place(unit_id: int) -> Place:
    path = db.session.execute(select(Unit.path).where(Unit.id == unit_id)).scalar()
    if path is None:
        raise NotFound()
    return Place(unit_id, path)
