"""Transfers (chuyển sinh hoạt): the old branch asks with its comment, the receiving one takes the member in."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .dates import paper_day, short_day
from .errors import BadInput, WrongMoment
from .vietnamese import clean_text

COMMENT_LIMIT = 1000
ANSWER_LIMIT = 500


class TransferState(StrEnum):
    WAITING = "waiting"  # for the receiving unit
    DONE = "done"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


STATE_LABELS = {
    TransferState.WAITING: "Chờ nơi nhận",
    TransferState.DONE: "Đã chuyển",
    TransferState.DECLINED: "Không nhận",
    TransferState.WITHDRAWN: "Đã rút lại",
}


def move(state: TransferState, wanted: TransferState) -> TransferState:
    """The state `wanted`, which may only follow waiting; WrongMoment saying how it ended otherwise."""
    if state is not TransferState.WAITING:
        raise WrongMoment(f"Lần chuyển sinh hoạt này đã xong: {STATE_LABELS[state].lower()}.")
    return wanted


def clean_comment(words: str, *, of_oneself: bool = False) -> str:
    """What the old branch says of the member, "" for nothing; BadInput "comment" when too long, or written about oneself."""
    clean = clean_text(words)
    if len(clean) > COMMENT_LIMIT:
        raise BadInput("comment", "Nhận xét dài quá 1.000 ký tự. Chữ bạn gõ vẫn còn; hãy rút ngắn lại.")
    if clean and of_oneself:
        raise BadInput("comment", "Nhận xét về chính bạn do người khác trong ban chấp hành ghi. Hãy để trống mục này.")
    return clean


def clean_answer(words: str) -> str:
    """Why the receiving unit declines; BadInput "answer" when there are no words or too many."""
    clean = clean_text(words)
    if not clean:
        raise BadInput("answer", "Hãy ghi lý do không nhận để nơi gửi biết cần làm gì.")
    if len(clean) > ANSWER_LIMIT:
        raise BadInput("answer", "Lý do dài quá 500 ký tự; hãy viết ngắn lại.")
    return clean


@dataclass(frozen=True, slots=True)
class EarlierStay:
    """The part of a year a member spent in another branch before, named as it was then, and what that branch said on leaving."""

    unit_name: str
    from_day: date
    to_day: date
    comment: str = ""

    @property
    def words(self) -> str:
        """As a sentence of the sheet: "Từ 01/01 đến 14/6/2026 sinh hoạt tại …; nhận xét: …"."""
        said = f"; nhận xét: {' '.join(self.comment.split())}" if self.comment else ""
        return f"Từ {short_day(self.from_day)} đến {paper_day(self.to_day)} sinh hoạt tại {self.unit_name}{said}"


@dataclass(frozen=True, slots=True)
class Stay:
    """A membership as it counts for rating: the unit, its days, the unit it was merged into, if any; whether it began by a move from
    another branch, and whether that branch gave its comment."""

    unit_id: int
    from_day: date | None
    to_day: date | None
    merged_into_id: int | None = None
    moved_in: bool = False
    commented: bool = False


def in_branch_since(unit_id: int, stays: tuple[Stay, ...]) -> date | None:
    """Since when someone has been in the branch without a break; time in a unit that was merged into it counts. None: before the books.

    `stays` are the member's memberships, the newest first.
    """
    since: date | None = None
    wanted, begun = unit_id, False
    for stay in stays:
        if stay.unit_id != wanted and not (begun and stay.merged_into_id == wanted):
            if begun:
                break
            continue
        if begun and stay.to_day is not None and since is not None and (since - stay.to_day).days > 1:
            break
        wanted, since, begun = stay.unit_id, stay.from_day, True
        if since is None:
            return None
    return since
