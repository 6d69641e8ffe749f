"""Where the people of a list belong: the units it names found among the known ones, or planned anew."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from ..units import NAME_LIMIT, Place, UnitKind, child_path
from ..vietnamese import fold
from .shapes import ListedMember
from .units import SHEET_NAME_LIMIT, strip_numbering

_BRANCH = "chi doan "
_NOT_WORD = re.compile(r"[\W_]+")


class NoPlace(ValueError):
    """A row whose unit cannot be settled; its message is a Vietnamese sentence for the user."""


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """An open unit as it stands."""

    id: int
    parent_id: int | None
    path: str
    kind: UnitKind
    name: str
    needs_placing: bool = False

    @property
    def place(self) -> Place:
        return Place(self.id, self.path)


@dataclass(frozen=True, slots=True, eq=False)
class NewUnit:
    """A unit the list names that is not there yet."""

    name: str
    kind: UnitKind
    parent: "KnownUnit | NewUnit"
    needs_placing: bool = False

    @property
    def label(self) -> str:
        """The name, with the base's where it stands below one, and what is left to do."""
        where = "" if isinstance(self.parent, KnownUnit) and self.parent.parent_id is None else f" – {self.parent.name}"
        return f"{self.name}{where}{' (cần xếp)' if self.needs_placing else ''}"


AnyUnit = KnownUnit | NewUnit


@dataclass(frozen=True, slots=True)
class Powers:
    """What the one who imports may do: fill a unit with people, make units below one, give its posts."""

    fill: Callable[[Place], bool] = lambda place: True
    make_below: Callable[[Place], bool] = lambda place: True
    appoint: Callable[[Place], bool] = lambda place: True


EVERYTHING = Powers()
"""The powers of the program itself."""


@dataclass(slots=True)
class UnitPlan:
    """What the import does to the tree: units made (parents first), and units that waited moved to where the list has them."""

    made: list[NewUnit] = field(default_factory=list)
    moved: dict[int, tuple[KnownUnit, AnyUnit]] = field(default_factory=dict)


