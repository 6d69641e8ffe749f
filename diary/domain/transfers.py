"""Transfers (chuyển sinh hoạt): the old branch asks with its comment, the receiving one takes the member in."""

from enum import StrEnum

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
