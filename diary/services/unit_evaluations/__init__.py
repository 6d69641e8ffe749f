"""A unit's own year-end: its figures and its proposal, the base's view, the bloc's decision, and the ways back."""

from .above import UnitDecision, decide, pass_on, reopen, send_back
from .own import note_figures, propose

__all__ = ["UnitDecision", "decide", "note_figures", "pass_on", "propose", "reopen", "send_back"]
