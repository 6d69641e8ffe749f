"""What a text shows of a deed: what was done, where, with or for whom, how much, when; and how much of it is stock phrases."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ..vietnamese import fold, nfc
from .words import ACTS, AT, COUNTED, DEEDS, LEADS, MOMENTS, PEOPLE, PLACES, STOCK, UNITS

_TOKEN = re.compile(r"\w+")
_NUMBER = re.compile(r"\d")
_INSIDE = re.compile(r"(?<=[\w,;] )[^\W\d_]+")  # a word inside a sentence: with a capital it names somebody or some place
_SACRED = frozenset(
    ["bác", "đảng", "đoàn", "nhà", "hồ", "chí", "minh", "tổ", "quốc", "việt", "nam", "cách", "mạng"]
)  # names that every slogan holds
_NO_BREAK = "\xa0"

_Phrases = dict[str, list[tuple[str, ...]]]  # by their first word, the longest first


@dataclass(frozen=True, slots=True)
class Concrete:
    """What a text shows.

    `acts` counts verbs, `deeds` deeds named as such; `stock` is the part of its words in stock phrases, 0 to 1.
    """

    words: int
    deeds: int
    acts: int
    place: bool
    person: bool
    number: bool
    moment: bool
    stock: float

    @property
    def signs(self) -> int:
        """How many of deed, place, person, number and moment it shows."""
        return sum((self.deeds > 0, self.place, self.person, self.number, self.moment))


@dataclass(frozen=True, slots=True)
class _Lexicon:
    acts: frozenset[str]
    deeds: _Phrases
    places: frozenset[str]
    at: frozenset[str]
    people: frozenset[str]
    leads: frozenset[str]
    moments: _Phrases
    counted: frozenset[str]
    units: frozenset[str]
    stock: _Phrases
    sacred: frozenset[str]


@cache
def _lexicon(*, marked: bool) -> _Lexicon:
    """The words as they are typed with marks, or as they are without any."""

    def every(words: Iterable[str]) -> frozenset[str]:
        spaced = (word.replace(_NO_BREAK, " ") for word in words)
        return frozenset(spaced if marked else map(fold, spaced))

    def phrases(words: Iterable[str]) -> _Phrases:
        plain = {tuple(_TOKEN.findall(phrase)) for phrase in every(words)}
        by_first: _Phrases = {}
        for phrase in sorted(plain, key=lambda phrase: (-len(phrase), phrase)):
            by_first.setdefault(phrase[0], []).append(phrase)
        return by_first

    return _Lexicon(
        every(ACTS),
        phrases(DEEDS),
        every(PLACES),
        every(AT),
        every(PEOPLE),
        every(LEADS),
        phrases(MOMENTS),
        every(COUNTED),
        every(UNITS),
        phrases(STOCK),
        every(_SACRED),
    )


def concrete(text: str) -> Concrete:
    """Any text in, what it shows out."""
    whole = nfc(text)
    tokens = _TOKEN.findall(whole.lower())
    known = _lexicon(marked=fold(whole) != whole.lower())
    line = " ".join(tokens)
    stock, left = _taken(line, known.stock)
    deeds, left = _taken(left, known.deeds)
    moments, left = _taken(left, known.moments)
    rest = left.split()
    return Concrete(
        words=len(tokens),
        deeds=len(deeds),
        acts=sum(token in known.acts for token in rest),
        place=_place(rest, known),
        person=_person(rest, known) or _named(whole, known),
        number=bool(_NUMBER.search(left)) or _counts(rest, known),
        moment=bool(moments),
        stock=sum(len(phrase.split()) for phrase in stock) / len(tokens) if tokens else 0.0,
    )


def _taken(line: str, phrases: _Phrases) -> tuple[list[str], str]:
    """The phrases that stand in a line of words, the longest at each word, and the line without them."""
    words, found, left, at = line.split(), [], [], 0
    while at < len(words):
        size = next((len(phrase) for phrase in phrases.get(words[at], ()) if tuple(words[at : at + len(phrase)]) == phrase), 0)
        if size:
            found.append(" ".join(words[at : at + size]))
        left.append("|" if size else words[at])
        at += size or 1
    return found, " ".join(left)


def _place(tokens: list[str], known: _Lexicon) -> bool:
    """Whether a place is named: after a word that leads to one ("ở kho"), two words on at most ("ở trước cổng")."""
    return any(
        token in known.places and any(before in known.at for before in tokens[max(0, at - 3) : at]) for at, token in enumerate(tokens)
    )


def _person(tokens: list[str], known: _Lexicon) -> bool:
    """Whether somebody is there besides the writer: "em" and "chị" alone may be oneself, "cho em", "hai chị" are not."""
    pairs = list(pairwise(tokens))
    if any(f"{first} {second}" in known.people for first, second in pairs):
        return True
    return any(second in known.people and (first in known.leads or first in known.counted or first.isdigit()) for first, second in pairs)


def _named(whole: str, known: _Lexicon) -> bool:
    """Whether a capital inside a sentence names somebody or some place; the names every slogan holds do not count."""
    names = [word for word in _INSIDE.findall(whole) if word[0].isupper()]
    return any(name.lower() not in known.sacred for name in names)


def _counts(tokens: list[str], known: _Lexicon) -> bool:
    """Whether something is counted in words: "hai xe", "ba trường hợp"."""
    return any(
        one in known.counted and (two in known.units or f"{two} {three}" in known.units)
        for one, two, three in zip(tokens, tokens[1:], [*tokens[2:], ""], strict=False)
    )
