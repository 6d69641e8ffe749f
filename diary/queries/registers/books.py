"""What importing a register's list has to know: the open units, the people it names with every unit they were in, what is noted of them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from ...domain.actors import Actor
from ...domain.member_lists.matching import KnownMember
from ...domain.member_lists.placing import EVERYTHING, KnownUnit, Powers
from ...domain.members import Standing
from ...domain.names import full_name
from ...domain.permissions import Action, Subject, may, scopes
from ...domain.registers import Register, RegisterList
from ...domain.registers.import_plan import Books, Key, KnownPerson, Noted, RegisterPlan, Stay, plan_register
from ...domain.units import BRANCHES, Place, lineage
from ...models.base import db
from ...models.members import Member, Membership
from ...models.units import Unit
from ...models.years import WorkYear
from ..member_lists import UnitNames, all_unit_names, chunks, open_units
from ..reach import units_within
from ..units.rows import below

_MANY = 10_000  # ids asked for in one statement: more than a page or a paper is about, fewer than any engine takes
Noter = Callable[[Collection[int], Collection[int]], Mapping[Key, Mapping[str, Noted]]]
"""Member ids and years in; what is noted of them in the register out."""


def plan_import(actor: Actor | None, register: Register, listed: RegisterList, year: int | None, noted: Noter) -> RegisterPlan:
    """What importing a read list would do, with the rights `actor` has (None: the program itself). Writes nothing.

    `year` is the year of the rows that name none. The same few queries for every 500 names.
    """
    units = open_units()
    people = _people({row.search for row in listed.rows})
    years = {row.year or year for row in listed.rows} - {None}
    closed = _closed({known for known in years if known is not None})
    ids = {person.member.id for namesakes in people.values() for person in namesakes}
    open_years = {known for known in years if known is not None and known not in closed}
    books = Books(units, people, noted(ids, open_years) if ids and open_years else {}, closed)
    return plan_register(listed, register, books, year, _powers(actor), _home(actor, units))


def _powers(actor: Actor | None) -> Powers:
    return Powers(fill=lambda place: may(actor, Action.REGISTER_EDIT, Subject(place))) if actor else EVERYTHING


def _home(actor: Actor | None, units: Sequence[KnownUnit]) -> KnownUnit | None:
    """The branch of an officer who has only one: where rows belong that name no unit."""
    reached = {post.unit_id for post in scopes(actor, Action.REGISTER_EDIT)} if actor else set()
    return next((unit for unit in units if {unit.id} == reached and unit.kind in BRANCHES), None)


def _people(names: Collection[str]) -> dict[str, list[KnownPerson]]:
    columns = (
        Member.search, Member.id, Member.unit_id, Member.family_name, Member.given_name, Member.born_on, Member.birth_year, Member.gender,
        Member.ethnicity, Member.joined_union_on, Member.phone, Member.email, Member.standing, Member.version,
    )  # fmt: skip
    known: dict[int, tuple[str, KnownMember]] = {}
    stays: dict[int, list[Stay]] = defaultdict(list)
    for some in chunks(sorted(names)):
        for name, *facts in db.session.execute(select(*columns).where(Member.search.in_(some)).order_by(Member.id)):
            known[facts[0]] = (name, KnownMember(*facts))
        where = select(Membership.member_id, Membership.unit_id, Membership.from_day, Membership.to_day).join(Member)
        for row in db.session.execute(where.where(Member.search.in_(some))):
            stays[row.member_id].append(Stay(row.unit_id, row.from_day, row.to_day))
    found: dict[str, list[KnownPerson]] = defaultdict(list)
    for member_id, (name, member) in known.items():
        found[name].append(KnownPerson(member, tuple(stays[member_id])))
    return found


def _closed(years: Collection[int]) -> dict[int, str]:
    """The years that take nothing, with the reason."""
    rows = {row.year: row.locked_at for row in db.session.execute(select(WorkYear.year, WorkYear.locked_at))}
    closed = {year: f"Năm {year} chưa được mở. Hãy nhờ Đoàn Khối mở năm công tác." for year in years if year not in rows}
    return closed | {year: f"Năm {year} đã khóa sổ, chỉ còn xem được." for year in years if rows.get(year)}


def people_to_export(actor: Actor | None, unit: Place | None = None) -> list[tuple[int, tuple[Any, ...]]]:
    """The active members `actor` may read (None: all), of a unit and below when given, in the order of a clean list.

    Each with their id and the cells under PERSON_HEADER. Branches without a base come first: further down their empty cell would read as
    the base above it.
    """
    reach = units_within(actor, Action.REGISTER_READ)
    where = [part for part in (reach, below(unit) if unit else None) if part is not None]
    columns: tuple[Any, ...] = (
        Member.id, Member.unit_id, Unit.path, Member.sort_key, Member.family_name, Member.given_name, Member.born_on, Member.birth_year,
    )  # fmt: skip
    query = select(*columns).join(Unit, Unit.id == Member.unit_id).where(Member.standing == Standing.ACTIVE, *where)
    names = all_unit_names()
    rows = sorted(
        db.session.execute(query), key=lambda row: (names[row.unit_id].base != "", lineage(row.path), row.sort_key, row.id)
    )  # fmt: skip
    return [(row.id, _person_cells(row, names[row.unit_id])) for row in rows]


def _person_cells(row: Any, unit: UnitNames) -> tuple[Any, ...]:
    born = row.born_on or (str(row.birth_year) if row.birth_year else None)
    return full_name(row.family_name, row.given_name), born, unit.base or None, unit.branch or None


def many(ids: Collection[int]) -> Iterable[Sequence[int]]:
    """Ids in pieces that fit one statement, so large that a page asks once."""
    whole = list(ids)
    return (whole[start : start + _MANY] for start in range(0, len(whole), _MANY))
