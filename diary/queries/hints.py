"""The hints a text gets, compared with what its author and the author's branch sent in the last two years.

An earlier text is found by its prints (domain/hints/likeness.py): from each print of the text at most `READ` entries of a year, the newest
first, then of those the ones that share most prints, and only these are read and compared. So the time does not grow with the branch.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Boolean, Date, Integer, String, Uuid, and_, bindparam, or_, select, text
from sqlalchemy.orm import aliased

from ..domain.actors import Actor
from ..domain.entries import EntryState
from ..domain.errors import NotFound
from ..domain.hints import Earlier, Hint, hints, likeness, prints, runs
from ..domain.hints.likeness import PRINTS
from ..domain.hints.marks import mark_words, told
from ..domain.reviews import VIETNAM
from ..domain.settings import Settings, settings_of
from ..models.base import UtcDateTime, run
from ..models.entries import Entry
from .entries import EntryPage, load_entry

NEAR = 8  # entries read and compared, those that share most prints
READ = 16  # entries looked at for one print of one year: a run of words that hundreds use tells little
YEARS = 2
SITTING_READ = 31  # entries of one day looked at


@dataclass(frozen=True, slots=True)
class Found:
    """The hints of a text, the most useful first, the earlier entry it is much like, and the text's own prints."""

    hints: tuple[Hint, ...]
    alike_id: UUID | None = None
    alike_own: bool = False
    prints: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Alike:
    id: UUID
    own: bool
    earlier: Earlier


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known before the nearest entries are read: how many prints each shares, the days written of in this sitting, the other
    branches of the member, the settings."""

    shared: dict[UUID, int]
    days: set[date]
    elsewhere: list[int]
    settings: Settings


# Written out: as a built select of two dozen parts, finding it among the compiled ones alone would cost as much as running it.
_ARM = """SELECT entry_id FROM (SELECT entry_id FROM entry_prints
    WHERE unit_id = :unit AND year = :year{year} AND print = :print{print} ORDER BY entry_id DESC LIMIT {read}) AS arm"""
_ARMS = " UNION ALL ".join(_ARM.format(year=year, print=place, read=READ) for year in range(YEARS + 1) for place in range(PRINTS))
_NEAR_SQL = f"SELECT entry_id, count(*) AS shared FROM ({_ARMS}) AS arms GROUP BY entry_id ORDER BY shared DESC, entry_id DESC LIMIT {NEAR}"  # noqa: S608 - whole numbers of this module only
_NEAR = text(_NEAR_SQL).columns(entry_id=Uuid, shared=Integer)
_MEMBER = bindparam("member", type_=Integer)
_SENT = (  # asked apart: joined to the prints, PostgreSQL may come to read all entries where it does not know yet how many there are
    select(Entry.id, Entry.member_id, Entry.happened_on, Entry.did, Entry.people, Entry.result, Entry.result_unit)
    .where(
        Entry.id.in_([bindparam(f"id{place}", type_=Uuid) for place in range(NEAR)]), Entry.happened_on >= bindparam("since", type_=Date)
    )
    .where(Entry.sent_at < bindparam("before", type_=UtcDateTime))
    .where(or_(Entry.member_id == _MEMBER, and_(bindparam("others", type_=Boolean), Entry.state != EntryState.RETURNED)))
)  # what a colleague was given back may have been changed, and is not sent again yet
_KNOWN = (  # all that is known before the nearest are read, in one statement: the entries near by; the days of what the member wrote on
    # one day; the other branches their diary of these years stands in; what the bloc has set
    text(
        f"""SELECT entry_id, shared, CAST(NULL AS DATE) AS day, CAST(NULL AS INTEGER) AS unit_id, CAST(NULL AS VARCHAR) AS name,
            CAST(NULL AS JSON) AS value FROM ({_NEAR_SQL}) AS near
        UNION ALL SELECT NULL, NULL, happened_on, NULL, NULL, NULL FROM (SELECT happened_on FROM entries
            WHERE member_id = :member AND written_at >= :midnight AND written_at < :next_midnight
            ORDER BY written_at DESC LIMIT {SITTING_READ}) AS sitting
        UNION ALL SELECT NULL, NULL, NULL, unit_id, NULL, NULL FROM (SELECT DISTINCT unit_id FROM member_years
            WHERE member_id = :member AND year >= :since_year AND unit_id != :unit) AS elsewhere
        UNION ALL SELECT NULL, NULL, NULL, NULL, name, value FROM settings"""  # noqa: S608 - the same
    )
    .bindparams(bindparam("midnight", type_=UtcDateTime), bindparam("next_midnight", type_=UtcDateTime))
    .columns(entry_id=Uuid, shared=Integer, day=Date, unit_id=Integer, name=String, value=JSON)
)
_OTHER = aliased(Entry)
_KEPT = (
    select(Entry.hints, Entry.alike_id, _OTHER.happened_on, (_OTHER.member_id == Entry.member_id).label("own"))
    .outerjoin(_OTHER, _OTHER.id == Entry.alike_id)
    .where(Entry.id == bindparam("id", type_=Uuid))
)


def found(
    member_id: int,
    unit_id: int,
    text: str,
    today: date,
    without: UUID | None = None,
    *,
    day: date | None = None,
    sent_before: datetime | None = None,
    limits: Settings | None = None,
) -> Found:
    """The hints `text` would get if the member sent it now in that branch; `without` is the entry it is the text of.

    `day`: the day it tells of, where it is not kept yet. `sent_before`: compare only with what was sent before this moment.
    """
    of = runs(text)
    own_prints = prints(of)
    values = {
        "member": member_id,
        "unit": unit_id,
        "since": _years_before(today),
        "before": sent_before or datetime.max.replace(tzinfo=VIETNAM),
        "without": without,
        **{f"year{back}": today.year - back for back in range(YEARS + 1)},
        **_numbered(own_prints),
    }
    known = _known(values, today)
    holds = limits or known.settings
    best = _alike(values, known.shared, of, holds, others=True)
    for unit in known.elsewhere:
        if best is None or not best.own:
            best = _alike(values, _shared(values, unit), of, holds, others=False) or best
    told_so = hints(text, [best.earlier] if best else (), len(known.days | {day or today}), holds.limits)
    return Found(told_so, best.id if best else None, best.own if best else False, own_prints)


def _known(values: dict[str, Any], today: date) -> _Known:
    midnight = datetime.combine(today, time.min, VIETNAM)
    asked = {"midnight": midnight, "next_midnight": midnight + timedelta(days=1), "since_year": today.year - YEARS}
    rows = run(_KNOWN, {**values, **asked}).all()
    return _Known(
        shared={row.entry_id: row.shared for row in rows if row.entry_id and row.entry_id != values["without"]},
        days={row.day for row in rows if row.day},
        elsewhere=[row.unit_id for row in rows if row.unit_id],
        settings=settings_of((row.name, row.value) for row in rows if row.name),
    )


def _shared(values: dict[str, Any], unit_id: int) -> dict[UUID, int]:
    """How many prints the entries near by in that branch share with the text."""
    return {row.entry_id: row.shared for row in run(_NEAR, {**values, "unit": unit_id}) if row.entry_id != values["without"]}


def _alike(values: dict[str, Any], shared: dict[UUID, int], of: frozenset[str], holds: Settings, *, others: bool) -> _Alike | None:
    """The entry that shares most prints among those too much alike, one's own before another's."""
    best = None
    for entry_id, member_id, day, *said in _nearest({**values, "others": others}, shared):
        own = member_id == values["member"]
        if not own and best is not None:
            continue
        earlier = told(*said)
        if likeness(of, runs(earlier)) >= holds.hint_alike:
            best = _Alike(entry_id, own, Earlier(earlier, day if own else None))
            if own:
                break
    return best


def _nearest(values: dict[str, Any], shared: dict[UUID, int]) -> Sequence[Any]:
    """The sent entries worth comparing, those that share most prints first, and of as many shared one's own first."""
    ids = zip(
        (f"id{place}" for place in range(NEAR)), [*shared, *[None] * NEAR], strict=False
    )  # a list as long as it is would be made anew
    rows = run(_SENT, {**values, **dict(ids)}).all() if shared else []
    return sorted(rows, key=lambda row: (shared[row.id], row.member_id == values["member"], row.id), reverse=True)


