"""Sheets in (Excel, OpenDocument, CSV of any encoding) and out (Excel, CSV)."""

from .limits import MAX_BYTES, MAX_ROWS, UnreadableFile
from .reading import read_sheets
from .writing import write_sheet

__all__ = ["MAX_BYTES", "MAX_ROWS", "UnreadableFile", "read_sheets", "write_sheet"]
