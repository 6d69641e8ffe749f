"""Reminding: how each person wants it, and planning what is due."""

from .choosing import choose

__all__ = ["choose"]
