"""The second factor: six figures from an app on the phone (TOTP, RFC 6238: every 30 seconds new ones), or a recovery code."""

from collections.abc import Iterable
from datetime import timedelta

from .accounts import CODE_LETTERS
from .actors import OFFICERS, Appointment, Post
from .units import UnitKind

ISSUER = "Sổ nhật ký"  # what the app on the phone calls this place
DRIFT = 1  # steps a phone's clock may be off, either way
FIGURES = 6
RECOVERY_CODES = 8
RECOVERY_LENGTH = 10
PENDING_LIFE = timedelta(minutes=10)  # from the password to the code


def app_code(typed: str) -> str:
    """A code of the app as it is compared: its six figures, without the blank people type in the middle; "" when it cannot be one."""
    code = "".join(typed.split())
    return code if len(code) == FIGURES and code.isascii() and code.isdigit() else ""


def recovery_code(typed: str) -> str:
    """A recovery code as it is compared: capitals, without dash and blanks; "" when it cannot be one."""
    code = "".join(letter for letter in typed.upper() if letter in CODE_LETTERS)
    return code if len(code) == RECOVERY_LENGTH else ""


def shown_recovery_code(code: str) -> str:
    """A recovery code as it is shown: two groups of five."""
    return f"{code[:5]}-{code[5:]}"


def shown_secret(secret: str) -> str:
    """The secret as it is typed into an app without a camera: groups of four."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def is_required(posts: Iterable[Appointment]) -> bool:
    """Whether these posts reach so far that a password alone is too little, where the installation asks for it: secretaries and deputies
    of the bloc, and administrators."""
    return any(post.post is Post.ADMINISTRATOR or (post.kind is UnitKind.BLOC and post.post in OFFICERS) for post in posts)
