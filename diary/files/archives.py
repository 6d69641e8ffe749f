"""A backup as one file: a ZIP of lines of JSON for the rows, of stored files, and of a page that says what it is."""

import json
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from ..domain.errors import BadInput

FORMAT = 1
ABOUT, ROWS, FILES, SEALS = "manifest.json", "rows", "files", "sealed_blocks"
NOT_A_BACKUP = "Tệp này không phải bản sao lưu của chương trình, hoặc đã hỏng."


class Writing:
    """A backup being written: beside its place, and moved there when it is whole; readable by its owner only."""

    def __init__(self, path: Path):
        self._path, self._unfinished = path, path.with_name(f".{path.name}.dang-ghi")
        handle = os.open(self._unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        self._file = os.fdopen(handle, "w+b")
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)

    def rows(self, table: str, lots: Iterable[Sequence[Mapping[str, Any]]]) -> None:
        """Add a table, a row a line."""
        with self._zip.open(f"{ROWS}/{table}.jsonl", "w", force_zip64=True) as part:
            for lot in lots:
                part.write("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in lot).encode())

    def stored(self, sha256: str, path: Path) -> None:
        """Add a stored file as it is: photos and PDFs do not get smaller."""
        self._zip.write(path, f"{FILES}/{sha256}", zipfile.ZIP_STORED)

    def text(self, name: str, words: str) -> None:
        """Add a small text."""
        self._zip.writestr(name, words)

    def finish(self) -> None:
        """Put the whole file, its bytes on the disk, where it belongs."""
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._unfinished.replace(self._path)

    def drop(self) -> None:
        """Leave nothing behind of what was not finished."""
        self._file.close()
        self._unfinished.unlink(missing_ok=True)


class Reading:
    """A backup to be put back. BadInput where the file is none, or its bytes are not those that were written."""

    def __init__(self, path: Path):
        try:
            self._zip = zipfile.ZipFile(path)
            self.about: dict[str, Any] = json.loads(self._zip.read(ABOUT))
        except (OSError, zipfile.BadZipFile, KeyError, ValueError):
            raise BadInput("file", NOT_A_BACKUP) from None
        if self.about.get("format") != FORMAT:
            raise BadInput("file", "Bản sao lưu này do một bản chương trình khác làm ra. Hãy dùng bản chương trình mới hơn.")

    def check(self) -> None:
        """BadInput where some part is not what was written."""
        try:
            broken = self._zip.testzip()
        except (zipfile.BadZipFile, OSError, EOFError):
            broken = "?"
        if broken:
            raise BadInput("file", NOT_A_BACKUP)

    def rows(self, table: str) -> Iterator[dict[str, Any]]:
        """The rows of a table; none where the backup has no such table."""
        try:
            part: IO[bytes] = self._zip.open(f"{ROWS}/{table}.jsonl")
        except KeyError:
            return
        with part:
            for line in part:
                yield json.loads(line)

    def stored(self) -> Iterator[tuple[str, bytes]]:
        """Every stored file: its digest and its bytes."""
        for name in self._zip.namelist():
            if name.startswith(f"{FILES}/"):
                yield name.removeprefix(f"{FILES}/"), self._zip.read(name)

    def text(self, name: str) -> str:
        """A small text, "" where there is none."""
        return self._zip.read(name).decode() if name in self._zip.namelist() else ""

    def close(self) -> None:
        self._zip.close()
