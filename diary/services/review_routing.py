"""To whom a sending goes: to the officers of its branch, and to the unit above where they would review themselves."""

from datetime import date

from sqlalchemy import Date, bindparam, or_, select

from ..domain.actors import COMMITTEE, OFFICERS, Post
from ..domain.units import UnitKind, lineage
from ..models.accounts import Account, Appointment
from ..models.base import db, run
from ..models.units import Unit

_TODAY = bindparam("today", type_=Date)
_COMMITTEES = (  # built once: every sending asks it
    select(Appointment.unit_id, Appointment.post, Unit.kind, Account.member_id)
    .join(Account, Account.id == Appointment.account_id)
    .join(Unit, Unit.id == Appointment.unit_id)
    .where(Appointment.unit_id.in_(bindparam("units", expanding=True)), Appointment.post.in_(COMMITTEE), Account.closed_at.is_(None))
    .where(Appointment.from_day <= _TODAY, or_(Appointment.to_day.is_(None), Appointment.to_day >= _TODAY))
)


def review_unit(member_id: int, unit_id: int, today: date) -> int:
    """The unit whose officers review what `member_id` of the unit `unit_id` sends today: nobody reviews their own.

    That is the unit itself, unless the author is its only secretary or deputy; then the unit above, passing over every one
    whose only committee member is the author. A branch that has no officer yet keeps its sendings, a closed one's go to the unit above
    it, which is the one it was merged into; above the bloc there is nobody.
    """
    reviewers = _reviewers((unit_id,), unit_id, today).get(unit_id)
    if reviewers == frozenset({member_id}) or (reviewers is None and _is_closed(unit_id)):
        return _unit_above(member_id, unit_id, today)
    return unit_id


def _is_closed(unit_id: int) -> bool:
    return db.session.execute(select(Unit.id).where(Unit.id == unit_id, Unit.closed_on.is_not(None))).first() is not None


def _unit_above(member_id: int, unit_id: int, today: date) -> int:
    path = db.session.execute(select(Unit.path).where(Unit.id == unit_id)).scalar_one()
    closed = set(db.session.execute(select(Unit.id).where(Unit.id.in_(lineage(path)), Unit.closed_on.is_not(None))).scalars())
    above = [unit for unit in lineage(path)[-2::-1] if unit not in closed]
    reviewers = _reviewers(tuple(above), unit_id, today)
    return next((unit for unit in above if reviewers.get(unit) != frozenset({member_id})), above[-1] if above else unit_id)


def _reviewers(units: tuple[int, ...], home: int, today: date) -> dict[int, frozenset[int | None]]:
    """Who may review, in each of the units today, what comes from the unit `home`: member ids, None for an officer who is no member."""
    found: dict[int, set[int | None]] = {}
    for unit_id, post, kind, member_id in run(_COMMITTEES, {"units": units, "today": today}):
        if _reviews(post, kind, unit_id == home):
            found.setdefault(unit_id, set()).add(member_id)
    return {unit_id: frozenset(members) for unit_id, members in found.items()}


def _reviews(post: Post, kind: UnitKind, at_home: bool) -> bool:
    """In the author's own unit only its officers review; a base union above and the bloc review with their whole committee."""
    return post in OFFICERS or kind is UnitKind.BLOC or (kind is UnitKind.BASE_UNION and not at_home)
