"""A ZIP handed out while it is made: never whole in memory, nor on the disk."""

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from shutil import copyfileobj

_AT_ONCE = 256 * 1024
_NO_TIME = (1980, 1, 1, 0, 0, 0)


class _Outlet:
    """Takes what the archive writes until it is fetched; it cannot go back, and the archive asks for no more than this."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        pass

    def taken(self) -> bytes:
        """What was written since the last time."""
        parts, self._parts = self._parts, []
        return b"".join(parts)


def zip_stream(files: Iterable[tuple[str, Path]]) -> Iterator[bytes]:
    """Names with the files to put under them in, the bytes of a ZIP out, part by part; stored as they are, for they are packed already.

    Raises FileNotFoundError in the middle where a file is gone by then.
    """
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as archive:  # type: ignore[call-overload]  # an outlet needs no more
        for name, path in files:
            with path.open("rb") as source, archive.open(zipfile.ZipInfo(name, _NO_TIME), "w") as target:
                copyfileobj(source, target, _AT_ONCE)
            yield outlet.taken()
    yield outlet.taken()
