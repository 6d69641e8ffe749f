"""Bản đăng ký làm theo: what a member promised for a year, by virtue, with the branch's confirmation."""

from dataclasses import dataclass
from datetime import date

from .papers import BRANCH_SECRETARY, Letterhead, Signer, Verification


@dataclass(frozen=True, slots=True)
class RegisteredPledge:
    """One pledge: what, how, by what it is measured, by when (None: within the year), whether the branch approved it, and the day its
    text was last changed by consent."""

    virtue: str
    content: str
    how: str = ""
    measure: str = ""
    due: date | None = None
    approved: bool = False
    changed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Registration:
    """A member's registration of one year. `pledges` stand by virtue; `approved_on` is the day the last of them was approved, None
    while one still waits."""

    year: int
    letterhead: Letterhead
    name: str
    position: str
    branch: str
    job: str
    pledges: tuple[RegisteredPledge, ...]
    approved_on: date | None = None
    signer: Signer = BRANCH_SECRETARY
    verification: Verification | None = None
