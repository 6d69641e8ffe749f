"""Names of people: two fields (họ và chữ lót, tên), their order in lists, usernames and avatar letters."""

import re
import unicodedata

from .vietnamese import clean_line, fold

# The key is written in 0–9a–z only, which every collation of every database puts in the same order. A weight never begins another:
# "0" ends a field, "1" is a space, "2…" another sign or a digit, "3" to "y" the letters a to y, "z0" the letter z, "z1…" other scripts.
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxy"
_END, _SPACE, _SIGN, _OTHER_LETTER = "0", "1", "2", "z1"
_WEIGHTS = {" ": _SPACE, "z": "z0"} | dict(zip(_LETTERS, "3456789abcdefghijklmnopqrstuvwxy", strict=True))
_SAME_AS = {"ð": "đ", "ƀ": "b"}  # the eth of old converters; the barred b of Ê Đê names

_TONES = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}  # huyền, hỏi, ngã, sắc, nặng
_NO_TONE, _OTHER_MARK = "1", "7"
_CLUSTER = re.compile("([^\u0300-\u036f])([\u0300-\u036f]*)")

_NO_LETTERS = "doanvien"
_MAX_GIVEN, _MAX_INITIALS = 24, 6


def split_full_name(full: str) -> tuple[str, str]:
    """A full name in, (họ và chữ lót, tên) out: the last word is the tên; a single word has no họ.

    A guess for imports: people with a tên of two words correct the two fields by hand.
    """
    family, _, given = clean_line(full).rpartition(" ")
    return family, given


def full_name(family: str, given: str) -> str:
    """The two fields in, the name as it is written out: one clean line."""
    return clean_line(f"{family} {given}")


def sort_key(family: str, given: str) -> str:
    """The two fields in, a key out whose code point order is the order of lists: by tên, then chữ lót, then họ.

    Each of the three is compared as CLDR's `vi` collation does: first by letters (a ă â b c d đ e ê … o ô ơ … u ư …), then, where
    all its letters agree, by tones (none, huyền, hỏi, ngã, sắc, nặng); case does not count. The key holds 0–9 and a–z only, so that
    SQLite and PostgreSQL sort it alike.
    """
    surname, _, middle = clean_line(family).partition(" ")
    return "".join(_field_key(field) for field in (clean_line(given), middle, surname))


def username_base(family: str, given: str) -> str:
    """The two fields in, a username out before any number: the folded tên, a dot, the initials of họ and chữ lót ("ngan.tk").

    Letters a–z only, at most 31 characters; a person with no such letter at all gets "doanvien".
    """
    name = "".join(_latin_words(given))[:_MAX_GIVEN]
    letters = "".join(word[0] for word in _latin_words(family))[:_MAX_INITIALS]
    return ".".join(part for part in (name, letters) if part) or _NO_LETTERS


def initials(family: str, given: str) -> str:
    """The two fields in, one or two capitals out for the avatar: of the last chữ lót (or the họ) and of the tên, marks kept.

    "?" when the name holds no letter.
    """
    last_middle = clean_line(family).rpartition(" ")[2]
    return _first_letter(last_middle) + _first_letter(clean_line(given)) or "?"


def _field_key(field: str) -> str:
    weights, tones = [], []
    for base, marks in _CLUSTER.findall(unicodedata.normalize("NFD", field.lower())):
        weight, tone = _letter_weights(base, marks)
        weights.append(weight)
        tones.append(tone)
    return "".join(weights) + _END + "".join(tones).rstrip(_NO_TONE) + _END


def _letter_weights(base: str, marks: str) -> tuple[str, str]:
    base = _SAME_AS.get(base, base)
    shape = next((mark for mark in marks if unicodedata.normalize("NFC", base + mark) in _WEIGHTS), "")  # as the circumflex of â
    letter, others = unicodedata.normalize("NFC", base + shape), marks.replace(shape, "", 1)
    tone = _TONES.get(others[0], _OTHER_MARK) if others else _NO_TONE
    return _WEIGHTS.get(letter) or _rare_weight(letter), tone


def _rare_weight(character: str) -> str:
    """Signs, then digits, sort between the space and a; letters of other scripts after z; both by code point."""
    if character.isalpha():
        return f"{_OTHER_LETTER}{ord(character):06x}"
    return f"{_SIGN}{int(character.isdigit())}{ord(character):06x}"


def _latin_words(text: str) -> list[str]:
    return re.findall("[a-z]+", fold(text))


def _first_letter(text: str) -> str:
    return next((c.upper()[0] for c in text if c.isalpha()), "")
