"""Reads about units: the tree below what a person may read, one unit with its history, and whom it may give a post."""

from .choices import MOST_PEOPLE, Person, UnitChoice, people_for_post, places_for, top_units, unit_id
from .page import UnitPage, Version, load_unit
from .rows import Officer, UnitNode
from .tree import UnitTree, unit_tree

__all__ = [
    "MOST_PEOPLE",
    "Officer",
    "Person",
    "UnitChoice",
    "UnitNode",
    "UnitPage",
    "UnitTree",
    "Version",
    "load_unit",
    "people_for_post",
    "places_for",
    "top_units",
    "unit_id",
    "unit_tree",
]