class Placing:
    """Finds or plans the unit of each row of one list. Names are compared without case, marks and punctuation."""

    def __init__(self, known: Iterable[KnownUnit], people: Sequence[ListedMember], powers: Powers, home: KnownUnit | None = None):
        """`home` is the unit of the rows that name none. `known` holds every open unit, the bloc among them."""
        self.plan = UnitPlan()
        self._powers, self._home, self._known = powers, home, tuple(known)
        self._bloc = next(unit for unit in self._known if unit.parent_id is None)
        self._by_name: dict[str, list[KnownUnit]] = {}
        for unit in self._known:
            self._by_name.setdefault(name_key(unit.name), []).append(unit)
        self._bases_of_branch: dict[str, set[str]] = {}
        for person in people:
            if person.base_name and person.branch_name:
                self._bases_of_branch.setdefault(name_key(person.branch_name), set()).add(name_key(person.base_name))
        self._with_branches = {base for bases in self._bases_of_branch.values() for base in bases}
        self._cut_names = {name_key(strip_numbering(person.sheet)) for person in people if len(person.sheet) >= SHEET_NAME_LIMIT}
        self._settled: dict[tuple[str, str], AnyUnit | NoPlace] = {}
        for person in sorted(people, key=lambda person: not person.base_name):  # a branch without a base may be named with it elsewhere
            self._look_up(person)

    def unit_of(self, person: ListedMember) -> AnyUnit:
        """The unit the person belongs to. NoPlace when the list does not tell, or the importer may not put people there."""
        found = self._look_up(person)
        if isinstance(found, NoPlace):
            raise found
        return found

    def _look_up(self, person: ListedMember) -> AnyUnit | NoPlace:
        names = person.base_name or "", person.branch_name or ""
        if names not in self._settled:
            try:
                self._settled[names] = self._settle(*names)
            except NoPlace as refusal:
                self._settled[names] = refusal
        return self._settled[names]

    def _settle(self, base: str, branch: str) -> AnyUnit:
        for name in (base, branch):
            if len(name) > NAME_LIMIT:
                raise NoPlace(f"Tên tổ chức “{name[:40]}…” dài quá {NAME_LIMIT} ký tự.")
        unit = self._unit(self._whole(base), self._whole(branch))
        if isinstance(unit, KnownUnit):
            if unit is self._bloc:
                raise NoPlace(f"{unit.name} không có đoàn viên trực tiếp; hãy ghi rõ chi đoàn.")
            if not self._powers.fill(unit.place):
                raise NoPlace(f"Bạn không phụ trách {unit.name}; hãy nhờ Đoàn cấp trên nhập người này.")
        return unit

    def _whole(self, name: str) -> str:
        """The name of the one known unit that begins so, where only a sheet's name tells it: spreadsheets cut those."""
        key = name_key(name)
        if key not in self._cut_names or key in self._by_name:
            return name
        longer = {unit.name for unit in self._known if name_key(unit.name).startswith(key)}
        return longer.pop() if len(longer) == 1 else name

    def _unit(self, base: str, branch: str) -> AnyUnit:
        if base and branch:
            return self._branch_below(self._base(base, with_branches=True), branch)
        if base:
            return self._base(base, with_branches=name_key(base) in self._with_branches)
        if branch:
            return self._lone_branch(branch)
        if self._home is None:
            raise NoPlace("Danh sách không ghi người này thuộc chi đoàn nào.")
        return self._home

    def _base(self, name: str, *, with_branches: bool) -> AnyUnit:
        if name_key(name) == name_key(self._bloc.name):
            return self._bloc
        found = self._child(self._bloc, name)
        if found is None and not self._powers.make_below(self._bloc.place):
            found = self._only(name)  # a list of one chi đoàn often gives its own name as the base
        if found is None:
            return self._make(name, base_kind(name, with_branches=with_branches), self._bloc)
        if isinstance(found, KnownUnit) and found.needs_placing and not with_branches:
            self._move(found, self._bloc)
        return found

    def _branch_below(self, base: AnyUnit, name: str) -> AnyUnit:
        if base is self._bloc:
            return self._lone_branch(name)
        if isinstance(base, KnownUnit) and base.kind in {UnitKind.BASE_BRANCH, UnitKind.BRANCH}:
            raise NoPlace(f"{base.name} là chi đoàn, không có chi đoàn trực thuộc. Hãy xem lại cột Cơ sở Đoàn và Chi đoàn.")
        if found := self._below(base, name):
            return found
        waiting = [unit for unit in self._by_name.get(name_key(name), ()) if unit.needs_placing]
        if len(waiting) == 1 and len(self._bases_of_branch.get(name_key(name), ())) == 1 and self._move(waiting[0], base):
            return waiting[0]
        return self._make(name, UnitKind.BRANCH, base)

    def _lone_branch(self, name: str) -> AnyUnit:
        """A branch whose base the list does not tell: the one unit of that name, else a new one that waits to be placed."""
        if found := self._only(name):
            return found
        own_base = next((unit for unit in self._known if unit.kind is UnitKind.BASE_UNION and self._powers.make_below(unit.place)), None)
        if self._powers.make_below(self._bloc.place) or own_base is None:
            return self._make(name, UnitKind.BRANCH, self._bloc, needs_placing=True)
        return self._make(name, UnitKind.BRANCH, own_base)

    def _only(self, name: str) -> AnyUnit | None:
        """The one unit of that name, of those the importer may fill where there are some. NoPlace when there are several."""
        known = self._by_name.get(name_key(name), [])
        made = (unit for unit in self.plan.made if name_key(unit.name) == name_key(name))
        found: list[AnyUnit] = [*([unit for unit in known if self._powers.fill(unit.place)] or known), *made]
        if len(found) > 1:
            raise NoPlace(f"Có {len(found)} tổ chức tên “{name}”; hãy ghi thêm Cơ sở Đoàn.")
        return found[0] if found else None

    def _child(self, parent: AnyUnit, name: str) -> AnyUnit | None:
        for key in name_keys(name):
            known = (unit for unit in self._by_name.get(key, ()) if isinstance(parent, KnownUnit) and unit.parent_id == parent.id)
            made = (unit for unit in self.plan.made if unit.parent is parent and not unit.needs_placing and name_key(unit.name) == key)
            if found := next(known, None) or next(made, None):
                return found
        return None

    def _below(self, base: AnyUnit, name: str) -> AnyUnit | None:
        """The branch of that name directly below the base, else anywhere below it (in a liên chi đoàn)."""
        if found := self._child(base, name):
            return found
        if not isinstance(base, KnownUnit):
            return None
        deeper = [unit for unit in self._by_name.get(name_key(name), ()) if unit.path.startswith(base.path) and unit is not base]
        return deeper[0] if len(deeper) == 1 else None

    def _make(self, name: str, kind: UnitKind, parent: AnyUnit, *, needs_placing: bool = False) -> NewUnit:
        if isinstance(parent, KnownUnit) and not self._powers.make_below(parent.place):
            raise NoPlace(
                f"“{name}” chưa có trong chương trình hoặc không thuộc phạm vi của bạn. Hãy nhờ Đoàn cấp trên lập chi đoàn này trước."
            )
        unit = NewUnit(name, kind, parent, needs_placing)
        self.plan.made.append(unit)
        return unit

    def _move(self, unit: KnownUnit, base: AnyUnit) -> bool:
        """Plan to take a unit out of waiting, when the importer may; whether it was planned."""
        places = [self._bloc.place, *([base.place] if isinstance(base, KnownUnit) else [])]
        if not all(map(self._powers.make_below, places)):
            return False
        self.plan.moved[unit.id] = (unit, base)
        return True


def name_key(name: str) -> str:
    """A unit's name in, what stays the same in its other spellings out: no case, marks, punctuation."""
    return _NOT_WORD.sub(" ", fold(name)).strip()


def name_keys(name: str) -> tuple[str, str]:
    """A unit's name in; how it may stand in the books out: as it is, and with or without the words "Chi đoàn" before it."""
    key = name_key(name)
    return key, key.removeprefix(_BRANCH) if key.startswith(_BRANCH) else _BRANCH + key


def base_kind(name: str, *, with_branches: bool) -> UnitKind:
    """What a base of that name is: a "Chi đoàn …" or an office's mere name without branches is a base branch, else a base union."""
    calls_itself_union = name_key(name).startswith(("doan ", "lien chi doan "))
    return UnitKind.BASE_UNION if with_branches or calls_itself_union else UnitKind.BASE_BRANCH


def room_below(parent: Place) -> Place:
    """A place directly below `parent` that no unit has yet: what the right to make units is asked for."""
    return Place(0, child_path(parent.path, 0))
