"""Handing a post over: what the one before leaves for the one who comes, and what a new officer finds waiting."""

from .errors import BadInput
from .vietnamese import clean_text

NOTE_LIMIT = 1000


def clean_note(words: str) -> str:
    """The note for a successor, "" for none; BadInput "note" when it is too long."""
    clean = clean_text(words)
    if len(clean) > NOTE_LIMIT:
        raise BadInput("note", "Lời nhắn dài quá 1.000 ký tự. Chữ bạn gõ vẫn còn; hãy rút ngắn lại.")
    return clean
