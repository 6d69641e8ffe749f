"""Danh sách đề nghị xếp loại đoàn viên of a branch: its rows, the shares per level, and who is not rated."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .papers import EarlierYear, Letterhead, LevelName, Signer, Verification


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """One rated member. `participation` is in per cent; `votes` are in the order of the levels, None where nobody voted."""

    name: str
    birth_year: int | None
    position: str
    participation: Decimal | None
    self_level: LevelName | None
    votes: tuple[int, ...] | None
    proposed: LevelName | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class UnratedRow:
    """One member who is not rated this year, and why."""

    name: str
    birth_year: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class ProposalList:
    """The list of a branch and year. `voters` is how many could vote (None: no vote); `recipients` are the lines of "Nơi nhận"
    without dash and stop; `earlier` is None when there is no year to compare with, or its levels were others."""

    year: int
    letterhead: Letterhead
    levels: tuple[LevelName, ...]
    rows: tuple[ProposalRow, ...]
    unrated: tuple[UnratedRow, ...]
    signer: Signer
    recipients: tuple[str, ...]
    voters: int | None = None
    earlier: EarlierYear | None = None
    verification: Verification | None = None


def level_counts(levels: Sequence[LevelName], rows: Sequence[ProposalRow]) -> tuple[int, ...]:
    """How many rows are proposed for each level, in the order of the levels; rows without a proposal count nowhere."""
    proposed = [row.proposed for row in rows]
    return tuple(proposed.count(level) for level in levels)
