"""Reads about Đoàn phí: a branch's table, the sums of what stands below a unit, one member's year, lists in and out."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select

from ..domain.actors import Actor
from ..domain.errors import NotFound
from ..domain.fee_lists import FEES, cell_of, quarter_key
from ..domain.fees import FIRST_AMOUNT, QUARTERS, FeeNote, FeeState, YearFees
from ..domain.names import full_name
from ..domain.permissions import Action, Subject, may, require
from ..domain.registers import RegisterList
from ..domain.registers.import_plan import Key, Noted, RegisterPlan
from ..domain.units import Place
from ..models.base import db
from ..models.fees import Fee
from ..models.members import Member
from ..models.units import Unit
from . import registers
from .member_lists import chunks
from .units.rows import below

Counts = Counter[tuple[int, FeeState]]
"""How many, by quarter and state."""
Money = Counter[int]
"""Đồng, by quarter."""


@dataclass(frozen=True, slots=True)
class QuarterSum:
    """A quarter in counts: members who paid and who are exempt, of `members`; `money` in đồng, what the unit took in."""

    quarter: int
    paid: int
    exempt: int
    members: int
    money: int

    @property
    def settled(self) -> int:
        return self.paid + self.exempt


@dataclass(frozen=True, slots=True)
class FeeCell:
    """A quarter of a member. `elsewhere`: another branch noted it, and the actor may not change it."""

    note: FeeNote | None
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class FeeRow:
    """A member's year as a line of the table."""

    id: int
    name: str
    cells: Mapping[int, FeeCell]


@dataclass(frozen=True, slots=True)
class ChildFees:
    """A unit below with its quarters."""

    id: int
    name: str
    members: int
    quarters: tuple[QuarterSum, ...]

    @property
    def money(self) -> int:
        """Of the whole year, in đồng."""
        return sum(one.money for one in self.quarters)


@dataclass(frozen=True, slots=True)
class FeePage:
    """The register of a unit and year: its sums, a page of its own people, a page of what stands below it."""

    unit: registers.RegisterPlace
    year: int
    sums: tuple[QuarterSum, ...]
    rows: tuple[FeeRow, ...]
    children: tuple[ChildFees, ...]
    amount: int  # offered for a quarter
    page: int
    pages: int

    @property
    def members(self) -> int:
        return self.sums[0].members


@dataclass(frozen=True, slots=True)
class MemberFees:
    """One member's year for who may note it. `unit`: the branch they are in."""

    id: int
    name: str
    unit: Place
    unit_name: str
    cells: Mapping[int, FeeCell]


def fee_page(actor: Actor, unit_id: int | None, year: int, page: int = 1) -> FeePage:
    """The register of a unit; the same number of queries whatever stands in it. NotFound for a unit that is not theirs to read."""
    unit = registers.load_place(actor, unit_id, year)
    counts, money = _counts(unit.place, year), _money(unit.place, year)
    people, _, number, pages = registers.people_of(unit.id, page) if unit.is_branch else ((), 0, 1, 1)
    children, child_page, child_pages = registers.children_of(unit.id, page) if not unit.is_branch else ((), 1, 1)
    return FeePage(
        unit=unit,
        year=year,
        sums=_quarter_sums(registers.count_members(unit.place), counts.values(), money.values()),
        rows=_rows(actor, people, year, unit.id),
        children=_child_fees(children, counts, money),
        amount=usual_amount(unit.id, year) if unit.is_branch else FIRST_AMOUNT,
        page=number if unit.is_branch else child_page,
        pages=pages if unit.is_branch else child_pages,
    )


def usual_amount(unit_id: int, year: int) -> int:
    """The amount most often noted in the unit in the newest year up to `year` that has one; what a new branch begins with otherwise."""
    paid = (Fee.unit_id == unit_id) & (Fee.year <= year) & (Fee.amount > 0)
    newest = select(func.max(Fee.year)).where(paid).scalar_subquery()
    query = select(Fee.amount).where(paid, Fee.year == newest).group_by(Fee.amount).order_by(func.count().desc(), Fee.amount).limit(1)
    return db.session.execute(query).scalar() or FIRST_AMOUNT


def _counts(place: Place, year: int) -> dict[int, Counts]:
    """Notes of members who are active now, wherever they were noted, by the unit they are in, quarter and state."""
    query = select(Member.unit_id, Fee.quarter, Fee.state, func.count()).join(Member, Member.id == Fee.member_id)
    query = query.where(Fee.year == year, Fee.member_id.in_(registers.members_below(place)))
    found: dict[int, Counts] = defaultdict(Counter)
    for unit_id, quarter, state, count in db.session.execute(query.group_by(Member.unit_id, Fee.quarter, Fee.state)):
        found[unit_id][quarter, state] = count
    return found


def _money(place: Place, year: int) -> dict[int, Money]:
    """What the unit and those below took in, by unit and quarter, in đồng."""
    query = select(Fee.unit_id, Fee.quarter, func.sum(Fee.amount)).join(Unit, Unit.id == Fee.unit_id)
    found: dict[int, Money] = defaultdict(Counter)
    for unit_id, quarter, amount in db.session.execute(query.where(below(place), Fee.year == year).group_by(Fee.unit_id, Fee.quarter)):
        found[unit_id][quarter] = int(amount)
    return found


def _quarter_sums(members: int, counts: Iterable[Counts], money: Iterable[Money]) -> tuple[QuarterSum, ...]:
    noted, taken = sum(counts, start=Counts()), sum(money, start=Money())
    return tuple(QuarterSum(q, noted[q, FeeState.PAID], noted[q, FeeState.EXEMPT], members, taken[q]) for q in QUARTERS)


