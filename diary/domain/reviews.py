"""What a reviewer says: approve, or return with words that tell the author what is missing."""

from enum import StrEnum

from .errors import BadInput
from .vietnamese import clean_text

WORDS_LIMIT = 1000


class Verdict(StrEnum):
    APPROVED = "approved"
    RETURNED = "returned"


RETURN_REASONS = ("Thiếu kết quả cụ thể", "Chưa rõ việc gì", "Thiếu minh chứng", "Chưa đúng đăng ký", "Giống bài trước")


def clean_words(verdict: Verdict, chosen: tuple[str, ...], typed: str) -> str:
    """The reviewer's words from ready reasons `chosen` and text `typed`; a return without any is refused (BadInput "words")."""
    words = clean_text("; ".join(chosen) + ("\n" if chosen and typed.strip() else "") + typed)
    if verdict is Verdict.RETURNED and not words:
        raise BadInput("words", "Hãy ghi lý do để người viết biết cần làm gì.")
    if len(words) > WORDS_LIMIT:
        raise BadInput("words", f"Lý do dài quá {WORDS_LIMIT} ký tự; hãy viết ngắn lại.")
    return words
