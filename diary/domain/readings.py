"""How another's diary comes before somebody's eyes, and which of these ways count as one reading."""

from collections.abc import Collection
from enum import StrEnum

ENTRY_READ = "entry_read"
BOOK_PRINTED = "book_print"


class Way(StrEnum):
    """What showed an entry to somebody who did not write it."""

    PAGE = "page"
    QUEUE = "queue"
    MEETING = "meeting"
    SHEET = "sheet"
    SECOND_LOOK = "second_look"
    GROUNDS = "grounds"
    FILE = "file"
    THUMBNAIL = "thumbnail"
    BOOK = "book"


WAY_LABELS = {
    Way.PAGE: "mở bài",
    Way.QUEUE: "xem trong Chờ duyệt",
    Way.MEETING: "xem trong họp xét xếp loại",
    Way.SHEET: "xem trên phiếu xếp loại",
    Way.SECOND_LOOK: "xem khi trả lời phúc tra",
    Way.GROUNDS: "xem căn cứ xếp loại",
    Way.FILE: "mở ảnh, tệp minh chứng",
    Way.THUMBNAIL: "xem ảnh thu nhỏ",
    Way.BOOK: "in sổ nhật ký năm",
}
_WORDS = frozenset({Way.PAGE, Way.QUEUE, Way.MEETING, Way.SHEET, Way.SECOND_LOOK, Way.GROUNDS})
_COVERED = {Way.FILE: frozenset({Way.FILE}), Way.THUMBNAIL: _WORDS | {Way.FILE, Way.THUMBNAIL}}


def is_new(way: Way, today: Collection[Way]) -> bool:
    """Whether seeing an entry this way is more than what the same reader saw of it `today` already.

    The words once, however they were shown; a photo or file opened by itself once; a thumbnail only where nothing else was seen.
    """
    return _COVERED.get(way, _WORDS).isdisjoint(today)


def read_way(fields: Collection[object]) -> Way:
    """The way an audit line names; lines of before named none and were written by an entry's page."""
    return next((way for way in Way if way.value in fields), Way.PAGE)
