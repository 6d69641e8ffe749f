"""Reads of year-end: one's own, a branch's table, what waits above it, and the shapes that go on paper."""

from .branches import Branch, MeetingFacts, Person, load_branch, load_branch_above, meeting_facts, people
from .own import BestChoice, OwnEvaluation, OwnYear, Result, own_year
from .papers import proposal_list, sheet
from .persons import PersonPage, person_page
from .queues import Queue, QueueRow, queue
from .tables import Bar, BranchTable, TableRow, branch_table, level_counts
from .turns import Turns, turns

__all__ = [
    "Bar", "BestChoice", "Branch", "BranchTable", "MeetingFacts", "OwnEvaluation", "OwnYear", "Person", "PersonPage", "Queue", "QueueRow",
    "Result", "TableRow", "Turns", "branch_table", "level_counts", "load_branch", "load_branch_above", "meeting_facts", "own_year",
    "people", "person_page", "proposal_list", "queue", "sheet", "turns",
]  # fmt: skip
