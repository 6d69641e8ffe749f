"""Vietnamese text: clean it at every way in, fold it for search and comparison."""

import re
import unicodedata

# What can be neither seen nor meant: C0/C1 controls, soft hyphen, zero-width and direction marks, byte order mark,
# lone surrogates (they cannot be written as UTF-8) and noncharacters.
_INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
)
_JOINER = "\u200d"  # holds one emoji together: kept in texts, useless in one-line names and titles
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"

_NOT_IN_TEXT = re.compile(f"[{_INVISIBLE}]+")
_NOT_IN_LINE = re.compile(f"[{_INVISIBLE}{_JOINER}]+")
_NOT_IN_FOLD = re.compile(f"[{_INVISIBLE}{_JOINER}{_MARKS}]+")
_MORE_THAN_LATIN = re.compile("[^\t-\r\x1c-\x7e\u0300-\u036f]")
_NEWLINE = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACE = re.compile(r"[^\S\n]")
_LIKE_SPECIAL = re.compile(r"([%_\\])")


def nfc(text: str) -> str:
    """Any text in, the same text out in Unicode's composed form (NFC), the only form the program stores."""
    return unicodedata.normalize("NFC", text)


def clean_line(text: str) -> str:
    """Any text in, one clean line out: NFC, single spaces, nothing around it, no control characters."""
    return nfc(" ".join(_NOT_IN_LINE.sub("", text).split()))


def clean_text(text: str) -> str:
    r"""Any text in, clean paragraphs out: NFC, newlines as \n, no spaces at line ends, no blank lines around it,
    no control characters; tabs and no-break spaces become plain spaces. Blank lines and spaces inside stay."""
    text = _NEWLINE.sub("\n", _NOT_IN_TEXT.sub("", text))
    lines = _SPACE.sub(" ", text).split("\n")
    return nfc("\n".join(line.rstrip() for line in lines).strip())


def fold(text: str) -> str:
    """Any text in; out: lower case, no marks, đ as d, single spaces: two texts that differ only in these fold alike.

    The eth (Ð) that old converters put in place of Đ folds to d too, and the barred b of Ê Đê names to b. Letters of other scripts stay.
    """
    text = unicodedata.normalize("NFKD", text).lower().replace("đ", "d").replace("ð", "d").replace("ƀ", "b")
    # Nearly every text has only marks left to drop, and leaving them out of ASCII is twice as fast as the expression.
    plain = _NOT_IN_FOLD.sub("", text) if _MORE_THAN_LATIN.search(text) else text.encode("ascii", "ignore").decode()
    return " ".join(plain.split())


def like_pattern(folded: str) -> str:
    r"""A folded text in; out: the pattern for SQL `LIKE … ESCAPE '\'` that finds it anywhere, its own %, _ and \ taken as they are."""
    return "%" + _LIKE_SPECIAL.sub(r"\\\1", folded) + "%"
