"""Hints against formality: what a text shows of a deed, what it lacks, and what it is too much like."""

from .concrete import Concrete, concrete
from .likeness import Index, likeness, prints, runs
from .rules import LIMITS, MARKS, Earlier, Hint, HintKind, Limits, already_there, hints

__all__ = [
    "LIMITS",
    "MARKS",
    "Concrete",
    "Earlier",
    "Hint",
    "HintKind",
    "Index",
    "Limits",
    "already_there",
    "concrete",
    "hints",
    "likeness",
    "prints",
    "runs",
]
