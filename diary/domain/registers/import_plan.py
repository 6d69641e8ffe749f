"""What importing a register's list would do: each row new, changed, the same or refused. Nothing is written here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ..member_lists.import_plan import Outcome
from ..member_lists.matching import Doubt, KnownMember, may_be_elsewhere, pair_up
from ..member_lists.placing import KnownUnit, NewUnit, NoPlace, Placing, Powers
from .shapes import ListedRow, Register, RegisterList, TurnedAway, Values

NO_YEAR = "Danh sách không ghi năm. Hãy chọn năm khi nhập, hoặc thêm cột Năm."
SEVERAL = "Có {count} người cùng họ tên ở {unit}; hãy ghi ngày sinh."
UNKNOWN = "Không tìm thấy đoàn viên này ở {unit}. Hãy xem lại họ tên, ngày sinh, hoặc thêm người này ở trang Đoàn viên trước."
ELSEWHERE = "Người này đang sinh hoạt ở {unit}. Hãy sửa cột Chi đoàn."
ELSEWHERE_UNKNOWN = "Người này đang sinh hoạt ở đơn vị khác. Hãy nhờ Đoàn cấp trên nhập."
NOT_THEIR_OWN = "{slot} do chi đoàn khác ghi; giữ như trong sổ."


@dataclass(frozen=True, slots=True)
class Stay:
    """A member's time in a unit; without a beginning it is older than the books, without an end it goes on."""

    unit_id: int
    from_day: date | None
    to_day: date | None

    def touches(self, year: int) -> bool:
        """Whether a day of it lies in `year`."""
        return (self.from_day is None or self.from_day.year <= year) and (self.to_day is None or self.to_day.year >= year)


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A member as the books have them, with every unit they were in."""

    member: KnownMember
    stays: Sequence[Stay] = ()

    def belongs_to(self, unit_id: int, year: int) -> bool:
        """Whether they are in the unit now, or were in that year: a mover's old branch notes its own part of the year."""
        return self.member.unit_id == unit_id or any(stay.unit_id == unit_id and stay.touches(year) for stay in self.stays)


@dataclass(frozen=True, slots=True)
class Noted:
    """What is noted in a slot, and the branch that noted it."""

    value: object
    unit_id: int


Key = tuple[int, int]
"""A member and a year."""


@dataclass(frozen=True, slots=True)
class Books:
    """What the program knows before the import: open units, people by folded name, what is noted, and the years that take nothing (with
    the reason)."""

    units: Sequence[KnownUnit]
    people: Mapping[str, Sequence[KnownPerson]]
    noted: Mapping[Key, Mapping[str, Noted]]
    closed: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TakenRow:
    """A row that is taken: what it says, the member and unit it is about, what it changes (slot -> value), what stood there before."""

    row: ListedRow
    member: KnownMember
    unit: KnownUnit
    year: int
    changes: Values
    before: Mapping[str, Noted]
    notes: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome:
        if not self.changes:
            return Outcome.SAME
        return Outcome.CHANGED if self.before else Outcome.NEW

    @property
    def overwritten(self) -> tuple[str, ...]:
        """The slots whose noted value gives way to another."""
        return tuple(slot for slot in self.changes if slot in self.before)


@dataclass(frozen=True, slots=True)
class RegisterPlan:
    """Rows read = new + changed + same + refused."""

    taken: tuple[TakenRow, ...]
    refused: tuple[TurnedAway, ...]
    unread_sheets: Sequence[str] = ()

    @property
    def counts(self) -> dict[Outcome, int]:
        counts = dict.fromkeys(Outcome, 0)
        for row in self.taken:
            counts[row.outcome] += 1
        return counts | {Outcome.REFUSED: len(self.refused)}

    @property
    def changes_something(self) -> bool:
        """Whether the import would write anything."""
        return any(row.changes for row in self.taken)

    @property
    def rows_read(self) -> int:
        return len(self.taken) + len(self.refused)

    @property
    def years(self) -> tuple[int, ...]:
        """The years the taken rows are about."""
        return tuple(sorted({row.year for row in self.taken}))

    def with_outcome(self, outcome: Outcome) -> tuple[TakenRow, ...]:
        """The taken rows of that outcome, in the order of the file."""
        return tuple(row for row in self.taken if row.outcome is outcome)


def plan_register(
    listed: RegisterList, register: Register, books: Books, year: int | None, powers: Powers, home: KnownUnit | None = None
) -> RegisterPlan:
    """A read list and what the books hold in; what importing it would do out.

    `year` is the year of the rows that name none, `home` the unit of those that name none. A person is known by folded name and birth in
    their unit; what is doubtful is refused with words. An empty cell never erases.
    """
    planner = _Planner(listed.rows, register, books, powers, home)
    taken = [found for row in listed.rows if (found := planner.settle(row, row.year or year))]
    sheets = list(dict.fromkeys([*listed.columns, *(row.sheet for row in listed.refused)]))
    refused = sorted((*listed.refused, *planner.refused), key=lambda row: (sheets.index(row.sheet), row.row))
    return RegisterPlan(tuple(taken), tuple(refused), listed.unread_sheets)


class _Refusal(ValueError):
    """Why a row is not taken."""


