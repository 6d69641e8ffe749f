"""Reads that every register shares: the unit a page is about with what stands below it, and what an import has to know."""

from .books import Noter, many, people_to_export, plan_import
from .places import (
    A_PAGE,
    Child,
    Person,
    RegisterPlace,
    branch_choices,
    children_of,
    count_members,
    everyone_of,
    homes_of,
    load_place,
    members_below,
    people_of,
)

__all__ = [
    "A_PAGE",
    "Child",
    "Noter",
    "Person",
    "RegisterPlace",
    "branch_choices",
    "children_of",
    "count_members",
    "everyone_of",
    "homes_of",
    "load_place",
    "many",
    "members_below",
    "people_of",
    "people_to_export",
    "plan_import",
]
