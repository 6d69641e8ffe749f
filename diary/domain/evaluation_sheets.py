"""Phiếu đánh giá, xếp loại đoàn viên: the facts on one member's sheet. A step not reached yet is None and stays a blank on paper."""

from dataclasses import dataclass
from datetime import date

from .evidence_sheets import EvidenceSheet
from .papers import BLOC_SECRETARY, BRANCH_SECRETARY, Letterhead, LevelName, Signer, Verification

NOT_COUNTED = "Chưa có số liệu"


@dataclass(frozen=True, slots=True)
class SheetMember:
    """Who is rated. `born` and the other days stay blank when None; `branch` is the line after "Sinh hoạt tại", as it is to be read.

    `earlier` says of a mover, a sentence for each, where they were before in that year and what that branch said of them.
    """

    name: str
    born_on: date | None
    joined_union_on: date | None
    position: str
    branch: str
    job: str
    party_member: bool | None
    birth_year: int | None = None
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One criterion: its words, the evidence of the year, the figure as written ("30/32\\n93,8 %"), what was reached ("Đạt"), and in a
    scheme of points what it earned ("26,0/30")."""

    name: str
    evidence: str = ""
    figure: str = ""
    outcome: str = ""
    unsaid: str = NOT_COUNTED  # on the screen where there is no figure; on paper that stays a blank
    points: str = ""


@dataclass(frozen=True, slots=True)
class SelfAssessment:
    """What the member wrote; `level` None when no level was chosen."""

    strengths: str
    limits: str
    remedy: str
    level: LevelName | None


@dataclass(frozen=True, slots=True)
class VoteCount:
    """A vote of the branch meeting, on ballots (`secret`) or by a show of hands; `counts` in the order of the levels.

    By hand, `handed_out` is how many were present, and `collected` says nothing.
    """

    day: date
    secret: bool
    handed_out: int
    collected: int
    counts: tuple[int, ...]

    @property
    def valid(self) -> int:
        """Votes that count for a level."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Proposal:
    """The level a branch proposes, and why where it differs from the self-assessment or the vote."""

    level: LevelName
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a unit above says: the level, the paper it stands in ("Tờ trình số 04-TTr/ĐBV ngày 10/12/2025"), why where it differs."""

    level: LevelName
    paper: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Instance:
    """A unit above that has its say: the box's title, who signs there, and the verdict once it is given."""

    title: str
    signer: Signer
    verdict: Verdict | None = None


BLOC = Instance("Đoàn Khối quyết định", BLOC_SECRETARY)


@dataclass(frozen=True, slots=True)
class EvaluationSheet:
    """One member's sheet of one year. `base` is None for a branch directly under the bloc; `verification` None marks a draft.

    `evidence` is what the criteria rest on, for the screen; the paper shows the criteria.
    `unrated` says why the member is not rated: then neither levels nor votes nor the units above have a place on it.
    """

    year: int
    letterhead: Letterhead
    member: SheetMember
    levels: tuple[LevelName, ...]
    criteria: tuple[CriterionLine, ...]
    notes: tuple[str, ...] = ()
    self_assessment: SelfAssessment | None = None
    remark: str = ""
    vote: VoteCount | None = None
    proposal: Proposal | None = None
    branch_signer: Signer = BRANCH_SECRETARY
    base: Instance | None = None
    bloc: Instance = BLOC
    verification: Verification | None = None
    evidence: EvidenceSheet | None = None
    unrated: str = ""
