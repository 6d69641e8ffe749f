"""Phúc tra: a member asks once, within seven days of the result, that it be looked at again; the level above answers with reasons."""

from datetime import date, timedelta

from .dates import screen_day
from .errors import BadInput, WrongMoment
from .schemes import Scheme

DAYS = 7  # from the day the result was recorded
WORDS_LIMIT, ANSWER_LIMIT = 1000, 1000
ASKED, ANSWERED = "Xin phúc tra", "Đã trả lời phúc tra"  # what an evaluation's state is shown as


def last_day(decided_on: date) -> date:
    """The last day on which a second look may be asked for a result recorded on `decided_on`."""
    return decided_on + timedelta(days=DAYS)


def require_in_time(decided_on: date, today: date) -> None:
    """WrongMoment after the last day."""
    if today > last_day(decided_on):
        raise WrongMoment(f"Chỉ xin phúc tra được đến hết ngày {screen_day(last_day(decided_on))}.")


def clean_words(words: str) -> str:
    """Why a second look is asked, already clean; BadInput "words" when there is nothing or too much."""
    if not words:
        raise BadInput("words", "Hãy viết vì sao bạn xin phúc tra, để người trả lời biết cần xem lại điều gì.")
    if len(words) > WORDS_LIMIT:
        raise BadInput("words", "Lý do dài quá 1.000 ký tự. Chữ bạn gõ vẫn còn; hãy rút ngắn lại.")
    return words


def check_answer(scheme: Scheme, level: str, words: str) -> None:
    """BadInput unless the answer names a level of the scheme and says why."""
    if not scheme.holds(level):
        raise BadInput("level", "Hãy chọn mức sau khi xem lại; giữ nguyên thì chọn mức cũ.")
    if not words:
        raise BadInput("answer", "Hãy viết lời trả lời cho đoàn viên.")
    if len(words) > ANSWER_LIMIT:
        raise BadInput("answer", "Lời trả lời dài quá 1.000 ký tự. Chữ bạn gõ vẫn còn; hãy rút ngắn lại.")
