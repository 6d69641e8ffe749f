"""What one asks of one's own diary: a span of days, a pledge, a virtue and so on, as conditions; and what there is to choose from."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, bindparam, func, select

from ...domain.dates import month_days
from ...domain.entries import EntryState, Field
from ...domain.evidence import EvidenceKind
from ...domain.vietnamese import fold, like_pattern
from ...models.base import run
from ...models.entries import Entry, Evidence
from ...models.pledges import Pledge
from ...models.units import Virtue

MOST_SOUGHT = 100
MOST_CHOICES = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one asks of the list: a month of a year (0: any), a state, words, which page, from 1; and further what an entry is to be.

    `first` and `last` bound the day of the deed, `pledge` is what it serves, `unplanned` that it serves none, `virtue` the virtue's name.
    """

    year: int = 0
    month: int = 0
    state: EntryState | None = None
    words: str = ""
    page: int = 1
    first: date | None = None
    last: date | None = None
    pledge: UUID | None = None
    unplanned: bool = False
    virtue: str = ""
    field: Field | None = None
    photos: bool = False

    @property
    def from_day(self) -> date | None:
        """The first day asked for, whether said as a day, a month or a year."""
        return self.first or (date(self.year, self.month or 1, 1) if self.year else None)

    @property
    def to_day(self) -> date | None:
        """The last day asked for."""
        return self.last or (month_days(self.year, self.month or 12)[-1] if self.year else None)

    @property
    def narrowed(self) -> bool:
        """Whether more is asked than words, a month or a state."""
        return bool(self.first or self.last or self.pledge or self.unplanned or self.virtue or self.field or self.photos)

    @property
    def plain(self) -> bool:
        """Whether nothing is asked but a page: the list everyone opens."""
        return not (self.year or self.state or self.words or self.narrowed)


@dataclass(frozen=True, slots=True)
class PledgeOption:
    """A pledge one may look for the entries of."""

    id: UUID
    year: int
    title: str


@dataclass(frozen=True, slots=True)
class WantedChoices:
    """What a member's entries can be narrowed to."""

    pledges: tuple[PledgeOption, ...]
    virtues: tuple[str, ...]


_MEMBER = bindparam("member", type_=Integer)
_PLEDGES = (
    select(Pledge.id, Pledge.year, Pledge.title)
    .where(Pledge.member_id == _MEMBER, Pledge.title != "")
    .order_by(Pledge.year.desc(), Pledge.id)
    .limit(MOST_CHOICES)
)
_VIRTUES = (
    select(Virtue.name)
    .join(Entry, Entry.virtue_id == Virtue.id)
    .where(Entry.member_id == _MEMBER)
    .group_by(Virtue.name)
    .order_by(func.min(Virtue.position), Virtue.name)
    .limit(MOST_CHOICES)
)
_HAS_PHOTO = select(Evidence.id).where(Evidence.entry_id == Entry.id, Evidence.kind == EvidenceKind.PHOTO).correlate(Entry).exists()


def wanted_choices(member_id: int) -> WantedChoices:
    """The member's pledges, the newest year first, and the virtues their entries stand under."""
    pledges = tuple(PledgeOption(*row) for row in run(_PLEDGES, {"member": member_id}))
    return WantedChoices(pledges, tuple(name for (name,) in run(_VIRTUES, {"member": member_id})))


def conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    """What an entry has to be to answer `wanted`; nothing where nothing is asked. No private note is ever looked into."""
    found: list[ColumnElement[bool]] = []
    if wanted.from_day:
        found.append(Entry.happened_on >= wanted.from_day)
    if wanted.to_day:
        found.append(Entry.happened_on <= wanted.to_day)
    if wanted.state is not None:
        same = (EntryState.APPROVED, EntryState.LOCKED) if wanted.state is EntryState.APPROVED else (wanted.state,)
        found.append(Entry.state.in_(same))
    found += _serving(wanted)
    if wanted.field is not None:
        found.append(Entry.field == wanted.field)
    if wanted.photos:
        found += [Entry.evidence_count > 0, _HAS_PHOTO]
    return found + [Entry.search.like(like_pattern(word), escape="\\") for word in fold(wanted.words[:MOST_SOUGHT]).split()]


def _serving(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.unplanned:
        found.append(Entry.pledge_id.is_(None))
    elif wanted.pledge is not None:
        found.append(Entry.pledge_id == wanted.pledge)
    if wanted.virtue:
        found.append(Entry.virtue_id.in_(select(Virtue.id).where(Virtue.name == wanted.virtue)))
    return found
