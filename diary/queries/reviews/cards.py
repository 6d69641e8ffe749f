"""The cards of a reviewer's queue: each thing that waits, with all its reviewer needs to see."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Select, Subquery, Uuid, and_, bindparam, case, func, literal_column, select

from ...domain.actors import Actor
from ...domain.entries import FIELD_LABELS, EntryState, is_late, shown_result
from ...domain.errors import NotFound
from ...domain.evidence import EvidenceKind
from ...domain.hints.marks import mark_words
from ...domain.names import initials
from ...domain.pledge_changes import Side, sides
from ...domain.reviews import VIETNAM, Kind, Reach, is_soon_overdue, reach
from ...models.base import UtcDateTime, run
from ...models.entries import Entry, EntryAddition, Evidence
from ...models.members import Member
from ...models.pledges import Pledge, PledgeChange
from ...models.units import Unit, Virtue
from ..settings import overdue_days
from .waiting import CARDS_A_PAGE, Shape, picked, shape_of, values_of

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo or file of a card."""

    id: UUID
    name: str
    is_photo: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One thing that waits, as its reviewer needs to see it.

    `words`: what was done, promised or added; `about`: the approved words that an addition is added to; `said`: what the reviewer
    said of the sending before; `sides` and `reason`: of a wish to change a pledge, each field as it is and as it is to be, and why;
    `waited` in days; `soon`: the days allowed are nearly used up; `entry_id`: the entry it is or belongs to;
    `marks`: what stands out in it, in words; `alike_id`: the earlier entry that it is much like.
    """

    kind: Kind
    id: UUID
    version: int
    name: str
    initials: str
    unit_id: int
    unit_name: str
    written_on: date
    waited: int
    soon: bool
    overdue: bool
    words: str
    happened_on: date | None = None
    late: bool = False
    about: str = ""
    people: str = ""
    result: str = ""
    lesson: str = ""
    field: str = ""
    virtue: str = ""
    pledge: str = ""
    how: str = ""
    due_on: date | None = None
    said: str = ""
    entry_id: UUID | None = None
    marks: tuple[str, ...] = ()
    alike_id: UUID | None = None
    pictures: tuple[Picture, ...] = ()
    sides: tuple[Side, ...] = ()
    reason: str = ""

    @property
    def mark(self) -> str:
        """How a form names the card as it was seen."""
        return f"{self.kind.value}:{self.id}:{self.version}"

    @property
    def serves(self) -> str:
        """What the thing serves, in words: the virtue, the pledge or that there is none, and where."""
        pledge = "" if self.kind in (Kind.PLEDGE, Kind.CHANGE) else self.pledge or "Việc phát sinh"
        return " – ".join(part for part in (self.virtue, pledge, self.field) if part)


def queue(actor: Actor, now: datetime, page: int = 1, days: int | None = None) -> tuple[Card, ...]:
    """The cards of page `page` (from 1) of what waits for `actor`, the oldest day of sending first, fair between members within a day;
    `days`: those a branch is allowed, where they are known already."""
    mine = reach(actor)
    if mine == Reach():
        return ()
    days = overdue_days() if days is None else days
    values = values_of(mine, actor, now, days) | {"size": CARDS_A_PAGE, "skip": (page - 1) * CARDS_A_PAGE}
    found = run(_cards(shape_of(mine)), values)
    names = tuple(found.keys())
    rows = [dict(zip(names, row, strict=True)) for row in found.all()]  # a dict answers by name three times as fast as a row does
    pictures = _pictures([row["with_evidence"] for row in rows if row["with_evidence"]])
    today = _day(now)
    return tuple(_card(row, today, days, pictures.get(row["with_evidence"], ())) for row in rows)


def _card(row: Facts, today: date, days: int, pictures: tuple[Picture, ...]) -> Card:
    waited = (today - _day(row["sent_at"])).days
    seen = {
        "id": row["id"],
        "version": row["version"],
        "said": row["said"],
        "name": f"{row['family_name']} {row['given_name']}",
        "initials": _initials(row["family_name"], row["given_name"]),
        "unit_id": row["unit_id"],
        "unit_name": row["unit_name"],
        "virtue": row["virtue"] or "",
        "waited": waited,
        "soon": is_soon_overdue(waited, days),
        "overdue": waited > days,
        "pictures": pictures,
    }
    return _SHOWN[row["kind"]](row, seen)


_initials = lru_cache(maxsize=1024)(initials)  # the same few people stand in a queue again and again


@cache
def _cards(shape: Shape) -> Select[Any]:
    """The page's ids first, by index; everything else of a card by key from there."""
    pick = picked(shape)
    return _all_of(pick).order_by(pick.c.day, pick.c.turn, pick.c.sent_at, pick.c.id)


