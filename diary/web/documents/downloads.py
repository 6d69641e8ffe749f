"""A paper as it is sent: to be kept by its reader alone, named for people, and never able to act inside a page."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from flask import Response, current_app, request

from ...domain.documents import About, Ending, file_name
from ...domain.evidence import safe_file_name
from ...files.storage import Storage
from ...services import exports
from ..session import current_actor

_TYPES: Mapping[Ending, str] = {
    Ending.PDF: "application/pdf",
    Ending.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Ending.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def pdf(content: bytes, words: str) -> Response:
    """The answer that downloads a PDF under a name made of `words`."""
    return download(content, words, Ending.PDF)


def download(content: bytes, words: str, ending: Ending) -> Response:
    """The answer that downloads `content` under a name made of `words`, in ASCII and, for those who read it, as it is written."""
    response = Response(content, mimetype=_TYPES[ending])
    written = quote(safe_file_name(f"{words}.{ending}"), safe="")
    response.headers["Content-Disposition"] = f"attachment; filename=\"{file_name(words, f'.{ending}')}\"; filename*=UTF-8''{written}"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(hashlib.sha256(content).hexdigest())
    response.make_conditional(request)
    return response


def handed_out(about: About, content: bytes, words: str, ending: Ending = Ending.PDF) -> Response:
    """The answer that downloads a paper which may be about others, and an audit line of who took it."""
    exports.note_paper(current_actor(), about, ending)
    return download(content, words, ending)


def storage() -> Storage:
    """Where the bytes of files are kept."""
    return Storage(Path(current_app.config["DIARY_INSTANCE"]) / "files")


def site() -> str:
    """Scheme and host that the QR of a paper leads to."""
    address: str = current_app.config["DIARY_PUBLIC_URL"] or request.host_url
    return address.rstrip("/")
