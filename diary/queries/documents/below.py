"""Everything a year's papers of a unit and those below it: what the command that writes them all to files goes through."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, select

from ...domain.documents import About, DocumentKind
from ...domain.errors import NotFound
from ...domain.names import full_name
from ...domain.units import WHOLE_BLOC, path_range
from ...models.base import db
from ...models.counts import MemberYear
from ...models.evaluations import Evaluation
from ...models.members import Member
from ...models.units import Unit

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


def unit_by_code(code: str) -> Root:
    """The unit called `code`, "tat-ca" for the bloc; NotFound when there is none."""
    wanted = Unit.parent_id.is_(None) if code.lower() == WHOLE_BLOC else Unit.code == code
    row = db.session.execute(select(Unit.id, Unit.path).where(wanted)).one_or_none()
    if row is None:
        raise NotFound(f"Không có đơn vị nào mang mã “{code}”. Mã của mọi đơn vị: {WHOLE_BLOC}.")
    return Root(row.id, row.path)


def papers_below(root: Root, year: int, rated: bool) -> tuple[PaperBelow, ...]:
    """The lists and sheets (where `rated`: the year has a scheme) and the books of the unit and all below it, by unit and name.

    There is a list for every branch that rates somebody, a sheet for every evaluation, a book for every member who sent anything.
    """
    first, after = path_range(root.path)
    below = and_(Unit.path >= first, Unit.path < after)
    sheets = [_personal(row, DocumentKind.EVALUATION_SHEET, year) for row in _evaluations(below, year)] if rated else []
    books = [_personal(row, DocumentKind.YEAR_BOOK, year) for row in _writers(below, year)]
    branches = dict.fromkeys((paper.about.unit_id, paper.unit_code) for paper in sheets)
    lists = [PaperBelow(About(DocumentKind.PROPOSAL_LIST, unit_id, year), code) for unit_id, code in branches]
    return (*lists, *sheets, *books)


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
