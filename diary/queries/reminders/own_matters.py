"""What waits for members themselves: a week not written, a pledge not sent, what was returned, the year's self-assessment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from ...domain.dates import monday
from ...domain.entries import EntryState
from ...domain.evaluations import EvaluationState
from ...domain.pledges import PledgeState
from ...domain.reminder_words import (
    RETURNED_RESTS,
    Matter,
    Returned,
    pledges_missing,
    returned_waiting,
    self_assessment,
    week_missing,
)
from ...domain.reminders import week_asked, window_period
from ...domain.reviews import VIETNAM, Verdict
from ...domain.rhythm import Days, Look, WeekFacts, last_weeks
from ...domain.units import lineage
from ...domain.years import Activity, OpenDays, UnitWindow, nearest_windows
from ...models.base import db
from ...models.counts import Leave, MemberWeek, MemberYear
from ...models.entries import Entry, EntryReview
from ...models.evaluations import Evaluation
from ...models.pledges import Pledge, PledgeReview
from ...models.years import Window, WorkYear
from ..rhythm import first_days
from .people import Person

_ASKED = (Activity.REGISTERING, Activity.WRITING, Activity.SELF_ASSESSMENT)


def away_today(member_ids: Sequence[int], today: date) -> frozenset[int]:
    """Who of the members is on leave today."""
    query = select(Leave.member_id).where(Leave.member_id.in_(member_ids), Leave.taken_back_at.is_(None))
    return frozenset(db.session.execute(query.where(Leave.from_day <= today, Leave.to_day >= today)).scalars())


def own_matters(people: Sequence[Person], today: date) -> dict[int, tuple[Matter, ...]]:
    """By account, what waits for each of those who belong to a branch."""
    members = [one for one in people if one.member_id is not None and one.place is not None]
    ids = [one.member_id for one in members if one.member_id is not None]
    if not ids:
        return {}
    years, facts = _Years(today), _Facts.of(ids, today)
    return {one.account_id: tuple(_of(one, years, facts, today)) for one in members}


def _of(one: Person, years: "_Years", facts: "_Facts", today: date) -> Iterator[Matter]:
    assert one.member_id is not None and one.place is not None
    member_id, this_week = one.member_id, monday(today)
    returned = [thing for thing in facts.returned.get(member_id, ()) if (today - thing.since).days >= RETURNED_RESTS]
    if returned:
        yield returned_waiting(returned, today, this_week)
    week = week_asked(one.choice.weekday, today)
    if years.open_days(one.place.path, Activity.WRITING, _year_of(week)) and facts.missed(member_id, week):
        yield week_missing(week)
    registering = years.newest_open(one.place.path, Activity.REGISTERING)
    if registering and (member_id, registering[0]) not in facts.registered:
        year, days = registering
        yield pledges_missing(year, days.closes_on, window_period(days.opens_on, days.closes_on, today))
    for year in years.rated:
        days_open = years.open_days(one.place.path, Activity.SELF_ASSESSMENT, year)
        if days_open and (member_id, year) not in facts.assessed:
            yield self_assessment(year, days_open.closes_on, window_period(days_open.opens_on, days_open.closes_on, today))
            return


def _year_of(week: date) -> int:
    return (week + timedelta(days=3)).year


class _Years:
    """The windows of this year and the last, as they hold for each unit today; units at the same path are asked once."""

    def __init__(self, today: date):
        years = (today.year - 1, today.year)
        query = (
            select(WorkYear.year, WorkYear.scheme_code, Window.unit_id, Window.activity, Window.opens_on, Window.closes_on)
            .join(Window, Window.year == WorkYear.year)
            .where(WorkYear.year.in_(years), WorkYear.locked_at.is_(None), Window.activity.in_(_ASKED))
        )
        self._today = today
        self._windows: dict[int, list[UnitWindow]] = {}
        rated = set()
        for year, scheme, unit_id, activity, opens, closes in db.session.execute(query):
            self._windows.setdefault(year, []).append(UnitWindow(unit_id, activity, OpenDays(opens, closes)))
            rated |= {year} if scheme else set()
        self.rated = tuple(sorted(rated))
        self._known: dict[tuple[str, int], dict[Activity, OpenDays]] = {}

    def open_days(self, path: str, activity: Activity, year: int) -> OpenDays | None:
        """The days of the window of `activity` for the unit at `path`, where it is open today."""
        key = (path, year)
        if key not in self._known:
            line = lineage(path)
            above = [window for window in self._windows.get(year, ()) if window.unit_id in line]
            self._known[key] = nearest_windows(above, line)
        days = self._known[key].get(activity)
        return days if days and days.opens_on <= self._today <= days.closes_on else None

    def newest_open(self, path: str, activity: Activity) -> tuple[int, OpenDays] | None:
        """The newest year in which `activity` is open today for the unit at `path`."""
        for year in sorted(self._windows, reverse=True):
            days = self.open_days(path, activity, year)
            if days:
                return year, days
        return None


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of the members of a batch."""

    today: date
    weeks: dict[int, dict[date, WeekFacts]]
    leaves: dict[int, list[Days]]
    joined: dict[int, date | None]
    registered: frozenset[tuple[int, int]]  # member and year, a pledge sent
    assessed: frozenset[tuple[int, int]]  # member and year, a self-assessment sent or past that
    returned: dict[int, list[Returned]]

    @classmethod
    def of(cls, ids: Sequence[int], today: date) -> "_Facts":
        return cls(
            today, _weeks(ids, today), _leaves(ids, today), first_days(ids), _registered(ids, today), _assessed(ids, today), _returned(ids)
        )

    def missed(self, member_id: int, week: date) -> bool:
        """Whether the week counts for the member and holds nothing, were it over now."""
        known, leaves, joined = self.weeks.get(member_id, {}), self.leaves.get(member_id, ()), self.joined.get(member_id)
        squares = last_weeks(1, week + timedelta(weeks=1), known, leaves, joined)
        return bool(squares) and squares[0].look is Look.MISSED


