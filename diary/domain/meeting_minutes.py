"""Biên bản họp xét xếp loại: what was there, who, and how hands were counted, once the meeting is over."""

from dataclasses import dataclass
from datetime import date

from .papers import Letterhead, LevelName, Verification


@dataclass(frozen=True, slots=True)
class VoteRow:
    """One member voted on. `votes` are in the order of the levels; `level` the one more than half of those present voted for, if any."""

    name: str
    votes: tuple[int, ...]
    level: LevelName | None


@dataclass(frozen=True, slots=True)
class Remark:
    """A person, and what is said of them in brackets: why away ("có phép"), why not rated."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Presiding:
    """Who chairs or keeps the minutes, with their post ("Bí thư"); both "" where nobody is named."""

    name: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True)
class MeetingMinutes:
    """The minutes of a branch's meeting. `present` of the rated ones were there, `needed` would have been enough; a level needs
    `majority` votes, given on secret ballots or (not `secret`) by a show of hands; `notes` are what was discussed, as it was typed.

    `abstains`: whoever was voted on did not vote on themselves. `by_hands`: of `secret` ones, the rows (from 1) that hands were shown for.
    """

    year: int
    letterhead: Letterhead
    branch: str
    held_on: date
    levels: tuple[LevelName, ...]
    rows: tuple[VoteRow, ...]
    present: int
    needed: int
    majority: int
    secret: bool = False
    abstains: bool = False
    absent: tuple[Remark, ...] = ()
    unrated: tuple[Remark, ...] = ()
    chair: Presiding = Presiding()
    clerk: Presiding = Presiding()
    notes: str = ""
    verification: Verification | None = None
    by_hands: tuple[int, ...] = ()
