"""A file sent as evidence -> a photo or a PDF that is safe to keep, or a refusal its sender understands."""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..domain.evidence import (
    ACCEPTED_TEXT,
    MAX_PDF_BYTES,
    BadEvidence,
    EvidenceKind,
    StoredEvidence,
    check_files,
    megabytes,
    safe_file_name,
)
from .photos import is_photo, read_photo
from .storage import Storage

_TAIL = 2048
_MAX_INFLATED = 32 * 1024 * 1024

_STREAM = re.compile(rb"\bstream\r?\n")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTIVE_NAME = re.compile(rb"/(Encrypt|JavaScript|JS|Launch|EmbeddedFiles?)(?=[\s\x00/<>\[\](){}%]|$)")

_UNLOCK = "Tệp PDF đang có mật khẩu hoặc bị khóa. Hãy bỏ mật khẩu rồi gửi lại."
_PRINT_AGAIN = "Hãy mở tệp, chọn In, rồi Lưu thành PDF, và gửi tệp mới."
_REFUSALS = {
    b"Encrypt": _UNLOCK,
    b"JavaScript": f"Tệp PDF có chứa mã tự chạy. {_PRINT_AGAIN}",
    b"JS": f"Tệp PDF có chứa mã tự chạy. {_PRINT_AGAIN}",
    b"Launch": f"Tệp PDF có lệnh mở chương trình khác. {_PRINT_AGAIN}",
    b"EmbeddedFile": f"Tệp PDF có tệp khác đính kèm bên trong. {_PRINT_AGAIN}",
    b"EmbeddedFiles": f"Tệp PDF có tệp khác đính kèm bên trong. {_PRINT_AGAIN}",
}
_BROKEN = "Tệp PDF bị hỏng hoặc chưa tải lên hết. Hãy mở thử tệp trên máy, lưu lại rồi gửi."


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that may be kept. A photo is already redrawn as JPEG and has its size in pixels and a thumbnail (JPEG)."""

    kind: EvidenceKind
    media_type: str
    name: str
    content: bytes
    width: int | None = None
    height: int | None = None
    thumbnail: bytes | None = None


def read_attachments(files: Sequence[tuple[str, bytes]], already: int = 0) -> tuple[Attachment, ...]:
    """Read all files of one sending, given as (name, content); `already` is how many the entry keeps from before.

    Raises BadEvidence for too many or too heavy files together, or for the first file that cannot be taken.
    """
    check_files([len(content) for _, content in files], already)
    return tuple(read_attachment(name, content) for name, content in files)


def read_attachment(name: str, content: bytes) -> Attachment:
    """Read one file by its content; `name` as the browser sent it is cleaned, and believed in nothing.

    A photo is redrawn (see photos.read_photo) and its name ends in .jpg; a PDF is checked and kept byte for byte.
    Raises BadEvidence, naming the file, for anything else.
    """
    clean_name = safe_file_name(name)
    try:
        return _read(clean_name, content)
    except BadEvidence as error:
        raise BadEvidence(f"“{clean_name}”: {error}") from error


def keep(storage: Storage, attachment: Attachment) -> StoredEvidence:
    """Put the file, and its thumbnail if it has one, into the store; returns what a row about it holds.

    What is never named by a row afterwards (the transaction failed) is removed by the store's next sweep.
    """
    return StoredEvidence(
        sha256=storage.put(attachment.content),
        size=len(attachment.content),
        kind=attachment.kind,
        media_type=attachment.media_type,
        name=attachment.name,
        width=attachment.width,
        height=attachment.height,
        thumbnail_sha256="" if attachment.thumbnail is None else storage.put(attachment.thumbnail),
    )


def check_pdf(content: bytes) -> None:
    """Refuse what is no whole PDF, is locked, or could act on its own. Raises BadEvidence.

    This looks for the names of such things (JavaScript, launch actions, embedded files, encryption) in the text of the
    file's objects and in its compressed object streams, also where the names are written with #xx. It does not follow
    references, so a name in an object nothing uses is refused too; and it is no virus scanner: object streams under another
    filter than Flate, forged stream bounds and faults of a viewer itself are beyond it. So serve PDFs as downloads of
    their own type, never inside our pages.
    """
    if len(content) > MAX_PDF_BYTES:
        raise BadEvidence(f"Tệp PDF nặng {megabytes(len(content))}; mỗi tệp PDF không quá {megabytes(MAX_PDF_BYTES)}.")
    tail = content[-_TAIL:]
    if not content.startswith(b"%PDF-") or b"startxref" not in tail or b"%%EOF" not in tail:
        raise BadEvidence(_BROKEN)
    for text in _object_texts(content):
        if found := _ACTIVE_NAME.search(text):
            raise BadEvidence(_REFUSALS[found[1]])


def _read(name: str, content: bytes) -> Attachment:
    if not content:
        raise BadEvidence("Tệp này rỗng. Hãy chọn lại tệp.")
    if is_photo(content):
        photo = read_photo(content)
        return Attachment(EvidenceKind.PHOTO, "image/jpeg", _as_jpg(name), photo.jpeg, photo.width, photo.height, photo.thumbnail)
    if content.startswith(b"%PDF-"):
        check_pdf(content)
        return Attachment(EvidenceKind.FILE, "application/pdf", _with_ending(name, ".pdf"), content)
    raise BadEvidence(ACCEPTED_TEXT)


def _as_jpg(name: str) -> str:
    stem = re.sub(r"\.(jpe?g|png|webp|hei[cf]|gif)$", "", name, flags=re.IGNORECASE)
    return safe_file_name(f"{stem}.jpg")


def _with_ending(name: str, ending: str) -> str:
    return name if name.lower().endswith(ending) else safe_file_name(name + ending)


def _object_texts(content: bytes) -> Iterator[bytes]:
    """The text between the streams, where a stray /JS among a picture's bytes cannot mislead, and that of object streams."""
    budget = _MAX_INFLATED
    for part in content.split(b"endstream"):
        head, *data = _STREAM.split(part, maxsplit=1)
        text = _unescaped(head)
        yield text
        if data and b"/ObjStm" in text:
            inflated = _inflated(data[0], budget)
            budget -= len(inflated)
            yield inflated


def _inflated(data: bytes, budget: int) -> bytes:
    try:
        text = zlib.decompressobj().decompress(data, budget + 1)
    except zlib.error:  # an object stream may also stand there as plain text
        text = data
    if len(text) > budget:
        raise BadEvidence(_BROKEN)
    return _unescaped(text)


def _unescaped(text: bytes) -> bytes:
    """Undo #xx, by which a PDF may write any letter of a name."""
    return _ESCAPE.sub(lambda match: bytes.fromhex(match[1].decode()), text)
