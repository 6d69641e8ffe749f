"""Units and posts: adding, renaming, moving, merging, closing, appointing, handing over.

`unit_row` and `appointment_row` only make rows, for a happening that has already decided (import, demo data).
"""

from .editing import add_unit, close_unit, move_unit, rename_unit, reopen_unit, unit_row
from .merging import merge_units
from .posts import appoint, appointment_row, end_appointment, hand_over, leave_note, posts_of

__all__ = [
    "add_unit",
    "appoint",
    "appointment_row",
    "close_unit",
    "end_appointment",
    "hand_over",
    "leave_note",
    "merge_units",
    "move_unit",
    "posts_of",
    "rename_unit",
    "reopen_unit",
    "unit_row",
]
