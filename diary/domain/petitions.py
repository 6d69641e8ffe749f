"""What a base sends up: the petition to the bloc with its counts by branch, and the list of everyone it asks for."""

from collections.abc import Iterable
from dataclasses import dataclass

from .papers import EarlierYear, Letterhead, LevelName, Signer, Verification


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One member the base asks for. `vote` is the level the meeting voted for, None where none had more than half."""

    name: str
    birth_year: int | None
    position: str
    self_level: LevelName | None
    vote: LevelName | None
    proposed: LevelName
    note: str = ""


@dataclass(frozen=True, slots=True)
class AskedBranch:
    """A branch whose proposals the base passed on, with its people by name."""

    name: str
    rows: tuple[AskedRow, ...]


@dataclass(frozen=True, slots=True)
class Petition:
    """A base's petition and list for a year. `missing` names the branches that have not been passed on yet; `guidance` is what the
    scheme rests on ("Hướng dẫn số 25-HD/TWĐTN-BTC"), `bloc` whom it is sent to; `earlier` is the
    year before in the same branches."""

    year: int
    letterhead: Letterhead
    base: str
    bloc: str
    levels: tuple[LevelName, ...]
    branches: tuple[AskedBranch, ...]
    signer: Signer
    recipients: tuple[str, ...]
    guidance: str = ""
    missing: tuple[str, ...] = ()
    earlier: EarlierYear | None = None
    verification: Verification | None = None


def counted(levels: Iterable[LevelName], given: Iterable[LevelName]) -> tuple[int, ...]:
    """How often each of `levels` was given, in their order."""
    found = list(given)
    return tuple(found.count(level) for level in levels)
