"""Reads about the year-end of units: a unit's own page, and the desk of those above it."""

from .desk import Desk, DeskRow, desk, readable_base, waiting_count
from .page import NOTED_CODES, UnitPage, own_units, unit_page

__all__ = ["NOTED_CODES", "Desk", "DeskRow", "UnitPage", "desk", "own_units", "readable_base", "unit_page", "waiting_count"]
