"""From the branch's proposal over the base to the bloc's decision, a branch at a time, and the ways back."""

from .deciding import DecisionDraft, decide
from .passing import pass_on, send_back
from .proposing import propose

__all__ = ["DecisionDraft", "decide", "pass_on", "propose", "send_back"]
