"""Reads about units: the tree below what a person may read, one unit with its history, and whom it may give a post."""

from .choices import MOST_PEOPLE, Person, UnitChoice, merge_choices, people_for_post, places_for, top_units, unit_id
from .history import HistoryEvent
from .page import UnitPage, load_unit
from .rows import Officer, UnitNode
from .tree import UnitTree, unit_tree

__all__ = [
    "MOST_PEOPLE",
    "HistoryEvent",
    "Officer",
    "Person",
    "UnitChoice",
    "UnitNode",
    "UnitPage",
    "UnitTree",
    "load_unit",
    "merge_choices",
    "people_for_post",
    "places_for",
    "top_units",
    "unit_id",
    "unit_tree",
]
