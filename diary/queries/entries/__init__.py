"""Reads about entries: one with its history, one's own timeline, and what a form and the first page of the day need."""

from .choices import PledgeChoice, pledge_choices
from .day import OldEntry, Unfinished, Waiting, same_day_last_year, waiting_for
from .history import AdditionRow, ReviewRow, Revision
from .last import LastEntry, last_sent
from .page import EntryPage, EvidenceRow, load_entry, load_evidence, subject_of
from .timeline import ENTRIES_A_PAGE, Month, Timeline, TimelineRow, timeline
from .wanted import PledgeOption, Wanted, WantedChoices, wanted_choices

__all__ = [
    "ENTRIES_A_PAGE",
    "AdditionRow",
    "EntryPage",
    "EvidenceRow",
    "LastEntry",
    "Month",
    "OldEntry",
    "PledgeChoice",
    "PledgeOption",
    "ReviewRow",
    "Revision",
    "Timeline",
    "TimelineRow",
    "Unfinished",
    "Waiting",
    "Wanted",
    "WantedChoices",
    "last_sent",
    "load_entry",
    "load_evidence",
    "pledge_choices",
    "same_day_last_year",
    "subject_of",
    "timeline",
    "waiting_for",
    "wanted_choices",
]
