"""Comments a reviewer keeps for using again."""

from .errors import BadInput
from .vietnamese import clean_line

MOST = 12  # of one reviewer: what can still be seen at a glance
LIMIT = 200


def clean_comment(words: str) -> str:
    """Words to keep, on one line; BadInput "words" where there are none or too many."""
    clean = clean_line(words)
    if not clean:
        raise BadInput("words", "Hãy viết lời cần lưu.")
    if len(clean) > LIMIT:
        raise BadInput("words", f"Lời lưu để dùng lại dài nhất {LIMIT} ký tự; hãy viết ngắn lại.")
    return clean


def require_room(kept: int) -> None:
    """Refuse one more than MOST (BadInput "words")."""
    if kept >= MOST:
        raise BadInput("words", f"Bạn đã lưu {MOST} lời. Hãy bỏ bớt một lời rồi lưu lời mới.")
