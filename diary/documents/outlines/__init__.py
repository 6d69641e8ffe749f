"""Papers of running text and tables, put together once and set three ways: PDF to print, DOCX to edit and sign, XLSX to count on.

What a paper says is an `Outline`; the three renderers only set it, so that its words and their order are the same everywhere.
"""

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


def docx(outline: Outline) -> bytes:
    """An outline in, the DOCX's bytes out; the same outline gives the same bytes. It never carries a code or a QR: it is not issued."""
    from .as_docx import write  # its library takes a tenth of a second to load, and few processes ever need it

    return write(outline)


__all__ = [
    "Annex", "Block", "Cell", "Closing", "Facts", "Grid", "HeadCell", "Look", "Outline", "Section", "Spread", "Style", "Together",
    "TwoSigners", "Words", "docx", "pdf", "xlsx",
]  # fmt: skip
