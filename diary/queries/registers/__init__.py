"""Reads that every register shares: the unit a page is about with what stands below it, and what an import has to know."""

from .books import Noter, people_to_export, plan_import
from .places import A_PAGE, Child, Person, RegisterPlace, branch_choices, children_of, everyone_of, load_place, people_of

__all__ = [
    "A_PAGE",
    "Child",
    "Noter",
    "Person",
    "RegisterPlace",
    "branch_choices",
    "children_of",
    "everyone_of",
    "load_place",
    "people_of",
    "people_to_export",
    "plan_import",
]
