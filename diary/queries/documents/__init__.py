"""Reads about documents: what was issued, what may be printed, and what the public may learn of one."""

from .above import base_paper, decision_of, decisions, of_own_bases
from .below import PaperBelow, Root, papers_below, unit_by_code
from .papers import Paper, list_of, minutes_of, of_branch, of_member, registration_of, registrations, sheet_of, valid_bytes_of
from .public import Replacement, Verified, code_of_file, verified
from .rows import DocumentRow, DocumentsPage, issued_documents, load_document
from .sameness import about_the_same

__all__ = [
    "DocumentRow", "DocumentsPage", "Paper", "PaperBelow", "Replacement", "Root", "Verified", "about_the_same", "base_paper",
    "code_of_file", "decision_of", "decisions", "issued_documents", "list_of", "load_document", "minutes_of", "of_branch", "of_member",
    "of_own_bases", "papers_below", "registration_of", "registrations", "sheet_of", "unit_by_code", "valid_bytes_of", "verified",
]  # fmt: skip
