"""A person's own data as an archive: read, then written piece by piece into a file that is gone when it is closed.

No transaction is open while books are drawn and photos copied, and never more than one of them is in memory.
"""

import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any
from uuid import UUID

from ..domain.actors import Actor
from ..domain.documents import About, DocumentKind
from ..domain.errors import DiaryError, NotFound
from ..domain.own_data import BODY_NAME, BOOKS_FOLDER, FORMAT, NOTE_NAME, VERSION, note
from ..files.storage import Storage
from ..queries.own_data import OwnData, OwnFile, own_data
from ..services import clock, documents
from ..services.own_data import note_download
from .documents import printed


def archive(actor: Actor, today: date, storage: Storage) -> IO[bytes]:
    """Everything the program holds about the actor as a ZIP, open at its beginning; whoever calls closes it, and with that it is gone.

    It stands on the disk of the store, beside the files it is made of. An audit line says that it was taken.
    """
    data = own_data(actor)
    documents.end_reading()
    storage.root.mkdir(parents=True, exist_ok=True)
    target = tempfile.TemporaryFile(dir=storage.root)  # noqa: SIM115 - it is handed on open
    try:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
            _pack(packed, actor, data, today, storage)
        note_download(actor, len(data.parts.get("entries", ())), len(data.files))
        target.seek(0)
    except BaseException:
        target.close()
        raise
    return target


def _pack(packed: zipfile.ZipFile, actor: Actor, data: OwnData, today: date, storage: Storage) -> None:
    head = {"format": FORMAT, "version": VERSION, "taken_on": today}
    packed.writestr(BODY_NAME, json.dumps(head | data.parts, ensure_ascii=False, indent=1, default=_plain))
    for name, content in _books(actor, data, today, storage):
        packed.writestr(name, content)
    lost = [one.name for one in data.files if not _copy(packed, storage, one)]
    packed.writestr(NOTE_NAME, note(data.name, today, data.parts, lost))


def _books(actor: Actor, data: OwnData, today: date, storage: Storage) -> Iterator[tuple[str, bytes]]:
    """The year books, drawn one after the other; a year that has none to print is left out."""
    for year in data.years:
        assert actor.place is not None
        about = About(DocumentKind.YEAR_BOOK, actor.place.unit_id, year, actor.member_id)
        try:
            yield f"{BOOKS_FOLDER}/so-nhat-ky-{year}.pdf", printed(about, today, storage)
        except DiaryError:
            continue


def _copy(packed: zipfile.ZipFile, storage: Storage, one: OwnFile) -> bool:
    """Copy a stored file into the archive as it is (photos and PDFs do not get smaller); False where the store lost it."""
    try:
        source = storage.open(one.sha256)
    except NotFound:
        return False
    about = zipfile.ZipInfo(one.name, clock.now().astimezone(clock.VIETNAM).timetuple()[:6])
    with source, packed.open(about, "w") as target:
        shutil.copyfileobj(source, target, 1024 * 1024)
    return True


def _plain(value: Any) -> str:
    """What JSON has no word for, as text."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(type(value).__name__)
