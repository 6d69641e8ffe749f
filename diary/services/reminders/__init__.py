"""Reminding: how each person wants it, planning what is due, and telling people something by the ways they picked."""

from .choosing import choose
from .planning import forget_old, plan_due
from .ways import Site, tell

__all__ = ["Site", "choose", "forget_old", "plan_due", "tell"]
