"""Reads for importing and exporting member lists."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Row, Select, select

from ..domain.actors import COMMITTEE, POST_LABELS, Actor, Post
from ..domain.member_lists import Column, MemberList
from ..domain.member_lists.doubts import Answers
from ..domain.member_lists.import_plan import Books, ImportPlan, plan_import
from ..domain.member_lists.matching import KnownMember
from ..domain.member_lists.placing import EVERYTHING, KnownUnit, Powers, room_below
from ..domain.members import GENDER_LABELS, Standing, search_name
from ..domain.names import full_name
from ..domain.permissions import Action, Subject, may, scopes
from ..domain.units import BRANCHES, lineage
from ..models.accounts import Account
from ..models.accounts import Appointment as AppointmentRow
from ..models.base import db
from ..models.member_lists import ColumnChoice
from ..models.members import Member
from ..models.units import Unit
from .accounts import held_on
from .reach import units_within

T = TypeVar("T")
MEMBERS = "members"
"""The kind of list that column choices are kept for."""

_AT_ONCE = 500  # values asked for in one statement
_RANK = {post: place for place, post in enumerate(Post)}


def plan_member_import(actor: Actor | None, listed: MemberList, today: date, answers: Answers | None = None) -> ImportPlan:
    """What importing a read list would do, with the rights `actor` has (None: the program itself). Writes nothing.

    `answers` settle rows that may be a person already known.
    """
    units = open_units()
    posts, secretaries = _posts_held(today)
    names = {search_name(person.family_name, person.given_name) for person in listed.people}
    books = Books(units, _members_named(names), posts, secretaries)
    return plan_import(listed, books, _powers(actor), _home(actor, units), answers)


def open_units() -> tuple[KnownUnit, ...]:
    """Every open unit, the bloc first."""
    query = select(Unit.id, Unit.parent_id, Unit.path, Unit.kind, Unit.name, Unit.needs_placing).where(Unit.closed_on.is_(None))
    return tuple(KnownUnit(*row) for row in db.session.execute(query.order_by(Unit.path)))


def _powers(actor: Actor | None) -> Powers:
    if actor is None:
        return EVERYTHING
    return Powers(
        fill=lambda place: may(actor, Action.MEMBER_EDIT, Subject(place)),
        make_below=lambda place: may(actor, Action.UNIT_EDIT, Subject(room_below(place))),
        appoint=lambda place: may(actor, Action.UNIT_EDIT, Subject(place)),
    )


def remembered_columns(actor: Actor | None) -> dict[str, Column]:
    """How the lists of the actor's office were matched by hand before: what a head, folded, was said to hold."""
    unit_id = office_of(actor)
    if unit_id is None:
        return {}
    chosen = select(ColumnChoice.head, ColumnChoice.column).where(ColumnChoice.unit_id == unit_id, ColumnChoice.register == MEMBERS)
    columns = {column.name.lower(): column for column in Column}
    return {head: columns[name] for head, name in db.session.execute(chosen) if name in columns}


def nobody_yet(actor: Actor) -> bool:
    """Whether an officer who brings in lists has no one to care for yet but themselves."""
    if not scopes(actor, Action.MEMBER_EDIT):
        return False
    others = select(Member.id).join(Unit, Unit.id == Member.unit_id).where(Member.id != (actor.member_id or 0)).limit(1)
    reach = units_within(actor, Action.MEMBER_EDIT)
    return db.session.execute(others if reach is None else others.where(reach)).first() is None


def office_of(actor: Actor | None) -> int | None:
    """The unit whose lists the actor brings in: that of the first post under which they may; None for the program itself."""
    return next((post.unit_id for post in scopes(actor, Action.MEMBER_EDIT)), None) if actor else None


def _home(actor: Actor | None, units: Sequence[KnownUnit]) -> KnownUnit | None:
    """The branch of an officer who has only one: where rows belong that name no unit."""
    reached = {post.unit_id for post in scopes(actor, Action.MEMBER_EDIT)} if actor else set()
    return next((unit for unit in units if {unit.id} == reached and unit.kind in BRANCHES), None)


def _members_named(names: Collection[str]) -> Mapping[str, Sequence[KnownMember]]:
    found: dict[str, list[KnownMember]] = defaultdict(list)
    columns = (
        Member.search, Member.id, Member.unit_id, Member.family_name, Member.given_name, Member.born_on, Member.birth_year, Member.gender,
        Member.ethnicity, Member.joined_union_on, Member.phone, Member.email, Member.standing, Member.version,
    )  # fmt: skip
    for some in chunks(sorted(names)):
        for name, *facts in db.session.execute(select(*columns).where(Member.search.in_(some)).order_by(Member.id)):
            found[name].append(KnownMember(*facts))
    return found


