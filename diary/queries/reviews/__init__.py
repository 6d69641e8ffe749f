"""Reads of the reviewer: what waits for whom, the cards of it, the newest review of a thing, and the backlog of branches below."""

from .backlog import BRANCHES_A_PAGE, Backlog, BranchBacklog, backlog, looks_down
from .cards import Card, Picture, queue
from .newest import UndoOffer, newest_review, undo_offer
from .preview import Seen, seen_entry, seen_typed
from .standing import standing
from .waiting import CARDS_A_PAGE, QueueFigures, queue_figures, waiting_count

__all__ = [
    "BRANCHES_A_PAGE",
    "CARDS_A_PAGE",
    "Backlog",
    "BranchBacklog",
    "Card",
    "Picture",
    "QueueFigures",
    "Seen",
    "UndoOffer",
    "backlog",
    "looks_down",
    "newest_review",
    "queue",
    "queue_figures",
    "seen_entry",
    "seen_typed",
    "standing",
    "undo_offer",
    "waiting_count",
]
