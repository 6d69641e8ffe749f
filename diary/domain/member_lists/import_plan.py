"""What importing a list would do: each row new, changed, the same or refused, the units made, the posts given. Nothing is written here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from ..actors import POST_LABELS, Post
from ..members import EMAIL_LIMIT, ETHNICITY_LIMIT, FAMILY_LIMIT, GIVEN_LIMIT, Standing, search_name
from ..names import full_name
from .doubts import ELSEWHERE, MOVE_INSTEAD, OTHER_UNIT, Answers, DoubtfulRow
from .matching import Doubt, KnownMember, changes, may_be_elsewhere, pair_up
from .placing import EVERYTHING, AnyUnit, KnownUnit, NewUnit, NoPlace, Placing, Powers, UnitPlan
from .shapes import Column, ListedMember, MemberList, RefusedRow, clean_cells

POSTS = {
    "Bí thư": Post.SECRETARY,
    "Phó Bí thư": Post.DEPUTY_SECRETARY,
    "Ủy viên BTV": Post.COMMITTEE_MEMBER,
    "Ủy viên BCH": Post.COMMITTEE_MEMBER,
}
GONE = {
    Standing.MATURED: "Người này đã trưởng thành Đoàn. Hãy mở lại ở trang đoàn viên nếu vẫn sinh hoạt.",
    Standing.LEFT: "Người này đã thôi sinh hoạt ở đơn vị. Hãy mở lại ở trang đoàn viên nếu vẫn sinh hoạt.",
}
FIELD_LABELS = {
    "family_name": Column.FULL_NAME.value,
    "given_name": Column.FULL_NAME.value,
    "born_on": Column.BORN_ON.value,
    "birth_year": Column.BORN_ON.value,
    "gender": Column.GENDER.value,
    "ethnicity": Column.ETHNICITY.value,
    "joined_union_on": Column.JOINED_UNION_ON.value,
    "phone": Column.PHONE.value,
    "email": Column.EMAIL.value,
}
_LIMITS = {"family_name": FAMILY_LIMIT, "given_name": GIVEN_LIMIT, "ethnicity": ETHNICITY_LIMIT, "email": EMAIL_LIMIT}


class Outcome(StrEnum):
    """What becomes of a row; the value is its Vietnamese word."""

    NEW = "mới"
    CHANGED = "thay đổi"
    SAME = "như cũ"
    REFUSED = "bị từ chối"


@dataclass(frozen=True, slots=True)
class Books:
    """What the program knows before the import: open units, members by folded name, the posts members hold in their own unit, and who
    (member ids, 0 for an account without one) is Bí thư of each unit."""

    units: Sequence[KnownUnit]
    members: Mapping[str, Sequence[KnownMember]]
    posts: Mapping[int, frozenset[Post]] = field(default_factory=dict)
    secretaries: Mapping[int, frozenset[int]] = field(default_factory=dict)


@dataclass(slots=True)
class TakenRow:
    """A row that is taken: its person, unit, member (none for a new one), what changes, the post it gives, remarks in Vietnamese."""

    person: ListedMember
    unit: AnyUnit
    member: KnownMember | None
    changes: dict[str, object]
    post: Post | None = None
    ends_posts: frozenset[Post] = frozenset()
    notes: list[str] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        if self.member is None:
            return Outcome.NEW
        return Outcome.CHANGED if self.changes or self.post else Outcome.SAME

    @property
    def name(self) -> str:
        return full_name(self.person.family_name, self.person.given_name)

    @property
    def labels(self) -> tuple[str, ...]:
        """The Vietnamese names of what changes."""
        names = [FIELD_LABELS[column] for column in self.changes] + ([Column.POST.value] if self.post else [])
        return tuple(dict.fromkeys(names))


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Rows read = new + changed + same + refused; the rows of `doubts` are among them, refused unless answered otherwise."""

    taken: tuple[TakenRow, ...]
    refused: tuple[RefusedRow, ...]
    units: UnitPlan
    unread_sheets: tuple[str, ...] = ()
    doubts: tuple[DoubtfulRow, ...] = ()

    @property
    def counts(self) -> dict[Outcome, int]:
        counts = dict.fromkeys(Outcome, 0)
        for row in self.taken:
            counts[row.outcome] += 1
        return counts | {Outcome.REFUSED: len(self.refused)}

    @property
    def changes_something(self) -> bool:
        """Whether the import would write anything."""
        return any(row.outcome is not Outcome.SAME for row in self.taken) or bool(self.units.moved)

    @property
    def rows_read(self) -> int:
        return len(self.taken) + len(self.refused)

    def with_outcome(self, outcome: Outcome) -> tuple[TakenRow, ...]:
        """The taken rows of that outcome, in the order of the file."""
        return tuple(row for row in self.taken if row.outcome is outcome)


