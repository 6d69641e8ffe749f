"""A member's made-up year, and what those who write one share: dice, hours, reviewers."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from ...domain.year_figures import YearFigures
from ..clock import VIETNAM, local_day
from .content import Content, Row
from .people import Bloc, Branch, Person
from .rows import Rows

LATELY = 9  # days within which entries may still wait for the secretary
COUNTERS = (
    "entries_draft", "entries_waiting", "entries_returned", "entries_approved", "entries_late", "times_returned",
    "pledges_draft", "pledges_waiting", "pledges_returned", "pledges_approved", "pledges_met", "pledges_not_met",
)  # fmt: skip


@dataclass
class Book:
    """One member's year while it is being made up."""

    person: Person
    branch: Branch
    year: int
    closed: bool
    pledges: list[tuple[UUID, Row]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTERS, 0))
    weeks: dict[date, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))  # monday: entries, nothing to do
    best: list[UUID] = field(default_factory=list)  # approved entries with a result
    weeks_due: int = 0

    @property
    def weeks_kept(self) -> int:
        return sum(1 for entries, quiet in self.weeks.values() if entries or quiet)


class Writer:
    """What the writers of pledges and entries share."""

    def __init__(self, rows: Rows, content: Content, bloc: Bloc, dice: random.Random, now: datetime):
        self.rows, self.content, self.bloc, self.dice, self.now = rows, content, bloc, dice, now
        self.today = local_day(now)
        self.virtue_ids: dict[int, dict[str, int]] = {}  # year: key of the virtue: its id
        self.virtue_names = {row["key"]: row["name"] for row in content.virtues}

    def pool(self, rows: dict[str, list[Row]], book: Book) -> list[Row]:
        """The rows of the person's job that fit their unit: some deeds are done in some offices only."""
        codes = {branch.code for branch in book.branch.line()}
        return [row for row in rows[book.person.job] if not row.get("units") or codes & set(row["units"])]

    def reviewer(self, book: Book) -> int:
        officers = [person for person in book.branch.people[:2] if person is not book.person]
        return officers[0].account_id

    def evening(self, day: date) -> datetime:
        moment = datetime.combine(day, time(self.dice.choice((7, 11, 12, 17, 19, 20, 20, 21, 21, 22)), self.dice.randrange(60)), VIETNAM)
        return min(moment, self.now - timedelta(minutes=self.dice.randint(5, 300)))

    def reviewed_at(self, sent: datetime) -> datetime:
        return min(sent + timedelta(hours=self.dice.randint(3, 90)), self.now - timedelta(minutes=1)) if sent < self.now else self.now


def figures(book: Book) -> dict[str, int]:
    """The figures of a year that the year-end texts name."""
    counts, kept = book.counts, book.weeks_kept
    done = counts["pledges_met"]
    return {
        "weeks_kept": kept,
        "weeks_due": book.weeks_due,
        "weeks_missed": book.weeks_due - kept,
        "entries": sum(entries for entries, _ in book.weeks.values()),
        "approved": counts["entries_approved"],
        "returned": counts["times_returned"],
        "late": counts["entries_late"],
        "pledges_done": done,
        "pledges_total": done + counts["pledges_not_met"] + counts["pledges_approved"],
    }


def year_figures(book: Book) -> YearFigures:
    """The same year as a decision keeps it."""
    counts = book.counts
    return YearFigures(
        weeks_kept=book.weeks_kept,
        weeks_due=book.weeks_due,
        sent=sum(entries for entries, _ in book.weeks.values()),
        approved=counts["entries_approved"],
        late=counts["entries_late"],
        times_returned=counts["times_returned"],
        pledges_met=counts["pledges_met"],
        pledges_confirmed=counts["pledges_met"] + counts["pledges_not_met"] + counts["pledges_approved"],
    )
