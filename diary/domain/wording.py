"""Words taken apart: what changed between two texts of one person, and the ready reasons among a reviewer's words."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORD = re.compile(r"\s*\S+|\s+$")  # a word with the space before it
_CONTEXT = 12  # words of unchanged text kept on each side of a change
_MOST = 250_000  # pairs of words compared; a text rewritten beyond that is shown as taken out and put in whole


class Sort(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stayed, came or went."""

    sort: Sort
    text: str


def changes(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts in; the pieces that lead from one to the other out, in order; () when they are the same.

    Long stretches that stayed are cut to the words around a change, with "…" for what is left out.
    """
    if before == after:
        return ()
    old, new = _WORD.findall(before), _WORD.findall(after)
    pieces: list[Piece] = []
    for tag, a, b, c, d in _steps(old, new):
        if tag == "equal":
            pieces.append(Piece(Sort.SAME, _shortened(old[a:b], first=a == 0, last=b == len(old))))
            continue
        if b > a:
            pieces.append(Piece(Sort.REMOVED, "".join(old[a:b])))
        if d > c:
            pieces.append(Piece(Sort.ADDED, "".join(new[c:d])))
    return tuple(pieces)


def _steps(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    """The steps from one list of words to the other, as difflib names them; what both begin and end with is set apart first."""
    shorter = min(len(old), len(new))
    head = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    tail = next((n for n in range(shorter - head) if old[-1 - n] != new[-1 - n]), shorter - head)
    a, b, c, d = head, len(old) - tail, head, len(new) - tail
    steps = [("equal", 0, head, 0, head)] if head else []
    if (b - a) * (d - c) > _MOST:
        steps.append(("replace", a, b, c, d))
    else:
        inner = SequenceMatcher(None, old[a:b], new[c:d]).get_opcodes()
        steps += [(tag, a + i, a + j, c + k, c + m) for tag, i, j, k, m in inner]
    return [*steps, ("equal", b, len(old), d, len(new))] if tail else steps


def _shortened(words: list[str], *, first: bool, last: bool) -> str:
    """What stayed, cut in the middle, or at the outer end where the text begins or ends with it."""
    head = [] if first else words[:_CONTEXT]
    tail = [] if last else words[-_CONTEXT:]
    if len(words) <= len(head) + len(tail) or (first and last):
        return "".join(words)
    return f"{''.join(head)}{'' if first else ' '}…{''.join(tail)}"


def without_reasons(words: str, ready: Collection[str]) -> tuple[str, str]:
    """A reviewer's words in; the ready reasons in their first line ("A; B") and what was written beside them out, either may be ""."""
    first, _, rest = words.partition("\n")
    return (first, rest) if first and all(part in ready for part in first.split("; ")) else ("", words)
