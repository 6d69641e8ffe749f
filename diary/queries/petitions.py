"""What a base's petition and list hold: everyone below it whose proposal it passed on, by branch."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, select

from ..domain.actors import COMMITTEE, POST_LABELS
from ..domain.documents import DocumentKind
from ..domain.errors import NotFound
from ..domain.evaluations import SENT_UP, EvaluationState
from ..domain.level_names import level_names, named_level
from ..domain.names import full_name
from ..domain.petitions import AskedBranch, AskedRow, Petition
from ..domain.schemes import Scheme, require_scheme
from ..domain.units import BRANCHES, UnitKind, lineage, path_range
from ..models.accounts import Account, Appointment
from ..models.base import db
from ..models.evaluations import Evaluation
from ..models.members import Member
from ..models.units import Unit
from . import years
from .accounts import held_on
from .earlier_years import earlier_year
from .letterheads import issuer
from .unit_names import TreeThen, tree_on

_PASSED_ON = (EvaluationState.PASSED_ON, EvaluationState.DECIDED)


def petition(unit_id: int, year: int, day: date) -> Petition:
    """The petition as a paper of `day`, still without number and date: a draft.

    NotFound for a unit that is no base directly under the bloc, WrongMoment in a year without a scheme. The same number of queries
    for any number of people.
    """
    scheme, unit = require_scheme(years.scheme_of(year), year), issuer(unit_id, day)
    if unit.kind is not UnitKind.BASE_UNION or unit.superior_kind is not UnitKind.BLOC:
        raise NotFound()
    then = tree_on(day)
    below = then.below(unit_id)
    rows = db.session.execute(_rows(unit_id, below, year)).all()
    posts = _positions(below, day)
    branches = tuple(
        AskedBranch(then.units[one].name, tuple(_asked(row, scheme, posts) for row in of_one))
        for one, of_one in groupby(rows, key=lambda row: row.unit_id)
    )
    return Petition(
        year=year,
        letterhead=unit.letterhead(DocumentKind.PETITION),
        base=unit.name,
        bloc=unit.superior,
        levels=level_names(scheme),
        branches=branches,
        signer=unit.signer,
        recipients=("Như kính gửi", f"Lưu {unit.symbol}"),
        guidance=scheme.source,
        missing=_missing(below - {row.unit_id for row in rows}, then),
        earlier=earlier_year({row.unit_id for row in rows}, year, scheme),
    )


def base_list(unit_id: int, year: int, day: date) -> Petition:
    """The same as the petition's annex: the list with its own number and recipients."""
    unit = issuer(unit_id, day)
    return replace(petition(unit_id, year, day), letterhead=unit.letterhead(DocumentKind.BASE_LIST), recipients=unit.recipients)


def passed_on(unit_id: int, path: str) -> ColumnElement[bool]:
    """For a query on evaluations and their units: what the base at `path` has passed on; of its own people, what it proposed."""
    first, after = path_range(path)
    below = and_(Unit.path >= first, Unit.path < after, Evaluation.state.in_(_PASSED_ON))
    return or_(below, and_(Unit.id == unit_id, Evaluation.state.in_(SENT_UP)))


def has_passed_on(unit_id: int, path: str, year: int) -> bool:
    """Whether the base has passed anything on."""
    some = select(Evaluation.id).join(Unit, Unit.id == Evaluation.unit_id).where(Evaluation.year == year, passed_on(unit_id, path))
    return db.session.execute(some.limit(1)).first() is not None


def bases_that_passed_on(year: int) -> frozenset[int]:
    """The units directly under the bloc that passed something on, of their own or from below; one statement."""
    query = select(Unit.id, Unit.path, Evaluation.state).join(Evaluation, Evaluation.unit_id == Unit.id).distinct()
    sent = db.session.execute(query.where(Evaluation.year == year, Evaluation.state.in_(SENT_UP))).all()
    lines = [(lineage(row.path), row) for row in sent]
    return frozenset(line[1] for line, row in lines if len(line) == 2 or (len(line) > 2 and row.state in _PASSED_ON))


def _rows(unit_id: int, below: Collection[int], year: int) -> Any:
    columns = (
        Evaluation.unit_id, Evaluation.self_level, Evaluation.vote_level, Evaluation.proposed_level,
        Evaluation.proposal_reason, Evaluation.member_id, Member.family_name, Member.given_name, Member.born_on, Member.birth_year,
    )  # fmt: skip
    query = select(*columns).join(Unit, Unit.id == Evaluation.unit_id).join(Member, Member.id == Evaluation.member_id)
    through = or_(and_(Unit.id.in_(below), Evaluation.state.in_(_PASSED_ON)), and_(Unit.id == unit_id, Evaluation.state.in_(SENT_UP)))
    return query.where(Evaluation.year == year, through).order_by(Unit.path, Member.sort_key, Member.id)


def _asked(row: Row[*tuple[Any, ...]], scheme: Scheme, posts: dict[tuple[int, int], str]) -> AskedRow:
    proposed = named_level(scheme, row.proposed_level)
    assert proposed is not None, "what was passed on has a level"
    return AskedRow(
        name=full_name(row.family_name, row.given_name),
        birth_year=row.born_on.year if row.born_on else row.birth_year,
        position=posts.get((row.unit_id, row.member_id), "Đoàn viên"),
        self_level=named_level(scheme, row.self_level),
        vote=named_level(scheme, row.vote_level),
        proposed=proposed,
        note=row.proposal_reason,
    )


def _positions(below: Collection[int], day: date) -> dict[tuple[int, int], str]:
    """What members with a post in a unit below are called there, by unit and member."""
    query = (
        select(Appointment.unit_id, Account.member_id, Appointment.post)
        .join(Account, Account.id == Appointment.account_id)
        .where(Appointment.unit_id.in_(below), Appointment.post.in_(COMMITTEE), held_on(day), Account.member_id.is_not(None))
    )
    ranked = sorted(db.session.execute(query), key=lambda found: list(POST_LABELS).index(found[2]), reverse=True)
    return {(unit_id, member_id): POST_LABELS[post] for unit_id, member_id, post in ranked if member_id is not None}


def _missing(others: Collection[int], then: TreeThen) -> tuple[str, ...]:
    """The branches among `others` with members whose proposals have not been passed on."""
    query = select(Unit.id).where(Unit.id.in_(others), Unit.kind.in_(BRANCHES), Unit.member_count > 0)
    return tuple(then.units[unit_id].name for unit_id in db.session.execute(query.order_by(Unit.path)).scalars())
