"""Workbooks of Excel and LibreOffice: looked over for traps first, then read in a process that may be lost."""

import json
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

from diary.domain.sheets import Cell, Sheet

from . import workbook_reader
from .limits import MAX_ROWS, UnreadableFile, too_many_rows
from .packages import BROKEN, LOCKED, look_over

_MEMORY = 1024 * 1024 * 1024
_SECONDS = 60
_SLOW = "Đọc tệp mất quá lâu nên đã dừng. Hãy chép riêng danh sách sang một tệp mới rồi gửi lại."


def read_workbook(content: bytes) -> tuple[Sheet, ...]:
    """The bytes of a .xlsx, .xls or .ods in, its visible sheets out. Raises UnreadableFile."""
    if content.startswith(b"PK"):
        look_over(content)
    elif "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableFile(LOCKED)
    return tuple(
        Sheet(name, tuple(tuple(map(_cell, row)) for row in rows), first_row if rows else 1)
        for name, first_row, rows in json.loads(_read_apart(content))
    )


def _read_apart(content: bytes) -> bytes:
    command = [sys.executable, "-P", str(Path(workbook_reader.__file__)), str(MAX_ROWS), str(_MEMORY)]
    try:
        ended = subprocess.run(command, input=content, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 — our own program, no words of a user
    except subprocess.TimeoutExpired:
        raise UnreadableFile(_SLOW) from None
    if ended.returncode == workbook_reader.TOO_LONG:
        raise too_many_rows()
    if ended.returncode:
        raise UnreadableFile(LOCKED if ended.returncode == workbook_reader.LOCKED else BROKEN)
    return ended.stdout


def _cell(value: Any) -> Cell:
    if isinstance(value, dict):
        return date.fromisoformat(value["day"]) if "day" in value else datetime.fromisoformat(value["moment"])
    plain: Cell = value
    return plain
