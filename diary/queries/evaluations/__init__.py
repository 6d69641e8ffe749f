"""Reads of year-end: one's own, a branch's table, and what waits above it."""

from .branches import Branch, MeetingFacts, Person, load_branch, load_branch_above, meeting_facts, people
from .desk import LastPaper, NextBranch, WaitingBranches, last_paper, next_branch, papers_of, waiting_branches
from .due import YearEndDue, year_end_due
from .own import BestChoice, OwnEvaluation, OwnYear, Result, own_year
from .queues import Queue, QueueRow, queue
from .tables import Bar, BranchTable, TableRow, branch_table, level_counts
from .turns import Turns, turns

__all__ = [
    "Bar", "BestChoice", "Branch", "BranchTable", "LastPaper", "MeetingFacts", "NextBranch", "OwnEvaluation", "OwnYear", "Person",
    "Queue", "QueueRow", "Result", "TableRow", "Turns", "WaitingBranches", "YearEndDue", "branch_table", "last_paper", "level_counts",
    "load_branch", "load_branch_above", "meeting_facts", "next_branch", "own_year", "papers_of", "people", "queue", "turns",
    "waiting_branches", "year_end_due",
]  # fmt: skip
