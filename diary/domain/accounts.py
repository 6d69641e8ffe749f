"""Accounts: passwords, one-time codes and the limits on trying them."""

from datetime import timedelta

from .errors import BadInput

CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 characters without 0 O 1 I
CODE_LENGTH = 8
CODE_TRIES = 5
CODE_LIFE = timedelta(days=30)
SESSION_LIFE = timedelta(days=30)
ATTEMPT_WINDOW = timedelta(minutes=15)
TRIES_PER_NAME = 10
MAILED_CODE_LIFE = timedelta(minutes=30)
ASK_WINDOW = timedelta(hours=1)
ASKS_PER_NAME = 3
ASKS_PER_ADDRESS = 30
ASKED = "quen:"  # before the username where a code was asked for by mail; no username holds a colon
LOOKUP = "xac-minh"  # stands for a username where what failed was looking up a document's code
TRIES_PER_ADDRESS = 100  # a whole office stands behind one address
PASSWORD_MIN, PASSWORD_MAX = 8, 200


def normal_code(typed: str) -> str:
    """A one-time code as it is compared: capitals, without the dash and blanks people type."""
    return "".join(letter for letter in typed.upper() if letter in CODE_LETTERS)


def shown_code(code: str) -> str:
    """A one-time code as it is printed: two groups of four."""
    return f"{code[:4]}-{code[4:]}"


def check_password(password: str, again: str, username: str) -> None:
    """Refuse (BadInput) a new password that is too short, equals the username, or was not typed the same twice."""
    if len(password) < PASSWORD_MIN:
        raise BadInput("password", f"Mật khẩu cần ít nhất {PASSWORD_MIN} ký tự.")
    if len(password) > PASSWORD_MAX:
        raise BadInput("password", f"Mật khẩu dài quá {PASSWORD_MAX} ký tự.")
    if password.casefold() == username.casefold():
        raise BadInput("password", "Mật khẩu không được trùng tên đăng nhập.")
    if password != again:
        raise BadInput("again", "Hai lần nhập mật khẩu chưa giống nhau.")
