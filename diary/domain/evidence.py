"""Evidence of an entry: how many files, how big, of which kind, and what is kept about each."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .errors import BadInput

MEGABYTE = 1024 * 1024
"""Bytes in one MB as phones and computers show it to their owner."""

MAX_FILES = 6
"""The most files one entry may carry, photos and PDFs together."""

MAX_PHOTO_BYTES = 15 * MEGABYTE
"""The biggest photo taken, in bytes as it arrives; what is kept is far smaller."""

MAX_PDF_BYTES = 10 * MEGABYTE
"""The biggest PDF taken, in bytes; it is kept byte for byte."""

MAX_REQUEST_BYTES = 50 * MEGABYTE
"""The most bytes one sending may hold, all files together."""

MAX_NAME_LENGTH = 120
"""The longest file name kept, in characters, its ending included."""

ACCEPTED_TEXT = "Chỉ nhận ảnh (JPEG, PNG, WebP, HEIC) và tệp PDF."
"""The answer to a file of any other kind."""


class BadEvidence(BadInput):
    """A file, or the set of files, cannot be taken as evidence; shown at the field `evidence`."""

    def __init__(self, message: str):
        super().__init__("evidence", message)


class EvidenceKind(StrEnum):
    """What a piece of evidence is to its reader: a picture shown on the page, or a file to open."""

    PHOTO = "photo"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class StoredEvidence:
    """What a row about a stored file holds; the bytes stand in the store under their SHA-256.

    `size` is in bytes and `width`, `height` in pixels, of what is kept, not of what was sent; a PDF has neither
    width nor height nor thumbnail. `name` is the cleaned name the owner gave the file, fit for a download.
    """

    sha256: str
    size: int
    kind: EvidenceKind
    media_type: str
    name: str
    width: int | None = None
    height: int | None = None
    thumbnail_sha256: str = ""

    @property
    def digests(self) -> tuple[str, ...]:
        """The SHA-256 of everything in the store that this evidence needs."""
        return (self.sha256, self.thumbnail_sha256) if self.thumbnail_sha256 else (self.sha256,)


def megabytes(size: int) -> str:
    """Write a number of bytes for a reader: 15728640 -> "15 MB", 1572864 -> "1,5 MB"."""
    text = f"{size / MEGABYTE:.1f}".removesuffix(".0")
    return text.replace(".", ",") + " MB"


def limits_text() -> str:
    """Say, before anyone chooses a file, what may be sent (Vietnamese, one paragraph)."""
    return (
        f"Tối đa {MAX_FILES} tệp cho một bài: ảnh (JPEG, PNG, WebP, HEIC) mỗi ảnh không quá {megabytes(MAX_PHOTO_BYTES)}, "
        f"tệp PDF mỗi tệp không quá {megabytes(MAX_PDF_BYTES)}; mỗi lần gửi không quá {megabytes(MAX_REQUEST_BYTES)}. "
        "Ảnh được thu nhỏ và bỏ vị trí chụp."
    )


def check_files(sizes: Sequence[int], already: int = 0) -> None:
    """Refuse a sending that would give an entry too many files or weighs too much.

    `sizes` are the sizes in bytes of the files sent now, `already` is how many the entry keeps from before.
    Raises BadEvidence.
    """
    if already + len(sizes) > MAX_FILES:
        kept = f" (đã có {already}, gửi thêm {len(sizes)})" if already else f" (bạn chọn {len(sizes)})"
        raise BadEvidence(f"Mỗi bài có tối đa {MAX_FILES} tệp minh chứng{kept}. Hãy bớt tệp rồi gửi lại.")
    if sum(sizes) > MAX_REQUEST_BYTES:
        raise BadEvidence(
            f"Các tệp gửi cùng lúc nặng {megabytes(sum(sizes))}, quá mức {megabytes(MAX_REQUEST_BYTES)}. Hãy gửi làm nhiều lần."
        )


def safe_file_name(text: str) -> str:
    """Clean a file name as a browser sent it, so that it is safe to show and to offer for a download.

    Comes out as NFC on one line, without folders, control or invisible characters (which can turn the ending round),
    and without the marks Windows forbids; at most MAX_NAME_LENGTH characters with the ending kept; "tep" when nothing is left.
    """
    last_part = text.replace("\\", "/").rpartition("/")[2]
    visible = "".join(" " if c.isspace() else c for c in last_part if c.isspace() or unicodedata.category(c)[0] != "C")
    allowed = "".join(c for c in visible if c not in '<>:"|?*')
    name = unicodedata.normalize("NFC", " ".join(allowed.split())).strip(". ")
    return _shortened(name) or "tep"


def _shortened(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    if len(name) <= MAX_NAME_LENGTH or not stem or len(ending) > 10:
        return name[:MAX_NAME_LENGTH].rstrip(". ")
    return stem[: MAX_NAME_LENGTH - len(dot + ending)].rstrip(". ") + dot + ending
