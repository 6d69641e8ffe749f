"""What is kept of the hints an entry got when it was sent, and how a reviewer reads it."""

from collections.abc import Iterable

from .rules import MARKS, Hint, HintKind

_KNOWN = {kind.value: kind for kind in HintKind}


def told(did: str, people: str = "", result: str = "", result_unit: str = "") -> str:
    """The words of an entry that hints look at: what was done, for or with whom, and what came of it."""
    return "\n".join(part for part in (did, people, f"{result} {result_unit}".strip()) if part)


def kinds_kept(hints: Iterable[Hint]) -> str:
    """The kinds of hints as entries keep them, spaces between; "" for an entry that got none."""
    return " ".join(hint.kind.value for hint in hints)


def mark_words(kept: str | None) -> tuple[str, ...]:
    """The small marks of an entry in words, from what it keeps; () where there is none, or nobody looked yet (None)."""
    return tuple(MARKS[_KNOWN[kind]] for kind in (kept or "").split() if kind in _KNOWN)
