"""Files someone sent that wait for their next step: kept for a while, each under its sender and a name nobody guesses."""

import contextlib
import json
import os
import re
import secrets
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ..domain.errors import NotFound

LIFE = timedelta(hours=2)
MOST_OF_ONE = 5  # files one sender may have waiting; an older one makes room
GONE = "Tệp này không còn nữa: mỗi tệp chỉ được giữ 2 giờ sau khi gửi. Hãy chọn tệp rồi gửi lại."
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,60}")


@dataclass(frozen=True, slots=True)
class Upload:
    """A waiting file: its token, the name it was sent under, what it holds, and what was noted about it since."""

    token: str
    name: str
    content: bytes
    notes: dict[str, Any]


class Uploads:
    """Waiting files under `root`, a folder per sender; several processes may share it."""

    def __init__(self, root: Path):
        self._root = root

    def keep(self, sender: int, name: str, content: bytes, now: datetime) -> str:
        """Keep a file for its sender; its token. Whatever is too old, or too much of one sender, goes."""
        self.sweep(now)
        token = secrets.token_urlsafe(24)
        folder = self._folder(sender, token)
        folder.mkdir(parents=True, mode=0o700)
        _write(folder / "content", content)
        self._note(folder, {"name": name, "sent_at": now.isoformat(), "notes": {}})
        self._drop_oldest(sender, folder)
        return token

    def get(self, sender: int, token: str, now: datetime) -> Upload:
        """The sender's waiting file. NotFound when it is not theirs, was dropped, or is older than LIFE."""
        folder = self._folder(sender, token)
        about = _about(folder)
        if about is None or _is_old(about, now):
            raise NotFound(GONE)
        try:
            return Upload(token, about["name"], (folder / "content").read_bytes(), about["notes"])
        except OSError:
            raise NotFound(GONE) from None

    def note(self, sender: int, token: str, notes: dict[str, Any]) -> None:
        """Keep `notes` (plain values) with the sender's waiting file, in place of those before."""
        folder = self._folder(sender, token)
        about = _about(folder)
        if about is not None:
            self._note(folder, about | {"notes": notes})

    def drop(self, sender: int, token: str) -> None:
        """Take a waiting file away."""
        shutil.rmtree(self._folder(sender, token), ignore_errors=True)

    def _folder(self, sender: int, token: str) -> Path:
        if not _TOKEN.fullmatch(token):
            raise NotFound(GONE)
        return self._root / str(int(sender)) / token

    def _note(self, folder: Path, about: dict[str, Any]) -> None:
        _write(folder / "about.json", json.dumps(about, ensure_ascii=False).encode())

    def sweep(self, now: datetime) -> None:
        """Take away what is past its LIFE, whoever sent it."""
        for folder in self._root.glob("*/*"):
            about = _about(folder)
            if _is_old(about, now) if about else _is_left_behind(folder, now):
                shutil.rmtree(folder, ignore_errors=True)

    def _drop_oldest(self, sender: int, newest: Path) -> None:
        others = (folder for folder in (self._root / str(sender)).iterdir() if folder != newest)
        known = [(about["sent_at"], folder) for folder in others if (about := _about(folder))]
        for _, folder in sorted(known)[: 1 - MOST_OF_ONE]:
            shutil.rmtree(folder, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, readable by the program's own account only."""
    unfinished = path.with_suffix(f".{secrets.token_hex(4)}")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    unfinished.replace(path)


def _about(folder: Path) -> dict[str, Any] | None:
    with contextlib.suppress(OSError, ValueError):
        about: dict[str, Any] = json.loads((folder / "about.json").read_text("utf-8"))
        return about
    return None


def _is_old(about: dict[str, Any], now: datetime) -> bool:
    return now - datetime.fromisoformat(about["sent_at"]) > LIFE


def _is_left_behind(folder: Path, now: datetime) -> bool:
    """Whether a folder without its notes is a broken one rather than one that another process is just making."""
    with contextlib.suppress(OSError):
        return now - datetime.fromtimestamp(folder.stat().st_mtime, UTC) > LIFE
    return False