def _weeks(ids: Sequence[int], today: date) -> dict[int, dict[date, WeekFacts]]:
    asked = (monday(today), monday(today) - timedelta(weeks=1))
    query = select(MemberWeek.member_id, MemberWeek.monday, MemberWeek.entries, MemberWeek.nothing_to_do)
    found: dict[int, dict[date, WeekFacts]] = {}
    for member_id, week, entries, nothing_to_do in db.session.execute(
        query.where(MemberWeek.member_id.in_(ids), MemberWeek.monday.in_(asked))
    ):
        found.setdefault(member_id, {})[week] = WeekFacts(entries, nothing_to_do)
    return found


def _leaves(ids: Sequence[int], today: date) -> dict[int, list[Days]]:
    this_week = monday(today)
    near = (Leave.to_day >= this_week - timedelta(weeks=1), Leave.from_day < this_week + timedelta(weeks=1))
    query = select(Leave.member_id, Leave.from_day, Leave.to_day).where(Leave.member_id.in_(ids), Leave.taken_back_at.is_(None), *near)
    found: dict[int, list[Days]] = {}
    for member_id, from_day, to_day in db.session.execute(query):
        found.setdefault(member_id, []).append(Days(from_day, to_day))
    return found


def _registered(ids: Sequence[int], today: date) -> frozenset[tuple[int, int]]:
    sent = MemberYear.pledges_waiting + MemberYear.pledges_returned + MemberYear.pledges_approved
    sent = sent + MemberYear.pledges_met + MemberYear.pledges_not_met
    query = select(MemberYear.member_id, MemberYear.year).where(MemberYear.member_id.in_(ids), MemberYear.year >= today.year - 1, sent > 0)
    return frozenset((member_id, year) for member_id, year in db.session.execute(query))


def _assessed(ids: Sequence[int], today: date) -> frozenset[tuple[int, int]]:
    query = select(Evaluation.member_id, Evaluation.year).where(Evaluation.member_id.in_(ids), Evaluation.year >= today.year - 1)
    rows = db.session.execute(query.where(Evaluation.state != EvaluationState.NOT_STARTED))
    return frozenset((member_id, year) for member_id, year in rows)


def _returned(ids: Sequence[int]) -> dict[int, list[Returned]]:
    """What was returned and lies with its author, since when."""
    given_back = (EntryReview.verdict == Verdict.RETURNED, EntryReview.undone_at.is_(None))
    entries = select(Entry.id, Entry.happened_on, Entry.member_id, func.max(EntryReview.at)).select_from(Entry)
    entries = entries.join(EntryReview, EntryReview.entry_id == Entry.id).where(*given_back)
    entries = entries.where(Entry.member_id.in_(ids), Entry.state == EntryState.RETURNED).group_by(Entry.id)
    given_back = (PledgeReview.verdict == Verdict.RETURNED, PledgeReview.undone_at.is_(None))
    pledges = select(Pledge.id, Pledge.member_id, func.max(PledgeReview.at)).select_from(Pledge)
    pledges = pledges.join(PledgeReview, PledgeReview.pledge_id == Pledge.id).where(*given_back)
    pledges = pledges.where(Pledge.member_id.in_(ids), Pledge.state == PledgeState.RETURNED).group_by(Pledge.id)
    found: dict[int, list[Returned]] = {}
    for entry_id, day, member_id, at in db.session.execute(entries):
        found.setdefault(member_id, []).append(Returned(entry_id, day, at.astimezone(VIETNAM).date()))
    for pledge_id, member_id, at in db.session.execute(pledges):
        found.setdefault(member_id, []).append(Returned(pledge_id, None, at.astimezone(VIETNAM).date()))
    return found