class _Planner:
    def __init__(self, rows: Sequence[ListedRow], register: Register, books: Books, powers: Powers, home: KnownUnit | None):
        nothing_made = Powers(fill=powers.fill, make_below=lambda place: False)
        self._placing = Placing(books.units, [row.person for row in rows], nothing_made, home)
        self._register, self._books, self._powers = register, books, powers
        self._units = {unit.id: unit for unit in books.units}
        self._said: dict[tuple[Key, str], ListedRow] = {}
        self.refused: list[TurnedAway] = []

    def settle(self, row: ListedRow, year: int | None) -> TakenRow | None:
        """The row taken, or nothing after refusing it."""
        try:
            return self._taken(row, year)
        except (_Refusal, NoPlace) as refusal:
            self.refused.append(TurnedAway(row.person.sheet, row.person.row, str(refusal), row.name, row.cells))
            return None

    def _taken(self, row: ListedRow, year: int | None) -> TakenRow:
        if year is None:
            raise _Refusal(NO_YEAR)
        if year in self._books.closed:
            raise _Refusal(self._books.closed[year])
        member, unit = self._person(row, year)
        self._refuse_repeat(row, (member.id, year))
        before = self._books.noted.get((member.id, year), {})
        changes: dict[str, object] = {}
        notes = list(row.person.notes)
        for slot, said in row.values.items():
            value, remark = self._change(slot, before.get(slot), said, unit)
            changes |= {slot: value} if value is not None else {}
            notes += [remark] if remark else []
        if changes and (lack := self._register.lacking({slot: noted.value for slot, noted in before.items()} | changes)):
            return TakenRow(row, member, unit, year, {}, before, (*notes, lack))
        return TakenRow(row, member, unit, year, changes, before, tuple(notes))

    def _change(self, slot: str, noted: Noted | None, said: object, unit: KnownUnit) -> tuple[object | None, str]:
        value, remark = self._register.change(slot, noted.value if noted else None, said)
        if value is not None and noted and noted.unit_id != unit.id and not self._reaches(noted.unit_id):
            return None, NOT_THEIR_OWN.format(slot=self._register.slots[slot])
        return value, remark

    def _reaches(self, unit_id: int) -> bool:
        unit = self._units.get(unit_id)
        return unit is not None and self._powers.fill(unit.place)

    def _person(self, row: ListedRow, year: int) -> tuple[KnownMember, KnownUnit]:
        namesakes = self._books.people.get(row.search, ())
        if not (row.person.base_name or row.person.branch_name) and (alone := self._only_one(row, namesakes)):
            return alone
        unit = self._placing.unit_of(row.person)
        if isinstance(unit, NewUnit):
            raise _Refusal(UNKNOWN.format(unit=unit.name))
        here = [person.member for person in namesakes if person.belongs_to(unit.id, year)]
        found = [(member, answer) for member in here for answer in pair_up([row.person], [member])]
        same = _surest(row, [answer for _, answer in found if isinstance(answer, KnownMember)])
        if len(same) > 1:
            raise _Refusal(SEVERAL.format(count=len(same), unit=unit.name))
        if same:
            return same[0], unit
        doubt = next((answer.words for _, answer in found if isinstance(answer, Doubt)), "")
        raise _Refusal(doubt or self._not_here(row, namesakes, unit))

    def _only_one(self, row: ListedRow, namesakes: Sequence[KnownPerson]) -> tuple[KnownMember, KnownUnit] | None:
        """Without a unit: the one person within reach who has this name and day of birth."""
        within = [person.member for person in namesakes if self._reaches(person.member.unit_id)]
        same = [member for member in within if row.person.born_on and member.born_on == row.person.born_on]
        found = [member for member in same if isinstance(pair_up([row.person], [member])[0], KnownMember)]
        return (found[0], self._units[found[0].unit_id]) if len(found) == 1 else None

    def _not_here(self, row: ListedRow, namesakes: Sequence[KnownPerson], unit: KnownUnit) -> str:
        for person in namesakes:
            if person.member.unit_id != unit.id and may_be_elsewhere(row.person, person.member):
                where = self._units.get(person.member.unit_id)
                known = where is not None and self._powers.fill(where.place)
                return ELSEWHERE.format(unit=where.name) if where and known else ELSEWHERE_UNKNOWN
        return UNKNOWN.format(unit=unit.name)

    def _refuse_repeat(self, row: ListedRow, key: Key) -> None:
        """Two rows that say the same of one person and year: the second is refused, whatever it says."""
        for slot in row.values:
            if before := self._said.get((key, slot)):
                same_sheet = before.person.sheet == row.person.sheet
                where = f"dòng {before.person.row}" + ("" if same_sheet else f" của trang “{before.person.sheet}”")
                raise _Refusal(f"Trùng với {where}: cùng một người, cùng năm {key[1]}.")
        self._said |= {(key, slot): row for slot in row.values}


def _surest(row: ListedRow, members: Sequence[KnownMember]) -> Sequence[KnownMember]:
    """Of several who may be meant, those born that very day, else those whose name has the same letters; all where none stands out."""
    by_day = [member for member in members if row.person.born_on and member.born_on == row.person.born_on]
    by_name = [member for member in by_day or members if member.name == row.name]
    return by_name or by_day or members