def _all_of(pick: Subquery) -> Select[Any]:
    """Everything of the cards that `pick` names by kind, id and sent_at."""
    kind = pick.c.kind
    return (
        select(
            kind, pick.c.id, pick.c.sent_at, Member.family_name, Member.given_name, Unit.id.label("unit_id"),
            Unit.name.label("unit_name"),
            Virtue.name.label("virtue"),
            func.coalesce(Entry.written_at, Pledge.written_at).label("written_at"),
            func.coalesce(EntryAddition.version, PledgeChange.version, Entry.version, Pledge.version).label("version"),
            func.coalesce(EntryAddition.review_words, Entry.review_words, Pledge.review_words).label("said"),
            case((Entry.evidence_count > 0, Entry.id)).label("with_evidence"), Entry.happened_on, Entry.did, Entry.people,
            Entry.result, Entry.result_unit, Entry.lesson, Entry.field, Entry.hints, Entry.alike_id,
            Pledge.title, Pledge.how, Pledge.target, Pledge.due_on, EntryAddition.words.label("added"), EntryAddition.entry_id,
            PledgeChange.before, PledgeChange.body.label("after"), PledgeChange.reason,
        )
        .select_from(pick)
        .outerjoin(EntryAddition, and_(kind == Kind.ADDITION, EntryAddition.id == pick.c.id))
        .outerjoin(Entry, Entry.id == case((kind == Kind.ENTRY, pick.c.id), else_=EntryAddition.entry_id))
        .outerjoin(PledgeChange, and_(kind == Kind.CHANGE, PledgeChange.id == pick.c.id))
        .outerjoin(Pledge, Pledge.id == func.coalesce(case((kind == Kind.PLEDGE, pick.c.id)), PledgeChange.pledge_id, Entry.pledge_id))
        .join(Member, Member.id == func.coalesce(Entry.member_id, Pledge.member_id))
        .join(Unit, Unit.id == func.coalesce(EntryAddition.unit_id, PledgeChange.unit_id, Entry.unit_id, Pledge.unit_id))
        .outerjoin(Virtue, Virtue.id == func.coalesce(Entry.virtue_id, Pledge.virtue_id))
    )  # fmt: skip


@cache
def _own() -> Select[Any]:
    """The card of one entry, for the member who wrote it; one that does not wait stands as if it were sent now."""
    columns: tuple[Any, ...] = (
        literal_column("'entry'").label("kind"),
        Entry.id.label("id"),
        case((Entry.state == EntryState.WAITING, Entry.sent_at), else_=bindparam("now", type_=UtcDateTime())).label("sent_at"),
    )
    mine = Entry.id == bindparam("entry", type_=Uuid), Entry.member_id == bindparam("member", type_=Integer)
    return _all_of(select(*columns).where(*mine).subquery("pick"))


def own_card(actor: Actor, entry_id: UUID, now: datetime) -> Card:
    """The card of the actor's own entry as its reviewer sees it, or would if it were sent now. NotFound for another's."""
    found = run(_own(), {"entry": entry_id, "member": actor.member_id, "now": now})
    names, row = tuple(found.keys()), found.one_or_none()
    if row is None:
        raise NotFound()
    facts = dict(zip(names, row, strict=True))
    pictures = _pictures([facts["with_evidence"]] if facts["with_evidence"] else [])
    return _card(facts, _day(now), overdue_days(), pictures.get(facts["with_evidence"], ()))


def typed_card(facts: Facts, pictures: tuple[Picture, ...], now: datetime) -> Card:
    """The card of an entry that is only typed yet; `facts` by the names of the columns a card is made of."""
    return _card(_NOTHING_YET | {"written_at": now, "sent_at": now} | facts, _day(now), overdue_days(), pictures)


_NOTHING_YET: Facts = {"kind": "entry", "version": 1, "said": "", "hints": None, "alike_id": None, "unit_id": 0}


def _entry(row: Facts, seen: dict[str, Any]) -> Card:
    written_on = _day(row["written_at"])
    return Card(
        kind=Kind.ENTRY,
        entry_id=seen["id"],
        written_on=written_on,
        words=row["did"],
        happened_on=row["happened_on"],
        late=is_late(row["happened_on"], written_on),
        people=row["people"],
        result=shown_result(row["result"], row["result_unit"]),
        lesson=row["lesson"],
        field=FIELD_LABELS[row["field"]] if row["field"] else "",
        pledge=row["title"] or "",
        marks=mark_words(row["hints"]) if row["hints"] else (),
        alike_id=row["alike_id"],
        **seen,
    )


def _pledge(row: Facts, seen: dict[str, Any]) -> Card:
    return Card(
        kind=Kind.PLEDGE,
        written_on=_day(row["written_at"]),
        words=row["title"],
        how=row["how"],
        result=row["target"],
        due_on=row["due_on"],
        **seen,
    )


def _addition(row: Facts, seen: dict[str, Any]) -> Card:
    return Card(
        kind=Kind.ADDITION,
        entry_id=row["entry_id"],
        written_on=_day(row["sent_at"]),
        words=row["added"],
        about=row["did"],
        happened_on=row["happened_on"],
        pledge=row["title"] or "",
        **seen,
    )


def _change(row: Facts, seen: dict[str, Any]) -> Card:
    return Card(
        kind=Kind.CHANGE,
        written_on=_day(row["sent_at"]),
        words=row["after"]["title"],
        sides=sides(row["before"], row["after"]),
        reason=row["reason"],
        **(seen | {"said": ""}),  # what was said of the pledge is not said of the wish
    )


_SHOWN: dict[str, Callable[[Facts, dict[str, Any]], Card]] = {
    "entry": _entry,
    "pledge": _pledge,
    "addition": _addition,
    "change": _change,
}


def _day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()


_EVIDENCE = (
    select(Evidence.entry_id, Evidence.id, Evidence.name, Evidence.kind)
    .where(Evidence.entry_id.in_(bindparam("entries", expanding=True)))
    .order_by(Evidence.added_at, Evidence.id)
)


def _pictures(entry_ids: Sequence[UUID]) -> dict[UUID, tuple[Picture, ...]]:
    if not entry_ids:
        return {}
    found: dict[UUID, tuple[Picture, ...]] = {}
    for entry_id, evidence_id, name, kind in run(_EVIDENCE, {"entries": entry_ids}):
        found[entry_id] = (*found.get(entry_id, ()), Picture(evidence_id, name, kind is EvidenceKind.PHOTO))
    return found
