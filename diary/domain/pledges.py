"""Pledges: what one holds and which state may follow which."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .errors import WrongMoment

TITLE_LIMIT, HOW_LIMIT, TARGET_LIMIT, OUTCOME_LIMIT = 300, 2000, 300, 1000


class PledgeState(StrEnum):
    DRAFT = "draft"
    WAITING = "waiting"
    RETURNED = "returned"
    APPROVED = "approved"
    MET = "met"
    NOT_MET = "not_met"


STATE_LABELS = {
    PledgeState.DRAFT: "Nháp",
    PledgeState.WAITING: "Chờ bí thư",
    PledgeState.RETURNED: "Cần sửa",
    PledgeState.APPROVED: "Đã duyệt",
    PledgeState.MET: "Hoàn thành",
    PledgeState.NOT_MET: "Không hoàn thành",
}
AUTHOR_S_TURN = frozenset({PledgeState.DRAFT, PledgeState.RETURNED})
CONFIRMED = frozenset({PledgeState.APPROVED, PledgeState.MET, PledgeState.NOT_MET})
NEXT = {
    PledgeState.DRAFT: {PledgeState.WAITING},
    PledgeState.WAITING: {PledgeState.APPROVED, PledgeState.RETURNED},
    PledgeState.RETURNED: {PledgeState.WAITING},
    PledgeState.APPROVED: {PledgeState.MET, PledgeState.NOT_MET, PledgeState.WAITING},  # back to waiting only by undoing the approval
    PledgeState.MET: {PledgeState.APPROVED},
    PledgeState.NOT_MET: {PledgeState.APPROVED},
}


@dataclass(frozen=True, slots=True)
class PledgeDraft:
    """What a member promises, already clean."""

    virtue_id: int | None
    title: str
    how: str = ""
    target: str = ""
    due_on: date | None = None


def move(state: PledgeState, wanted: PledgeState) -> PledgeState:
    """The state `wanted` if it may follow `state`; WrongMoment with words otherwise."""
    if wanted not in NEXT[state]:
        raise WrongMoment(f"Nội dung này đang ở trạng thái “{STATE_LABELS[state]}”, không chuyển sang “{STATE_LABELS[wanted]}” được.")
    return wanted


def require_editable(state: PledgeState) -> None:
    """Only a draft or a returned pledge may be changed by its author; WrongMoment otherwise."""
    if state not in AUTHOR_S_TURN:
        raise WrongMoment(f"Nội dung đang ở trạng thái “{STATE_LABELS[state]}” nên không sửa được.")


def revision_body(draft: PledgeDraft, virtue: str) -> dict[str, str]:
    """A pledge as it is kept for each sending: plain words, so that later renaming changes nothing."""
    return {
        "virtue": virtue,
        "title": draft.title,
        "how": draft.how,
        "target": draft.target,
        "due_on": draft.due_on.isoformat() if draft.due_on else "",
    }
