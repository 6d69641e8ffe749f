"""Registers: lists kept by unit and year. What they share: reading a file about people, and planning what importing it would do."""

from .reading import read_register
from .shapes import YEAR, Field, ListedRow, Register, RegisterList, Setting, TurnedAway

__all__ = ["YEAR", "Field", "ListedRow", "Register", "RegisterList", "Setting", "TurnedAway", "read_register"]
