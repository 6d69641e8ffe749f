"""What every happening about pledges asks first: whose pledge it is, and who promises."""

from uuid import UUID

from ..domain.actors import Actor
from ..domain.errors import NotAllowed, NotFound
from ..domain.members import Standing
from ..domain.permissions import Action, Subject, require
from ..domain.pledges import PledgeState
from ..domain.reviews import passed_up
from ..domain.units import Place
from ..models.base import db
from ..models.members import Member
from ..models.pledges import Pledge
from ..models.units import Unit
from ..queries.settings import overdue_days
from . import clock


def author(actor: Actor) -> tuple[int, Place]:
    """The actor as one who may promise: an active member with a unit; NotAllowed for anyone else."""
    member = db.session.get(Member, actor.member_id) if actor.member_id is not None else None
    if member is None or member.standing is not Standing.ACTIVE:
        raise NotAllowed("Chỉ đoàn viên đang sinh hoạt mới đăng ký làm theo.")
    return member.id, place_of(member.unit_id)


def place_of(unit_id: int) -> Place:
    """Where the unit stands in the tree."""
    return Place(unit_id, db.session.get_one(Unit, unit_id).path)


def own_pledge(actor: Actor, pledge_id: UUID) -> Pledge:
    """A pledge of the actor's own; NotAllowed for whoever may only read it, NotFound for everyone else."""
    row = db.session.get(Pledge, pledge_id)
    if row is None:
        raise NotFound()
    place = place_of(row.unit_id)
    until = clock.now() if row.state is PledgeState.WAITING else row.reviewed_at or clock.now()
    up = passed_up(actor, place, row.review_unit_id, row.sent_at, until, overdue_days)
    subject = Subject(place, row.member_id, sent=row.state is not PledgeState.DRAFT, passed_up=up)
    require(actor, Action.PLEDGE_EDIT, subject)
    return row
