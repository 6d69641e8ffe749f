"""Reminding: how each person wants it, and planning what is due."""

from .choosing import choose
from .planning import forget_old, plan_due

__all__ = ["choose", "forget_old", "plan_due"]
