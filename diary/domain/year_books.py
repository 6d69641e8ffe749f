"""Sổ nhật ký năm: what a member's printed year holds. Private notes have no place in these shapes."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from .papers import BRANCH_SECRETARY, LevelName, Signer, Verification

QUOTATION = (
    "“Trời có bốn mùa: Xuân, Hạ, Thu, Đông.",
    "Đất có bốn phương: Đông, Tây, Nam, Bắc.",
    "Người có bốn đức: Cần, Kiệm, Liêm, Chính.”",
)
QUOTATION_SOURCE = "Hồ Chí Minh, Cần Kiệm Liêm Chính, 1949"


@dataclass(frozen=True, slots=True)
class BookPledge:
    """A pledge: `order` as entries refer to it; `outcome` what came of it ("06 tờ; 52 lượt người"), `state` in words ("hoàn thành");
    `changed_on`: the day its text was last changed by consent."""

    order: int
    virtue: str
    content: str
    how: str = ""
    measure: str = ""
    due: date | None = None
    outcome: str = ""
    state: str = ""
    done: bool = False
    changed_on: date | None = None


@dataclass(frozen=True, slots=True)
class BookPhoto:
    """A photo as a JPEG file's bytes, and the line under it."""

    jpeg: bytes = field(repr=False)
    caption: str = ""


@dataclass(frozen=True, slots=True)
class BookRemark:
    """What the secretary wrote under an entry, and when."""

    text: str
    day: date


@dataclass(frozen=True, slots=True)
class BookEntry:
    """One deed. `sphere` is its lĩnh vực ("với công việc"); `pledge` the order of the pledge it serves, None for a deed of its own."""

    happened_on: date
    written_on: date
    virtue: str
    sphere: str
    pledge: int | None
    done: str
    with_whom: str = ""
    result: str = ""
    lesson: str = ""
    photos: tuple[BookPhoto, ...] = ()
    remark: BookRemark | None = None
    approved: bool = False


@dataclass(frozen=True, slots=True)
class MonthRemark:
    """The secretary's remark on a month (given by its first day), with name and day."""

    month: date
    text: str
    by: str
    day: date


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Weeks kept of weeks due in a year (`due` 0 when none was), or in one month."""

    kept: int
    due: int


@dataclass(frozen=True, slots=True)
class LevelStep:
    """One step towards the level: what it was, when, which level, who."""

    name: str
    day: date | None
    level: str
    who: str


@dataclass(frozen=True, slots=True)
class YearBook:
    """A member's year. Entries may come in any order; `month_rhythm` pairs months (their first days) with their weeks; `highlights` are
    (virtue, words); `moments` are (day, words), the deeds the owner chose; `verification` None marks a draft."""

    year: int
    holder: str
    job: str
    superior: str
    branch: str
    place: str
    pledges: tuple[BookPledge, ...] = ()
    pledges_approved_on: date | None = None
    reason: str = ""
    entries: tuple[BookEntry, ...] = ()
    month_rhythm: tuple[tuple[date, Rhythm], ...] = ()
    month_remarks: tuple[MonthRemark, ...] = ()
    rhythm: Rhythm | None = None
    figures_on: date | None = None
    figures_note: str = ""
    highlights: tuple[tuple[str, str], ...] = ()
    moments: tuple[tuple[date, str], ...] = ()
    level: LevelName | None = None
    decision: str = ""
    scheme: str = ""
    steps: tuple[LevelStep, ...] = ()
    branch_remark: str = ""
    own_words: str = ""
    secretary: Signer = BRANCH_SECRETARY
    closed_on: date | None = None
    verification: Verification | None = None
    quotation: tuple[str, ...] = QUOTATION
    quotation_source: str = QUOTATION_SOURCE


def month_of(day: date) -> date:
    """A day in, the first day of its month out."""
    return day.replace(day=1)


def entries_by_month(book: YearBook) -> dict[date, tuple[BookEntry, ...]]:
    """The book's deeds by month (its first day), in order, each in the order of their days, then of writing.

    A month with a remark but no deed has its place too; a work year may reach into the calendar year before or after it.
    """
    ordered = sorted(book.entries, key=lambda entry: (entry.happened_on, entry.written_on))
    months = sorted({month_of(entry.happened_on) for entry in ordered} | {month_of(remark.month) for remark in book.month_remarks})
    return {month: tuple(entry for entry in ordered if month_of(entry.happened_on) == month) for month in months}


def deeds_by_day(book: YearBook) -> Counter[date]:
    """How many deeds each day has."""
    return Counter(entry.happened_on for entry in book.entries)


def deeds_by_virtue(book: YearBook) -> tuple[tuple[str, int], ...]:
    """(virtue, deeds): first the virtues of the pledges, in their order, then the others the entries name, in the order of the days."""
    counts = Counter(entry.virtue for entry in book.entries)
    ordered = sorted(book.entries, key=lambda entry: entry.happened_on)
    virtues = dict.fromkeys([pledge.virtue for pledge in book.pledges] + [entry.virtue for entry in ordered])
    return tuple((virtue, counts[virtue]) for virtue in virtues)
