"""Looking for words with or without their marks: how near a text comes to what was typed, and where in it the words stand."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from .vietnamese import clean_line, fold

_WORD = re.compile(r"\w+")
PARTS = 2  # from this nearness on, parts of words are all that was found
_BEFORE = 60  # characters shown before the first hit of a long text
Span = tuple[int, int]
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: each word as it was typed, in lower case, and folded."""

    exact: tuple[str, ...]
    folded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a text; `hit`: it is what was looked for."""

    text: str
    hit: bool


def sought(typed: str) -> Sought:
    """What somebody typed in, what it looks for out; nothing at all for nothing."""
    return Sought(tuple(clean_line(typed).lower().split()), tuple(fold(typed).split()))


def nearness(text: str, folded: str, wanted: Sought) -> int:
    """How near a text that holds all the words comes: below PARTS it has each as a whole word, and even the lowest with the very marks.

    `folded` is the same text folded. From PARTS on, what was typed stands within longer words, again with the very marks first.
    """
    plain = text.lower()
    if _whole(folded, wanted.folded):
        return 0 if _whole(plain, wanted.exact) else 1
    return PARTS if all(word in plain for word in wanted.exact) else PARTS + 1


def nearest(places: Iterable[tuple[Key, int]]) -> list[tuple[Key, int]]:
    """Things with their nearness in, the nearest first out, equals in their order; parts of words only where no whole word was found."""
    order = sorted(places, key=lambda one: one[1])
    whole = [one for one in order if one[1] < PARTS]
    return whole or order


def pieces(text: str, wanted: Sought, *, parts: bool = True) -> tuple[Piece, ...]:
    """The text in runs, those that were looked for marked: of each word the nearest kind of hits that the text has.

    Without `parts` only whole words are hits.
    """
    made, at = [], 0
    for start, end in _spans(text, wanted, parts):
        if start > at:
            made.append(Piece(text[at:start], False))
        made.append(Piece(text[start:end], True))
        at = end
    return (*made, Piece(text[at:], False)) if at < len(text) else tuple(made)


def holds(text: str, wanted: Sought, *, parts: bool = True) -> bool:
    """Whether any of the words stands in the text, marks or not."""
    return bool(_spans(text, wanted, parts))


def excerpt(text: str, wanted: Sought, size: int, *, parts: bool = True) -> str:
    """At most about `size` characters of the text with its first hit among them, "…" where something is left out."""
    spans = _spans(text, wanted, parts)
    first = spans[0][0] if spans else 0
    start = 0
    if len(text) > size and first > size - _BEFORE:
        start = text.rfind(" ", 0, max(first - _BEFORE, 0)) + 1
    end = start + size
    shown = text[start:] if end >= len(text) else text[start:end].rsplit(" ", 1)[0] + "…"
    return f"…{shown}" if start else shown


def _whole(text: str, words: tuple[str, ...]) -> bool:
    have = set(_WORD.findall(text))
    return all(part in have for word in words for part in _WORD.findall(word) or [word])


def _spans(text: str, wanted: Sought, parts: bool) -> list[Span]:
    """Where the words stand, in order."""
    flat, places = _flattened(text)
    plain = text.lower()
    exact = plain if len(plain) == len(text) else text
    found: list[Span] = []
    for word in wanted.folded:
        typed = [hit for one in wanted.exact if fold(one) == word for hit in _hits(exact, one, whole=True)]
        found += typed or _anyhow(flat, places, word, parts)
    return _joined(text, sorted(found))


def _anyhow(flat: str, places: Sequence[int], word: str, parts: bool) -> list[Span]:
    hits = _hits(flat, word, whole=True) or (_hits(flat, word, whole=False) if parts else [])
    return [(places[start], places[end - 1] + 1) for start, end in hits]


def _hits(text: str, word: str, *, whole: bool) -> list[Span]:
    """Where the word stands, as a whole word or anywhere."""
    pattern = re.escape(word)
    return [found.span() for found in re.finditer(rf"(?<!\w){pattern}(?!\w)" if whole else pattern, text)]


def _joined(text: str, spans: list[Span]) -> list[Span]:
    """The spans, those that overlap or have nothing but space between them made one."""
    made: list[Span] = []
    for start, end in spans:
        if made and not text[made[-1][1] : start].strip():
            made[-1] = (made[-1][0], max(made[-1][1], end))
        else:
            made.append((start, end))
    return made


def _flattened(text: str) -> tuple[str, list[int]]:
    """The text folded sign by sign, and for each sign of that the place it came from."""
    signs, places = [], []
    for place, sign in enumerate(text):
        plain = _plain(sign)
        signs.append(plain)
        places += [place] * len(plain)
    return "".join(signs), places


@lru_cache(maxsize=2048)
def _plain(sign: str) -> str:
    return " " if sign.isspace() else fold(sign)
