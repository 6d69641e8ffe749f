"""Votes of a rating meeting: the quorum, whether counts can be, the level they give, and how that reads in the hall."""

from collections.abc import Mapping
from dataclasses import dataclass

from .errors import BadInput, WrongMoment
from .figures import percent
from .schemes import Scheme


def needed_for_quorum(members: int) -> int:
    """How many of `members` must be present: more than half."""
    return members // 2 + 1


def check_votes(scheme: Scheme, votes: Mapping[str, int], present: int) -> None:
    """BadInput (field: the level) unless the counts are the scheme's levels, none negative, together at most those present."""
    for level, count in votes.items():
        if not scheme.holds(level):
            raise BadInput("votes", "Mức này không có trong bộ tiêu chí của năm.")
        if count < 0:
            raise BadInput(level, "Số phiếu không thể âm.")
        if count > present:
            raise BadInput(level, f"Có {present} người có mặt, không thể có {count} phiếu.")
    if sum(votes.values()) > present:
        raise BadInput("votes", f"Cộng lại {sum(votes.values())} phiếu, nhiều hơn {present} người có mặt. Hãy đếm lại.")


def require_quorum(present: int, members: int) -> None:
    """WrongMoment unless more than half of the `members` to be rated are present."""
    needed = needed_for_quorum(members)
    if present < needed:
        raise WrongMoment(f"Mới có {present}/{members} người có mặt, cần từ {needed} người trở lên (quá nửa) mới họp được.")


def vote_level(votes: Mapping[str, int], present: int) -> str:
    """The level that more than half of those present voted for, or "" when none has that many."""
    return next((level for level, count in votes.items() if 2 * count > present), "")


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
