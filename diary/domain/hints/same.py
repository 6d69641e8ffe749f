"""What two texts have in common, word by word: the words that stand in a run of three both of them hold."""

import re
from dataclasses import dataclass
from itertools import groupby

from ..vietnamese import fold, nfc
from .likeness import RUN

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text, and whether the other text holds it too."""

    text: str
    same: bool


def same_parts(text: str, other: str) -> tuple[Part, ...]:
    """`text` cut where it begins and ends to be the same as `other`, marks, case and punctuation aside; () for an empty one."""
    whole = nfc(text)
    words = list(_WORD.finditer(whole))
    shared = set(_runs(_WORD.findall(fold(other))))
    same: set[int] = set()
    for start, run in enumerate(_runs([fold(word[0]) for word in words])):
        if run in shared:
            same.update(range(start, start + len(run)))
    return _cut(whole, words, same)


def _runs(words: list[str]) -> list[tuple[str, ...]]:
    """The runs of three words in their order; of a shorter text all its words."""
    return [tuple(words[start : start + RUN]) for start in range(max(len(words) - RUN + 1, min(len(words), 1)))]


def _cut(whole: str, words: list[re.Match[str]], same: set[int]) -> tuple[Part, ...]:
    parts, at = [], 0
    for is_same, group in groupby(range(len(words)), key=lambda place: place in same):
        places = list(group)
        start, end = words[places[0]].start(), words[places[-1]].end()
        if is_same and start > at:
            parts.append(Part(whole[at:start], same=False))
            at = start
        end = end if is_same else _next_start(words, places[-1], len(whole))
        parts.append(Part(whole[at:end], same=is_same))
        at = end
    if at < len(whole):
        parts.append(Part(whole[at:], same=False))
    return tuple(parts)


def _next_start(words: list[re.Match[str]], place: int, end: int) -> int:
    return words[place + 1].start() if place + 1 < len(words) else end
