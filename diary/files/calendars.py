"""A calendar as other programs read it (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from ..domain.calendar_feeds import NAME, WRITING_TAKES, Event, Hour

if TYPE_CHECKING:
    from icalendar import Event as Entry

ASK_AGAIN = timedelta(hours=12)  # how often a calendar program is asked to look


def write_calendar(events: Iterable[Event], hours: Iterable[Hour], site: str, stamp: datetime) -> bytes:
    """The bytes of a calendar; links lead to `site` (scheme and host), `stamp` is since when it stands so."""
    from icalendar import Calendar  # a tenth of a second to load: only who asks for a calendar waits for it

    calendar = Calendar()
    calendar.add("prodid", f"-//{NAME}//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):  # RFC 7986, and what was there before it
        calendar.add(name, NAME)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")  # the same, for programs older than the line above
    for event in events:
        calendar.add_component(_days(event, site, stamp))
    for hour in hours:
        calendar.add_component(_hour(hour, site, stamp))
    written: bytes = calendar.to_ical(sorted=False)
    return written


def _days(event: Event, site: str, stamp: datetime) -> "Entry":
    entry = _entry(event, site, stamp)
    entry.add("dtstart", event.first)
    entry.add("dtend", event.last + timedelta(days=1))  # the first day that is none of it
    if event.until is not None:
        entry.add("rrule", {"FREQ": ["WEEKLY"], "UNTIL": [event.until]})
    return entry


def _hour(hour: Hour, site: str, stamp: datetime) -> "Entry":
    entry = _entry(hour, site, stamp)
    begins = hour.begins.astimezone(UTC)  # clocks in Vietnam are never moved, so the hour is the same all year
    entry.add("dtstart", begins)
    entry.add("dtend", begins + WRITING_TAKES)
    entry.add("rrule", {"FREQ": ["WEEKLY"], "UNTIL": [hour.until.astimezone(UTC)]})
    for skipped in hour.skipped:
        entry.add("exdate", skipped.astimezone(UTC))
    return entry


def _entry(told: Event | Hour, site: str, stamp: datetime) -> "Entry":
    from icalendar import Event as Entry

    entry, link = Entry(), f"{site}{told.link}"
    entry.add("uid", f"{told.uid}@{site.rpartition('//')[2]}")
    entry.add("dtstamp", stamp.astimezone(UTC))
    entry.add("summary", told.title)
    entry.add("description", f"{told.words}\n{link}")
    entry.add("url", link)
    entry.add("transp", "TRANSPARENT")  # nobody is busy for it
    return entry
