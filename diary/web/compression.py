"""Pages go over the wire zipped: a long queue is 65 KB of words and marks, and 6 KB zipped."""

import gzip

from flask import Flask, Response, request

WORTH_IT = 1024  # bytes; less is not worth the work
QUICK = 4  # zlib's level: nearly as small as the best at a third of the time


def init_app(app: Flask) -> None:
    app.after_request(_zip)


def _zip(response: Response) -> Response:
    if response.mimetype not in ("text/html", "application/json") or response.direct_passthrough or response.content_encoding:
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings.quality("gzip") and (response.content_length or 0) >= WORTH_IT:
        response.set_data(gzip.compress(response.get_data(), QUICK, mtime=0))
        response.content_encoding = "gzip"
    return response
