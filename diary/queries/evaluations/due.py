"""What year-end asks of a person today, for the first page: a self-assessment to send, a meeting of their branch that goes on."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Integer, and_, bindparam, or_, select

from ...domain.actors import Actor
from ...domain.evaluations import EvaluationState
from ...domain.units import lineage
from ...domain.years import Activity, OpenDays, UnitWindow, nearest_windows
from ...models.base import run
from ...models.evaluations import Evaluation, RatingMeeting
from ...models.years import Window, WorkYear


@dataclass(frozen=True, slots=True)
class YearEndDue:
    """`year` is to be assessed until `closes_on`, None when none is. `meeting_year`: of the meeting that goes on in the branch, None
    when none does; it votes on phones where `secret`."""

    year: int | None = None
    closes_on: date | None = None
    meeting_year: int | None = None
    secret: bool = False


_WINDOW = and_(
    Window.year == WorkYear.year, Window.activity == Activity.SELF_ASSESSMENT, Window.unit_id.in_(bindparam("line", expanding=True))
)
_OWN = and_(Evaluation.year == WorkYear.year, Evaluation.member_id == bindparam("member", type_=Integer))
_MEETING = and_(
    RatingMeeting.year == WorkYear.year, RatingMeeting.unit_id == bindparam("unit", type_=Integer), RatingMeeting.closed_at.is_(None)
)
_DUE = (  # built once: the first page of the day asks it
    select(
        WorkYear.year, WorkYear.locked_at, Window.unit_id, Window.opens_on, Window.closes_on, Evaluation.state,
        RatingMeeting.id, RatingMeeting.secret,
    )
    .outerjoin(Window, _WINDOW)
    .outerjoin(Evaluation, _OWN)
    .outerjoin(RatingMeeting, _MEETING)
    .where(WorkYear.year >= bindparam("year", type_=Integer), WorkYear.scheme_code.is_not(None))
    .where(or_(Window.unit_id.is_not(None), RatingMeeting.id.is_not(None)))
    .order_by(WorkYear.year)
)  # fmt: skip


def year_end_due(actor: Actor, today: date) -> YearEndDue:
    """What waits for a member of a branch `today`, of this year and the last; one statement."""
    assert actor.member_id is not None and actor.place is not None
    line = lineage(actor.place.path)
    rows = run(_DUE, {"line": line, "member": actor.member_id, "unit": actor.place.unit_id, "year": today.year - 1}).all()
    meeting = next((row for row in rows if row.id is not None), None)
    for year in dict.fromkeys(row.year for row in rows):
        mine = [row for row in rows if row.year == year]
        windows = [UnitWindow(row.unit_id, Activity.SELF_ASSESSMENT, OpenDays(row.opens_on, row.closes_on)) for row in mine if row.unit_id]
        days = nearest_windows(windows, line).get(Activity.SELF_ASSESSMENT)
        begun = mine[0].state not in {None, EvaluationState.NOT_STARTED} or mine[0].locked_at is not None
        if days and days.opens_on <= today <= days.closes_on and not begun:
            return YearEndDue(year, days.closes_on, meeting.year if meeting else None, bool(meeting and meeting.secret))
    return YearEndDue(None, None, meeting.year if meeting else None, bool(meeting and meeting.secret))
