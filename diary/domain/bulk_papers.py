"""Papers by the thousand: which are printed together, in what form, and for how long the files are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from .documents import file_name

KIND = "bulk_papers"
KEPT = timedelta(days=7)
PEOPLE_A_PIECE = 200  # drawn in a second or two: small branches go together, so that noting how far it is costs little


class PrintForm(StrEnum):
    """One file of a branch's sheets one after the other, to print in one go; or one file a person, in a ZIP of the branch."""

    PER_BRANCH = "branch"
    PER_MEMBER = "member"


FORM_LABELS = {
    PrintForm.PER_BRANCH: "Mỗi chi đoàn một tệp",
    PrintForm.PER_MEMBER: "Mỗi đoàn viên một tệp",
}


@dataclass(frozen=True, slots=True)
class BranchToPrint:
    """A branch with people to print, and its number among all that were asked for, from 1."""

    number: int
    unit_id: int
    code: str
    people: int


def pieces(branches: Sequence[BranchToPrint]) -> list[list[BranchToPrint]]:
    """The branches in their order, small ones together up to PEOPLE_A_PIECE; a larger one is a piece of its own."""
    made: list[list[BranchToPrint]] = []
    people = PEOPLE_A_PIECE + 1
    for branch in branches:
        if people + branch.people > PEOPLE_A_PIECE:
            made.append([])
            people = 0
        made[-1].append(branch)
        people += branch.people
    return made


def file_of_branch(code: str, year: int, form: PrintForm) -> str:
    """What the file of a branch is called: "bv-noi-phieu-danh-gia-2026.pdf"."""
    return file_name(f"{code[:100]} phieu danh gia {year}", ".pdf" if form is PrintForm.PER_BRANCH else ".zip")


def file_of_member(place: int, name: str, member_id: int) -> str:
    """What one person's file is called within the branch's ZIP: by place in the list, since names repeat, and by the member's number."""
    return file_name(f"{place:03d} {name[:80]} {member_id}")
