"""What every register asks before it notes something, and the audit lines of an import."""

from collections.abc import Mapping

from sqlalchemy import select

from ..domain.actors import Actor
from ..domain.errors import NotAllowed, NotFound
from ..domain.permissions import Action, Subject, may, require
from ..domain.registers.import_plan import RegisterPlan
from ..domain.units import Place
from ..domain.years import require_unlocked
from ..models.base import db
from ..models.members import Member
from ..models.units import Unit
from ..queries import years
from . import audit


def require_branch(actor: Actor, unit_id: int, year: int) -> Place:
    """The place of a unit in which the actor may note something of `year`. NotFound, NotAllowed; WrongMoment for a locked year."""
    path = db.session.execute(select(Unit.path).where(Unit.id == unit_id)).scalar()
    if path is None:
        raise NotFound()
    place = Place(unit_id, path)
    require(actor, Action.REGISTER_EDIT, Subject(place))
    require_unlocked(years.year_facts(year, place))
    return place


def require_member(actor: Actor, member_id: int, year: int) -> Place:
    """The place of the branch a member is in, where the actor may note something of `year` about them. Refuses as `require_branch`."""
    whose = select(Member.unit_id, Unit.path).join(Unit, Unit.id == Member.unit_id).where(Member.id == member_id)
    row = db.session.execute(whose).one_or_none()
    if row is None:
        raise NotFound()
    place = Place(row.unit_id, row.path)
    require(actor, Action.REGISTER_EDIT, Subject(place, owner_id=member_id))
    require_unlocked(years.year_facts(year, place))
    return place


def reaches(actor: Actor, place: Place, unit_id: int) -> bool:
    """Whether the actor, noting for the branch at `place`, may change what the unit `unit_id` noted: of someone who has moved since."""
    if unit_id == place.unit_id:
        return True
    path = db.session.execute(select(Unit.path).where(Unit.id == unit_id)).scalar_one()
    return may(actor, Action.REGISTER_EDIT, Subject(Place(unit_id, path)))


def require_reach(actor: Actor, place: Place, unit_id: int) -> None:
    """NotAllowed unless `reaches`."""
    if not reaches(actor, place, unit_id):
        raise NotAllowed("Nội dung này do chi đoàn cũ ghi. Hãy nhờ chi đoàn ấy hoặc Đoàn cấp trên sửa.")


def record_import(actor: Actor | None, register: str, plan: RegisterPlan, names: Mapping[str, str] | None = None) -> None:
    """One line with the counts and years, and one for each person of whom something noted gave way to something else.

    `names` says what the slots are called in the lines, where that is not what the register calls them.
    """
    counts = [f"{outcome.name.lower()}:{count}" for outcome, count in plan.counts.items()]
    audit.record(actor, f"{register}_import", f"{register}_list", "", None, [*plan.years, *counts])
    for row in plan.taken:
        if row.overwritten:
            slots = [(names or {}).get(slot, slot) for slot in row.overwritten]
            audit.record(actor, f"{register}_note", "member", row.member.id, row.unit.id, [row.year, *slots])
