"""Entries as their author changes them: writing, sending, evidence, late additions, and weeks without anything to do."""

from .additions import add_words
from .evidence import remove_evidence
from .weeks import say_nothing_to_do
from .writing import delete_entry, edit_entry, log_entry, send_entry

__all__ = [
    "add_words",
    "delete_entry",
    "edit_entry",
    "log_entry",
    "remove_evidence",
    "say_nothing_to_do",
    "send_entry",
]
