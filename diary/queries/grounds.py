"""What stands behind the figures of a member's year: the entries, pledges and weeks that each of them counts, and the pages to look."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from ..domain.actors import Actor
from ..domain.entries import STATE_LABELS, EntryState, is_late, shown_result
from ..domain.errors import NotFound
from ..domain.evidence_sheets import EvidenceSheet
from ..domain.names import full_name
from ..domain.permissions import Action, Subject, may, require
from ..domain.pledges import CONFIRMED
from ..domain.pledges import STATE_LABELS as PLEDGE_LABELS
from ..domain.reviews import VIETNAM, Verdict
from ..domain.rhythm import Rhythm
from ..domain.units import Place
from ..models.base import db
from ..models.entries import Entry, EntryReview
from ..models.members import Member
from ..models.pledges import Pledge
from ..models.units import Unit
from .rhythm import rhythm_of

A_PAGE, MOST, SHOWN = 30, 1_000, 200
_APPROVED = frozenset({EntryState.APPROVED, EntryState.LOCKED})


class View(StrEnum):
    """What is looked at, by its word in the address."""

    PLEDGES = "dang-ky"
    APPROVED = "duyet"
    LATE = "cham"
    RETURNED = "bo-sung"
    RHYTHM = "nhip"


VIEW_LABELS = {
    View.PLEDGES: "Nội dung đăng ký",
    View.APPROVED: "Bài được duyệt",
    View.LATE: "Bài ghi chậm",
    View.RETURNED: "Bài phải bổ sung",
    View.RHYTHM: "Nhịp ghi chép",
}
_VIEW_OF = {
    "pledges": View.PLEDGES,
    "rhythm": View.RHYTHM,
    "entries": View.APPROVED,
    "late": View.LATE,
    "returned": View.RETURNED,
}
_REGISTER_OF = {"fees": "/doan-phi", "training": "/ren-luyen"} | dict.fromkeys(
    ("participation", "meetings", "activities", "initiatives", "commendations", "discipline"), "/xep-loai/so-lieu"
)


@dataclass(frozen=True, slots=True)
class Ground:
    """An entry or a pledge that is counted: its own page, its day, how its words begin, what came of it, its state in words, and how
    often it was sent back."""

    id: UUID
    link: str
    day: date | None
    words: str
    result: str
    state: str
    returned: int = 0


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a figure of a member's year counts, a page of it. `elsewhere`: how many more were written in branches the reader may not
    look into; `rhythm` stands in the view of weeks only."""

    member_id: int
    name: str
    year: int
    view: View
    month: int
    rows: tuple[Ground, ...] = ()
    total: int = 0
    elsewhere: int = 0
    page: int = 1
    rhythm: Rhythm | None = None

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // A_PAGE))


def with_links(actor: Actor, evidence: EvidenceSheet, member_id: int, year: int) -> EvidenceSheet:
    """The evidence with the way to what each known figure counts, where the actor may open it."""
    place = _place_of(member_id)
    if place is None:
        return evidence
    links: dict[str, str] = {}
    if may(actor, Action.ENTRY_READ, Subject(place, owner_id=member_id)):
        links |= {code: f"/xep-loai/can-cu/{member_id}?nam={year}&xem={view}" for code, view in _VIEW_OF.items()}
    if may(actor, Action.REGISTER_READ, Subject(place)):
        links |= {code: f"{page}?don-vi={place.unit_id}&nam={year}" for code, page in _REGISTER_OF.items()}
    known = evidence.measures.items()
    return replace(evidence, measures={code: replace(one, link=links.get(code, "") if one.count or one.of else "") for code, one in known})


def _place_of(member_id: int) -> Place | None:
    row = db.session.execute(select(Unit.id, Unit.path).join(Member, Member.unit_id == Unit.id).where(Member.id == member_id)).one_or_none()
    return Place(row.id, row.path) if row else None


