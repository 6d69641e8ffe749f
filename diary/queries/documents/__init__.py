"""Reads about documents: what was issued, what may be printed, and what the public may learn of one."""

from .below import PaperBelow, Root, papers_below, unit_by_code
from .papers import Paper, list_of, of_branch, of_member, sheet_of, valid_bytes_of
from .public import Replacement, Verified, code_of_file, verified
from .rows import DocumentRow, DocumentsPage, issued_documents, load_document

__all__ = [
    "DocumentRow", "DocumentsPage", "Paper", "PaperBelow", "Replacement", "Root", "Verified", "code_of_file", "issued_documents",
    "list_of", "load_document", "of_branch", "of_member", "papers_below", "sheet_of", "unit_by_code", "valid_bytes_of", "verified",
]  # fmt: skip
