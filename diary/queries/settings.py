"""The settings of the bloc as they hold now."""

from sqlalchemy import select

from ..domain.settings import Settings, settings_of
from ..models.base import run
from ..models.settings import Setting

_KEPT = select(Setting.name, Setting.value)
OVERDUE = select(Setting.value).where(Setting.name == "overdue_days").scalar_subquery()  # for a statement that is asked anyway


def settings() -> Settings:
    """All settings, one statement; the usual value where nobody chose another."""
    return settings_of((row.name, row.value) for row in run(_KEPT))


def overdue_days() -> int:
    """After how many days of waiting the base stands in for a branch."""
    return settings().overdue_days


def overdue_of(kept: object) -> int:
    """The same from what OVERDUE answered."""
    return settings_of([("overdue_days", kept)]).overdue_days
