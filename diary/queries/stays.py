"""When a member was in a unit: what its officers may see of them lies within."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from ..domain.reviews import VIETNAM
from ..models.base import db
from ..models.members import Membership


@dataclass(frozen=True, slots=True)
class UnitStay:
    """A member's time in a unit; None stands for before the books, and for still there."""

    from_day: date | None
    to_day: date | None

    def began_by(self, moment: datetime) -> bool:
        """Whether the member was in the unit already, or had been, on the day of that moment."""
        return self.from_day is None or moment.astimezone(VIETNAM).date() >= self.from_day

    def lasts_at(self, moment: datetime | None) -> bool:
        """Whether the member had not left by the day of that moment; a moment nobody knows lies within."""
        return moment is None or self.to_day is None or moment.astimezone(VIETNAM).date() <= self.to_day


def stay_in(member_id: int, unit_id: int) -> UnitStay:
    """The member's time in the unit, from their first day there to their last."""
    query = select(Membership.from_day, Membership.to_day).where(Membership.member_id == member_id, Membership.unit_id == unit_id)
    stays = [(row.from_day, row.to_day) for row in db.session.execute(query)]
    begun = [from_day for from_day, _ in stays if from_day is not None]
    ended = [to_day for _, to_day in stays if to_day is not None]
    return UnitStay(
        min(begun) if stays and len(begun) == len(stays) else None,
        max(ended) if stays and len(ended) == len(stays) else None,
    )
