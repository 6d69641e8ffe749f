"""Reads about transfers: what waits for whom, one transfer for either side, where a member may be sent, and the stays before."""

from .choices import MOST_UNITS, NEAREST, Destination, Mover, destinations, people_named
from .page import TransferPage, branch_figures, load_transfer, transfers_of
from .rows import Sort, TransferList, TransferRow, transfer_list
from .stays import earlier_stays
from .waiting import waiting_count

__all__ = [
    "MOST_UNITS",
    "NEAREST",
    "Destination",
    "Mover",
    "Sort",
    "TransferList",
    "TransferPage",
    "TransferRow",
    "branch_figures",
    "destinations",
    "earlier_stays",
    "load_transfer",
    "people_named",
    "transfer_list",
    "transfers_of",
    "waiting_count",
]
