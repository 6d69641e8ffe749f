"""Evidence over HTTP: files sent with an entry, and files shown to whoever may read the entry they belong to."""

from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, redirect, send_file, url_for

from ...domain.errors import NotFound
from ...domain.evidence import EvidenceKind, StoredEvidence
from ...domain.readings import Way
from ...files.attachments import keep, read_attachments
from ...files.storage import Storage
from ...queries import entries as queries
from ...services import clock, entries, readings
from ..flashes import say
from ..session import current_actor

bp = Blueprint("evidence", __name__, url_prefix="/minh-chung")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"  # a browser's own viewer may draw it, and nothing more


def keep_files(files: list[tuple[str, bytes]], already: int = 0) -> tuple[StoredEvidence, ...]:
    """Put files, given as (name, content), into the store; what a row about each holds. BadEvidence for what cannot be taken."""
    if not files:
        return ()
    storage = _storage()
    return tuple(keep(storage, attachment) for attachment in read_attachments(files, already))


@bp.get("/<uuid:evidence_id>")
def whole(evidence_id: UUID) -> Any:
    stored = _load(evidence_id, Way.FILE)
    return _answer(stored, stored.sha256, stored.media_type)


@bp.get("/<uuid:evidence_id>/nho")
def small(evidence_id: UUID) -> Any:
    stored = _load(evidence_id, Way.THUMBNAIL)
    if not stored.thumbnail_sha256:
        raise NotFound("Tệp này không có ảnh thu nhỏ.")
    return _answer(stored, stored.thumbnail_sha256, "image/jpeg")


@bp.post("/<uuid:evidence_id>/xoa")
def remove(evidence_id: UUID) -> Any:
    entry_id = entries.remove_evidence(current_actor(), evidence_id)
    say("Đã bỏ tệp minh chứng.")
    return redirect(url_for("entries.show", entry_id=entry_id), 303)


def _storage() -> Storage:
    return Storage(Path(current_app.config["DIARY_INSTANCE"]) / "files")


def _load(evidence_id: UUID, way: Way) -> StoredEvidence:
    """The file for whoever may read its entry; that somebody else looks at it is noted for its owner."""
    found = queries.load_evidence(current_actor(), evidence_id, clock.now())
    if not found.own:
        readings.note_readings(current_actor(), [found.entry_id], way)
    return found.stored


def _answer(stored: StoredEvidence, sha256: str, media_type: str) -> Response:
    """The bytes, for this browser only and asked for again each time: who may read them may change."""
    storage = _storage()
    if not storage.exists(sha256):
        raise NotFound("Tệp minh chứng này không còn trên máy chủ. Hãy báo người quản trị.")
    response = send_file(
        storage.path(sha256),
        mimetype=media_type,
        as_attachment=stored.kind is EvidenceKind.FILE,
        download_name=stored.name,
        etag=sha256,
    )
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Security-Policy"] = _POLICY
    return response
