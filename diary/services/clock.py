"""The clock. Rules never read it: the floors above hand them the day."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def local_day(moment: datetime) -> date:
    """The day a moment falls on in Vietnam."""
    return moment.astimezone(VIETNAM).date()


def today() -> date:
    """What day it is in Vietnam."""
    return datetime.now(VIETNAM).date()
