"""What a person asks about their own data: a correction, or erasure once they have left (Law 91/2025/QH15)."""

from enum import StrEnum

WORDS_LIMIT = 1000
ANSWER_LIMIT = 500


class RequestKind(StrEnum):
    CORRECTION = "correction"
    ERASURE = "erasure"


class RequestState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


KIND_LABELS = {RequestKind.CORRECTION: "Sửa dữ liệu", RequestKind.ERASURE: "Xóa dữ liệu"}
STATE_LABELS = {
    RequestState.WAITING: "Chờ trả lời",
    RequestState.DONE: "Đã làm",
    RequestState.REFUSED: "Không làm được",
    RequestState.WITHDRAWN: "Đã rút lại",
}
