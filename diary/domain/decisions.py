"""Quyết định công nhận kết quả: what the bloc decided under one number and day, by unit."""

from dataclasses import dataclass
from datetime import date

from .papers import EarlierYear, Letterhead, LevelName, Signer, Verification


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """One member and the level recognised."""

    name: str
    birth_year: int | None
    level: LevelName


@dataclass(frozen=True, slots=True)
class DecidedUnit:
    """A branch of the decision with its people by name; `above` is the base it belongs to, "" directly under the bloc."""

    name: str
    above: str
    rows: tuple[DecidedRow, ...]


@dataclass(frozen=True, slots=True)
class DecisionPaper:
    """A decision of the bloc: its number and day are those typed when the branches were decided, and stand in the letterhead.

    `earlier` is the year before in the same branches.
    """

    year: int
    letterhead: Letterhead
    bloc: str
    number: str
    day: date
    levels: tuple[LevelName, ...]
    units: tuple[DecidedUnit, ...]
    signer: Signer
    recipients: tuple[str, ...]
    guidance: str = ""
    earlier: EarlierYear | None = None
    verification: Verification | None = None
