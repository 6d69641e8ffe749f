"""The papers of a member's or a branch's year: what may be printed, and which document holds for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, select

from ...domain.actors import Actor
from ...domain.document_rights import may_issue
from ...domain.documents import ENDINGS, About, DocumentKind, DocumentState, Ending
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
from ..evaluations.branches import meeting_facts
from ..registrations import registered
from .rows import DocumentRow, document_row, documents
from .sameness import about_the_same

Live = Mapping[About, DocumentRow]
"""Documents that hold or are being made, by what they are about: a member's whichever branch printed it."""

_SHEET, _LIST, _BOOK, _MINUTES = DocumentKind.EVALUATION_SHEET, DocumentKind.PROPOSAL_LIST, DocumentKind.YEAR_BOOK, DocumentKind.MINUTES
_REGISTRATION = DocumentKind.REGISTRATION


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
    def endings(self) -> tuple[Ending, ...]:
        """How it can be had."""
        return ENDINGS[self.about.kind]

    @property
    def is_issued(self) -> bool:
        """Whether a download gives the stored bytes of an issued document."""
        return self.issued is not None and self.issued.state is DocumentState.VALID


def of_member(actor: Actor, member_id: int, year: int) -> tuple[Paper, ...]:
    """The papers of a member's year that `actor` may print: the sheet, and for the member alone the book. () for a stranger."""
    row = db.session.execute(_sheets().where(Evaluation.member_id == member_id, Evaluation.year == year)).one_or_none()
    papers = []
    if row is not None and may(actor, Action.EVALUATION_READ, Subject(Place(row.unit_id, row.path), owner_id=member_id)):
        papers.append(_sheet(actor, row, live(actor, year, (_SHEET,), Document.member_id == member_id)))
    if member_id == actor.member_id and actor.place is not None:
        papers.append(Paper(About(_BOOK, actor.place.unit_id, year, member_id)))
    return tuple(papers)


def of_branch(actor: Actor, unit_id: int, year: int) -> tuple[Paper, ...]:
    """The papers of a branch's year-end: its list first, then the sheet of everyone in it, by name. NotFound to a stranger."""
    subject = list_of(actor, unit_id, year)
    here = _sheets().where(Evaluation.unit_id == unit_id, Evaluation.year == year)
    rows = db.session.execute(here.order_by(Member.sort_key, Member.id)).all()
    held = live(actor, year, (_LIST, _MINUTES, _SHEET), Document.unit_id == unit_id)
    proposed, place = any(row.state in SENT_UP for row in rows), _place(unit_id)
    papers = [paper(actor, subject, place, held, proposed)]
    meeting = meeting_facts(unit_id, year)
    if meeting is not None and meeting.closed:
        papers.append(paper(actor, About(_MINUTES, unit_id, year), place, held, ready=True))
    return (*papers, *(_sheet(actor, row, held) for row in rows))


def minutes_of(actor: Actor, unit_id: int, year: int) -> Paper:
    """The minutes of a branch's meeting for whoever may read its evaluations; NotFound to everyone else."""
    place = _place(unit_id)
    require(actor, Action.EVALUATION_READ, Subject(place))
    held = live(actor, year, (_MINUTES,), Document.unit_id == unit_id)
    meeting = meeting_facts(unit_id, year)
    return paper(actor, About(_MINUTES, unit_id, year), place, held, ready=meeting is not None and meeting.closed)


def registrations(actor: Actor, member_ids: Sequence[int], year: int) -> tuple[Paper, ...]:
    """The registrations of these members that `actor` may read, by name; who sent nothing has none. Two queries for any number."""
    found = registered(member_ids, year)
    held = live(actor, year, (_REGISTRATION,), Document.member_id.in_([one.member_id for one in found]))
    return tuple(
        paper(actor, About(_REGISTRATION, one.place.unit_id, year, one.member_id), one.place, held, one.complete, one.name)
        for one in found
        if may(actor, Action.PLEDGE_READ, Subject(one.place, owner_id=one.member_id))
    )


def registration_of(actor: Actor, member_id: int, year: int, unit_id: int | None = None) -> Paper:
    """What a member registered in a branch (None: the newest `actor` may read), for themselves and its officers; NotFound otherwise."""
    for found in registrations(actor, [member_id], year):
        if unit_id in (None, found.about.unit_id):
            return found
    raise NotFound()


def sheet_of(actor: Actor, evaluation_id: UUID) -> Paper:
    """The sheet of an evaluation for whoever may read it; NotFound to everyone else."""
    row = db.session.execute(_sheets().where(Evaluation.id == evaluation_id)).one_or_none()
    if row is None:
        raise NotFound()
    require(actor, Action.EVALUATION_READ, Subject(Place(row.unit_id, row.path), owner_id=row.member_id))
    return _sheet(actor, row, live(actor, row.year, (_SHEET,), Document.member_id == row.member_id))


def list_of(actor: Actor, unit_id: int, year: int) -> About:
    """What a branch's proposal list is about, for whoever may read its evaluations; NotFound to everyone else."""
    require(actor, Action.EVALUATION_READ, Subject(_place(unit_id)))
    return About(_LIST, unit_id, year)


def valid_bytes_of(about: About) -> str:
    """The SHA-256 of the document that holds for what `about` names, "" when there is none."""
    valid = select(Document.sha256).where(about_the_same(about), Document.state == DocumentState.VALID)
    return db.session.execute(valid).scalar() or ""


def paper(actor: Actor, about: About, place: Place, held: Live, ready: bool, person: str = "") -> Paper:
    """A paper about a unit or a member, `ready` where the moment to issue it has come."""
    issued = held.get(_key(about))
    free = issued is None or issued.state is DocumentState.RESERVED
    return Paper(about, issued, ready and free and may_issue(actor, about.kind, Subject(place, owner_id=about.member_id)), person=person)


def live(actor: Actor, year: int, kinds: Sequence[DocumentKind], whose: ColumnElement[bool]) -> Live:
    """The documents of these kinds that hold or are being made; one that is being made shows only where none holds."""
    alive = Document.state.in_((DocumentState.RESERVED, DocumentState.VALID))
    query = documents().where(Document.year == year, Document.kind.in_(kinds), whose, alive)
    rows = [document_row(actor, row) for row in db.session.execute(query)]
    rows.sort(key=lambda row: row.state is DocumentState.VALID)
    return {_key(row.about): row for row in rows}


def _key(about: About) -> About:
    """What a document is about, whichever branch of the member printed it; what was registered in a branch stays with that branch."""
    return about if about.member_id is None or about.kind is _REGISTRATION else replace(about, unit_id=0)


def _sheets() -> Select[*tuple[Any, ...]]:
    columns = (
        Evaluation.id, Evaluation.state, Evaluation.year, Evaluation.unit_id, Evaluation.member_id, Unit.path, Member.family_name,
        Member.given_name,
    )  # fmt: skip
    return select(*columns).join(Unit, Unit.id == Evaluation.unit_id).join(Member, Member.id == Evaluation.member_id)


def _sheet(actor: Actor, row: Row[*tuple[Any, ...]], held: Live) -> Paper:
    about, person = About(_SHEET, row.unit_id, row.year, row.member_id), full_name(row.family_name, row.given_name)
    made = paper(actor, about, Place(row.unit_id, row.path), held, row.state in SENT_UP, person)
    return replace(made, evaluation_id=row.id)


def _place(unit_id: int) -> Place:
    path = db.session.execute(select(Unit.path).where(Unit.id == unit_id)).scalar()
    if path is None:
        raise NotFound()
    return Place(unit_id, path)