def _posts_held(today: date) -> tuple[dict[int, frozenset[Post]], dict[int, frozenset[int]]]:
    """The committee posts members hold in their own unit, by member; and who is Bí thư, by unit."""
    posts: dict[int, set[Post]] = defaultdict(set)
    secretaries: dict[int, set[int]] = defaultdict(set)
    query = (
        select(Account.member_id, Member.unit_id, AppointmentRow.unit_id, AppointmentRow.post)
        .join(Account, Account.id == AppointmentRow.account_id)
        .outerjoin(Member, Member.id == Account.member_id)
        .where(AppointmentRow.post.in_(COMMITTEE), held_on(today))
    )
    for member_id, home, unit_id, post in db.session.execute(query):
        if member_id is not None and home == unit_id:
            posts[member_id].add(post)
        if post is Post.SECRETARY:
            secretaries[unit_id].add(member_id or 0)
    return _frozen(posts), _frozen(secretaries)


def _frozen(sets: Mapping[int, Iterable[Any]]) -> dict[int, frozenset[Any]]:
    return {key: frozenset(values) for key, values in sets.items()}


def chunks(values: Sequence[T]) -> Iterable[Sequence[T]]:
    """The values in pieces that fit one statement's IN."""
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))


@dataclass(frozen=True, slots=True)
class UnitNames:
    """A unit as lists name it: its base, and the branch below it ("" where the base itself is meant). A branch that waits to be placed
    has no base yet."""

    base: str
    branch: str


def unit_names(units: Iterable[tuple[int, str, str, bool]]) -> dict[int, UnitNames]:
    """Units as (id, path, name, whether it waits to be placed), everything above them among them; how lists name each, by id."""
    known = {unit_id: (path, name, waits) for unit_id, path, name, waits in units}
    found = {}
    for unit_id, (path, name, waits) in known.items():
        base_id = lineage(path)[:2][-1]
        branch = name if waits or base_id != unit_id else ""
        found[unit_id] = UnitNames("" if waits else known[base_id][1], branch)
    return found


def all_unit_names() -> dict[int, UnitNames]:
    """How lists name every unit, the closed ones too, by id."""
    rows = db.session.execute(select(Unit.id, Unit.path, Unit.name, Unit.needs_placing))
    return unit_names((unit_id, path, name, waits) for unit_id, path, name, waits in rows)


def export_rows(actor: Actor | None, today: date) -> list[tuple[Any, ...]]:
    """The active members `actor` may read (None: all) as rows under CLEAN_HEADER, by unit, then by name. Days are dates.

    Branches without a base come first: further down their empty cell would read as the base above it.
    """
    names, posts = all_unit_names(), _posts_held(today)[0]
    rows = [(row, names[row.unit_id]) for row in db.session.execute(_exported(actor))]
    rows.sort(key=lambda pair: (pair[1].base != "", lineage(pair[0].path), pair[0].sort_key, pair[0].id))
    return [_export_row(row, unit, posts.get(row.id, frozenset())) for row, unit in rows]


def _exported(actor: Actor | None) -> Select[Any]:
    columns: tuple[Any, ...] = (
        Member.id, Member.unit_id, Unit.path, Member.sort_key, Member.family_name, Member.given_name, Member.born_on, Member.birth_year,
        Member.gender, Member.ethnicity, Member.joined_union_on, Member.phone, Member.email,
    )  # fmt: skip
    query = select(*columns).join(Unit, Unit.id == Member.unit_id).where(Member.standing == Standing.ACTIVE)
    reach = units_within(actor, Action.MEMBER_READ)
    return query if reach is None else query.where(reach)


def _export_row(row: Row[Any], unit: UnitNames, posts: frozenset[Post]) -> tuple[Any, ...]:
    post = min(posts, key=_RANK.__getitem__, default=None)
    return (
        full_name(row.family_name, row.given_name),
        row.born_on or (str(row.birth_year) if row.birth_year else None),
        GENDER_LABELS[row.gender] if row.gender else None,
        row.ethnicity or None,
        unit.base or None,
        unit.branch or None,
        POST_LABELS[post] if post else None,
        row.joined_union_on,
        row.phone or None,
        row.email or None,
    )