def _numbered(of: Sequence[int]) -> dict[str, int]:
    return {f"print{place}": of[place] if place < len(of) else -1 for place in range(PRINTS)}


def _years_before(today: date) -> date:
    leap_day = (today.month, today.day) == (2, 29)
    return today.replace(year=today.year - YEARS, day=28 if leap_day else today.day)


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a sent entry in words, and the earlier one it is like: its day, and whether the same member wrote it."""

    words: tuple[str, ...] = ()
    alike_id: UUID | None = None
    alike_day: date | None = None
    alike_own: bool = False


def marks_of(entry_id: UUID) -> Marks:
    """What an entry keeps of its hints; nothing for one that is not there."""
    row = run(_KEPT, {"id": entry_id}).one_or_none()
    return Marks(mark_words(row.hints), row.alike_id, row.happened_on, bool(row.own)) if row else Marks()


def load_alike(actor: Actor, entry_id: UUID, now: datetime) -> tuple[EntryPage, EntryPage | None]:
    """An entry and the earlier one it is like (None where `actor` may not read that); NotFound where they may not read it, or none is."""
    entry = load_entry(actor, entry_id, now)
    alike_id = marks_of(entry_id).alike_id
    if alike_id is None:
        raise NotFound()
    try:
        return entry, load_entry(actor, alike_id, now)
    except NotFound:
        return entry, None
