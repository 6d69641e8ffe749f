"""Reads of a year's results: a unit's in counts, and everyone's on the way out."""

from .counts import Above, ResultsPage, results_page
from .export import columns, decided_count, export_rows

__all__ = ["Above", "ResultsPage", "columns", "decided_count", "export_rows", "results_page"]
