"""Reminders: what a person is reminded of, by which ways, on which hour of the week, and when they want quiet.

A person has one turn a week, at the hour they chose; whatever is missing then is said in it. A turn in the first half of the week asks
about the week that is over, one in the second half about the week that runs.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum
from math import ceil

from .dates import monday
from .errors import BadInput

VIETNAM = timezone(timedelta(hours=7))  # by the clock of Asia/Ho_Chi_Minh, which has not been moved since 1975
PAGE = "/ca-nhan/nhac-viec"  # where a person says how they want to be reminded
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_FIRST_OF_THIS_WEEK = 3  # from Thursday on, the week that runs is asked about
HOURS_A_DAY = 24
_ONCE_MORE = timedelta(minutes=15)


class ReminderKind(StrEnum):
    WEEK_MISSING = "week_missing"  # to a member: nothing written this week
    PLEDGES_MISSING = "pledges_missing"  # to a member: no pledge while registering is open
    SELF_ASSESSMENT = "self_assessment"  # to a member: the year-end waits
    QUEUE_WAITING = "queue_waiting"  # to an officer: entries wait
    BRANCH_WEEK = "branch_week"  # to an officer: the week's exceptions in one digest
    RETURNED_WAITING = "returned_waiting"  # to a member: a returned entry waits


class PushState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Choice:
    """How a person wants to be reminded. `weekday`: Monday is 0; `quiet_from` is the first quiet hour, `quiet_to` the first that is not,
    the same hour twice: no quiet."""

    by_notice: bool = True
    by_mail: bool = False
    by_push: bool = True
    weekday: int = 4
    hour: int = 16
    quiet_from: int = 21
    quiet_to: int = 7

    @property
    def slot(self) -> int:
        """The hour of the week of their turn, from Monday midnight."""
        return self.weekday * HOURS_A_DAY + self.hour

    @property
    def silent(self) -> bool:
        """Whether no way is left: then nothing is planned at all."""
        return not (self.by_notice or self.by_mail or self.by_push)


USUAL = Choice()  # of whoever never chose


def check_choice(choice: Choice) -> None:
    """Refuse (BadInput at the field) days and hours that are none."""
    if not 0 <= choice.weekday < len(WEEKDAYS):
        raise BadInput("weekday", "Hãy chọn một ngày trong tuần.")
    for field in ("hour", "quiet_from", "quiet_to"):
        if not 0 <= getattr(choice, field) < HOURS_A_DAY:
            raise BadInput(field, "Hãy chọn một giờ trong ngày.")


def is_quiet(hour: int, quiet_from: int, quiet_to: int) -> bool:
    """Whether `hour` lies in the quiet hours, which may go over midnight."""
    if quiet_from <= quiet_to:
        return quiet_from <= hour < quiet_to
    return hour >= quiet_from or hour < quiet_to


def after_quiet(now: datetime, quiet_from: int, quiet_to: int) -> datetime:
    """The first moment from `now` on that is not in the quiet hours, by the clock of Vietnam."""
    here = now.astimezone(VIETNAM)
    if not is_quiet(here.hour, quiet_from, quiet_to):
        return now
    over = datetime.combine(here.date(), time(quiet_to), VIETNAM)
    return over if over > here else over + timedelta(days=1)


def next_turn(choice: Choice, now: datetime) -> datetime:
    """When the person's next turn comes, by the clock of Vietnam."""
    here = now.astimezone(VIETNAM)
    turn = datetime.combine(monday(here.date()), time.min, VIETNAM) + timedelta(hours=choice.slot)
    return turn if turn > here else turn + timedelta(weeks=1)


def slots_between(since: datetime | None, now: datetime) -> tuple[int, int]:
    """The first and last hour of the running week whose turns are due at `now`, when the last look was at `since` (None: never).

    What lies before this week is left out: who was not reminded then is asked about the present only. A while before the last look counts
    once more, for the look itself takes time; a turn planned already is known by its row.
    """
    here = now.astimezone(VIETNAM)
    week = datetime.combine(monday(here.date()), time.min, VIETNAM)
    last = int((here - week) / timedelta(hours=1))
    if since is None:
        return 0, last
    return max(0, ceil((since.astimezone(VIETNAM) - _ONCE_MORE - week) / timedelta(hours=1))), last


def week_asked(weekday: int, today: date) -> date:
    """The Monday of the week that a turn on `weekday` asks about, in the week of `today`."""
    this_week = monday(today)
    return this_week if weekday >= _FIRST_OF_THIS_WEEK else this_week - timedelta(weeks=1)


def window_period(opens_on: date, closes_on: date, today: date) -> date:
    """The period of a reminder of an open window: once when it has opened, and once a week in its last three weeks."""
    return opens_on if closes_on - today > timedelta(weeks=3) else max(monday(today), opens_on)
