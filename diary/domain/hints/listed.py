"""Lists of words as people keep them: many to a line, commas between."""

from ..vietnamese import nfc


def listed(text: str) -> tuple[str, ...]:
    """The words and phrases of a list written with commas, one or many lines; NFC, single spaces."""
    return tuple(word for word in (" ".join(part.split()) for part in nfc(text).split(",")) if word)
