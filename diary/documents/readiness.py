"""Whether this machine can draw documents as they should be: the faces with every Vietnamese letter, and reportlab's fast parts."""

import unicodedata
from importlib.util import find_spec

from . import fonts

_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LETTERS = frozenset(
    letter
    for plain in (*(vowel + tone for vowel in _VOWELS for tone in _TONES), *"bcdđghklmnpqrstvx")
    for letter in (unicodedata.normalize("NFC", plain), unicodedata.normalize("NFC", plain.upper()))
)
"""Every letter of the Vietnamese alphabet with every tone, small and capital."""


def letters_missing() -> str:
    """The Vietnamese letters that some face of the documents cannot draw, in order; "" when all can be drawn."""
    return "".join(sorted(letter for letter in LETTERS if ord(letter) not in fonts.covered()))


def is_quick() -> bool:
    """Whether reportlab's compiled parts are installed; without them it works the same, but slower, and says nothing."""
    return find_spec("_rl_accel") is not None