def _child_fees(children: Sequence[registers.Child], counts: Mapping[int, Counts], money: Mapping[int, Money]) -> tuple[ChildFees, ...]:
    below_child: dict[int, list[int]] = defaultdict(list)
    for unit_id, child_id in registers.homes_of(children).items():
        below_child[child_id].append(unit_id)
    found = []
    for child in children:
        units = below_child[child.id]
        sums = _quarter_sums(child.members, (counts[u] for u in units if u in counts), (money[u] for u in units if u in money))
        found.append(ChildFees(child.id, child.name, child.members, sums))
    return tuple(found)


def _rows(actor: Actor, people: Sequence[registers.Person], year: int, unit_id: int) -> tuple[FeeRow, ...]:
    cells = _cells(actor, [person.id for person in people], year, unit_id)
    return tuple(FeeRow(person.id, person.name, cells[person.id]) for person in people)


def _cells(actor: Actor, member_ids: Sequence[int], year: int, unit_id: int) -> dict[int, dict[int, FeeCell]]:
    """Every quarter of these members; what a branch out of the actor's reach noted is not theirs to change."""
    found: dict[int, dict[int, FeeCell]] = {member_id: {q: FeeCell(None) for q in QUARTERS} for member_id in member_ids}
    columns = (Fee.member_id, Fee.quarter, Fee.state, Fee.amount, Fee.unit_id, Unit.path)
    query = select(*columns).join(Unit, Unit.id == Fee.unit_id).where(Fee.member_id.in_(member_ids), Fee.year == year)
    for row in db.session.execute(query) if member_ids else ():
        elsewhere = row.unit_id != unit_id and not may(actor, Action.REGISTER_EDIT, Subject(Place(row.unit_id, row.path)))
        found[row.member_id][row.quarter] = FeeCell(FeeNote(row.state, row.amount), elsewhere)
    return found


def load_member_fees(actor: Actor, member_id: int, year: int) -> MemberFees:
    """One member's quarters for who may note them. NotFound or NotAllowed for others."""
    columns = (Member.family_name, Member.given_name, Member.unit_id, Unit.path, Unit.name)
    row = db.session.execute(select(*columns).join(Unit, Unit.id == Member.unit_id).where(Member.id == member_id)).one_or_none()
    if row is None:
        raise NotFound()
    place = Place(row.unit_id, row.path)
    require(actor, Action.REGISTER_EDIT, Subject(place, owner_id=member_id))
    cells = _cells(actor, [member_id], year, row.unit_id)[member_id]
    return MemberFees(member_id, full_name(row.family_name, row.given_name), place, row.name, cells)


def year_fees(member_ids: Collection[int], year: int) -> dict[int, YearFees]:
    """The notes of a year by member, all branches of a mover together; one query for any 10,000 members."""
    found: dict[int, dict[int, FeeNote]] = {member_id: {} for member_id in member_ids}
    columns = (Fee.member_id, Fee.quarter, Fee.state, Fee.amount)
    for some in registers.many(member_ids):
        for member_id, quarter, state, amount in db.session.execute(select(*columns).where(Fee.member_id.in_(some), Fee.year == year)):
            found[member_id][quarter] = FeeNote(state, amount)
    return {member_id: YearFees(notes) for member_id, notes in found.items()}


@dataclass(frozen=True, slots=True)
class Undoable:
    """What "the whole branch has paid" noted, while it may be taken back: the quarter, and how many it noted."""

    quarter: int
    count: int


def noted_at_once(actor: Actor, unit_id: int, year: int, quarter: int, at: datetime) -> Undoable | None:
    """What the actor noted for the whole branch at that moment and that still stands so; None where there is nothing."""
    mine = and_(Fee.unit_id == unit_id, Fee.year == year, Fee.quarter == quarter, Fee.noted_by == actor.account_id, Fee.noted_at == at)
    count = db.session.execute(select(func.count()).select_from(Fee).where(mine)).scalar_one()
    return Undoable(quarter, count) if count else None


def plan_import(actor: Actor | None, listed: RegisterList, year: int | None) -> RegisterPlan:
    """What importing a list of fees would do, with the rights `actor` has (None: the program itself). Writes nothing."""
    return registers.plan_import(actor, FEES, listed, year, noted_fees)


def noted_fees(member_ids: Collection[int], years: Collection[int]) -> dict[Key, dict[str, Noted]]:
    """What is noted of these members in these years, by quarter."""
    found: dict[Key, dict[str, Noted]] = defaultdict(dict)
    columns = (Fee.member_id, Fee.year, Fee.quarter, Fee.state, Fee.amount, Fee.unit_id)
    for some in chunks(sorted(member_ids)):
        for row in db.session.execute(select(*columns).where(Fee.member_id.in_(some), Fee.year.in_(years))):
            found[row.member_id, row.year][quarter_key(row.quarter)] = Noted(FeeNote(row.state, row.amount), row.unit_id)
    return found


def export_rows(actor: Actor | None, year: int, unit: Place | None = None) -> list[tuple[Any, ...]]:
    """The active members `actor` may read (None: all), of a unit and below, with their quarters, as rows under the clean header."""
    people = registers.people_to_export(actor, unit)
    fees = year_fees([member_id for member_id, _ in people], year)
    return [(*cells, year, *_fee_cells(fees[member_id])) for member_id, cells in people]


def _fee_cells(fees: YearFees) -> Iterable[int | str | None]:
    return (cell_of(fees.notes.get(quarter)) for quarter in QUARTERS)
