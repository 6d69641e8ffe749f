"""A PDF as it is sent: to be kept by its reader alone, named for people, and never able to act inside a page."""

import hashlib
from pathlib import Path
from urllib.parse import quote

from flask import Response, current_app, request

from ...domain.documents import file_name
from ...domain.evidence import safe_file_name
from ...files.storage import Storage


def pdf(content: bytes, words: str) -> Response:
    """The answer that downloads `content` under a name made of `words`, in ASCII and, for those who read it, as it is written."""
    response = Response(content, mimetype="application/pdf")
    written = quote(safe_file_name(f"{words}.pdf"), safe="")
    response.headers["Content-Disposition"] = f"attachment; filename=\"{file_name(words)}\"; filename*=UTF-8''{written}"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(hashlib.sha256(content).hexdigest())
    response.make_conditional(request)
    return response


def storage() -> Storage:
    """Where the bytes of files are kept."""
    return Storage(Path(current_app.config["DIARY_INSTANCE"]) / "files")
