"""Reads of the reviewer: what waits for whom, the cards of it, and the newest review of a thing."""

from .cards import Card, Picture, queue
from .newest import UndoOffer, newest_review, undo_offer
from .waiting import CARDS_A_PAGE, QueueFigures, queue_figures, waiting_count

__all__ = [
    "CARDS_A_PAGE",
    "Card",
    "Picture",
    "QueueFigures",
    "UndoOffer",
    "newest_review",
    "queue",
    "queue_figures",
    "undo_offer",
    "waiting_count",
]
