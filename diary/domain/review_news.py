"""What an author is told of the reviews of a sitting, in one notice: how many were approved, how many came back, and where to go."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from .dates import short_day
from .reviews import Kind, Verdict

_THINGS = {Kind.ENTRY: "bài", Kind.PLEDGE: "nội dung đăng ký", Kind.ADDITION: "phần bổ sung", Kind.CHANGE: "lời xin đổi"}
_AGAIN = {Kind.ENTRY: "bổ sung", Kind.PLEDGE: "sửa", Kind.ADDITION: "bổ sung"}
_CHANGED = {
    Verdict.APPROVED: "đã được duyệt; nội dung mới có hiệu lực.",
    Verdict.RETURNED: "chưa được duyệt; nội dung cũ vẫn giữ. Mở ra để xem lý do.",
}
_NEXT = "Mở ra để xem lý do rồi gửi lại."
DIARY, PLEDGES = "/nhat-ky", "/dang-ky"
_OF_PLEDGES = (Kind.PLEDGE, Kind.CHANGE)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One thing as its newest review left it: an entry, a pledge, words added to the entry `about_id` done on that day, or a wish to
    change the pledge `about_id` of that year."""

    kind: Kind
    verdict: Verdict
    id: UUID
    year: int
    happened_on: date | None = None
    about_id: UUID | None = None

    @property
    def link(self) -> str:
        """Where the author reads it."""
        return f"{PLEDGES if self.kind in _OF_PLEDGES else DIARY}/{self.about_id or self.id}"


def news(reviewed: Sequence[Reviewed]) -> tuple[str, str]:
    """The words of the notice, never those of a diary, and where it leads: the newest returned, else what was approved.

    `reviewed`: at least one, the newest first.
    """
    if len(reviewed) == 1:
        return _of_one(reviewed[0]), reviewed[0].link
    returned = [one for one in reviewed if one.verdict is Verdict.RETURNED]
    approved = [one for one in reviewed if one.verdict is Verdict.APPROVED]
    if not returned:
        return f"{_counted(approved)} của bạn đã được duyệt.".capitalize(), _all_of(approved)
    back = ", ".join(f"trả lại {words}" for words in _returned(returned))
    if approved:
        return f"Đã duyệt {_counted(approved)} của bạn, {back}. {_NEXT}", returned[0].link
    return f"Người duyệt {back}. {_NEXT}", returned[0].link


def _of_one(one: Reviewed) -> str:
    if one.kind is Kind.CHANGE:
        return f"Lời xin đổi một nội dung bạn đăng ký cho năm {one.year} {_CHANGED[one.verdict]}"
    approved = one.verdict is Verdict.APPROVED
    end = "đã được duyệt." if approved else f"cần {_AGAIN[one.kind]}. {_NEXT}"
    if one.happened_on is None:
        return f"Một nội dung bạn đăng ký cho năm {one.year} {end}"
    what = "Bài" if one.kind is Kind.ENTRY else "Phần bổ sung của bài"
    return f"{what} ngày {short_day(one.happened_on)} {end}"


def _counted(things: Sequence[Reviewed]) -> str:
    counts = Counter(one.kind for one in things)
    return ", ".join(f"{counts[kind]} {words}" for kind, words in _THINGS.items() if counts[kind])


def _returned(things: Sequence[Reviewed]) -> list[str]:
    counts = Counter(one.kind for one in things)
    return [
        f"{counts[kind]} {words}" + (f" để {_AGAIN[kind]}" if kind in _AGAIN else "") for kind, words in _THINGS.items() if counts[kind]
    ]


def _all_of(things: Sequence[Reviewed]) -> str:
    return PLEDGES if all(one.kind in _OF_PLEDGES for one in things) else DIARY
