"""What a reviewer says: approve, or return with words that tell the author what is missing; who stands in, and how long one may take."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from enum import StrEnum

from .actors import OFFICERS, Actor
from .errors import BadInput, NotAllowed, WrongMoment
from .permissions import Action, scopes
from .units import Place, UnitKind, is_below
from .vietnamese import clean_text

WORDS_LIMIT = 1000
OVERDUE_DAYS = 7  # usually; what waits longer than the days the bloc chose may be reviewed by the base committee in the branch's stead
_SOON = 2  # so many days before that the clock of a card turns amber
UNDO_FOR = timedelta(minutes=15)
VIETNAM = timezone(timedelta(hours=7))  # by the clock of Asia/Ho_Chi_Minh, which has not been moved since 1975


class Verdict(StrEnum):
    APPROVED = "approved"
    RETURNED = "returned"


class Kind(StrEnum):
    """What is reviewed."""

    ENTRY = "entry"
    PLEDGE = "pledge"
    ADDITION = "addition"
    CHANGE = "change"  # a wish to change an approved pledge


RETURN_REASONS = ("Thiếu kết quả cụ thể", "Chưa rõ việc gì", "Thiếu minh chứng", "Chưa đúng đăng ký", "Giống bài trước")
PLEDGE_RETURN_REASONS = ("Chưa rõ làm gì", "Chưa rõ kết quả cần đạt", "Khó kiểm tra", "Dài, khó nhớ", "Chưa đúng chuẩn mực")
CHANGE_RETURN_REASONS = (
    "Chưa rõ vì sao đổi",
    "Nội dung cũ vẫn làm được",
    "Mục tiêu thấp hơn trước",
    "Khó kiểm tra",
    "Nên lập nội dung mới",
)
NAMES = {
    Kind.ENTRY: "Bài này",
    Kind.PLEDGE: "Nội dung này",
    Kind.ADDITION: "Phần bổ sung này",
    Kind.CHANGE: "Lời xin đổi này",
}
VERBS = {
    Kind.ENTRY: {Verdict.APPROVED: "duyệt", Verdict.RETURNED: "trả lại để bổ sung"},
    Kind.PLEDGE: {Verdict.APPROVED: "duyệt", Verdict.RETURNED: "trả lại để sửa"},
    Kind.ADDITION: {Verdict.APPROVED: "duyệt", Verdict.RETURNED: "trả lại để bổ sung"},
    Kind.CHANGE: {Verdict.APPROVED: "duyệt", Verdict.RETURNED: "trả lại"},
}


@dataclass(frozen=True, slots=True)
class Reach:
    """What waits for an actor: what the units at `whole` and below sent to them; what the units below sent up to those at `above`;
    and what the units below those at `late` have let wait too long."""

    whole: tuple[Place, ...] = ()
    above: tuple[Place, ...] = ()
    late: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class LastReview:
    """The newest review of a thing that still stands: whose it was, what it said, and the version it left behind."""

    account_id: int
    name: str
    verdict: Verdict
    at: datetime
    version: int


def clean_words(verdict: Verdict, chosen: tuple[str, ...], typed: str) -> str:
    """The reviewer's words from ready reasons `chosen` and text `typed`; a return without any is refused (BadInput "words")."""
    words = "\n".join(part for part in (clean_text("; ".join(chosen)), clean_text(typed)) if part)
    if verdict is Verdict.RETURNED and not words:
        raise BadInput("words", "Hãy ghi lý do để người viết biết cần làm gì.")
    if len(words) > WORDS_LIMIT:
        raise BadInput("words", f"Lý do dài quá {WORDS_LIMIT} ký tự; hãy viết ngắn lại.")
    return words


def reach(actor: Actor) -> Reach:
    """Whose sendings `actor` reviews: officers all of their unit's, a committee above what is sent up to it or left too long below."""
    posts = scopes(actor, Action.ENTRY_REVIEW)
    return Reach(
        whole=tuple(a.place for a in posts if a.post in OFFICERS or a.kind is UnitKind.BLOC),
        above=tuple(a.place for a in posts if a.post not in OFFICERS and a.kind is not UnitKind.BLOC),
        late=tuple(a.place for a in posts if a.kind is UnitKind.BASE_UNION),
    )


def passed_up(
    actor: Actor, place: Place, review_unit_id: int | None, sent_at: datetime | None, until: datetime, days: Callable[[], int]
) -> bool:
    """Whether a unit of `actor` above the branch at `place` stands in for it: the thing was sent to that unit, or that unit is the
    branch's base union and the thing has waited more than so many `days` by `until` (now, or when it was reviewed).

    `days` is asked only where it decides.
    """
    above = [appointment for appointment in actor.appointments if is_below(place.path, appointment.path)]
    if any(appointment.unit_id == review_unit_id for appointment in above):
        return True
    base = any(appointment.kind is UnitKind.BASE_UNION and appointment.unit_id != place.unit_id for appointment in above)
    return base and sent_at is not None and is_overdue(sent_at, until, days())


def is_overdue(sent_at: datetime, now: datetime, days: int) -> bool:
    """Whether what was sent then has waited more than so many days."""
    return sent_at < overdue_before(now, days)


def overdue_before(now: datetime, days: int) -> datetime:
    """What was sent before this moment, a midnight in Vietnam, has waited more than so many days."""
    return datetime.combine(now.astimezone(VIETNAM).date() - timedelta(days=days), time.min, VIETNAM)


def is_soon_overdue(waited: int, days: int) -> bool:
    """Whether of the `days` allowed so many were `waited` that few are left."""
    return waited >= max(1, days - _SOON)


def day_start(now: datetime) -> datetime:
    """The midnight in Vietnam that began today."""
    return datetime.combine(now.astimezone(VIETNAM).date(), time.min, VIETNAM)


def already_reviewed(kind: Kind, last: LastReview | None, account_id: int) -> WrongMoment:
    """The refusal to review what no longer waits, saying whose review came first."""
    what = NAMES[kind]
    if last is None:
        return WrongMoment(f"{what} không còn chờ duyệt.")
    did = VERBS[kind][last.verdict]
    if last.account_id == account_id:
        return WrongMoment(f"{what} bạn vừa {did} rồi.")
    return WrongMoment(f"{what} vừa được {last.name} {did}.")


def require_undoable(kind: Kind, last: LastReview | None, account_id: int, version: int, now: datetime) -> LastReview:
    """The review that may be undone: the newest, by the actor (else NotAllowed), with nothing done since and within UNDO_FOR
    (else WrongMoment); `version` is that of the thing now."""
    what = NAMES[kind]
    if last is None:
        raise WrongMoment(f"{what} không có lượt duyệt nào để hoàn tác.")
    if last.account_id != account_id:
        raise NotAllowed(f"{what} do {last.name} xử lý; chỉ người đó hoàn tác được.")
    if last.version != version:
        raise WrongMoment(f"{what} đã có thay đổi sau lượt duyệt của bạn nên không hoàn tác được nữa.")
    if now - last.at > UNDO_FOR:
        raise WrongMoment("Đã quá 15 phút nên không hoàn tác được nữa.")
    return last
