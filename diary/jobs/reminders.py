"""Reminding as a duty: whoever's hour of the week has come since it last went well."""

from ..domain.duties import REMIND
from ..queries.jobs import went_well_at
from ..services import reminders
from .kinds import Tools


def remind(tools: Tools) -> None:
    """Plan what is due. A planner that was killed leaves the moment of the last good one, so the next finds what is missing."""
    reminders.plan_due(went_well_at(REMIND), reminders.Site(tools.site, tools.mail is not None))
