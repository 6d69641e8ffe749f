"""What a member's registration of a year holds: the pledges that were sent, by virtue."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, select

from ..domain.documents import DocumentKind
from ..domain.errors import NotFound
from ..domain.names import full_name
from ..domain.pledges import AUTHOR_S_TURN, CONFIRMED
from ..domain.registrations import RegisteredPledge, Registration
from ..domain.reviews import VIETNAM
from ..domain.units import Place
from ..models.base import db
from ..models.members import Member
from ..models.pledges import Pledge
from ..models.units import Unit, Virtue
from .evaluation_sheets import positions
from .letterheads import issuer, signer
from .pledge_changes import changed_at

_SENT = Pledge.state.not_in(AUTHOR_S_TURN)  # what was sent back is its author's again, and on no paper


@dataclass(frozen=True, slots=True)
class Registered:
    """A member's registration of a year in one branch, and how far it is: pledges `approved` and `waiting`.

    Who moved has one in each branch they sent pledges to: neither branch reads what was sent to the other.
    """

    member_id: int
    name: str
    place: Place
    approved: int
    waiting: int

    @property
    def complete(self) -> bool:
        """Whether the branch has something to confirm and nothing left to read."""
        return self.approved > 0 and not self.waiting


def registration(member_id: int, unit_id: int, year: int, day: date) -> Registration:
    """What the member sent to that branch as a paper of `day`, still without number and date: a draft. NotFound where it is nothing."""
    rows = db.session.execute(_pledges(member_id, unit_id, year)).all()
    if not rows:
        raise NotFound("Năm này chưa gửi nội dung đăng ký nào.")
    member = db.session.execute(select(Member.family_name, Member.given_name, Member.job).where(Member.id == member_id)).one()
    unit = issuer(unit_id, day)
    head = unit.letterhead(DocumentKind.REGISTRATION)
    approved = [row.reviewed_at.astimezone(VIETNAM).date() for row in rows if row.state in CONFIRMED and row.reviewed_at]
    return Registration(
        year=year,
        letterhead=head,
        name=full_name(member.family_name, member.given_name),
        position=positions(unit_id, day).get(member_id, "Đoàn viên"),
        branch=head.author,
        job=member.job,
        pledges=tuple(_pledge(row) for row in rows),
        approved_on=max(approved, default=None) if all(row.state in CONFIRMED for row in rows) else None,
        signer=signer(unit_id, unit.kind, day, but=member_id),
    )


def registered(member_ids: Sequence[int] | Select[*tuple[Any, ...]], year: int) -> tuple[Registered, ...]:
    """How far these members' registrations of `year` are, by name, of a mover the newest first; who sent nothing has none. One query.

    `member_ids` may be a query for them.
    """
    columns = (Pledge.member_id, Pledge.state, Pledge.unit_id, Unit.path, Member.family_name, Member.given_name)
    query = select(*columns).join(Unit, Unit.id == Pledge.unit_id).join(Member, Member.id == Pledge.member_id)
    query = query.where(Pledge.member_id.in_(member_ids), Pledge.year == year, _SENT)
    found: dict[tuple[int, int], Registered] = {}
    for row in db.session.execute(query.order_by(Member.sort_key, Member.id, Pledge.sent_at.desc(), Pledge.id)):
        key, confirmed = (row.member_id, row.unit_id), row.state in CONFIRMED
        one = found.get(key) or Registered(row.member_id, full_name(row.family_name, row.given_name), Place(row.unit_id, row.path), 0, 0)
        found[key] = replace(one, approved=one.approved + confirmed, waiting=one.waiting + (not confirmed))
    return tuple(found.values())


def _pledges(member_id: int, unit_id: int, year: int) -> Select[*tuple[Any, ...]]:
    columns = (Pledge.title, Pledge.how, Pledge.target, Pledge.due_on, Pledge.state, Pledge.reviewed_at)
    return (
        select(*columns, changed_at().label("changed_at"), Virtue.name.label("virtue"))
        .join(Virtue, Virtue.id == Pledge.virtue_id)
        .where(Pledge.member_id == member_id, Pledge.unit_id == unit_id, Pledge.year == year, _SENT)
        .order_by(Virtue.unit_id, Virtue.position, Pledge.written_at, Pledge.id)
    )


def _pledge(row: Row[*tuple[Any, ...]]) -> RegisteredPledge:
    changed_on = row.changed_at.astimezone(VIETNAM).date() if row.changed_at else None
    return RegisteredPledge(row.virtue, row.title, row.how, row.target, row.due_on, row.state in CONFIRMED, changed_on)
