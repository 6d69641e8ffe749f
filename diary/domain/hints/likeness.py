"""How alike two texts are, and prints by which a text finds its likes among thousands without reading them.

A text is its runs of two and of three words, folded. In the runs of two every number reads alike and what is typed short stands in full:
over them a copy with another figure, its clauses in another order or without marks is still a copy. The prints of a text are the smallest
few of the hashes of its runs of three, figures and all: two texts that share most of their runs share most of their prints, so an index
of prints answers which texts are worth comparing.
"""

import re
from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b
from itertools import pairwise

from ..vietnamese import fold

RUN = 3  # words of a run that makes a print
PRINTS = 8  # kept of a text
_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"\b\d\S*")
_PAIR = "+"  # between the words of a run of two
_ANY_NUMBER = "0"
_IN_FULL = {
    "k": "khong", "ko": "khong", "hok": "khong", "dc": "duoc", "vs": "voi", "e": "em", "m": "minh", "lm": "lam", "vc": "viec",
    "hnay": "hom nay", "bn": "benh nhan", "hs": "hoc sinh", "mn": "moi nguoi", "ng": "nguoi", "nta": "nguoi ta", "bv": "benh vien",
}  # fmt: skip


def runs(text: str) -> frozenset[str]:
    """The runs of three words of a text and its plainer runs of two, folded and without punctuation; of a shorter text all its words."""
    words = _WORD.findall(fold(text))
    if len(words) < RUN:
        return frozenset({" ".join(words)}) if words else frozenset()
    plain = _DIGITS.sub(_ANY_NUMBER, " ".join([_IN_FULL.get(word, word) for word in words])).split()
    threes = map(" ".join, zip(words, words[1:], words[2:], strict=False))
    return frozenset((*threes, *map(_PAIR.join, pairwise(plain))))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the smaller text's runs stand in the other, 0 to 1; a text much shorter than the other is like it only by half.

    Runs of three are twice as many broken by one changed word: the runs of two decide wherever there are any."""
    both = one & other
    if not both:
        return 0.0
    shared = _pairs(both)
    smaller, larger = sorted((_pairs(one), _pairs(other)))
    return shared / smaller if 2 * smaller >= larger else 2 * shared / (smaller + larger)


def _pairs(of: frozenset[str]) -> int:
    """How many runs of two words; of a text too short to have any, how many runs at all."""
    return len([run for run in of if _PAIR in run]) or len(of)


def prints(of: frozenset[str]) -> tuple[int, ...]:
    """The prints of a text's runs: at most PRINTS whole numbers of 63 bits, the smallest hashes, in order."""
    marking = (run for run in of if _PAIR not in run)
    return tuple(sorted(map(_hash, marking))[:PRINTS])


class Index:
    """Texts found again by their prints. Each goes by a number of the caller's choice."""

    def __init__(self) -> None:
        self._runs: dict[int, frozenset[str]] = {}
        self._by_print: dict[int, list[int]] = {}

    def add(self, number: int, of: frozenset[str]) -> None:
        """Keep a text's runs under a number."""
        self._runs[number] = of
        for mark in prints(of):
            self._by_print.setdefault(mark, []).append(number)

    def likest(self, of: frozenset[str], compared: int = 50) -> tuple[int, float] | None:
        """The number of the likest text and its likeness, 0 to 1; None where none shares a print.

        Reads the `compared` texts that share most prints."""
        shared = Counter(number for mark in prints(of) for number in self._by_print.get(mark, ()))
        alike: Iterable[tuple[float, int]] = ((likeness(of, self._runs[number]), number) for number, _ in shared.most_common(compared))
        best = max(alike, default=None)
        return None if best is None else (best[1], best[0])


def _hash(run: str) -> int:
    return int.from_bytes(blake2b(run.encode(), digest_size=8).digest()) >> 1
