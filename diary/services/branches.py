"""Looking after a branch: reminding a member who is missing something."""

from datetime import date

from sqlalchemy import func, select

from ..domain.actors import Actor
from ..domain.branches import nudge_words
from ..domain.errors import NotAllowed, NotFound, WrongMoment
from ..domain.members import Standing
from ..domain.names import full_name
from ..domain.permissions import Subject, require
from ..domain.units import Place
from ..models.base import db
from ..models.counts import MemberYear
from ..models.members import Member
from ..models.notices import Nudge
from ..models.units import Unit
from ..queries.branches import LOOK_AFTER
from ..queries.years import current_year
from . import audit, notices
from .transaction import happening


@happening
def nudge_member(actor: Actor, member_id: int, today: date) -> str:
    """Remind a member of the actor's branch, at most once a day for all its officers together; the member's name.

    NotFound to strangers, NotAllowed to those above the branch and to oneself, WrongMoment when they were reminded today.
    """
    member = db.session.get(Member, member_id)
    if member is None:
        raise NotFound()
    place = Place(member.unit_id, db.session.get_one(Unit, member.unit_id).path)
    require(actor, LOOK_AFTER, Subject(place))
    name = full_name(member.family_name, member.given_name)
    if member_id == actor.member_id:
        raise NotAllowed("Bạn không cần nhắc chính mình; hãy ghi một việc của tuần qua.")
    if member.standing is not Standing.ACTIVE:
        raise WrongMoment(f"{name} không còn sinh hoạt ở chi đoàn.")
    if db.session.get(Nudge, (member_id, today)) is not None:
        raise WrongMoment(f"Hôm nay đã nhắc {name} rồi; mỗi người mỗi ngày chỉ nhắc một lần.")
    db.session.add(Nudge(member_id=member_id, day=today, account_id=actor.account_id))
    year = current_year(today)
    registered = _registered(member_id, year)
    audit.record(actor, "member_nudge", "member", member_id, place.unit_id)
    notices.tell_member(member_id, nudge_words(actor.name, registered, year), "/nhat-ky/moi" if registered else "/dang-ky/moi")
    return name


def _registered(member_id: int, year: int) -> bool:
    sent = MemberYear.pledges_waiting + MemberYear.pledges_approved + MemberYear.pledges_met + MemberYear.pledges_not_met
    query = select(func.coalesce(func.sum(sent), 0)).where(MemberYear.member_id == member_id, MemberYear.year == year)
    return bool(db.session.execute(query).scalar_one())
