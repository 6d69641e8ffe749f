"""What a person asks about their own data: a correction, or erasure once they have left (Law 91/2025/QH15).

Both wait until somebody answers, and are theirs to take back as long as they wait. Erasure cannot be undone, so it is carried out some days
after it was asked for, not before: that is the time in which its owner may think again.
"""

from datetime import date, timedelta
from enum import StrEnum

from .dates import screen_day
from .errors import BadInput, WrongMoment
from .members import Standing
from .vietnamese import clean_text

WORDS_LIMIT = 1000
ANSWER_LIMIT = 500
TIME_TO_THINK = timedelta(days=3)  # between asking for erasure and its being carried out
OTHERS_STEP_IN = timedelta(days=3)  # a correction that waits longer waits for the units above, too

ERASED_NAME = ("Đoàn viên", "đã xóa dữ liệu")  # họ và chữ lót, tên: what stands where an erased person's name stood
ERASED_WORDS = "Nội dung đã xóa theo đề nghị của đoàn viên."


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


def require_waiting(state: RequestState) -> None:
    """WrongMoment unless the request still waits for its answer."""
    if state is not RequestState.WAITING:
        raise WrongMoment(f"Đề nghị này không còn chờ nữa: {STATE_LABELS[state].lower()}.")


def require_left(standing: Standing) -> None:
    """WrongMoment unless the person has left: the books of those who are active are kept for the year's rating."""
    if standing is Standing.ACTIVE:
        raise WrongMoment("Bạn đang sinh hoạt nên chưa xóa dữ liệu được. Khi đã trưởng thành Đoàn hoặc thôi sinh hoạt, bạn đề nghị ở đây.")


def erasable_from(asked_on: date) -> date:
    """The first day on which an erasure asked for on `asked_on` may be carried out."""
    return asked_on + TIME_TO_THINK


def require_thought_over(asked_on: date, today: date) -> None:
    """WrongMoment while the owner still has time to take the request for erasure back."""
    first = erasable_from(asked_on)
    if today < first:
        raise WrongMoment(f"Xóa rồi thì không lấy lại được, nên người đề nghị còn được đổi ý: từ ngày {screen_day(first)} mới xóa được.")


def clean_words(words: str) -> str:
    """What is wrong and what is right, clean; BadInput "words" where nothing is said, or too much."""
    clean = clean_text(words)
    if not clean:
        raise BadInput("words", "Hãy ghi chỗ nào sai và nội dung đúng.")
    if len(clean) > WORDS_LIMIT:
        raise BadInput("words", "Đề nghị dài quá 1.000 ký tự. Chữ bạn gõ vẫn còn; hãy rút ngắn lại.")
    return clean


def clean_answer(answer: str, *, needed: bool) -> str:
    """An officer's words to the person, clean; BadInput "answer" where they are too long, or missing though `needed` (a refusal)."""
    clean = clean_text(answer)
    if needed and not clean:
        raise BadInput("answer", "Hãy ghi lý do để người đề nghị biết vì sao không làm được.")
    if len(clean) > ANSWER_LIMIT:
        raise BadInput("answer", "Lời nhắn dài quá 500 ký tự. Chữ bạn gõ vẫn còn; hãy rút ngắn lại.")
    return clean


def next_turn(kind: RequestKind, state: RequestState, asked_on: date, today: date) -> str:
    """Who acts next, told to the asker; "" when nobody need."""
    if state is not RequestState.WAITING:
        return ""
    if kind is RequestKind.CORRECTION:
        return "Đến lượt bí thư chi đoàn"
    first = erasable_from(asked_on)
    return "Đến lượt Đoàn Khối" if today >= first else f"Đoàn Khối xóa từ ngày {screen_day(first)}; trước đó bạn vẫn rút lại được"