def load_grounds(actor: Actor, member_id: int, year: int, today: date, view: View, month: int = 0, page: int = 1) -> Grounds:
    """What a figure counts, for the member and the officers who may read the diary; NotFound to others. `month` 0: the whole year."""
    columns = (Member.family_name, Member.given_name, Unit.id, Unit.path)
    row = db.session.execute(select(*columns).join(Unit, Unit.id == Member.unit_id).where(Member.id == member_id)).one_or_none()
    if row is None:
        raise NotFound()
    require(actor, Action.ENTRY_READ, Subject(Place(row.id, row.path), owner_id=member_id))
    found = Grounds(member_id, full_name(row.family_name, row.given_name), year, view, month if view is View.APPROVED else 0, page=page)
    if view is View.RHYTHM:
        return replace(found, rhythm=rhythm_of(member_id, year, today))
    rows = _pledges(member_id, year) if view is View.PLEDGES else _entries(member_id, year, view, found.month)
    mine = [ground for place, ground in rows if may(actor, Action.ENTRY_READ, Subject(place, owner_id=member_id))]
    shown = tuple(mine[(page - 1) * A_PAGE : page * A_PAGE])
    return replace(found, rows=shown, total=len(mine), elsewhere=len(rows) - len(mine))


def _entries(member_id: int, year: int, view: View, month: int) -> list[tuple[Place, Ground]]:
    """Sent entries that the figure counts, the newest first, each with the branch of its day."""
    back = (EntryReview.entry_id == Entry.id) & (EntryReview.verdict == Verdict.RETURNED) & EntryReview.undone_at.is_(None)
    returned = select(func.count()).select_from(EntryReview).where(back).scalar_subquery()
    columns = (
        Entry.id, Entry.happened_on, Entry.written_at, func.substr(Entry.did, 1, SHOWN + 1).label("did"), Entry.result, Entry.result_unit,
        Entry.state, Unit.id.label("unit_id"), Unit.path, returned.label("returned"),
    )  # fmt: skip
    mine = (Entry.member_id == member_id, Entry.year == year, Entry.state != EntryState.DRAFT)
    query = select(*columns).join(Unit, Unit.id == Entry.unit_id).where(*mine)
    rows = db.session.execute(query.order_by(Entry.happened_on.desc(), Entry.id.desc()).limit(MOST))
    return [(Place(row.unit_id, row.path), _entry(row)) for row in rows if _counts(row, view) and month in (0, row.happened_on.month)]


def _counts(row: Any, view: View) -> bool:
    if view is View.APPROVED:
        return row.state in _APPROVED
    return is_late(row.happened_on, _day(row.written_at)) if view is View.LATE else bool(row.returned)


def _day(at: datetime) -> date:
    return at.astimezone(VIETNAM).date()


def _entry(row: Any) -> Ground:
    result, state = shown_result(row.result, row.result_unit), STATE_LABELS[row.state]
    return Ground(row.id, f"/nhat-ky/{row.id}", row.happened_on, _beginning(row.did), result, state, row.returned)


def _beginning(words: str) -> str:
    return words if len(words) <= SHOWN else words[:SHOWN].rsplit(" ", 1)[0] + "…"


def _pledges(member_id: int, year: int) -> list[tuple[Place, Ground]]:
    mine = (Pledge.member_id == member_id, Pledge.year == year, Pledge.state.in_(CONFIRMED))
    columns = (Pledge.id, Pledge.title, Pledge.state, Pledge.due_on, Unit.id.label("unit_id"), Unit.path)
    query = select(*columns).join(Unit, Unit.id == Pledge.unit_id).where(*mine).order_by(Pledge.written_at, Pledge.id).limit(MOST)
    return [
        (Place(row.unit_id, row.path), Ground(row.id, f"/dang-ky/{row.id}", row.due_on, row.title, "", PLEDGE_LABELS[row.state]))
        for row in db.session.execute(query)
    ]
