"""The papers of those above the branches: a base's petition and list, the bloc's decisions."""

from datetime import date

from sqlalchemy import select

from ...domain.actors import Actor
from ...domain.documents import About, DocumentKind
from ...domain.errors import NotFound
from ...domain.permissions import Action, Subject, may, require
from ...domain.units import Place, UnitKind, is_base_below_bloc
from ...models.base import db
from ...models.documents import Document
from ...models.evaluations import Decision
from ...models.units import Unit
from ..decision_papers import decisions_made, under
from ..petitions import has_passed_on
from .papers import Live, Paper, live, paper

_OF_A_BASE = (DocumentKind.PETITION, DocumentKind.BASE_LIST)
_DECISION = DocumentKind.DECISION


def of_own_bases(actor: Actor, year: int) -> tuple[Paper, ...]:
    """The petition and the list of each base directly under the bloc that `actor` is an officer of."""
    posts = [post for post in actor.appointments if is_base_below_bloc(post.kind, post.path)]
    places = [post.place for post in posts if may(actor, Action.EVALUATION_READ, Subject(post.place))]
    return tuple(found for place in places for found in _of_base(actor, place, year))


def base_paper(actor: Actor, kind: DocumentKind, unit_id: int, year: int) -> Paper:
    """A base's petition or list for whoever may read its evaluations; NotFound to everyone else, and for what is no such base."""
    row = db.session.execute(select(Unit.path, Unit.kind).where(Unit.id == unit_id)).one_or_none()
    if row is None or not is_base_below_bloc(row.kind, row.path):
        raise NotFound()
    place = Place(unit_id, row.path)
    require(actor, Action.EVALUATION_READ, Subject(place))
    return next(found for found in _of_base(actor, place, year) if found.about.kind is kind)


def decisions(actor: Actor, year: int) -> tuple[Paper, ...]:
    """The decisions of a year, the newest first, for those who may read what the bloc decides; () for everyone else."""
    bloc = _bloc()
    if bloc is None or not may(actor, Action.EVALUATION_READ, Subject(bloc)):
        return ()
    held = live(actor, year, (_DECISION,), Document.unit_id == bloc.unit_id)
    return tuple(_decision(actor, bloc, held, year, made.number, made.day) for made in decisions_made(year))


def decision_of(actor: Actor, year: int, number: str, day: date) -> Paper:
    """The decision of that number and day for those who may read what the bloc decides; NotFound to everyone else."""
    bloc = _bloc()
    if bloc is None:
        raise NotFound()
    require(actor, Action.EVALUATION_READ, Subject(bloc))
    if db.session.execute(select(Decision.id).where(Decision.year == year, under(number, day)).limit(1)).first() is None:
        raise NotFound()
    return _decision(actor, bloc, live(actor, year, (_DECISION,), Document.unit_id == bloc.unit_id), year, number, day)


def _of_base(actor: Actor, place: Place, year: int) -> tuple[Paper, ...]:
    held = live(actor, year, _OF_A_BASE, Document.unit_id == place.unit_id)
    ready = has_passed_on(place.unit_id, place.path, year)
    return tuple(paper(actor, About(kind, place.unit_id, year), place, held, ready) for kind in _OF_A_BASE)


def _decision(actor: Actor, bloc: Place, held: Live, year: int, number: str, day: date) -> Paper:
    return paper(actor, About(_DECISION, bloc.unit_id, year, number=number, day=day), bloc, held, ready=True)


def _bloc() -> Place | None:
    row = db.session.execute(select(Unit.id, Unit.path).where(Unit.kind == UnitKind.BLOC)).one_or_none()
    return Place(row.id, row.path) if row else None
