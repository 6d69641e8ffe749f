"""A year's papers of a unit and those below it: what the command that writes them all to files goes through."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, select

from ...domain.documents import About, DocumentKind
from ...domain.errors import NotFound
from ...domain.names import full_name
from ...domain.units import WHOLE_BLOC, UnitKind, is_base_below_bloc, path_range
from ...models.base import db
from ...models.counts import MemberYear
from ...models.evaluations import Evaluation, RatingMeeting
from ...models.members import Member
from ...models.pledges import Pledge
from ...models.units import Unit
from ..decision_papers import decisions_made
from ..petitions import bases_that_passed_on
from ..registrations import registered

_SENT = (
    MemberYear.entries_waiting + MemberYear.entries_returned + MemberYear.entries_approved
    + MemberYear.pledges_waiting + MemberYear.pledges_returned + MemberYear.pledges_approved
    + MemberYear.pledges_met + MemberYear.pledges_not_met
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PaperBelow:
    """A paper to write: what it is about, the code of its unit, and whom it is about ("" for a list)."""

    about: About
    unit_code: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class Root:
    """The unit asked for."""

    id: int
    path: str
    code: str
    kind: UnitKind


def unit_by_code(code: str) -> Root:
    """The unit called `code`, "tat-ca" for the bloc; NotFound when there is none."""
    wanted = Unit.parent_id.is_(None) if code.lower() == WHOLE_BLOC else Unit.code == code
    row = db.session.execute(select(Unit.id, Unit.path, Unit.code, Unit.kind).where(wanted)).one_or_none()
    if row is None:
        raise NotFound(f"Không có đơn vị nào mang mã “{code}”. Mã của mọi đơn vị: {WHOLE_BLOC}.")
    return Root(row.id, row.path, row.code, row.kind)


def papers_below(root: Root, year: int, rated: bool) -> tuple[PaperBelow, ...]:
    """All there is to print of the unit and what is below it, by kind, then by unit and name: first what units issue, then of people.

    Where `rated` (the year has a scheme): a list for every branch that rates somebody and a sheet for every evaluation, minutes of
    every meeting that is over, petition and list of every base that passed something on, and of the bloc itself its decisions.
    Always: a registration and a book for every member who sent anything.
    """
    first, after = path_range(root.path)
    below = and_(Unit.path >= first, Unit.path < after)
    sheets = [_personal(row, DocumentKind.EVALUATION_SHEET, year) for row in _evaluations(below, year)] if rated else []
    books = [_personal(row, DocumentKind.YEAR_BOOK, year) for row in _writers(below, year)]
    branches = dict.fromkeys((paper.about.unit_id, paper.unit_code) for paper in sheets)
    lists = [PaperBelow(About(DocumentKind.PROPOSAL_LIST, unit_id, year), code) for unit_id, code in branches]
    above = (*_decisions(root, year), *_of_bases(below, year), *_minutes(below, year)) if rated else ()
    return (*above, *lists, *_registrations(below, year), *sheets, *books)


def _decisions(root: Root, year: int) -> list[PaperBelow]:
    if root.kind is not UnitKind.BLOC:
        return []
    kind = DocumentKind.DECISION
    return [PaperBelow(About(kind, root.id, year, number=made.number, day=made.day), root.code) for made in decisions_made(year)]


def _of_bases(below: ColumnElement[bool], year: int) -> list[PaperBelow]:
    """Petition and list of the bases directly under the bloc, where something was passed on."""
    bases = select(Unit.id, Unit.code, Unit.path).where(below, Unit.kind == UnitKind.BASE_UNION).order_by(Unit.path)
    ready = [row for row in db.session.execute(bases).all() if is_base_below_bloc(UnitKind.BASE_UNION, row.path)]
    passed = bases_that_passed_on(year)
    kinds = (DocumentKind.PETITION, DocumentKind.BASE_LIST)
    return [PaperBelow(About(kind, row.id, year), row.code) for row in ready if row.id in passed for kind in kinds]


def _minutes(below: ColumnElement[bool], year: int) -> list[PaperBelow]:
    query = select(Unit.id, Unit.code).join(RatingMeeting, RatingMeeting.unit_id == Unit.id)
    closed = query.where(below, RatingMeeting.year == year, RatingMeeting.closed_at.is_not(None)).order_by(Unit.path)
    return [PaperBelow(About(DocumentKind.MINUTES, row.id, year), row.code) for row in db.session.execute(closed)]


def _registrations(below: ColumnElement[bool], year: int) -> list[PaperBelow]:
    """Of members who sent a pledge to a branch below: one under each such branch."""
    query = select(Pledge.member_id).join(Unit, Unit.id == Pledge.unit_id).where(below, Pledge.year == year)
    codes = {row.id: (row.path, row.code) for row in db.session.execute(select(Unit.id, Unit.path, Unit.code).where(below))}
    found = registered(query, year)
    here = sorted((one for one in found if one.place.unit_id in codes), key=lambda one: codes[one.place.unit_id][0])
    kind = DocumentKind.REGISTRATION
    return [PaperBelow(About(kind, one.place.unit_id, year, one.member_id), codes[one.place.unit_id][1], one.name) for one in here]


def _evaluations(below: ColumnElement[bool], year: int) -> Any:
    query = select(Unit.id, Unit.code, Member.id.label("member_id"), Member.family_name, Member.given_name).select_from(Evaluation)
    query = query.join(Unit, Unit.id == Evaluation.unit_id).join(Member, Member.id == Evaluation.member_id)
    return db.session.execute(query.where(below, Evaluation.year == year).order_by(Unit.path, Member.sort_key, Member.id))


def _writers(below: ColumnElement[bool], year: int) -> Any:
    """Members who sent anything that year, each once: under the unit where they wrote first, for those who moved."""
    query = select(Unit.id, Unit.code, Member.id.label("member_id"), Member.family_name, Member.given_name).select_from(MemberYear)
    query = query.join(Unit, Unit.id == MemberYear.unit_id).join(Member, Member.id == MemberYear.member_id)
    rows = db.session.execute(query.where(below, MemberYear.year == year, _SENT > 0).order_by(Unit.path, Member.sort_key, Member.id))
    return {row.member_id: row for row in reversed(rows.all())}.values()


def _personal(row: Row[*tuple[Any, ...]], kind: DocumentKind, year: int) -> PaperBelow:
    return PaperBelow(About(kind, row.id, year, row.member_id), row.code, full_name(row.family_name, row.given_name))