def plan_import(
    listed: MemberList, books: Books, powers: Powers = EVERYTHING, home: KnownUnit | None = None, answers: Answers | None = None
) -> ImportPlan:
    """A read list and what the books hold in; what importing it would do out. `home` takes the rows that name no unit.

    A person is known again by folded name and birth in their unit, phone and email helping; what is doubtful is refused with words
    until `answers` settle it.
    """
    planner = _Planner(listed.people, books, powers, home, answers or {})
    taken = planner.taken()
    _settle_posts(taken, books, powers)
    sheets = list(dict.fromkeys([*listed.columns, *(row.sheet for row in listed.refused)]))
    refused = sorted((*listed.refused, *planner.refused), key=lambda row: (sheets.index(row.sheet), row.row))
    return ImportPlan(tuple(taken), tuple(refused), _used(planner.placing.plan, taken), listed.unread_sheets, tuple(planner.doubts))


class _Planner:
    def __init__(self, people: Sequence[ListedMember], books: Books, powers: Powers, home: KnownUnit | None, answers: Answers):
        self.placing = Placing(books.units, people, powers, home)
        self.refused: list[RefusedRow] = []
        self.doubts: list[DoubtfulRow] = []
        self._answers, self._confirmed = answers, set[int]()
        self._people, self._books, self._powers = people, books, powers
        self._units = {unit.id: unit for unit in books.units}

    def taken(self) -> list[TakenRow]:
        """The rows that are taken, in the order of the file; the others go to `refused`."""
        placed = [(person, unit) for person in self._people if (unit := self._place(person))]
        groups: dict[tuple[AnyUnit, str], list[ListedMember]] = defaultdict(list)
        for person, unit in placed:
            groups[unit, _folded(person)].append(person)
        matched = {id(person): found for key, rows in groups.items() for person, found in zip(rows, self._match(*key, rows), strict=True)}
        rows = (self._row(person, unit, matched[id(person)]) for person, unit in placed)
        return [row for row in rows if row]

    def _place(self, person: ListedMember) -> AnyUnit | None:
        for column, limit in _LIMITS.items():
            if len(getattr(person, column) or "") > limit:
                self._refuse(person, f"{FIELD_LABELS[column]} dài quá {limit} ký tự.")
                return None
        try:
            return self.placing.unit_of(person)
        except NoPlace as refusal:
            self._refuse(person, str(refusal))
            return None

    def _match(self, unit: AnyUnit, name: str, rows: Sequence[ListedMember]) -> Sequence[KnownMember | Doubt | None]:
        if isinstance(unit, NewUnit):
            return [None] * len(rows)
        return pair_up(rows, [member for member in self._books.members.get(name, ()) if member.unit_id == unit.id])

    def _row(self, person: ListedMember, unit: AnyUnit, found: KnownMember | Doubt | None) -> TakenRow | None:
        if isinstance(found, KnownMember):
            return self._known(person, unit, found)
        for doubt in [*([found] if found else []), *self._doubts_elsewhere(person, unit)]:
            asked = self._ask(person, unit, doubt)
            if asked.same and asked.own and doubt.member and doubt.member.id not in self._confirmed:
                self._confirmed.add(doubt.member.id)
                return self._known(person, unit, doubt.member, confirmed=True)
            if asked.same is not False:
                self._refuse(person, MOVE_INSTEAD.format(where=asked.where) if asked.same and not asked.own else asked.reason)
                return None
        return TakenRow(person, unit, None, {}, notes=list(person.notes))

    def _known(self, person: ListedMember, unit: AnyUnit, member: KnownMember, *, confirmed: bool = False) -> TakenRow | None:
        if reason := GONE.get(member.standing):
            self._refuse(person, reason)
            return None
        return TakenRow(person, unit, member, changes(person, member, confirmed=confirmed), notes=list(person.notes))

    def _doubts_elsewhere(self, person: ListedMember, unit: AnyUnit) -> list[Doubt]:
        own = unit.id if isinstance(unit, KnownUnit) else None
        members = self._books.members.get(_folded(person), ())
        likely = (member for member in members if member.unit_id != own and may_be_elsewhere(person, member))
        return [Doubt(ELSEWHERE.format(where=self._where(member)), member) for member in likely]

    def _where(self, member: KnownMember) -> str:
        """The member's unit as far as the importer may know of it."""
        unit = self._units.get(member.unit_id)
        return unit.name if unit and self._powers.fill(unit.place) else OTHER_UNIT

    def _ask(self, person: ListedMember, unit: AnyUnit, doubt: Doubt) -> DoubtfulRow:
        assert doubt.member is not None
        key, where = (person.sheet, person.row, doubt.member.id), self._where(doubt.member)
        shown = None if where == OTHER_UNIT else doubt.member
        own = isinstance(unit, KnownUnit) and unit.id == doubt.member.unit_id
        asked = DoubtfulRow(person, unit, key, shown, where, own, doubt.words, self._answers.get(key))
        self.doubts.append(asked)
        return asked

    def _refuse(self, person: ListedMember, reason: str) -> None:
        name = full_name(person.family_name, person.given_name)
        self.refused.append(RefusedRow(person.sheet, person.row, reason, name, person.original, clean_cells(person)))


