"""Taking a backup, putting one back, and copying everything to another database."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from ..domain.errors import BadInput, DiaryError
from ..files.archives import ABOUT, FORMAT, SEALS, Reading, Writing
from ..files.storage import Storage
from ..queries import backups as queries
from ..queries.backups import Lot
from ..services import backups as services

Step = Callable[[int], None]
"""Told how many rows or files were done since it was told last."""


def take(path: Path, instance: Path, revision: str, now: datetime, step: Step) -> dict[str, int]:
    """Write every row and every stored file to one file at `path`; how many of each. The database may be written to meanwhile.

    Rows are read as they stood at one moment, and files after them: every file a row names was there before the row. The secret key is
    not in it. OSError where the file cannot be written; then nothing is left of it.
    """
    writing = Writing(path)
    try:
        with queries.snapshot() as connection:
            counts = queries.counts(connection)
            for table, lots in groupby(queries.lots(connection), lambda lot: lot.table):
                writing.rows(table, _told(lots, step))
        files = _files(writing, Storage(instance / "files"), step)
        seals = instance / SEALS
        writing.text(SEALS, seals.read_text() if seals.exists() else "")
        writing.text(ABOUT, _about(revision, now, counts))
        writing.finish()
    except BaseException:
        writing.drop()
        raise
    return {"rows": sum(counts.values()), "files": files}


def _told(lots: Iterator[Lot], step: Step) -> Iterator[list[dict[str, Any]]]:
    for lot in lots:
        yield [queries.plain(row) for row in lot.rows]
        step(len(lot.rows))


def _files(writing: Writing, storage: Storage, step: Step) -> int:
    count = 0
    for sha256 in storage.digests():
        path = storage.path(sha256)
        if path.exists():  # a sweep may have taken what no row names any more
            writing.stored(sha256, path)
            count += 1
            step(1)
    return count


def _about(revision: str, now: datetime, counts: dict[str, int]) -> str:
    return json.dumps({"format": FORMAT, "revision": revision, "made_at": now.isoformat(), "tables": counts}, ensure_ascii=False, indent=1)


def put_back(reading: Reading, instance: Path, step: Step) -> int:
    """Fill an empty database and the store with a backup; how many rows. The tables are those of the backup's revision already.

    Files come first, so that no row ever names one that is not there. BadInput for a damaged backup, WrongMoment for a database that
    holds something.
    """
    reading.check()
    storage = Storage(instance / "files")
    for sha256, content in reading.stored():
        if storage.put(content) != sha256:
            raise BadInput("file", "Một tệp trong bản sao lưu không còn nguyên vẹn.")
        step(1)
    counts: dict[str, int] = reading.about["tables"]
    filled = services.fill(_counted((lot for table in counts for lot in queries.lots_of(table, reading.rows(table))), step))
    if filled != sum(counts.values()):
        raise DiaryError("Bản sao lưu thiếu dòng so với bảng kê của nó.")
    if reading.text(SEALS):
        (instance / SEALS).write_text(reading.text(SEALS))
    return filled


def _counted(lots: Iterator[Lot], step: Step) -> Iterator[Lot]:
    for lot in lots:
        yield lot
        step(len(lot.rows))


def copy_into(target: AbstractContextManager[object], prepare: Callable[[], None], step: Step) -> int:
    """Copy every row into the empty database that counts within `target`, once `prepare` made its tables; how many rows."""
    with queries.snapshot() as connection, target:
        prepare()
        return services.fill(_counted(queries.lots(connection), step))


def row_count() -> int:
    """How many rows there are to save or to copy."""
    with queries.snapshot() as connection:
        return sum(queries.counts(connection).values())
