"""Danh sách xếp loại tổ chức Đoàn: the units below a base or the bloc with their levels of a year."""

from dataclasses import dataclass
from datetime import date

from .papers import EarlierYear, Letterhead, LevelName, Signer, Verification


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit, what it belongs to, and what was said of its level so far, None where nothing was; `note` says where it stands."""

    name: str
    above: str
    proposed: LevelName | None = None
    base: LevelName | None = None
    decided: LevelName | None = None
    note: str = ""

    @property
    def latest(self) -> LevelName | None:
        """What was said last."""
        return self.decided or self.base or self.proposed


@dataclass(frozen=True, slots=True)
class UnitList:
    """The units in the order of the tree. `number` and `day` are those of the one decision it is the annex of, "" and None for a list of
    all units; `earlier` is how the same units stood the year before."""

    year: int
    letterhead: Letterhead
    levels: tuple[LevelName, ...]
    lines: tuple[UnitLine, ...]
    signer: Signer
    recipients: tuple[str, ...]
    number: str = ""
    day: date | None = None
    earlier: EarlierYear | None = None
    verification: Verification | None = None

    @property
    def counts(self) -> tuple[int, ...]:
        """How many units stand at each level, the highest first."""
        given = [line.latest for line in self.lines]
        return tuple(given.count(level) for level in self.levels)
