"""Votes counted on one person, in words for the hall."""

from collections.abc import Mapping
from dataclasses import dataclass

from .evaluations import vote_level
from .figures import percent
from .schemes import Scheme


@dataclass(frozen=True, slots=True)
class Tally:
    """`counted` ("11/11 phiếu."), what that gives in words, and whether some level has more than half of those present."""

    counted: str
    words: str
    settled: bool


def tally(scheme: Scheme, votes: Mapping[str, int], present: int, *, secret: bool = False) -> Tally:
    """What the hands counted so far, or a closed secret ballot, give of `present` people."""
    total, level = sum(votes.values()), vote_level(votes, present)
    counted = f"{total}/{present} phiếu."
    if level:
        return Tally(counted, f"{scheme.level(level).short} {percent(votes[level], present)}, quá nửa", True)
    if total < present:
        left = f"{present - total} người không bỏ phiếu" if secret else f"Còn {present - total} người chưa giơ tay"
        return Tally(counted, left, False)
    return Tally(counted, "Chưa mức nào quá nửa", False)