def _settle_posts(rows: Sequence[TakenRow], books: Books, powers: Powers) -> None:
    """Decide which posts the list gives. A unit has one Bí thư: the post is given when its holder leaves it in the same list."""
    wanted = [(row, post) for row in rows if (post := _wanted_post(row, books, powers))]
    leaving = {row.member.id for row, post in wanted if row.member and post is not Post.SECRETARY}
    new_secretaries: dict[AnyUnit, TakenRow] = {}
    for row, post in wanted:
        if post is Post.SECRETARY:
            holders = books.secretaries.get(row.unit.id, frozenset()) - leaving if isinstance(row.unit, KnownUnit) else frozenset()
            if holders or row.unit in new_secretaries:
                row.notes.append(f"{row.unit.name} đã có Bí thư nên chức vụ này chưa ghi.")
                continue
            new_secretaries[row.unit] = row
        row.post = post
        row.ends_posts = books.posts.get(row.member.id, frozenset()) if row.member else frozenset()


def _wanted_post(row: TakenRow, books: Books, powers: Powers) -> Post | None:
    """The post the row names, when its person does not hold it and the importer may give it."""
    if not row.person.post:
        return None
    post = POSTS.get(row.person.post)
    if post is None:
        row.notes.append(f"“{row.person.post}” không phải chức vụ Đoàn mà chương trình ghi, nên bỏ qua.")
        return None
    if row.member and post in books.posts.get(row.member.id, ()):
        return None
    if isinstance(row.unit, KnownUnit) and not powers.appoint(row.unit.place):
        row.notes.append(f"Chức vụ {POST_LABELS[post]} do Đoàn cấp trên giao nên chưa ghi.")
        return None
    return post


def _used(plan: UnitPlan, rows: Iterable[TakenRow]) -> UnitPlan:
    """The plan without units into which nobody goes in the end."""
    used: set[AnyUnit] = set()
    for row in rows:
        unit: AnyUnit = row.unit
        used.add(unit)
        if isinstance(unit, KnownUnit) and unit.id in plan.moved:
            unit = plan.moved[unit.id][1]
            used.add(unit)
        while isinstance(unit, NewUnit):
            unit = unit.parent
            used.add(unit)
    return UnitPlan([unit for unit in plan.made if unit in used], {key: move for key, move in plan.moved.items() if move[0] in used})


def _folded(person: ListedMember) -> str:
    return search_name(person.family_name, person.given_name)
