"""Papers of running text and tables, put together once and set three ways: PDF to print, DOCX to edit and sign, XLSX to count on.

What a paper says is an `Outline`; the three renderers only set it, so that its words and their order are the same everywhere.
"""

from .as_docx import docx
from .as_pdf import pdf
from .as_xlsx import xlsx
from .shapes import (
    Annex,
    Block,
    Cell,
    Closing,
    Facts,
    Grid,
    HeadCell,
    Look,
    Outline,
    Section,
    Spread,
    Style,
    Together,
    TwoSigners,
    Words,
)

__all__ = [
    "Annex", "Block", "Cell", "Closing", "Facts", "Grid", "HeadCell", "Look", "Outline", "Section", "Spread", "Style", "Together",
    "TwoSigners", "Words", "docx", "pdf", "xlsx",
]  # fmt: skip
