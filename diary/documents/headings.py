"""Headings that never stand alone at the foot of a page."""

from reportlab.platypus import CondPageBreak, Flowable

from .styles import FORM_HEAD
from .text import paragraph

_COMPANY = 72  # points that must be free under a heading: three lines and some


def form_heading(text: str, company: float = _COMPANY) -> list[Flowable]:
    """A section's heading in a form; it moves to the next page with what follows where less than `company` points would be left."""
    return [CondPageBreak(FORM_HEAD.leading + FORM_HEAD.spaceBefore + company), paragraph(FORM_HEAD, text)]
