"""Votes of a rating meeting: the quorum, whether counts can be, the level they give, and how that reads in the hall."""

from collections.abc import Mapping
from dataclasses import dataclass

from .errors import BadInput, WrongMoment
from .figures import percent
from .schemes import Scheme


def needed_for_quorum(members: int) -> int:
    """How many of `members` must be present: more than half."""
    return members // 2 + 1


@dataclass(frozen=True, slots=True)
class Voters:
    """How many are present, and how many of them vote on one person: all, or all but the one concerned."""

    present: int
    voting: int

    @property
    def all_vote(self) -> bool:
        return self.voting == self.present

    @property
    def words(self) -> str:
        """ "11 người có mặt", or "10 người được biểu quyết" where the one concerned does not vote."""
        return f"{self.voting} người {'có mặt' if self.all_vote else 'được biểu quyết'}"


def voters_on(present: int, *, left_out: bool) -> Voters:
    """Those who vote on one person; `left_out`: the one concerned is present and does not vote on themselves."""
    return Voters(present, present - left_out)


def with_the_rest(votes: Mapping[str, int], level: str, voters: Voters) -> dict[str, int]:
    """The counts once everyone who has not raised a hand yet votes for `level`; where nobody or everybody has, all of them do."""
    counted = sum(votes.values())
    if not 0 < counted < voters.voting:
        return {code: voters.voting if code == level else 0 for code in votes}
    return {code: count + (voters.voting - counted if code == level else 0) for code, count in votes.items()}


def check_votes(scheme: Scheme, votes: Mapping[str, int], voters: Voters) -> None:
    """BadInput (field: the level) unless the counts are the scheme's levels, none negative, together at most those who vote."""
    for level, count in votes.items():
        if not scheme.holds(level):
            raise BadInput("votes", "Mức này không có trong bộ tiêu chí của năm.")
        if count < 0:
            raise BadInput(level, "Số phiếu không thể âm.")
        if count > voters.voting:
            raise BadInput(level, f"Có {voters.words}, không thể có {count} phiếu.")
    if sum(votes.values()) > voters.voting:
        raise BadInput("votes", f"Cộng lại {sum(votes.values())} phiếu, nhiều hơn {voters.words}. Hãy đếm lại.")


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


def tally(scheme: Scheme, votes: Mapping[str, int], voters: Voters, *, secret: bool = False) -> Tally:
    """What the hands counted so far, or a closed secret ballot, give; a share is of those present, whoever of them votes."""
    total, level = sum(votes.values()), vote_level(votes, voters.present)
    counted = f"{total}/{voters.voting} phiếu."
    if level:
        of = "" if voters.all_vote else " số người có mặt"
        return Tally(counted, f"{scheme.level(level).short} {percent(votes[level], voters.present)}{of}, quá nửa", True)
    if total < voters.voting:
        left = voters.voting - total
        return Tally(counted, f"{left} người không bỏ phiếu" if secret else f"Còn {left} người chưa giơ tay", False)
    return Tally(counted, "Chưa mức nào quá nửa", False)
