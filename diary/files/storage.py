"""A folder of files named by their own SHA-256: what is in it is whole, never changes, and stands there once."""

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from io import BufferedReader
from itertools import islice
from pathlib import Path

from ..domain.errors import NotFound

_DIGEST = re.compile(r"[0-9a-f]{64}")
_MISSING = "Không tìm thấy tệp minh chứng này."
_AT_ONCE = 1000  # files a sweep asks about together


class Storage:
    """Files by content under `root` (made when first needed): ab/cd/abcd….

    Safe for many processes at once. A file appears by a rename after its bytes reached the disk, so that a crash
    at any moment leaves either the whole file or none; what was being written lies in `root/tmp` until a sweep.
    """

    def __init__(self, root: Path):
        self.root = root
        self._unfinished = root / "tmp"

    def put(self, content: bytes) -> str:
        """Keep `content` and return its SHA-256 (64 hex digits). The same content again costs no second copy.

        Raises OSError when the disk is full or the folder cannot be written.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        target = self.path(sha256)
        if not _refreshed(target, len(content)):
            self._write(target, content)
        return sha256

    def path(self, sha256: str) -> Path:
        """Where the file of this digest stands, or would stand. Raises NotFound when it is not 64 lower-case hex digits."""
        if not _DIGEST.fullmatch(sha256):
            raise NotFound(_MISSING)
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def exists(self, sha256: str) -> bool:
        """Whether the file is here; False for a text that is no digest."""
        return bool(_DIGEST.fullmatch(sha256)) and self.path(sha256).is_file()

    def open(self, sha256: str) -> BufferedReader:
        """Open the file for reading; the caller closes it. Raises NotFound when it is not here."""
        try:
            return self.path(sha256).open("rb")
        except FileNotFoundError:
            raise NotFound(_MISSING) from None

    def read(self, sha256: str) -> bytes:
        """The bytes of the file. Raises NotFound when it is not here."""
        with self.open(sha256) as file:
            return file.read()

    def delete(self, sha256: str) -> bool:
        """Take the file away for good; returns whether it was here. Raises NotFound when `sha256` is no digest."""
        try:
            self.path(sha256).unlink()
        except FileNotFoundError:
            return False
        return True

    def digests(self) -> Iterator[str]:
        """The SHA-256 of every file here, in order."""
        for folder in sorted(self.root.glob("??/??")):  # a folder at a time: a store holds hundreds of thousands
            yield from sorted(path.name for path in folder.iterdir() if _DIGEST.fullmatch(path.name))

    def damaged(self) -> Iterator[str]:
        """The SHA-256 of every file here whose bytes no longer match it. Reads the whole store."""
        for sha256 in self.digests():
            with contextlib.suppress(NotFound), self.open(sha256) as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                    yield sha256

    def sweep(
        self, named: Callable[[Sequence[str]], Collection[str]], older_than: datetime, among: Iterable[str] | None = None
    ) -> tuple[str, ...]:
        """Remove the files (all, or those `among` the digests given) that nothing names and that were last put before `older_than`, and,
        when all are looked at, what crashed writes left before it; returns the digests removed.

        `named` tells which of some digests the database names. Leave `older_than` a day back: a file put just now waits for the
        transaction that will name it. A file's age is looked at before its row is, and again before it goes: who puts the same
        content meanwhile makes it young. Raises ValueError for a time without a zone.
        """
        removed = []
        for some in _slices(self.digests() if among is None else among):
            old = [sha256 for sha256 in some if _untouched_since(self.path(sha256), older_than)]
            kept = named(old) if old else ()
            removed += [one for one in old if one not in kept and _untouched_since(self.path(one), older_than) and self.delete(one)]
        if among is None:
            self._drop_unfinished(older_than)
        return tuple(removed)

    def _drop_unfinished(self, older_than: datetime) -> None:
        for leftover in self._unfinished.glob("*"):
            if _untouched_since(leftover, older_than):
                leftover.unlink(missing_ok=True)

    def _write(self, target: Path, content: bytes) -> None:
        for folder in (self.root, self._unfinished, target.parent.parent, target.parent):
            _make_folder(folder)
        handle, name = tempfile.mkstemp(dir=self._unfinished)
        unfinished = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(target)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)


def _refreshed(path: Path, size: int) -> bool:
    """Whether the whole file is here already; if so its age starts anew, so that no sweep takes it from under the new owner."""
    try:
        if path.stat().st_size != size:
            return False
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def _untouched_since(path: Path, moment: datetime) -> bool:
    if moment.tzinfo is None:
        raise ValueError("the moment needs a time zone")
    try:
        return path.stat().st_mtime < moment.timestamp()
    except FileNotFoundError:
        return False


def _slices(digests: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(digests)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows opens no folder, and keeps its own journal of names
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
